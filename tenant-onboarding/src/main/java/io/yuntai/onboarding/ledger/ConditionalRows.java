package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the rows of a {@link Draft}, and finds out whether what it was decided on still holds:
 * each account is changed only where it is what it was taken for, at the moment at which it is
 * locked. What does not touch those rows is entered first, so that a batch can be written while the
 * one before it, which it builds on, is being flushed to disk; and after that one's, so that the
 * entries of an account stand in the ledger in the order in which they were decided.
 */
final class ConditionalRows {

    /**
     * Rows are locked in the order in which they are given: so each is to be looked up by its key,
     * whatever the planner thinks of the tables' size. Ids are taken before accounts here, and
     * after them where accounts are locked to be read: should the same command be on both ways at
     * once, this one gives way, before PostgreSQL looks for a deadlock.
     */
    private static final String BEGIN =
            "select pg_advisory_xact_lock_shared("
                    + LedgerStore.SHAPE
                    + """
                    ), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                       set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                       set_config('lock_timeout', '250ms', true), pg_advisory_xact_lock(?, ?);
                    """;

    private static final String INSERT_ACCOUNTS =
            """
            insert into quota_account (node, resource, guaranteed, ceiling, held, changed_at, locked)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            """;

    /** Waits first until the batch before is committed or rolled back. */
    private static final String CHANGE_AND_COMMIT =
            """
            select pg_advisory_xact_lock_shared(?, ?);
            with changed as (
                update quota_account a
                set guaranteed = v.guaranteed, ceiling = v.ceiling, held = v.held, changed_at = v.at,
                    locked = a.locked + v.locked
                from (select unnest(?) node, unnest(?) resource, unnest(?) guaranteed,
                             unnest(?) ceiling, unnest(?) held, unnest(?) at, unnest(?) locked,
                             unnest(?) was_guaranteed, unnest(?) was_ceiling, unnest(?) was_held) v
                where a.node = v.node and a.resource = v.resource and a.guaranteed = v.was_guaranteed
                  and a.ceiling is not distinct from v.was_ceiling and a.held = v.was_held
                  and a.changed_at <= v.at and (select version from quota_shape) = ?
                returning 1)
            select as_remembered(count(*) = ?) from changed;
            commit
            """;

    private final JdbcTemplate jdbc;

    ConditionalRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Enters what does not touch the accounts, in the caller's transaction, which is to be rolled
     * back when the answer is no.
     *
     * @return whether everything was as the draft takes it for
     */
    boolean enter(Draft draft) {
        draft.turn().before().join();
        if (!Boolean.TRUE.equals(jdbc.execute((Connection c) -> enter(c, draft)))) {
            // It may be tried once more: whoever comes after it waits for that.
            return false;
        }
        var _ = draft.turn().entered().complete(null);
        return true;
    }

    /**
     * Changes the accounts, and commits the caller's transaction with the same request: whoever
     * waits for these rows waits for no answer to be read here.
     *
     * @throws org.springframework.dao.DataAccessException 40001 when an account is not what the
     *     draft takes it for; nothing is committed then
     */
    void changeAndCommit(Draft draft) {
        jdbc.execute((Connection c) -> {
            changeAndCommit(c, draft);
            return true;
        });
    }

    /** All in one statement, which says itself whether each part was as many rows as expected. */
    private static boolean enter(Connection c, Draft draft) throws SQLException {
        var parts = parts(draft);
        var with = new StringJoiner(",\n", BEGIN + "with ", "\n");
        var counts = new StringJoiner(" and ", "select ", "");
        for (var part : parts) {
            with.add(part.name() + " as (" + part.sql() + " returning 1)");
            counts.add("(select count(*) from " + part.name() + ") = ?");
        }
        try (var statement = c.prepareStatement(with + counts.toString())) {
            statement.setInt(1, draft.turn().series());
            statement.setInt(2, draft.turn().number());
            int next = 3;
            for (var part : parts) {
                next = part.columns().set(c, statement, next);
            }
            for (var part : parts) {
                statement.setInt(next++, part.rows());
            }
            var _ = statement.execute();
            var _ = statement.getMoreResults();
            try (var row = statement.getResultSet()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** What is entered in one table, unless it is nothing. */
    private record Part(String name, int rows, String sql, Columns columns) {}

    @FunctionalInterface
    private interface Columns {
        /** Sets parameters from this one on, and returns which comes next. */
        int set(Connection c, PreparedStatement statement, int at) throws SQLException;
    }

    private static List<Part> parts(Draft draft) {
        var rows = draft.rows();
        var locks = rows.stillLocked();
        return Stream.of(
                        new Part(
                                "ended",
                                draft.unlocked(),
                                LedgerRows.DELETE_LOCKS,
                                (c, s, at) -> {
                                    var ended =
                                            SqlArrays.uuids(c, rows.unlocked, TransferId::value);
                                    s.setArray(at, ended);
                                    return at + 1;
                                }),
                        new Part(
                                "transfers",
                                rows.transfers.size(),
                                LedgerRows.INSERT_TRANSFERS,
                                (c, s, at) -> LedgerRows.transfers(c, s, at, rows)),
                        new Part(
                                "made",
                                draft.made().size(),
                                INSERT_ACCOUNTS,
                                (c, s, at) -> accounts(c, s, at, draft, draft.made())),
                        new Part(
                                "entries",
                                rows.lines.size(),
                                LedgerRows.INSERT_ENTRIES,
                                (c, s, at) -> LedgerRows.lines(c, s, at, rows)),
                        new Part(
                                "locks",
                                locks.size(),
                                LedgerRows.INSERT_LOCKS,
                                (c, s, at) -> LedgerRows.locks(c, s, at, locks)),
                        new Part(
                                "limits",
                                rows.limits.size(),
                                LedgerRows.INSERT_LIMIT_CHANGES,
                                (c, s, at) -> LedgerRows.limits(c, s, at, rows)))
                .filter(part -> part.rows() > 0)
                .toList();
    }

    private static void changeAndCommit(Connection c, Draft draft) throws SQLException {
        try (var statement = c.prepareStatement(CHANGE_AND_COMMIT)) {
            statement.setInt(1, draft.turn().series());
            statement.setInt(2, draft.turn().number() - 1);
            int next = accounts(c, statement, 3, draft, draft.changed());
            next = was(c, statement, next, draft);
            statement.setLong(next, draft.shape());
            statement.setInt(next + 1, draft.changed().size());
            var _ = statement.execute();
        }
    }

    private static int accounts(
            Connection c, PreparedStatement statement, int at, Draft draft, List<Standing.Key> keys)
            throws SQLException {
        var rows = draft.rows();
        statement.setArray(at, SqlArrays.uuids(c, keys, key -> key.node().value()));
        statement.setArray(at + 1, SqlArrays.texts(c, keys, key -> key.resource().code()));
        statement.setArray(
                at + 2, SqlArrays.longs(c, keys, key -> balance(rows, key).account().guaranteed()));
        statement.setArray(
                at + 3, SqlArrays.longs(c, keys, key -> ceiling(balance(rows, key).account())));
        statement.setArray(
                at + 4, SqlArrays.longs(c, keys, key -> balance(rows, key).account().held()));
        statement.setArray(at + 5, SqlArrays.times(c, keys, key -> balance(rows, key).at()));
        statement.setArray(
                at + 6, SqlArrays.longs(c, keys, key -> rows.locked.getOrDefault(key, 0L)));
        return at + 7;
    }

    private static int was(Connection c, PreparedStatement statement, int at, Draft draft)
            throws SQLException {
        var keys = draft.changed();
        statement.setArray(at, SqlArrays.longs(c, keys, key -> was(draft, key).guaranteed()));
        statement.setArray(at + 1, SqlArrays.longs(c, keys, key -> ceiling(was(draft, key))));
        statement.setArray(at + 2, SqlArrays.longs(c, keys, key -> was(draft, key).held()));
        return at + 3;
    }

    private static Written.Balance balance(Written rows, Standing.Key key) {
        return Objects.requireNonNull(rows.balances.get(key));
    }

    private static Account was(Draft draft, Standing.Key key) {
        return Objects.requireNonNull(draft.was().get(key));
    }

    private static @Nullable Long ceiling(Account account) {
        var ceiling = account.ceiling();
        return ceiling.isPresent() ? (Long) ceiling.getAsLong() : null;
    }
}

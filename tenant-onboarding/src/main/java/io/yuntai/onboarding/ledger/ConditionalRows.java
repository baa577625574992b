package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
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

    /** Waits until the batch before is committed or rolled back. */
    private static final String AFTER = "select pg_advisory_xact_lock_shared(?, ?);\n";

    private static final String INSERT_ACCOUNTS =
            """
            insert into quota_account (node, resource, guaranteed, ceiling, held, changed_at, locked)
            select * from unnest(?, ?, ?, ?, ?, ?, ?);
            """;

    private static final String UPDATE_ACCOUNTS =
            """
            update quota_account a
            set guaranteed = v.guaranteed, ceiling = v.ceiling, held = v.held, changed_at = v.at,
                locked = a.locked + v.locked
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                v (node, resource, guaranteed, ceiling, held, at, locked, was_guaranteed, was_ceiling, was_held)
            where a.node = v.node and a.resource = v.resource and a.guaranteed = v.was_guaranteed
              and a.ceiling is not distinct from v.was_ceiling and a.held = v.was_held
              and a.changed_at <= v.at and (select version from quota_shape) = ?;
            """;

    private final JdbcTemplate jdbc;

    ConditionalRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Joins the caller's transaction, which is to be rolled back when the answer is no.
     *
     * @return whether everything was as the draft takes it for
     */
    boolean write(Draft draft) {
        return Boolean.TRUE.equals(jdbc.execute((Connection c) -> write(c, draft)));
    }

    private static boolean write(Connection c, Draft draft) throws SQLException {
        draft.turn().before().join();
        if (!enter(c, draft)) {
            // It may be tried once more: whoever comes after it waits for that.
            return false;
        }
        var _ = draft.turn().entered().complete(null);
        return draft.changed().isEmpty() || change(c, draft);
    }

    private static boolean enter(Connection c, Draft draft) throws SQLException {
        var rows = draft.rows();
        var locks = rows.stillLocked();
        var script = new StringBuilder(BEGIN);
        script.append(draft.unlocked() == 0 ? "" : LedgerRows.DELETE_LOCKS);
        script.append(LedgerRows.INSERT_TRANSFERS);
        script.append(draft.made().isEmpty() ? "" : INSERT_ACCOUNTS);
        script.append(rows.lines.isEmpty() ? "" : LedgerRows.INSERT_ENTRIES);
        script.append(locks.isEmpty() ? "" : LedgerRows.INSERT_LOCKS);
        script.append(rows.limits.isEmpty() ? "" : LedgerRows.INSERT_LIMIT_CHANGES);
        try (var statement = c.prepareStatement(script.toString())) {
            statement.setInt(1, draft.turn().series());
            statement.setInt(2, draft.turn().number());
            int next = 3;
            if (draft.unlocked() != 0) {
                statement.setArray(next++, SqlArrays.uuids(c, rows.unlocked, TransferId::value));
            }
            next = LedgerRows.transfers(c, statement, next, rows);
            if (!draft.made().isEmpty()) {
                next = accounts(c, statement, next, draft, draft.made());
            }
            if (!rows.lines.isEmpty()) {
                next = LedgerRows.lines(c, statement, next, rows);
            }
            if (!locks.isEmpty()) {
                next = LedgerRows.locks(c, statement, next, locks);
            }
            if (!rows.limits.isEmpty()) {
                var _ = LedgerRows.limits(c, statement, next, rows);
            }
            var _ = statement.execute();
            boolean expected = draft.unlocked() == 0 || counted(statement, draft.unlocked());
            expected &= counted(statement, rows.transfers.size());
            expected &= draft.made().isEmpty() || counted(statement, draft.made().size());
            expected &= rows.lines.isEmpty() || counted(statement, rows.lines.size());
            expected &= locks.isEmpty() || counted(statement, locks.size());
            expected &= rows.limits.isEmpty() || counted(statement, rows.limits.size());
            return expected;
        }
    }

    private static boolean change(Connection c, Draft draft) throws SQLException {
        try (var statement = c.prepareStatement(AFTER + UPDATE_ACCOUNTS)) {
            statement.setInt(1, draft.turn().series());
            statement.setInt(2, draft.turn().number() - 1);
            int next = accounts(c, statement, 3, draft, draft.changed());
            next = was(c, statement, next, draft);
            statement.setLong(next, draft.shape());
            var _ = statement.execute();
            return counted(statement, draft.changed().size());
        }
    }

    /** Whether the next of the results is a change of so many rows. */
    private static boolean counted(PreparedStatement statement, int rows) throws SQLException {
        return !statement.getMoreResults() && statement.getUpdateCount() == rows;
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

package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The SQL of transfers and balances, of many at once. Every method joins the caller's transaction.
 *
 * <p>Locks are taken in one order everywhere: the shape of the tree (shared; moves take it alone),
 * what is pending, accounts child before parent. {@link #read} takes them all in one round trip.
 */
@Repository
class LedgerStore {

    /** Held shared by whoever relies on who is whose parent, alone by whoever changes that. */
    static final long SHAPE = 0x59554E5441490001L;

    private static final String LOCK_SHAPE =
            "select pg_advisory_xact_lock_shared(" + SHAPE + ");\n";

    private static final String LOCK_PENDING =
            """
            select transfer, leaf, resource, amount from quota_locked where transfer = any(?)
            order by transfer, leaf, resource for update;
            savepoint before_accounts;
            """;

    /**
     * From what is touched, and from where a pending transfer holds something, to the pools. Each
     * row is looked up by itself ({@code lateral}, {@code offset 0}): a plan made while the tables
     * were small would read them from end to end ever after.
     */
    static final String PATHS =
            """
            with recursive start (node, resource) as (
                select * from unnest(?, ?)
                union select leaf, resource from quota_locked where transfer = any(?)),
            path (node, resource, parent, depth) as (
                select n.id, s.resource, n.parent, n.depth
                from start s cross join lateral (
                    select id, parent, depth from quota_node where id = s.node offset 0) n
                union
                select n.id, p.resource, n.parent, n.depth
                from path p cross join lateral (
                    select id, parent, depth from quota_node where id = p.parent offset 0) n)
            """;

    private static final String LOCK_ACCOUNTS =
            PATHS
                    + """
                    select a.node, a.resource, a.guaranteed, a.ceiling, a.held, a.locked, a.changed_at, p.parent
                    from (select * from path order by depth desc, node, resource collate "C" offset 0) p
                    cross join lateral (
                        select * from quota_account
                        where node = p.node and resource = p.resource for update) a;
                    """;

    private static final String KNOWN =
            """
            select t.* from unnest(?) i (id)
            cross join lateral (
                select id, phase, digest from quota_transfer where id = i.id offset 0) t
            """;

    /** An account must be there to be locked. */
    private static final String CREATE_ACCOUNTS =
            PATHS
                    + """
                    insert into quota_account (node, resource, guaranteed, ceiling, held, changed_at)
                    select p.node, p.resource, 0, case when p.parent is null then 0 end, 0, '-infinity'
                    from path p
                    where not exists (select from quota_account a
                                      where a.node = p.node and a.resource = p.resource)
                    order by p.depth desc, p.node, p.resource collate "C"
                    on conflict do nothing
                    """;

    /**
     * A transfer that is known already.
     *
     * @param answer what was answered, when it was in this very transaction
     */
    record Stored(Phase phase, UUID digest, Optional<Decision> answer) {}

    /**
     * Everything that commands are decided by, locked.
     *
     * @param changed when each account last changed
     * @param locked how much of what a leaf holds is pending
     * @param pending what each pending transfer holds; one that has ended is not there
     * @param known the transfers that bear the id of a command
     */
    record Read(
            Map<NodeId, Optional<NodeId>> parents,
            Map<Standing.Key, Account> accounts,
            Map<Standing.Key, Instant> changed,
            Map<Standing.Key, Long> locked,
            Map<TransferId, List<Leg>> pending,
            Map<TransferId, Stored> known) {

        Read() {
            this(
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new LinkedHashMap<>(),
                    new HashMap<>());
        }

        private void clear() {
            accounts.clear();
            changed.clear();
            locked.clear();
            parents.clear();
        }

        /** Whether a path ends before it has come to a pool. */
        private boolean isIncomplete(Set<Standing.Key> touched) {
            return touched.stream().anyMatch(key -> !accounts.containsKey(key))
                    || accounts.keySet().stream()
                            .anyMatch(key ->
                                    parents.getOrDefault(key.node(), Optional.empty())
                                            .map(up -> new Standing.Key(up, key.resource()))
                                            .filter(up -> !accounts.containsKey(up))
                                            .isPresent());
        }
    }

    private final JdbcTemplate jdbc;
    private final LedgerRows rows;
    private final LedgerGlance glance;
    private final ConditionalRows conditional;

    LedgerStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.rows = new LedgerRows(jdbc);
        this.glance = new LedgerGlance(jdbc);
        this.conditional = new ConditionalRows(jdbc);
    }

    /** Locks and reads. An account that did not exist is made. */
    Read read(Set<Standing.Key> touched, Set<TransferId> pending, Set<TransferId> ids) {
        var read = new Read();
        inSession(connection -> {
            try (var statement =
                    connection.prepareStatement(
                            LOCK_SHAPE + LOCK_PENDING + LOCK_ACCOUNTS + KNOWN)) {
                var ends = SqlArrays.uuids(connection, pending, TransferId::value);
                statement.setArray(1, ends);
                setStart(connection, statement, 2, touched, ends);
                statement.setArray(5, SqlArrays.uuids(connection, ids, TransferId::value));
                var _ = statement.execute();
                next(statement, _ -> {});
                next(statement, row -> pending(row, read.pending()));
                var _ = statement.getMoreResults();
                next(statement, row -> account(row, read));
                next(statement, row -> known(row, read.known()));
            }
            if (read.isIncomplete(touched)) {
                complete(connection, read, touched, pending, ids);
            }
        });
        return read;
    }

    /**
     * Makes the accounts that are missing. What was locked is let go first: a missing child comes
     * before the parents that are locked already, and one order for all keeps them from waiting for
     * each other.
     */
    private static void complete(
            Connection connection,
            Read read,
            Set<Standing.Key> touched,
            Set<TransferId> pending,
            Set<TransferId> ids)
            throws SQLException {
        read.clear();
        try (var back = connection.createStatement();
                var create = connection.prepareStatement(CREATE_ACCOUNTS);
                var lock = connection.prepareStatement(LOCK_ACCOUNTS + KNOWN)) {
            var ends = SqlArrays.uuids(connection, pending, TransferId::value);
            var _ = back.execute("rollback to savepoint before_accounts");
            setStart(connection, create, 1, touched, ends);
            var _ = create.executeUpdate();
            setStart(connection, lock, 1, touched, ends);
            lock.setArray(4, SqlArrays.uuids(connection, ids, TransferId::value));
            var _ = lock.execute();
            next(lock, row -> account(row, read));
            next(lock, row -> known(row, read.known()));
        }
    }

    static void setStart(
            Connection connection,
            PreparedStatement statement,
            int first,
            Set<Standing.Key> touched,
            java.sql.Array ends)
            throws SQLException {
        statement.setArray(first, SqlArrays.uuids(connection, touched, key -> key.node().value()));
        statement.setArray(
                first + 1, SqlArrays.texts(connection, touched, key -> key.resource().code()));
        statement.setArray(first + 2, ends);
    }

    /** Has nobody change the tree's shape until the transaction ends. */
    void holdShape() {
        jdbc.query("select pg_advisory_xact_lock_shared(" + SHAPE + ")", _ -> {});
    }

    /**
     * Waits until nobody relies on the tree's shape, and has it alone until the transaction ends.
     */
    void takeShape() {
        jdbc.query("select pg_advisory_xact_lock(" + SHAPE + ")", _ -> {});
    }

    boolean wasDenied(TransferId id) {
        return !jdbc.queryForList(
                        "select id from quota_transfer where id = ? and outcome = 'DENIED'",
                        UUID.class,
                        id.value())
                .isEmpty();
    }

    boolean isKnown(TransferId id) {
        return !jdbc.queryForList(
                        "select id from quota_transfer where id = ?", UUID.class, id.value())
                .isEmpty();
    }

    /** Writes what was decided, and looks up who holds what the denied asked for. */
    void write(Written written) {
        rows.write(written);
    }

    /** Reads without locking: what is true now may not be a moment later. */
    LedgerGlance.Seen look(Set<Standing.Key> touched, Set<TransferId> pending) {
        return glance.look(touched, pending);
    }

    /** Writes what was decided on what was remembered, where the database still finds that. */
    ConditionalRows conditional() {
        return conditional;
    }

    /** The first answer to a command, from what was stored of it. */
    Decision answer(TransferId id) {
        var shortfalls = rows.shortfalls(id);
        return shortfalls.isEmpty()
                ? new Decision.Granted(List.of(), List.of())
                : new Decision.Denied(shortfalls);
    }

    /** Whether anything is locked by a transfer; it stays so until the transaction ends. */
    boolean isPending(TransferId id) {
        return !jdbc.query(
                        "select leaf from quota_locked where transfer = ? for update",
                        (row, _) -> row.getString(1),
                        id.value())
                .isEmpty();
    }

    /** Pending transfers whose time has come, the earliest first. */
    List<TransferId> expired(Instant now, int most) {
        return jdbc.query(
                """
                select transfer from quota_locked where expires_at <= ?
                group by transfer order by min(expires_at), transfer limit ?
                """,
                (row, _) -> new TransferId(row.getObject("transfer", UUID.class)),
                now.atOffset(java.time.ZoneOffset.UTC),
                most);
    }

    private void inSession(Work work) {
        jdbc.execute((Connection connection) -> {
            work.with(connection);
            return true;
        });
    }

    @FunctionalInterface
    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    /** The rows of the next of several results. */
    private static void next(PreparedStatement statement, EachRow each) throws SQLException {
        try (var rows = statement.getResultSet()) {
            while (rows.next()) {
                each.take(rows);
            }
        }
        var _ = statement.getMoreResults();
    }

    static void pending(ResultSet row, Map<TransferId, List<Leg>> pending) throws SQLException {
        pending.computeIfAbsent(
                        new TransferId(row.getObject("transfer", UUID.class)),
                        _ -> new ArrayList<>())
                .add(
                        new Leg(
                                node(row, "leaf"),
                                Amounts.of(
                                        new Resource(row.getString("resource")),
                                        row.getLong("amount"))));
    }

    static void account(ResultSet row, Read read) throws SQLException {
        var node = node(row, "node");
        var key = new Standing.Key(node, new Resource(row.getString("resource")));
        read.parents().put(node, parent(row));
        read.accounts().put(key, account(row));
        read.locked().put(key, row.getLong("locked"));
        var changed = row.getObject("changed_at", OffsetDateTime.class);
        read.changed()
                .put(key, changed.equals(OffsetDateTime.MIN) ? Instant.MIN : changed.toInstant());
    }

    private static void known(ResultSet row, Map<TransferId, Stored> known) throws SQLException {
        known.put(
                new TransferId(row.getObject("id", UUID.class)),
                new Stored(
                        Phase.valueOf(row.getString("phase")),
                        row.getObject("digest", UUID.class),
                        Optional.empty()));
    }

    static UUID[] uuids(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toArray(UUID[]::new);
    }

    static NodeId node(ResultSet row, String column) throws SQLException {
        return new NodeId(row.getObject(column, UUID.class));
    }

    static Account account(ResultSet row) throws SQLException {
        // The database holds no more over a ceiling than it knows to be a debt.
        return Account.standing(row.getLong("guaranteed"), ceiling(row), row.getLong("held"));
    }

    static OptionalLong ceiling(ResultSet row) throws SQLException {
        @Nullable Long ceiling = row.getObject("ceiling", Long.class);
        return ceiling == null ? OptionalLong.empty() : OptionalLong.of(ceiling);
    }

    static Optional<NodeId> parent(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("parent", UUID.class)).map(NodeId::new);
    }
}

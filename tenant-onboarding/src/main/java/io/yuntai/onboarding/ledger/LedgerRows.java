package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rows of many decisions at once, one statement a table. */
final class LedgerRows {

    private static final int HOLDERS_NAMED = 5;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Arrays are taken apart in the list of columns, in step: in a list of tables they would all be
     * written out first.
     */
    static final String INSERT_TRANSFERS =
            """
            insert into quota_transfer (id, phase, outcome, pending, digest, at, expires_at)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            """;

    /**
     * The one statement by which a debt ever grows. It comes before what makes it one; from then on
     * the database lets it fall by itself.
     */
    private static final String RAISE_DEBTS =
            """
            update quota_account a
            set debt = v.debt, debt_since = coalesce(a.debt_since, v.at)
            from unnest(?, ?, ?, ?) v (node, resource, debt, at)
            where a.node = v.node and a.resource = v.resource
            """;

    private static final String UPDATE_ACCOUNTS =
            """
            update quota_account a
            set guaranteed = v.guaranteed, ceiling = v.ceiling, held = v.held, changed_at = v.at,
                locked = a.locked + v.locked
            from unnest(?, ?, ?, ?, ?, ?, ?) v (node, resource, guaranteed, ceiling, held, at, locked)
            where a.node = v.node and a.resource = v.resource
            """;

    static final String INSERT_ENTRIES =
            """
            insert into quota_entry (transfer, node, resource, side, amount, balance, at)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            """;

    static final String INSERT_LOCKS =
            """
            insert into quota_locked (transfer, leaf, resource, amount, expires_at)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            """;

    static final String INSERT_LIMIT_CHANGES =
            """
            insert into quota_limit_change
                (transfer, node, resource, was_guaranteed, was_ceiling, guaranteed, ceiling, at)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            """;

    static final String DELETE_LOCKS = "delete from quota_locked where transfer = any(?)";

    private static final String INSERT_LEGS =
            """
            insert into quota_leg (transfer, leaf, resource, amount)
            select transfer, leaf, resource, sum(amount)
            from unnest(?, ?, ?, ?) l (transfer, leaf, resource, amount)
            group by transfer, leaf, resource having sum(amount) <> 0;
            """;

    private static final String INSERT_SHORTFALLS =
            """
            insert into quota_shortfall
                (transfer, node, resource, asked, free, holders, others, leaf)
            select transfer, node, resource, asked, free, holders::jsonb, others, leaf::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                s (transfer, node, resource, asked, free, holders, others, leaf)
            """;

    private static final String HOLDERS =
            """
            select s.node, s.resource, h.id as holder, h.amount, h.total
            from unnest(?, ?) s (node, resource)
            cross join lateral (
                select n.id, greatest(a.guaranteed, a.held) as amount,
                       (sum(greatest(a.guaranteed, a.held)) over ())::bigint as total
                from quota_node n join quota_account a on a.node = n.id
                where n.parent = s.node and a.resource = s.resource
                  and greatest(a.guaranteed, a.held) > 0
                order by amount desc, n.id limit ?) h
            order by h.amount desc, h.id
            """;

    /** As it is stored beside a shortfall. */
    private record Holding(UUID node, long amount) {}

    private final JdbcTemplate jdbc;
    private final NodeLeaseStore leaves;

    LedgerRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.leaves = new NodeLeaseStore(JdbcClient.create(jdbc));
    }

    void write(Written written) {
        jdbc.execute((Connection connection) -> {
            writeGranted(connection, written);
            if (!written.shortfalls.isEmpty()) {
                findHolders(connection, written);
                writeDenied(connection, written);
            }
            return true;
        });
    }

    private static void writeGranted(Connection connection, Written written) throws SQLException {
        var script = new StringJoiner(";\n").add(INSERT_TRANSFERS);
        addUnless(written.debts.isEmpty(), RAISE_DEBTS, script);
        addUnless(written.balances.isEmpty(), UPDATE_ACCOUNTS, script);
        addUnless(written.lines.isEmpty(), INSERT_ENTRIES, script);
        addUnless(written.locks.isEmpty(), INSERT_LOCKS, script);
        addUnless(written.limits.isEmpty(), INSERT_LIMIT_CHANGES, script);
        addUnless(written.unlocked.isEmpty(), DELETE_LOCKS, script);
        try (var statement = connection.prepareStatement(script.toString())) {
            int next = transfers(connection, statement, 1, written);
            next = written.debts.isEmpty() ? next : debts(connection, statement, next, written);
            next =
                    written.balances.isEmpty()
                            ? next
                            : balances(connection, statement, next, written);
            next = written.lines.isEmpty() ? next : lines(connection, statement, next, written);
            next =
                    written.locks.isEmpty()
                            ? next
                            : locks(connection, statement, next, written.stillLocked());
            next = written.limits.isEmpty() ? next : limits(connection, statement, next, written);
            if (!written.unlocked.isEmpty()) {
                statement.setArray(
                        next, SqlArrays.uuids(connection, written.unlocked, TransferId::value));
            }
            var _ = statement.execute();
        }
    }

    private static void addUnless(boolean none, String sql, StringJoiner script) {
        if (!none) {
            var _ = script.add(sql);
        }
    }

    static int transfers(Connection c, PreparedStatement statement, int at, Written written)
            throws SQLException {
        var rows = written.transfers;
        statement.setArray(at, SqlArrays.uuids(c, rows, t -> t.id().value()));
        statement.setArray(at + 1, SqlArrays.texts(c, rows, t -> t.phase().name()));
        statement.setArray(
                at + 2, SqlArrays.texts(c, rows, t -> t.granted() ? "GRANTED" : "DENIED"));
        statement.setArray(
                at + 3,
                SqlArrays.uuids(c, rows, t -> t.pending().map(TransferId::value).orElse(null)));
        statement.setArray(at + 4, SqlArrays.uuids(c, rows, Written.Transfer::digest));
        statement.setArray(at + 5, SqlArrays.times(c, rows, Written.Transfer::at));
        statement.setArray(at + 6, SqlArrays.times(c, rows, t -> t.expires().orElse(null)));
        return at + 7;
    }

    private static int debts(Connection c, PreparedStatement statement, int at, Written written)
            throws SQLException {
        var rows = written.debts.entrySet();
        statement.setArray(at, SqlArrays.uuids(c, rows, d -> d.getKey().node().value()));
        statement.setArray(at + 1, SqlArrays.texts(c, rows, d -> d.getKey().resource().code()));
        statement.setArray(at + 2, SqlArrays.longs(c, rows, Map.Entry::getValue));
        statement.setArray(
                at + 3,
                SqlArrays.times(
                        c,
                        rows,
                        d -> Objects.requireNonNull(written.balances.get(d.getKey())).at()));
        return at + 4;
    }

    private static int balances(Connection c, PreparedStatement statement, int at, Written written)
            throws SQLException {
        var rows = written.balances.entrySet();
        statement.setArray(at, SqlArrays.uuids(c, rows, b -> b.getKey().node().value()));
        statement.setArray(at + 1, SqlArrays.texts(c, rows, b -> b.getKey().resource().code()));
        statement.setArray(
                at + 2, SqlArrays.longs(c, rows, b -> b.getValue().account().guaranteed()));
        statement.setArray(at + 3, SqlArrays.longs(c, rows, b -> ceiling(b.getValue())));
        statement.setArray(at + 4, SqlArrays.longs(c, rows, b -> b.getValue().account().held()));
        statement.setArray(at + 5, SqlArrays.times(c, rows, b -> b.getValue().at()));
        statement.setArray(
                at + 6, SqlArrays.longs(c, rows, b -> written.locked.getOrDefault(b.getKey(), 0L)));
        return at + 7;
    }

    private static @Nullable Long ceiling(Written.Balance balance) {
        var ceiling = balance.account().ceiling();
        return ceiling.isPresent() ? (Long) ceiling.getAsLong() : null;
    }

    static int lines(Connection c, PreparedStatement statement, int at, Written written)
            throws SQLException {
        var rows = written.lines;
        statement.setArray(at, SqlArrays.uuids(c, rows, l -> l.transfer().value()));
        statement.setArray(at + 1, SqlArrays.uuids(c, rows, l -> l.entry().node().value()));
        statement.setArray(at + 2, SqlArrays.texts(c, rows, l -> l.entry().resource().code()));
        statement.setArray(at + 3, SqlArrays.texts(c, rows, l -> l.entry().side().name()));
        statement.setArray(at + 4, SqlArrays.longs(c, rows, l -> l.entry().amount()));
        statement.setArray(at + 5, SqlArrays.longs(c, rows, Written.Line::balance));
        statement.setArray(at + 6, SqlArrays.times(c, rows, Written.Line::at));
        return at + 7;
    }

    static int locks(Connection c, PreparedStatement statement, int at, List<Written.Lock> rows)
            throws SQLException {
        statement.setArray(at, SqlArrays.uuids(c, rows, l -> l.transfer().value()));
        statement.setArray(at + 1, SqlArrays.uuids(c, rows, l -> l.held().node().value()));
        statement.setArray(at + 2, SqlArrays.texts(c, rows, l -> l.held().resource().code()));
        statement.setArray(at + 3, SqlArrays.longs(c, rows, l -> l.held().amount()));
        statement.setArray(at + 4, SqlArrays.times(c, rows, l -> l.expires().orElse(null)));
        return at + 5;
    }

    static int limits(Connection c, PreparedStatement statement, int at, Written written)
            throws SQLException {
        var rows = written.limits;
        statement.setArray(at, SqlArrays.uuids(c, rows, l -> l.transfer().value()));
        statement.setArray(at + 1, SqlArrays.uuids(c, rows, l -> l.key().node().value()));
        statement.setArray(at + 2, SqlArrays.texts(c, rows, l -> l.key().resource().code()));
        statement.setArray(at + 3, SqlArrays.longs(c, rows, l -> l.before().guaranteed()));
        statement.setArray(at + 4, SqlArrays.longs(c, rows, l -> ceiling(l.before())));
        statement.setArray(at + 5, SqlArrays.longs(c, rows, l -> l.after().guaranteed()));
        statement.setArray(at + 6, SqlArrays.longs(c, rows, l -> ceiling(l.after())));
        statement.setArray(at + 7, SqlArrays.times(c, rows, Written.LimitChange::at));
        return at + 8;
    }

    private static @Nullable Long ceiling(Limit limit) {
        var ceiling = limit.ceiling();
        return ceiling.isPresent() ? (Long) ceiling.getAsLong() : null;
    }

    /** Who holds most of what the short nodes have handed out, after these decisions. */
    private void findHolders(Connection connection, Written written) throws SQLException {
        var keys = new LinkedHashSet<Standing.Key>();
        written.shortfalls.forEach(
                s -> keys.add(new Standing.Key(s.shortfall().node(), s.shortfall().resource())));
        var named = new HashMap<Standing.Key, List<Shortfall.Holder>>();
        var totals = new HashMap<Standing.Key, Long>();
        try (var statement = connection.prepareStatement(HOLDERS)) {
            statement.setArray(1, SqlArrays.uuids(connection, keys, key -> key.node().value()));
            statement.setArray(2, SqlArrays.texts(connection, keys, key -> key.resource().code()));
            statement.setInt(3, HOLDERS_NAMED);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var key =
                            new Standing.Key(
                                    LedgerStore.node(row, "node"),
                                    new Resource(row.getString("resource")));
                    named.computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(
                                    new Shortfall.Holder(
                                            LedgerStore.node(row, "holder"),
                                            row.getLong("amount")));
                    totals.put(key, row.getLong("total"));
                }
            }
        }
        for (var key : keys) {
            var holders = named.getOrDefault(key, List.of());
            long sum = holders.stream().mapToLong(Shortfall.Holder::amount).sum();
            var leaf =
                    holders.isEmpty()
                            ? leaves.holders(key.node(), key.resource())
                            : LeafHolders.NONE;
            written.holders.put(
                    key, new Written.Held(holders, totals.getOrDefault(key, 0L) - sum, leaf));
        }
    }

    private static void writeDenied(Connection c, Written written) throws SQLException {
        record AskedAmount(TransferId transfer, NodeId leaf, Map.Entry<Resource, Long> amount) {}
        var asked = new ArrayList<AskedAmount>();
        for (var each : written.asked) {
            each.leg()
                    .amounts()
                    .asMap()
                    .entrySet()
                    .forEach(amount ->
                            asked.add(new AskedAmount(each.transfer(), each.leg().leaf(), amount)));
        }
        var rows = written.shortfalls;
        try (var legs = c.prepareStatement(INSERT_LEGS);
                var shortfalls = c.prepareStatement(INSERT_SHORTFALLS)) {
            if (!asked.isEmpty()) {
                legs.setArray(1, SqlArrays.uuids(c, asked, a -> a.transfer().value()));
                legs.setArray(2, SqlArrays.uuids(c, asked, a -> a.leaf().value()));
                legs.setArray(3, SqlArrays.texts(c, asked, a -> a.amount().getKey().code()));
                legs.setArray(4, SqlArrays.longs(c, asked, a -> a.amount().getValue()));
                var _ = legs.executeUpdate();
            }
            shortfalls.setArray(1, SqlArrays.uuids(c, rows, s -> s.transfer().value()));
            shortfalls.setArray(2, SqlArrays.uuids(c, rows, s -> s.shortfall().node().value()));
            shortfalls.setArray(3, SqlArrays.texts(c, rows, s -> s.shortfall().resource().code()));
            shortfalls.setArray(4, SqlArrays.longs(c, rows, s -> s.shortfall().asked()));
            shortfalls.setArray(5, SqlArrays.longs(c, rows, s -> s.shortfall().free()));
            shortfalls.setArray(6, SqlArrays.texts(c, rows, s -> holders(written, s)));
            shortfalls.setArray(
                    7, SqlArrays.longs(c, rows, s -> written.named(s.shortfall()).others()));
            shortfalls.setArray(8, SqlArrays.texts(c, rows, s -> leaf(written, s)));
            var _ = shortfalls.executeUpdate();
        }
    }

    private static String holders(Written written, Written.Missed row) {
        return JSON.writeValueAsString(
                written.named(row.shortfall()).holders().stream()
                        .map(holder -> new Holding(holder.node().value(), holder.amount()))
                        .toList());
    }

    private static String leaf(Written written, Written.Missed row) {
        var held = Objects.requireNonNull(written.holders.get(row.shortfall().key()));
        return JSON.writeValueAsString(held.leaf());
    }

    /** Who held what at the leaves that were short when a transfer was denied. */
    Map<Standing.Key, LeafHolders> leaves(TransferId id) {
        var held = new HashMap<Standing.Key, LeafHolders>();
        jdbc.query(
                "select node, resource, leaf from quota_shortfall where transfer = ?",
                row -> {
                    held.put(
                            new Standing.Key(
                                    LedgerStore.node(row, "node"),
                                    new Resource(row.getString("resource"))),
                            JSON.readValue(row.getString("leaf"), LeafHolders.class));
                },
                id.value());
        return held;
    }

    /** Why a transfer was denied, as it was answered; none when it was granted. */
    List<Shortfall> shortfalls(TransferId id) {
        return jdbc.query(
                """
                select s.* from quota_shortfall s join quota_node n on n.id = s.node
                where transfer = ? order by n.depth desc, s.resource
                """,
                (row, _) ->
                        new Shortfall(
                                LedgerStore.node(row, "node"),
                                new Resource(row.getString("resource")),
                                row.getLong("asked"),
                                row.getLong("free"),
                                JSON
                                        .readValue(
                                                row.getString("holders"),
                                                new TypeReference<List<Holding>>() {})
                                        .stream()
                                        .map(h ->
                                                new Shortfall.Holder(
                                                        new NodeId(h.node()), h.amount()))
                                        .toList(),
                                row.getLong("others")),
                id.value());
    }
}

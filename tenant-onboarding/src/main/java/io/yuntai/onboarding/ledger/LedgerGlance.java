package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads how things stand without locking anything: true when it was read, no longer. */
final class LedgerGlance {

    /**
     * What was seen.
     *
     * @param missing the accounts that are not there: as they would be made
     * @param shape the version of the tree's shape
     */
    record Seen(LedgerStore.Read read, Set<Standing.Key> missing, long shape) {}

    private static final String PENDING =
            "select transfer, leaf, resource, amount from quota_locked where transfer = any(?)";

    private static final String STANDING =
            LedgerStore.PATHS
                    + """
                    select p.node, p.resource, p.parent, a.held is null as missing, a.guaranteed,
                           a.ceiling, a.held, a.locked, a.changed_at, s.version
                    from quota_shape s left join path p on true
                    left join lateral (
                        select * from quota_account
                        where node = p.node and resource = p.resource offset 0) a on true
                    """;

    private final JdbcTemplate jdbc;

    LedgerGlance(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What these and all above them hold, and what these pending transfers do. */
    Seen look(Set<Standing.Key> touched, Set<TransferId> pending) {
        var read = new LedgerStore.Read();
        var missing = new HashSet<Standing.Key>();
        long[] shape = {-1};
        jdbc.execute((Connection connection) -> {
            var ends = SqlArrays.uuids(connection, pending, TransferId::value);
            try (var statement = connection.prepareStatement(PENDING)) {
                statement.setArray(1, ends);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        LedgerStore.pending(row, read.pending());
                    }
                }
            }
            try (var statement = connection.prepareStatement(STANDING)) {
                LedgerStore.setStart(connection, statement, 1, touched, ends);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        shape[0] = row.getLong("version");
                        standing(row, read, missing);
                    }
                }
            }
            return true;
        });
        return new Seen(read, missing, shape[0]);
    }

    private static void standing(ResultSet row, LedgerStore.Read read, Set<Standing.Key> missing)
            throws SQLException {
        if (row.getObject("node", UUID.class) == null) {
            return;
        }
        if (!row.getBoolean("missing")) {
            LedgerStore.account(row, read);
            return;
        }
        var node = LedgerStore.node(row, "node");
        var parent = LedgerStore.parent(row);
        var key = new Standing.Key(node, new Resource(row.getString("resource")));
        missing.add(key);
        read.parents().put(node, parent);
        read.accounts().put(key, made(parent));
        read.changed().put(key, Instant.MIN);
        read.locked().put(key, 0L);
    }

    /** An account as it begins: nothing at a pool, no bound of its own anywhere else. */
    private static Account made(Optional<NodeId> parent) {
        return parent.isPresent() ? Account.UNBOUNDED : new Account(0, OptionalLong.of(0), 0);
    }
}

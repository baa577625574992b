package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.quota.NodeId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A quota tree of any depth: a pool with room for all, regions within regions, one hot unit, and
 * the systems that all meet in it. Nothing is guaranteed on the way, so that each grant climbs to
 * the pool.
 */
final class LedgerTree {

    /** What the pool has; more than a benchmark asks for. */
    private static final long CAPACITY = 1_000_000_000_000L;

    private final List<NodeId> leaves;

    private LedgerTree(List<NodeId> leaves) {
        this.leaves = leaves;
    }

    NodeId leaf(int number) {
        return leaves.get(number % leaves.size());
    }

    int size() {
        return leaves.size();
    }

    /**
     * @param number tells the trees of one database apart; below 100
     * @param levels from the pool to a system, both counted; 2 and more
     * @param systems how many leaves there are in the one unit, or pool
     */
    static LedgerTree plant(JdbcClient jdbc, int number, int levels, int systems) {
        var pool = "z%d-ordinary".formatted(number);
        var _ =
                jdbc.sql("insert into pool values (?, ?, 'ordinary')")
                        .params(pool, "z" + number)
                        .update();
        var parent = node(jdbc, pool, "POOL", null, 0, null, null);
        account(jdbc, parent, CAPACITY);
        int depth = 1;
        for (; depth < levels - 2; depth++) {
            var region = "%02d%04d".formatted(10 + number, depth);
            insertRegion(jdbc, region);
            parent = node(jdbc, pool, "REGION", parent, depth, region, null);
        }
        if (levels > 2) {
            parent = node(jdbc, pool, "UNIT", parent, depth, null, unit(jdbc, number));
            account(jdbc, parent, 0);
            depth++;
        }
        var leaves = systems(jdbc, pool, parent, depth, systems);
        var _ = jdbc.sql("analyze quota_node, quota_account").update();
        return new LedgerTree(leaves);
    }

    private static void insertRegion(JdbcClient jdbc, String code) {
        var _ = jdbc.sql("insert into region values (?, ?)").params(code, code).update();
    }

    private static UUID unit(JdbcClient jdbc, int number) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var region = "99%04d".formatted(number);
        insertRegion(jdbc, region);
        var _ =
                jdbc.sql(
                                """
                                insert into unit (id, uscc, name, region, funding, created_at)
                                values (?, ?, ?, ?, '', '2026-01-01Z')
                                """)
                        .params(id, "1144070000000%05d".formatted(number), region, region)
                        .update();
        return id;
    }

    private static NodeId node(
            JdbcClient jdbc,
            String pool,
            String kind,
            @Nullable NodeId parent,
            int depth,
            @Nullable String region,
            @Nullable UUID unit) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var _ =
                jdbc.sql(
                                """
                                insert into quota_node (id, pool, kind, parent, depth, region, unit)
                                values (:id, :pool, :kind, :parent, :depth, :region, :unit)
                                """)
                        .param("id", id)
                        .param("pool", pool)
                        .param("kind", kind)
                        .param("parent", parent == null ? null : parent.value())
                        .param("depth", depth)
                        .param("region", region)
                        .param("unit", unit)
                        .update();
        return new NodeId(id);
    }

    private static void account(JdbcClient jdbc, NodeId node, long guaranteed) {
        var _ =
                jdbc.sql(
                                """
                                insert into quota_account (node, resource, guaranteed, ceiling, held, changed_at)
                                values (?, 'cpuMillis', ?, ?, 0, '-infinity')
                                """)
                        .params(node.value(), guaranteed, CAPACITY)
                        .update();
    }

    private static List<NodeId> systems(
            JdbcClient jdbc, String pool, NodeId parent, int depth, int count) {
        return jdbc.sql(
                        """
                        with made as (
                            insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                                mlps_filing, builder, created_at)
                            select gen_random_uuid(), replace(:pool, '-ordinary', '') || '-' || i, 'x', 'z', false, 2, '', '',
                                   '2026-01-01Z'
                            from generate_series(1, :count) i returning id)
                        insert into quota_node (id, pool, kind, parent, depth, system)
                        select gen_random_uuid(), :pool, 'SYSTEM', :parent, :depth, id from made
                        returning id
                        """)
                .param("pool", pool)
                .param("count", count)
                .param("parent", parent.value())
                .param("depth", depth)
                .query((row, _) -> new NodeId(row.getObject("id", UUID.class)))
                .list();
    }
}

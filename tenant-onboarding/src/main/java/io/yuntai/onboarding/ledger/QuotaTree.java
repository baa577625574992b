package io.yuntai.onboarding.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The shape of the tree: pool, region, unit, system, each made when first needed. Making what is
 * there already changes nothing.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class QuotaTree {

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    QuotaTree(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The pool, with this capacity; denied when more than that is promised or held already. */
    public Decision ensurePool(PoolId pool, Amounts capacity) {
        var node = ensure(pool, "POOL", Optional.empty(), 0, Optional.empty());
        var _ = ensure(pool, "INFRASTRUCTURE", Optional.of(node), 1, Optional.empty());
        return fix(node, capacity);
    }

    /** The region, bounded by its pool alone. */
    public NodeId ensureRegion(PoolId pool, String region) {
        return ensure(pool, "REGION", Optional.of(pool(pool)), 1, Optional.of(region));
    }

    /** The unit, promised these amounts and no more; denied when the pool cannot promise them. */
    public Decision ensureUnit(PoolId pool, UnitId unit, String region, Amounts quota) {
        var parent = ensureRegion(pool, region);
        var node = ensure(pool, "UNIT", Optional.of(parent), 2, Optional.of(unit.value()));
        return fix(node, quota);
    }

    /**
     * The system, bounded by its unit; empty when the unit has no quota in this pool.
     *
     * @param unit the owner of today
     */
    public Optional<NodeId> ensureSystem(PoolId pool, SystemId system, UnitId unit) {
        return find(pool, "UNIT", Optional.of(unit.value()))
                .map(parent ->
                        ensure(
                                pool,
                                "SYSTEM",
                                Optional.of(parent),
                                3,
                                Optional.of(system.value())));
    }

    /** Where the pool charges what no tenant asked for, such as the overhead of launchers. */
    public NodeId infrastructure(PoolId pool) {
        return find(pool, "INFRASTRUCTURE", Optional.empty()).orElseThrow();
    }

    private NodeId pool(PoolId pool) {
        return find(pool, "POOL", Optional.empty()).orElseThrow();
    }

    /** Limits that are promise and ceiling at once; what is not named becomes nothing. */
    private Decision fix(NodeId node, Amounts amounts) {
        var limits = new TreeMap<Resource, Limit>();
        jdbc.sql("select resource from quota_account where node = ?")
                .param(node.value())
                .query(row -> {
                    limits.put(new Resource(row.getString(1)), Limit.fixed(0));
                });
        amounts.asMap().forEach((resource, amount) -> limits.put(resource, Limit.fixed(amount)));
        if (limits.isEmpty() || standsSo(node, limits)) {
            return new Decision.Granted(List.of(), List.of());
        }
        var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
        return ledger.limit(id, node, limits, clock.instant());
    }

    private boolean standsSo(NodeId node, Map<Resource, Limit> limits) {
        return limits.entrySet().stream()
                .allMatch(e ->
                        jdbc.sql(
                                                """
                                                select count(*) from quota_account
                                                where node = ? and resource = ?
                                                  and guaranteed = ? and ceiling = ?
                                                """)
                                        .params(
                                                node.value(),
                                                e.getKey().code(),
                                                e.getValue().guaranteed(),
                                                e.getValue().ceiling().orElseThrow())
                                        .query(Long.class)
                                        .single()
                                == 1);
    }

    private NodeId ensure(
            PoolId pool, String kind, Optional<NodeId> parent, int depth, Optional<Object> of) {
        var found = find(pool, kind, of);
        if (found.isPresent()) {
            return found.get();
        }
        var _ =
                jdbc.sql(
                                """
                                insert into quota_node (id, pool, kind, parent, depth, region, unit, system)
                                values (:id, :pool, :kind, :parent, :depth, :region, :unit, :system)
                                on conflict do nothing
                                """)
                        .param("id", UuidCreator.getTimeOrderedEpoch())
                        .param("pool", pool.toString())
                        .param("kind", kind)
                        .param("parent", parent.map(NodeId::value).orElse(null))
                        .param("depth", depth)
                        .param("region", kind.equals("REGION") ? of.orElseThrow() : null)
                        .param("unit", kind.equals("UNIT") ? of.orElseThrow() : null)
                        .param("system", kind.equals("SYSTEM") ? of.orElseThrow() : null)
                        .update();
        return find(pool, kind, of).orElseThrow();
    }

    private Optional<NodeId> find(PoolId pool, String kind, Optional<Object> of) {
        return jdbc.sql(
                        """
                        select id from quota_node
                        where pool = :pool and kind = :kind
                          and coalesce(region, unit::text, system::text, '') = :of
                        """)
                .param("pool", pool.toString())
                .param("kind", kind)
                .param("of", of.map(Object::toString).orElse(""))
                .query(UUID.class)
                .optional()
                .map(NodeId::new);
    }
}

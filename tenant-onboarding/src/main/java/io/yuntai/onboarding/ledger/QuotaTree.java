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
 * The shape of the tree, each node made when first needed: below a pool the regions as they lie in
 * each other, then the units, the parts of a unit below it, and the systems of each. Making what is
 * there already changes nothing, also where the register says by now that it belongs elsewhere:
 * that is what {@link TreeMoves} is for.
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
        return fix(ensurePool(pool), capacity);
    }

    /** The pool, as it stands; a new one has nothing. */
    public NodeId ensurePool(PoolId pool) {
        ledger.holdShape();
        var node = ensure(pool, "POOL", Optional.empty(), Optional.empty());
        var _ = ensure(pool, "INFRASTRUCTURE", Optional.of(node), Optional.empty());
        return node;
    }

    /**
     * The region, within the regions around it that are registered; it has no bounds of its own.
     */
    public NodeId ensureRegion(PoolId pool, String region) {
        ledger.holdShape();
        var found = find(pool, "REGION", Optional.of(region));
        if (found.isPresent()) {
            return found.get();
        }
        var around =
                jdbc.sql("select parent from region where code = ? and parent is not null")
                        .param(region)
                        .query(String.class)
                        .optional()
                        .map(parent -> ensureRegion(pool, parent))
                        .orElseGet(() -> pool(pool));
        return ensure(pool, "REGION", Optional.of(around), Optional.of(region));
    }

    /**
     * The unit, promised these amounts and no more; denied when what is above it cannot promise
     * them. It stands below the unit that it is a part of, when that one has a place in the pool.
     */
    public Decision ensureUnit(PoolId pool, UnitId unit, String region, Amounts quota) {
        var parent = placeOf(pool, unit, region);
        var node = ensure(pool, "UNIT", Optional.of(parent), Optional.of(unit.value()));
        return fix(node, quota);
    }

    /** The node that the register puts a unit below: of the unit it is a part of, or its region. */
    public NodeId placeOf(PoolId pool, UnitId unit, String region) {
        return jdbc.sql("select parent from unit where id = ? and parent is not null")
                .param(unit.value())
                .query(UUID.class)
                .optional()
                .flatMap(whole -> find(pool, "UNIT", Optional.of(whole)))
                .orElseGet(() -> ensureRegion(pool, region));
    }

    /** The unit's node, if it has one in the pool. */
    public Optional<NodeId> unit(PoolId pool, UnitId unit) {
        return find(pool, "UNIT", Optional.of(unit.value()));
    }

    /**
     * The system, bounded by its unit; empty when the unit has no quota in this pool.
     *
     * @param unit the owner of today
     */
    public Optional<NodeId> ensureSystem(PoolId pool, SystemId system, UnitId unit) {
        ledger.holdShape();
        return find(pool, "UNIT", Optional.of(unit.value()))
                .map(parent ->
                        ensure(pool, "SYSTEM", Optional.of(parent), Optional.of(system.value())));
    }

    /** Where the pool charges what no tenant asked for, such as the overhead of launchers. */
    public NodeId infrastructure(PoolId pool) {
        return find(pool, "INFRASTRUCTURE", Optional.empty()).orElseThrow();
    }

    private NodeId pool(PoolId pool) {
        return find(pool, "POOL", Optional.empty()).orElseThrow();
    }

    /**
     * Limits that are promise and ceiling at once; what is not named, of all that the pool has,
     * becomes nothing.
     */
    private Decision fix(NodeId node, Amounts amounts) {
        var limits = new TreeMap<Resource, Limit>();
        jdbc.sql(
                        """
                        select distinct a.resource from quota_node n
                        join quota_node p on p.pool = n.pool and p.kind = 'POOL'
                        join quota_account a on a.node in (n.id, p.id)
                        where n.id = ?
                        """)
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

    private NodeId ensure(PoolId pool, String kind, Optional<NodeId> parent, Optional<Object> of) {
        var found = find(pool, kind, of);
        if (found.isPresent()) {
            return found.get();
        }
        var _ =
                jdbc.sql(
                                """
                                insert into quota_node (id, pool, kind, parent, depth, region, unit, system)
                                values (:id, :pool, :kind, :parent,
                                        coalesce((select depth + 1 from quota_node where id = :parent), 0),
                                        :region, :unit, :system)
                                on conflict do nothing
                                """)
                        .param("id", UuidCreator.getTimeOrderedEpoch())
                        .param("pool", pool.toString())
                        .param("kind", kind)
                        .param("parent", parent.map(NodeId::value).orElse(null))
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

package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What it takes to split a pool. Leases stay on their clusters: to serve the new pool is a matter
 * of the clusters' configuration, before anything new is ordered there. What launchers of the
 * systems that go take beside them goes from the one pool's infrastructure to the other's.
 *
 * <p>A pool that is denied its capacity remains, with nothing.
 */
@Component
class SplitPlanner {

    private final ReorganizationStore store;
    private final SplitStore splits;
    private final Limits limits;
    private final QuotaTree tree;

    SplitPlanner(ReorganizationStore store, SplitStore splits, Limits limits, QuotaTree tree) {
        this.store = store;
        this.splits = splits;
        this.limits = limits;
        this.tree = tree;
    }

    Plan plan(Reorganization.Split split) {
        if (!splits.isPool(split.pool())) {
            throw Refused.notFound("POOL_NOT_FOUND");
        }
        if (split.to().zone().equals(split.pool().zone())
                || split.to().processor() != split.pool().processor()) {
            throw Planner.invalid("/pool", "OTHER_ZONE_SAME_PROCESSOR");
        }
        var from = tree.ensurePool(split.pool());
        var going = nodes(split);
        var less =
                limits.capacity(from, split.capacity().negated())
                        .orElseThrow(() -> Planner.invalid("/capacity", "OVER_CAPACITY"));
        splits.createPool(split.to());
        var to = tree.ensurePool(split.to());
        var systems = splits.systemsBelow(going.values());
        if (splits.isAnyIn(split.to(), going.values())) {
            throw Refused.conflict("ALREADY_IN_POOL");
        }
        if (splits.holdElsewhere(systems, split.pool())) {
            throw Refused.conflict("SYSTEM_IN_OTHER_POOL");
        }
        var steps = new ArrayList<Reshape>();
        going.values().forEach(node -> steps.add(new Reshape.Leave(node)));
        var beside = splits.beside(systems, split.pool());
        if (!beside.isZero()) {
            steps.add(shift(tree.infrastructure(split.pool()), beside.negated()));
        }
        steps.add(less);
        steps.add(limits.capacity(to, split.capacity()).orElseThrow());
        going.forEach((unit, node) ->
                steps.add(
                        new Reshape.Join(
                                node,
                                tree.placeOf(
                                        split.to(),
                                        unit,
                                        store.unit(unit).orElseThrow().region()))));
        if (!beside.isZero()) {
            steps.add(shift(tree.infrastructure(split.to()), beside));
        }
        var pending = splits.lockedBeside(systems, split.pool());
        return new Plan(
                steps,
                List.of(
                        new Leg(tree.infrastructure(split.pool()), pending.negated()),
                        new Leg(tree.infrastructure(split.to()), pending)),
                systems,
                _ -> takeEffect(split, systems));
    }

    private void takeEffect(Reorganization.Split split, List<SystemId> systems) {
        splits.rehome(systems, split.pool(), split.to());
        splits.relock(systems, tree.infrastructure(split.pool()), tree.infrastructure(split.to()));
        splits.moveRegistered(split.pool(), split.to(), split.capacity());
    }

    private static Reshape shift(NodeId leaf, Amounts amounts) {
        return new Reshape.Shift(new Leg(leaf, amounts));
    }

    /** The nodes that leave the pool, without those that go with one above them. */
    private Map<UnitId, NodeId> nodes(Reorganization.Split split) {
        var faults = new ArrayList<Fault>();
        var nodes = new LinkedHashMap<UnitId, NodeId>();
        int at = 0;
        for (var unit : split.units()) {
            var node = tree.unit(split.pool(), unit);
            node.ifPresent(found -> nodes.put(unit, found));
            if (node.isEmpty()) {
                faults.add(Fault.at("/units/" + at, "UNIT_NOT_IN_POOL"));
            }
            at++;
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        var below = splits.belowAnother(nodes.values());
        nodes.values().removeAll(below);
        return nodes;
    }
}

package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** What it takes to move a system or a unit, or to dissolve one. */
@Component
class Planner {

    private final ReorganizationStore store;
    private final Limits limits;
    private final QuotaTree tree;

    Planner(ReorganizationStore store, Limits limits, QuotaTree tree) {
        this.store = store;
        this.limits = limits;
        this.tree = tree;
    }

    Plan plan(Reorganization.SystemMove move, OptionalInt version) {
        var system = move.system();
        requireVersion(
                store.version(system).orElseThrow(() -> Refused.notFound("SYSTEM_NOT_FOUND")),
                version);
        var to = existing(move.to(), "/unit");
        if (store.owner(system).equals(move.to())) {
            throw Refused.conflict("ALREADY_THERE");
        }
        var steps = new ArrayList<Reshape>();
        for (var place : store.places(system)) {
            steps.add(new Reshape.Leave(place.node()));
            steps.add(new Reshape.Join(place.node(), ensured(place.pool(), to)));
        }
        return new Plan(
                steps,
                List.of(system),
                at -> {
                    store.changeOwner(List.of(system), move.to(), at);
                    store.handOver(List.of(system), move.to());
                });
    }

    /**
     * Within one region, or below the same whole, nothing moves in the tree, and the register alone
     * changes.
     */
    Plan plan(Reorganization.UnitMove move, OptionalInt version) {
        var unit = rearranged(move.unit(), version);
        move.parent()
                .ifPresent(parent -> {
                    var _ = existing(parent, "/parent");
                    if (store.isPartOf(parent, move.unit())) {
                        throw Refused.conflict("UNIT_CYCLE");
                    }
                });
        if (!store.isRegion(move.region())) {
            throw invalid("/region", "UNKNOWN_REGION");
        }
        if (unit.parent().equals(move.parent()) && unit.region().equals(move.region().value())) {
            throw Refused.conflict("ALREADY_THERE");
        }
        var steps = new ArrayList<Reshape>();
        for (var place : store.places(move.unit())) {
            var to =
                    move.parent()
                            .map(parent ->
                                    tree.unit(place.pool(), parent)
                                            .orElseThrow(
                                                    () -> Refused.conflict("PARENT_NOT_IN_POOL")))
                            .orElseGet(
                                    () -> tree.ensureRegion(place.pool(), move.region().value()));
            if (!to.equals(place.parent())) {
                steps.add(new Reshape.Leave(place.node()));
                steps.add(new Reshape.Join(place.node(), to));
            }
        }
        return new Plan(
                steps,
                store.systemsOf(move.unit()),
                _ -> store.place(move.unit(), move.parent(), move.region()));
    }

    /**
     * Systems and parts come to the successor, and so does the quota: the successor is promised
     * that much more, unless the unit was a part of it, whose promise is in its own already.
     */
    Plan plan(Reorganization.Dissolution dissolution, OptionalInt version) {
        var _ = rearranged(dissolution.unit(), version);
        var into = existing(dissolution.into(), "/into");
        if (store.isPartOf(dissolution.into(), dissolution.unit())) {
            throw Refused.conflict("UNIT_CYCLE");
        }
        var leave = new ArrayList<Reshape>();
        var change = new ArrayList<Reshape>();
        var join = new ArrayList<Reshape>();
        var within = new HashSet<PoolId>();
        for (var place : store.places(dissolution.unit())) {
            var successor = ensured(place.pool(), into);
            for (var child : store.children(place.node())) {
                leave.add(new Reshape.Leave(child));
                join.add(new Reshape.Join(child, successor));
            }
            if (store.isAbove(successor, place.node())) {
                within.add(place.pool());
            }
            change.addAll(limits.handedOn(place.node(), successor, within.contains(place.pool())));
        }
        var steps = new ArrayList<>(leave);
        steps.addAll(change);
        steps.addAll(join);
        List<SystemId> systems = store.systemsOf(dissolution.unit());
        return new Plan(
                steps,
                systems,
                at -> {
                    store.changeOwner(systems, dissolution.into(), at);
                    store.handOver(systems, dissolution.into());
                    store.dissolve(dissolution.unit(), dissolution.into(), within, at);
                });
    }

    private ReorganizationStore.UnitRow rearranged(UnitId unit, OptionalInt version) {
        var row = store.unit(unit).orElseThrow(() -> Refused.notFound("UNIT_NOT_FOUND"));
        requireVersion(row.version(), version);
        if (row.dissolved()) {
            throw Refused.conflict("UNIT_DISSOLVED");
        }
        return row;
    }

    private ReorganizationStore.UnitRow existing(UnitId unit, String pointer) {
        var row = store.unit(unit).orElseThrow(() -> invalid(pointer, "UNKNOWN_UNIT"));
        if (row.dissolved()) {
            throw invalid(pointer, "UNIT_DISSOLVED");
        }
        return row;
    }

    /** The unit's node; one that is new there is promised nothing and may exceed nothing. */
    private NodeId ensured(PoolId pool, ReorganizationStore.UnitRow unit) {
        return tree.unit(pool, unit.id())
                .orElseGet(() -> {
                    var _ = tree.ensureUnit(pool, unit.id(), unit.region(), Amounts.NONE);
                    return tree.unit(pool, unit.id()).orElseThrow();
                });
    }

    private static void requireVersion(int is, OptionalInt read) {
        if (read.isPresent() && read.getAsInt() != is) {
            throw Refused.stale("STALE_VERSION");
        }
    }

    static Refused invalid(String pointer, String code) {
        return Refused.invalid("INVALID", List.of(Fault.at(pointer, code)));
    }
}

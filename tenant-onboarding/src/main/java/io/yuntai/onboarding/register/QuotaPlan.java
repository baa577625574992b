package io.yuntai.onboarding.register;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Decision;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives what an import added its places in the quota tree: each pool one, each unit one in every
 * pool that it is promised something of, and each of its systems one in those of them that are in
 * the system's zone, and of domestic processors if it needs these.
 */
final class QuotaPlan {

    private final Known known;
    private final Additions added;
    private final QuotaTree tree;

    QuotaPlan(Known known, Additions added, QuotaTree tree) {
        this.known = known;
        this.added = added;
        this.tree = tree;
    }

    void carryOut() {
        added.pools.forEach(pool -> granted(tree.ensurePool(pool.id(), pool.capacity())));
        record Place(PoolId pool, UnitId unit) {}
        var newPlaces = new HashSet<Place>();
        for (UnitQuota quota : wholesFirst()) {
            var unit = quota.unit();
            granted(
                    tree.ensureUnit(
                            quota.pool(), unit.id(), unit.region().value(), quota.amounts()));
            newPlaces.add(new Place(quota.pool(), unit.id()));
        }
        var newSystems = Set.copyOf(added.systems);
        var poolsByUnit =
                added.quotas.stream()
                        .collect(
                                Collectors.groupingBy(
                                        quota -> quota.unit().id(),
                                        Collectors.mapping(
                                                UnitQuota::pool,
                                                Collectors.toCollection(HashSet::new))));
        known.quotas.forEach((unit, byPool) ->
                poolsByUnit.computeIfAbsent(unit, _ -> new HashSet<>()).addAll(byPool.keySet()));
        for (BusinessSystem system : inOrder()) {
            UnitId owner = system.owner();
            for (PoolId pool : poolsByUnit.getOrDefault(owner, new HashSet<>())) {
                boolean isNew =
                        newSystems.contains(system) || newPlaces.contains(new Place(pool, owner));
                if (isNew && suits(system, pool)) {
                    var _ = tree.ensureSystem(pool, system.id(), owner);
                }
            }
        }
    }

    /**
     * The file fits the pool as registered; that the ledger denies it all the same is possible when
     * something outside the register holds a part.
     */
    private static void granted(Decision decision) {
        switch (decision) {
            case Decision.Granted _ -> {}
            case Decision.Denied(var shortfalls) -> throw Refused.quotaShort(shortfalls);
        }
    }

    /** A part stands below its whole, which must be there before. */
    private List<UnitQuota> wholesFirst() {
        var units = known.unitsById();
        return added.quotas.stream()
                .sorted(Comparator.comparingInt(quota -> level(quota.unit(), units)))
                .toList();
    }

    private static int level(Unit unit, Map<UnitId, Unit> units) {
        int level = 0;
        for (var above = unit.parent(); above.isPresent(); level++) {
            above = Optional.ofNullable(units.get(above.get())).flatMap(Unit::parent);
        }
        return level;
    }

    /** By code, so that concurrent imports would lock in one order. */
    private List<BusinessSystem> inOrder() {
        return known.systems.values().stream()
                .sorted(Comparator.comparing(BusinessSystem::code))
                .toList();
    }

    private static boolean suits(BusinessSystem system, PoolId pool) {
        return pool.zone().equals(system.zone())
                && (!system.xinchuangRequired() || pool.processor() == ProcessorFamily.DOMESTIC);
    }
}

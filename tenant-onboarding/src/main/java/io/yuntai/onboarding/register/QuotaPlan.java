package io.yuntai.onboarding.register;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
    private final QuotaNodes nodes;

    QuotaPlan(Known known, Additions added, QuotaNodes nodes) {
        this.known = known;
        this.added = added;
        this.nodes = nodes;
    }

    void carryOut() {
        added.pools.forEach(pool -> nodes.pool(pool.id(), pool.capacity()));
        record Place(PoolId pool, Object what) {}
        var regions = new HashSet<Place>();
        var newPlaces = new HashSet<Place>();
        for (UnitQuota quota : added.quotas) {
            var region = Objects.requireNonNull(known.regions.get(quota.unit().region()));
            if (regions.add(new Place(quota.pool(), region.code()))) {
                nodes.region(quota.pool(), region.code(), region.name());
            }
            nodes.unit(quota.pool(), quota.unit().id(), region.code(), quota.amounts());
            newPlaces.add(new Place(quota.pool(), quota.unit().id()));
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
                    nodes.system(pool, system.id(), owner);
                }
            }
        }
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

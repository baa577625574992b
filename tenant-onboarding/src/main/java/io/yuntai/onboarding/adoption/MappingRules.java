package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Compares what a file says with the register and the clusters, outside of any transaction, for it
 * waits for them. What can change meanwhile is asked once more by {@link AdoptionEntries}.
 */
@Component
class MappingRules {

    private final Systems systems;
    private final Units units;
    private final Clusters clusters;

    MappingRules(Systems systems, Units units, Clusters clusters) {
        this.systems = systems;
        this.units = units;
        this.clusters = clusters;
    }

    /** One for each mapping; fewer when something is wrong. */
    List<Claim> claims(MappingReader.Content content, MappingFaults faults) {
        var byCode = new HashMap<String, BusinessSystem>();
        systems.all().forEach(system -> byCode.put(system.code().value(), system));
        var claims = new ArrayList<Claim>();
        var found = new HashMap<String, Occupied>();
        for (var mapping : content.mappings()) {
            var system = Optional.ofNullable(byCode.get(mapping.system().value()));
            if (system.isEmpty()) {
                faults.add(mapping.row(), "system", "SYSTEM_UNKNOWN", mapping.system().value());
                continue;
            }
            checkOwner(mapping, system.get(), faults);
            var pool = pool(mapping, system.get(), faults);
            var occupied = occupied(mapping, faults);
            occupied.ifPresent(one -> found.put(mapping.lease().toString(), one));
            if (pool.isPresent() && occupied.isPresent()) {
                Takeover.check(mapping, occupied.get(), faults);
                claims.add(new Claim(mapping, system.get(), pool.get(), occupied.get()));
            }
        }
        requireMachines(content, found, faults);
        return claims;
    }

    private void checkOwner(Mapping mapping, BusinessSystem system, MappingFaults faults) {
        mapping.unit()
                .ifPresent(code -> {
                    boolean isOwner =
                            units.all().stream()
                                    .anyMatch(unit ->
                                            unit.id().equals(system.owner())
                                                    && unit.uscc().equals(code));
                    if (!isOwner) {
                        faults.add(mapping.row(), "unit", "UNIT_NOT_OWNER", code.value());
                    }
                });
    }

    private Optional<PoolId> pool(Mapping mapping, BusinessSystem system, MappingFaults faults) {
        var served = clusters.pools(mapping.cluster());
        var pool =
                mapping.pool()
                        .or(() ->
                                served.size() == 1 ? served.stream().findAny() : Optional.empty());
        if (served.isEmpty()) {
            faults.add(mapping.row(), "cluster", "CLUSTER_UNKNOWN", mapping.cluster().value());
            return Optional.empty();
        }
        if (pool.isEmpty()) {
            faults.add(mapping.row(), "pool", "POOL_NEEDED", "");
            return Optional.empty();
        }
        if (!served.contains(pool.get())) {
            faults.add(mapping.row(), "pool", "POOL_NOT_OF_CLUSTER", pool.get().toString());
        }
        if (!system.zone().equals(pool.get().zone())) {
            faults.add(
                    mapping.row(),
                    "system",
                    "ZONE_DIFFERS",
                    mapping.system().value(),
                    system.zone().code(),
                    pool.get().zone().code());
        }
        if (system.xinchuangRequired() && pool.get().processor() != ProcessorFamily.DOMESTIC) {
            faults.add(mapping.row(), "system", "DOMESTIC_NEEDED", mapping.system().value());
        }
        return pool;
    }

    private Optional<Occupied> occupied(Mapping mapping, MappingFaults faults) {
        var cluster = clusters.named(mapping.cluster());
        if (cluster.isEmpty()) {
            return Optional.empty(); // said already, of its pools
        }
        return switch (cluster.get().occupied(mapping.namespace())) {
            case Reading.Unreachable<Optional<Occupied>>(var reason) -> {
                faults.add(
                        mapping.row(),
                        "cluster",
                        "CLUSTER_SILENT",
                        mapping.cluster().value(),
                        reason);
                yield Optional.empty();
            }
            case Reading.Read<Optional<Occupied>>(var found) -> {
                if (found.isEmpty()) {
                    faults.add(
                            mapping.row(),
                            "namespace",
                            "NAMESPACE_UNKNOWN",
                            mapping.namespace().value());
                }
                yield found;
            }
        };
    }

    private static void requireMachines(
            MappingReader.Content content, Map<String, Occupied> found, MappingFaults faults) {
        for (var machine : content.machines()) {
            var home = found.get(machine.place());
            if (home != null
                    && home.machines().stream()
                            .noneMatch(one -> one.name().equals(machine.host()))) {
                faults.add(machine.row(), "host", "HOST_UNKNOWN", machine.host());
            }
        }
    }
}

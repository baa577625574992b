package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.yuntai.onboarding.host.HostKept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads machines that others have made, whichever way they were written. Pure. */
final class OccupiedMachines {

    /** In the place of a storage class where a claim names none. */
    static final String NO_CLASS = "none";

    private static final String[] DOMAIN = {"spec", "template", "spec", "domain"};

    private OccupiedMachines() {}

    /**
     * @param instance its running machine, which knows what an instancetype has made of it
     * @param claims of its namespace, by name
     */
    static Occupied.Machine read(
            GenericKubernetesResource machine,
            Optional<GenericKubernetesResource> instance,
            Map<String, PersistentVolumeClaim> claims) {
        var spec = Comparison.map(machine.get("spec"));
        var domain = at(Comparison.tree(machine), DOMAIN);
        var running =
                instance.map(one -> at(Comparison.tree(one), "spec", "domain")).orElse(Map.of());
        var disks = disks(machine, claims);
        var cpu = at(domain, "cpu");
        return new Occupied.Machine(
                machine.getMetadata().getName(),
                Stream.of(
                                product(cpu),
                                product(at(running, "cpu")),
                                cores(at(domain, "resources", "requests").get("cpu")))
                        .filter(vcpu -> vcpu > 0)
                        .findFirst()
                        .orElse(0),
                Stream.of(
                                bytes(at(domain, "memory").get("guest")),
                                bytes(at(running, "memory").get("guest")),
                                bytes(at(domain, "resources", "requests").get("memory")))
                        .filter(memory -> memory > 0)
                        .findFirst()
                        .orElse(0L),
                isToRun(spec, instance.isPresent()),
                disks,
                new HostKept(
                        runBy(spec),
                        number(cpu.get("sockets")),
                        number(cpu.get("cores")),
                        number(cpu.get("threads")),
                        at(domain, "memory").get("guest") instanceof String guest ? guest : "",
                        disks.stream().map(Occupied.Disk::claim).toList()));
    }

    /** Other strategies are those of somebody who starts machines by hand: ours from now on. */
    private static HostKept.RunBy runBy(Map<String, Object> spec) {
        if (spec.get("running") != null) {
            return HostKept.RunBy.FLAG;
        }
        return "RerunOnFailure".equals(spec.get("runStrategy"))
                ? HostKept.RunBy.RERUN
                : HostKept.RunBy.STRATEGY;
    }

    private static boolean isToRun(Map<String, Object> spec, boolean runs) {
        if (spec.get("running") instanceof Boolean flag) {
            return flag;
        }
        return switch (String.valueOf(spec.get("runStrategy"))) {
            case "Always" -> true;
            case "Halted" -> false;
            default -> runs;
        };
    }

    private static int product(Map<String, Object> cpu) {
        if (cpu.isEmpty()) {
            return 0;
        }
        long product =
                (long) number(cpu.get("sockets")).orElse(1)
                        * number(cpu.get("cores")).orElse(1)
                        * number(cpu.get("threads")).orElse(1);
        return product > 0 && product <= 10_000 ? (int) product : 0;
    }

    private static OptionalInt number(@Nullable Object value) {
        return value instanceof Number number
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    private static int cores(@Nullable Object quantity) {
        try {
            return quantity == null
                    ? 0
                    : (int) Math.min(10_000, Math.ceilDiv(Quantities.millis(quantity + ""), 1000L));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }

    private static long bytes(@Nullable Object quantity) {
        try {
            return quantity == null ? 0 : Quantities.units(String.valueOf(quantity));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }

    /** In the machine's order, which is the order in which it starts from them. */
    private static List<Occupied.Disk> disks(
            GenericKubernetesResource machine, Map<String, PersistentVolumeClaim> claims) {
        var disks = new ArrayList<Occupied.Disk>();
        var instance = at(Comparison.tree(machine), "spec", "template", "spec");
        if (instance.get("volumes") instanceof List<?> volumes) {
            for (Object one : volumes) {
                var volume = Comparison.map(one);
                Object name =
                        Optional.ofNullable(at(volume, "persistentVolumeClaim").get("claimName"))
                                .orElse(at(volume, "dataVolume").get("name"));
                var claim = name == null ? null : claims.get(String.valueOf(name));
                if (claim != null) {
                    disks.add(disk(claim));
                }
            }
        }
        return disks;
    }

    static Occupied.Disk disk(PersistentVolumeClaim claim) {
        var spec = claim.getSpec();
        var requests = spec.getResources() == null ? null : spec.getResources().getRequests();
        var size = requests == null ? null : requests.get("storage");
        String storageClass = spec.getStorageClassName();
        return new Occupied.Disk(
                claim.getMetadata().getName(),
                bytes(size),
                storageClass == null || storageClass.isEmpty() ? NO_CLASS : storageClass);
    }

    private static Map<String, Object> at(Map<String, Object> tree, String... path) {
        var here = tree;
        for (var key : path) {
            here = Comparison.map(here.get(key));
        }
        return here;
    }
}

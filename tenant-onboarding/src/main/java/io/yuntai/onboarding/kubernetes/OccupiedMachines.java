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

    private static final int MOST_CORES = 10_000;
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
                vcpu(spec, domain, running),
                memory(spec, domain, running),
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

    /**
     * As KubeVirt's {@code SetDefaultGuestCPUTopology} has it: what is written out of sockets,
     * cores and threads, else the limit, else the request, else one. Beside an instancetype a
     * machine says nothing of it: there its running instance does, and nobody where there is none.
     */
    private static int vcpu(
            Map<String, Object> spec, Map<String, Object> domain, Map<String, Object> running) {
        int written = product(at(domain, "cpu"));
        if (written > 0) {
            return written;
        }
        int runs = product(at(running, "cpu"));
        if (spec.containsKey("instancetype")) {
            return runs;
        }
        var limits = at(domain, "resources", "limits");
        var requests = at(domain, "resources", "requests");
        if (limits.containsKey("cpu")) {
            return Math.max(1, cores(limits.get("cpu")));
        }
        if (requests.containsKey("cpu")) {
            return Math.max(1, cores(requests.get("cpu")));
        }
        return Math.max(1, runs);
    }

    /** Likewise, as {@code setGuestMemory} has it: its request comes before its limit. */
    private static long memory(
            Map<String, Object> spec, Map<String, Object> domain, Map<String, Object> running) {
        long written = bytes(at(domain, "memory").get("guest"));
        long runs = bytes(at(running, "memory").get("guest"));
        if (written > 0 || spec.containsKey("instancetype")) {
            return written > 0 ? written : runs;
        }
        return Stream.of(
                        at(domain, "resources", "requests").get("memory"),
                        at(domain, "resources", "limits").get("memory"),
                        at(domain, "memory", "hugepages").get("pageSize"))
                .map(OccupiedMachines::bytes)
                .filter(memory -> memory > 0)
                .findFirst()
                .orElse(runs);
    }

    /** One that is started by hand stays so until the first command. */
    private static HostKept.RunBy runBy(Map<String, Object> spec) {
        if (spec.get("running") != null) {
            return HostKept.RunBy.FLAG;
        }
        return switch (String.valueOf(spec.get("runStrategy"))) {
            case "RerunOnFailure" -> HostKept.RunBy.RERUN;
            case "Manual" -> HostKept.RunBy.MANUAL;
            case "Once" -> HostKept.RunBy.ONCE;
            default -> HostKept.RunBy.STRATEGY;
        };
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

    /** What is not written, or zero, is no factor; 0: nothing is. */
    private static int product(Map<String, Object> cpu) {
        long product = 0;
        for (var factor : List.of("sockets", "cores", "threads")) {
            int number = number(cpu.get(factor)).orElse(0);
            if (number > 0) {
                product = Math.min(MOST_CORES + 1L, Math.max(1, product) * number);
            }
        }
        return product <= MOST_CORES ? (int) product : 0;
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
                    : (int)
                            Math.min(
                                    MOST_CORES,
                                    Math.ceilDiv(Quantities.millis(quantity + ""), 1000L));
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

package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What KubeVirt 1.8 has a machine's launcher pod request, as its sources say: {@code
 * renderresources.go}, {@code template.go}, {@code serialconsolelog.go}, {@code container-disk.go}
 * and the memory that {@code hypervisorbackend.go} adds for its own processes.
 *
 * @param allocationRatio KubeVirt's {@code cpuAllocationRatio}
 * @param arm64 whether the node's processors are
 */
record KubeVirtLauncher(int allocationRatio, boolean arm64) {

    private static final long MIB = 1L << 20;

    record Requests(long cpuMillis, long memoryBytes) {}

    /**
     * @param instancetype that the machine refers to, if it does
     */
    Requests requests(
            GenericKubernetesResource machine, Optional<GenericKubernetesResource> instancetype) {
        Map<String, Object> domain = machine.get("spec", "template", "spec", "domain");
        long vcpus =
                number(
                        instancetype
                                .<Object>map(type -> type.get("spec", "cpu", "guest"))
                                .orElseGet(() -> at(domain, "cpu").get("cores")));
        long guest =
                Quantities.units(
                        String.valueOf(
                                instancetype
                                        .<Object>map(type -> type.get("spec", "memory", "guest"))
                                        .orElseGet(() -> at(domain, "memory").get("guest"))));
        var requested = at(domain, "resources", "requests");
        if (instancetype.isPresent() && !requested.isEmpty()) {
            throw new IllegalStateException("KubeVirt refuses requests beside an instancetype");
        }
        long cpu =
                requested.containsKey("cpu")
                        ? Quantities.millis(String.valueOf(requested.get("cpu")))
                        : vcpus * 1000 / allocationRatio;
        long asked =
                requested.containsKey("memory")
                        ? Quantities.units(String.valueOf(requested.get("memory")))
                        : 0;
        long memory = asked == 0 ? guest : asked;
        if (!Boolean.TRUE.equals(at(domain, "resources").get("overcommitGuestOverhead"))) {
            memory += overhead(domain, vcpus, asked, instancetype.isPresent());
        }
        if (!Boolean.FALSE.equals(at(domain, "devices").get("logSerialConsole"))) {
            cpu += 5;
            memory += 35_000_000;
        }
        List<Map<String, Object>> volumes = machine.get("spec", "template", "spec", "volumes");
        long images = volumes.stream().filter(one -> one.containsKey("containerDisk")).count();
        return new Requests(cpu + images, memory + images * 1_000_000);
    }

    private long overhead(
            Map<String, Object> domain, long vcpus, long asked, boolean isInstancetype) {
        boolean gpus = at(domain, "devices").containsKey("gpus") || isInstancetype;
        return asked / 512
                + (25 + 100 + 25 + 40 + 30) * MIB
                + 8 * MIB * vcpus
                + 8 * MIB
                + 32 * MIB
                + (arm64 ? 128 * MIB : 0)
                + (gpus ? 1024 * MIB : 0);
    }

    private static Map<String, Object> at(Map<String, Object> tree, String... path) {
        var here = tree;
        for (var key : path) {
            here = Comparison.map(here.get(key));
        }
        return here;
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}

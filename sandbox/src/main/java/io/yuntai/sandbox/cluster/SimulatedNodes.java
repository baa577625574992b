package io.yuntai.sandbox.cluster;

import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes that a simulated cluster says to have. */
final class SimulatedNodes {

    private static final int OF_EACH_FAMILY = 160;
    private static final long CPU_MILLIS = 128_000;
    private static final long MEMORY_BYTES = 512L << 30;

    private SimulatedNodes() {}

    static NodeCapacity capacity() {
        var shares =
                Stream.of(ProcessorFamily.values())
                        .map(family ->
                                new NodeCapacity.Share(
                                        Optional.of(family),
                                        OF_EACH_FAMILY,
                                        Amounts.of(
                                                Map.of(
                                                        Resource.CPU,
                                                        OF_EACH_FAMILY * CPU_MILLIS,
                                                        Resource.MEMORY,
                                                        OF_EACH_FAMILY * MEMORY_BYTES))))
                        .toList();
        int nodes = OF_EACH_FAMILY * shares.size();
        return new NodeCapacity(nodes, nodes, nodes, shares);
    }
}

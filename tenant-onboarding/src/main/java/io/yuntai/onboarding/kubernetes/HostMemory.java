package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import java.util.List;

/** What was last read of all hosts of a cluster, some hundred bytes of each. */
final class HostMemory {

    /**
     * A machine, without what stands beside it.
     *
     * @param own a digest of what is ours in it
     * @param claims the disks that it names
     */
    record Machine(ObservedHost host, String own, List<String> claims) {
        Machine {
            claims = List.copyOf(claims);
        }
    }

    private final Remembered<Machine> machines = new Remembered<>();
    private final Remembered<List<String>> addresses = new Remembered<>();
    private final Remembered<String> claims = new Remembered<>();

    Remembered<Machine> machines() {
        return machines;
    }

    /** Of running instances. */
    Remembered<List<String>> addresses() {
        return addresses;
    }

    /** What {@link HostComparison#content} says of each. */
    Remembered<String> claims() {
        return claims;
    }
}

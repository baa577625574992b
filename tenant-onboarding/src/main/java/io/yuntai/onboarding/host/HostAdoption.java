package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.util.List;
import java.util.UUID;

/**
 * Machines of one namespace that are hosts from now on.
 *
 * @param adoption the adoption's id
 * @param cluster the name of the one that they run on
 */
public record HostAdoption(
        UUID adoption, SystemId system, PoolId pool, String cluster, List<Machine> machines) {

    public HostAdoption {
        machines = List.copyOf(machines);
    }

    /**
     * One that runs already, or stands still.
     *
     * @param diskBytes of the disk that it starts from; 0: it has none
     */
    public record Machine(
            String name,
            int vcpu,
            long memoryBytes,
            long diskBytes,
            String storageClass,
            List<DataDisk> disks,
            boolean running,
            HostKept kept) {
        public Machine {
            disks = List.copyOf(disks);
        }
    }
}

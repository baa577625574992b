package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hosts that an application was granted, all alike.
 *
 * @param application the application's id
 * @param cluster the name of the one that they run on
 * @param inPlaceOf the host that it takes the place of, when it is one that moves
 */
public record HostOrder(
        UUID application,
        SystemId system,
        SystemCode systemCode,
        PoolId pool,
        String cluster,
        int count,
        int vcpu,
        long memoryBytes,
        long diskBytes,
        String storageClass,
        HostSetup setup,
        Optional<InPlaceOf> inPlaceOf) {

    public HostOrder {
        if (inPlaceOf.isPresent() && count != 1) {
            throw new IllegalArgumentException(count + " in the place of one");
        }
    }

    /**
     * A host that moves to another pool.
     *
     * @param disks its data disks, which the new one has as well, empty
     */
    public record InPlaceOf(HostId host, List<DataDisk> disks) {

        public InPlaceOf {
            disks = List.copyOf(disks);
        }
    }
}

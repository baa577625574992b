package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/**
 * A cloud host.
 *
 * @param name unique in its system, a DNS label
 * @param unit the system's owner of today
 * @param unitRegion the region's code (GB/T 2260)
 * @param reason the cluster's word for the state; may be empty
 * @param cluster where it runs
 * @param namespace its namespace there
 */
public record Host(
        HostId id,
        String name,
        SystemId system,
        String systemCode,
        String systemName,
        UnitId unit,
        String unitCode,
        String unitName,
        String unitRegion,
        PoolId pool,
        int vcpu,
        long memoryBytes,
        long diskBytes,
        String storageClass,
        State state,
        String reason,
        String cluster,
        String namespace,
        Optional<Instant> deliveredAt) {

    /** What the cluster makes of it. */
    public enum State {
        /** Wanted, and not yet seen to run. */
        PROVISIONING,
        RUNNING,
        /** The cluster refuses it; the reason says why. */
        FAILED
    }
}

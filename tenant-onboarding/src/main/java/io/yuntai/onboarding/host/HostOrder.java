package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import java.util.UUID;

/**
 * Hosts that an application was granted, all alike.
 *
 * @param application the application's id
 * @param cluster the name of the one that they run on
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
        HostSetup setup) {}

package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.time.Instant;

/**
 * What a system's namespaces of a pool were granted.
 *
 * @param reason why, for the audit
 * @param ordered whether it came with what was ordered, and goes with that
 */
public record NamespaceGrant(
        SystemId system, PoolId pool, Grant grant, String reason, Instant at, boolean ordered) {

    public static final int MAX_REASON = 1000;
}

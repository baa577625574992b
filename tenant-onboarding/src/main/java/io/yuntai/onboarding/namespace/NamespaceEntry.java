package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import java.util.Optional;
import java.util.Set;

/**
 * A namespace of a system.
 *
 * @param enforced whether its lease was seen to be enforced, so that people may work there
 * @param grants what it may beyond what every namespace may
 * @param refusal why its cluster does not have all that it shall hold
 */
public record NamespaceEntry(
        LeaseId id, PoolId pool, boolean enforced, Set<Grant> grants, Optional<String> refusal) {

    public NamespaceEntry {
        grants = Set.copyOf(grants);
    }
}

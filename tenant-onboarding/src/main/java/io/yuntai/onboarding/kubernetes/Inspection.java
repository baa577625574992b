package io.yuntai.onboarding.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * What was found of a cluster.
 *
 * @param checks each once, in the order of their subjects
 * @param uid which cluster it is; empty: it could not be read
 * @param version of its API server, such as {@code v1.36.3}; empty: it could not be read
 */
public record Inspection(
        List<ClusterCheck> checks, Optional<ClusterUid> uid, Optional<String> version) {

    public Inspection {
        checks = List.copyOf(checks);
    }

    /** Whether nothing keeps the cluster from being used. */
    public boolean passed() {
        return uid.isPresent()
                && checks.stream()
                        .noneMatch(check ->
                                check.outcome() == ClusterCheck.Outcome.FAILED
                                        || check.outcome() == ClusterCheck.Outcome.SKIPPED);
    }

    /** The same with one of them in the place of that of its subject. */
    public Inspection with(ClusterCheck other) {
        return new Inspection(
                checks.stream()
                        .map(check -> check.subject() == other.subject() ? other : check)
                        .toList(),
                uid,
                version);
    }
}

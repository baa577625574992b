package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.system.SystemId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which drifts are asked for; what is empty confines nothing.
 *
 * @param kind of the object
 * @param from found then or later
 * @param until found before
 */
public record DriftFilter(
        Optional<String> cluster,
        Optional<SystemId> system,
        Optional<String> kind,
        Optional<Drift.Action> action,
        Optional<Instant> from,
        Optional<Instant> until) {

    /** All of them. */
    public static final DriftFilter NONE =
            new DriftFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** Those of a system on a cluster. */
    public static DriftFilter of(String cluster, SystemId system) {
        return new DriftFilter(
                Optional.of(cluster),
                Optional.of(system),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

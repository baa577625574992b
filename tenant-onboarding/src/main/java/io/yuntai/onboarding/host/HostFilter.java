package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which hosts are asked for; empty: whichever, but those that are destroyed only when asked for by
 * {@code life} or {@code phase}.
 *
 * @param endsBefore only those in use, or stopped, whose term ends before that
 * @param phase only those of a phase, as {@link HostTerms#span} tells it
 * @param pool only those in it; of a {@link Change#MOVE} only those in any other, for they move to
 *     it
 * @param change only those that as they are now an application can ask that of
 */
public record HostFilter(
        Optional<UnitId> unit,
        Optional<SystemId> system,
        Optional<Host.State> state,
        Optional<HostLife.State> life,
        Optional<Instant> endsBefore,
        Optional<HostPhase.Span> phase,
        Optional<PoolId> pool,
        Optional<Change> change) {

    /** What an application can ask of a host that is there. */
    public enum Change {
        RESIZE,
        DISK,
        RENEWAL,
        RETURN,
        MOVE
    }

    public static final HostFilter ANY =
            new HostFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}

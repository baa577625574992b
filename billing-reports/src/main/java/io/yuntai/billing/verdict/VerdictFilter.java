package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import java.util.Optional;
import java.util.Set;

/**
 * Which hosts of a day are asked for.
 *
 * @param named by what they are found; empty: by whatever name
 */
public record VerdictFilter(
        Optional<PartyId> unit, Optional<Verdict> verdict, Optional<Named> named) {

    /** By whatever name. */
    public VerdictFilter(Optional<PartyId> unit, Optional<Verdict> verdict) {
        this(unit, verdict, Optional.empty());
    }

    /**
     * Found by a name.
     *
     * @param part of the host's own, as it is
     * @param systems or by being of one of these
     */
    public record Named(String part, Set<MeteredSystemId> systems) {

        public Named {
            systems = Set.copyOf(systems);
        }
    }
}

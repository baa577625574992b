package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger can be told to do. The id is the caller's: the same id with the same content is
 * the same command, and is carried out once. Moments are not content: neither when it is done nor
 * when a lock expires, which is counted from then.
 */
public sealed interface LedgerCommand {

    /** At most so many legs a command. */
    int MAX_LEGS = 200;

    /** At most so many limits a command. */
    int MAX_LIMITS = 200;

    TransferId id();

    /** When it is done; kept to the microsecond. */
    Instant at();

    /**
     * Locks quota, to be ended by {@link Post} or {@link VoidPending}.
     *
     * @param legs what is locked, each amount above zero
     * @param expires when it is voided, unless it has ended before; empty: never
     */
    record Reserve(TransferId id, List<Leg> legs, Optional<Instant> expires, Instant at)
            implements LedgerCommand {
        public Reserve {
            legs = checked(legs);
            at = at.truncatedTo(ChronoUnit.MICROS);
            expires = expires.map(time -> time.truncatedTo(ChronoUnit.MICROS));
            if (!legs.stream().allMatch(leg -> leg.amounts().isNonNegative())) {
                throw new IllegalArgumentException("only what is above zero can be locked");
            }
            if (expires.isPresent() && !expires.get().isAfter(at)) {
                throw new IllegalArgumentException("expired before it was made: " + expires);
            }
        }
    }

    /**
     * Moves quota for good, without a lock before it.
     *
     * @param legs what each leaf is to hold more, or, where negative, less
     */
    record Transfer(TransferId id, List<Leg> legs, Instant at) implements LedgerCommand {
        public Transfer {
            legs = checked(legs);
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /**
     * Charges for good what is there already, be there room for it or not; never denied. Where
     * there is none the level is in debt after it. For taking over what runs, and for what a
     * restored ledger finds.
     *
     * @param legs what each leaf is to hold more
     */
    record Incur(TransferId id, List<Leg> legs, Instant at) implements LedgerCommand {
        public Incur {
            legs = checked(legs);
            at = at.truncatedTo(ChronoUnit.MICROS);
            if (!legs.stream().allMatch(leg -> leg.amounts().isNonNegative())) {
                throw new IllegalArgumentException("nobody owes less than nothing");
            }
        }
    }

    /** Makes a pending transfer final: what was locked is granted. */
    record Post(TransferId id, TransferId pending, Instant at) implements LedgerCommand {
        public Post {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** Gives back what a pending transfer has locked. */
    record VoidPending(TransferId id, TransferId pending, Instant at) implements LedgerCommand {
        public VoidPending {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** Gives a node limits; resources that are not named keep theirs. */
    record SetLimits(TransferId id, NodeId node, Map<Resource, Limit> limits, Instant at)
            implements LedgerCommand {
        public SetLimits {
            limits = Map.copyOf(limits);
            at = at.truncatedTo(ChronoUnit.MICROS);
            if (limits.isEmpty() || limits.size() > MAX_LIMITS) {
                throw new IllegalArgumentException("1 to " + MAX_LIMITS + " limits, not " + limits);
            }
        }
    }

    private static List<Leg> checked(List<Leg> legs) {
        var copy = List.copyOf(legs);
        if (copy.isEmpty()
                || copy.size() > MAX_LEGS
                || copy.stream().allMatch(leg -> leg.amounts().isZero())) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_LEGS + " legs of something, not " + copy.size());
        }
        return copy;
    }
}

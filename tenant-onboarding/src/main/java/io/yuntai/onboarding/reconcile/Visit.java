package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of looking after a lease once.
 *
 * @param lease as it was left; empty: there is none of that name
 * @param open why it is not yet as it should be, for people; empty: it is
 * @param refusal the cluster's own words where it did not write what it should; else empty
 * @param again when it is worth another look, even if nothing wakes us
 * @param covered whether it was read, and the ledger has charged all that it can take
 * @param shortfalls why it could not grow; empty when it could, or had no need to
 * @param press leases with idle room that this one is short of: to be looked after as pressed
 * @param wake leases that wait for what has come free here, the first to be told first
 */
public record Visit(
        Optional<Lease> lease,
        Optional<Open> open,
        String refusal,
        Optional<Instant> again,
        boolean covered,
        List<Shortfall> shortfalls,
        List<LeaseId> press,
        List<LeaseId> wake) {

    /** What is left to do, or stands in the way. */
    public enum Open {
        /** The cluster gave no answer. */
        UNREACHABLE,
        /** The cluster refused, or another of us was faster. */
        REFUSED,
        /** It is written, and not enforced yet. */
        AWAITS_STATUS,
        /** What was admitted before the limit fell may still appear. */
        SETTLES,
        /** More than is granted is in use; nothing is killed for it. */
        IN_DEBT,
        /** The cluster's budget of writes is used up. */
        NO_BUDGET,
        /** The cluster is fenced, written off, or only just back. */
        FENCED,
        /** The ledger is being put together again. */
        LEARNING
    }

    public Visit {
        shortfalls = List.copyOf(shortfalls);
        press = List.copyOf(press);
        wake = List.copyOf(wake);
    }

    static Visit gone() {
        return new Visit(
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                true,
                List.of(),
                List.of(),
                List.of());
    }

    /** The earlier of two moments; empty: there is none. */
    static Optional<Instant> sooner(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }

    /** Whether the cluster enforces what is granted. */
    public boolean enforced() {
        return lease.isPresent() && lease.get().account().enforcedAt().isPresent();
    }
}

package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An order to reclaim or shrink hosts of one unit.
 *
 * @param number as people call it: {@code R2026-000012}
 * @param basis why, in the words of whoever has proposed it
 * @param enteredAt since when it is in its state
 * @param noticedAt since when its owner is asked
 * @param extendedUntil the last day of the delay that an appeal has brought
 * @param sums what its hosts come to
 * @param destroyers who has destroyed a host that it had reclaimed
 */
public record Reclaim(
        ReclaimId id,
        int version,
        String number,
        ReclaimWorkflow.State state,
        UnitId unit,
        String unitName,
        String basis,
        Participant proposedBy,
        Instant proposedAt,
        Instant enteredAt,
        Optional<Instant> noticedAt,
        Optional<LocalDate> extendedUntil,
        Sums sums,
        List<Holding> duties,
        Set<PersonId> destroyers) {

    public static final int LONGEST_TEXT = 500;

    public Reclaim {
        duties = List.copyOf(duties);
        destroyers = Set.copyOf(destroyers);
    }

    /** Somebody who takes part. */
    public record Participant(PersonId id, String name) {}

    /** What a person is in this order. */
    public record Holding(PersonId person, ReclaimWorkflow.Duty duty) {}

    /** Processors and memory. */
    public record Size(int vcpu, long memoryBytes) {}

    /**
     * What an order comes to.
     *
     * @param planned what it would free
     * @param actual what was freed: what its hosts were charged for, less what they are now
     */
    public record Sums(int hosts, int done, int failed, int skipped, Size planned, Size actual) {}

    /** One step that was taken. */
    public record Step(
            int version,
            Instant at,
            Optional<Participant> by,
            ReclaimWorkflow.Command command,
            Optional<ReclaimWorkflow.State> from,
            ReclaimWorkflow.State to,
            String note) {}

    /** A host that was asked for and is not in the order. */
    public record LeftOut(HostId host, String name, Reason reason) {}

    /** All that there is of an order. */
    public record History(
            Reclaim reclaim, List<ReclaimItem> items, List<LeftOut> leftOut, List<Step> steps) {
        public History {
            items = List.copyOf(items);
            leftOut = List.copyOf(leftOut);
            steps = List.copyOf(steps);
        }
    }

    /**
     * Whether a person may have a duty here: he has it already, or none, and has destroyed nothing
     * that was reclaimed by it.
     */
    public boolean allows(PersonId person, ReclaimWorkflow.Duty duty) {
        return duty == ReclaimWorkflow.Duty.NONE
                || (!destroyers.contains(person)
                        && duties.stream()
                                .filter(holding -> holding.person().equals(person))
                                .allMatch(holding -> holding.duty() == duty));
    }
}

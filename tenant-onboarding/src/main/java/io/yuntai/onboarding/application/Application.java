package io.yuntai.onboarding.application;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application as it stands.
 *
 * @param version raised by one with each step; for conditional updates
 * @param revision raised by one each time it was returned and handed in again; approvals of an
 *     earlier one are void
 * @param number for people, such as {@code A2026-000123}
 * @param enteredAt since when it has been in this state
 * @param enteredVersion the version by which it came to this state
 * @param requested what was asked for, in this revision
 * @param order what of that is to be granted, or was: whoever reviews may lower it
 * @param lock the pending transfer that holds its quota, or the last that did
 * @param unit the system's owner when it was submitted
 * @param assignee whoever alone decides about it in this state
 * @param wantedCluster where the review would have it go; empty: the rule decides
 * @param cluster where it went; empty until it was approved
 * @param decidedBy who approved finally or rejected; empty also for what the rules have granted
 * @param duties who is what in it
 * @param destroyers who has destroyed a host that it had moved to the recycle bin: none of them may
 *     be anything in it any more
 */
public record Application(
        ApplicationId id,
        int version,
        int revision,
        String number,
        Workflow.State state,
        Instant enteredAt,
        int enteredVersion,
        Order requested,
        Order order,
        TransferId lock,
        SystemCode systemCode,
        String systemName,
        UnitId unit,
        String unitName,
        Participant submittedBy,
        Instant submittedAt,
        Optional<Participant> assignee,
        Optional<ClusterName> wantedCluster,
        Optional<ClusterName> cluster,
        Optional<Participant> decidedBy,
        Optional<Instant> decidedAt,
        Optional<Instant> deliveredAt,
        List<Holding> duties,
        Set<PersonId> destroyers) {

    public Application {
        duties = List.copyOf(duties);
        destroyers = Set.copyOf(destroyers);
    }

    /** An application as others refer to it. */
    public record Reference(ApplicationId id, String number) {}

    /**
     * What one revision has asked for.
     *
     * @param head beside its items; empty: of one that was overwritten before that was kept
     */
    public record Revision(int number, List<Item> items, Optional<Head> head) {
        public Revision {
            items = List.copyOf(items);
        }
    }

    /**
     * What was asked for beside the items.
     *
     * @param pool as it was called then
     * @param termMonths empty where nothing has one
     * @param expectedLoad may be empty
     */
    public record Head(
            SystemId system,
            SystemCode systemCode,
            String systemName,
            PoolId pool,
            String purpose,
            Optional<Integer> termMonths,
            String expectedLoad) {}

    /** A person who took a step. */
    public record Participant(PersonId id, String name) {}

    /** What a person is in an application, from his first step on and for good. */
    public record Holding(PersonId person, Workflow.Duty duty) {}

    /** What an expert thinks of it. */
    public enum Opinion {
        FAVOURABLE,
        UNFAVOURABLE
    }

    /**
     * One step that was taken.
     *
     * @param by empty: the control plane itself
     * @param onBehalfOf whose part it was, when it was delegated
     * @param other whom it was handed to, or who was asked to sign, or is no more
     * @param from empty: it began with this
     */
    public record Step(
            Instant at,
            int revision,
            Optional<Participant> by,
            Optional<Participant> onBehalfOf,
            Optional<Participant> other,
            Workflow.Command command,
            Optional<Workflow.State> from,
            Workflow.State to,
            Optional<Opinion> opinion,
            String note,
            Terms terms) {}

    /**
     * What a step would have granted, and where; what a later one says stands beside it.
     *
     * @param cuts of items that get less than was asked for
     */
    public record Terms(List<Cut> cuts, Optional<ClusterName> cluster) {

        public static final Terms NONE = new Terms(List.of(), Optional.empty());

        public Terms {
            cuts = List.copyOf(cuts);
        }
    }

    /** An application with all its steps, the first first. */
    public record History(Application application, List<Step> steps) {
        public History {
            steps = List.copyOf(steps);
        }
    }

    /** Whether this person may take an edge's duty here, as far as what he did before goes. */
    public boolean allows(PersonId person, Workflow.Duty duty) {
        return duty == Workflow.Duty.NONE
                || (!destroyers.contains(person)
                        && duties.stream()
                                .filter(holding -> holding.person().equals(person))
                                .allMatch(holding -> holding.duty() == duty));
    }

    /** Whether somebody else alone decides about it in this state. */
    public boolean isAssignedToAnother(PersonId person) {
        return assignee.filter(only -> !only.id().equals(person)).isPresent();
    }
}

package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.ReclaimItem.Outcome;
import io.yuntai.onboarding.reclaim.ReclaimItem.Says;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Command;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.rules.RulesInForce;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people say of orders to reclaim. Each command is one transaction; every one refuses as
 * {@link ReclaimSteps#begin} does, and changes nothing then. Two at once: one of them is stale.
 */
@Service
@Transactional
public class Reclaims {

    private final ReclaimStore store;
    private final ProgressStore progress;
    private final ReclaimSteps steps;
    private final Proposals proposals;
    private final RulesInForce rules;
    private final Clock clock;

    Reclaims(
            ReclaimStore store,
            ProgressStore progress,
            ReclaimSteps steps,
            Proposals proposals,
            RulesInForce rules,
            Clock clock) {
        this.store = store;
        this.progress = progress;
        this.steps = steps;
        this.proposals = proposals;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * A page of orders; sorted by {@code proposedAt} (the latest first), {@code enteredAt}, {@code
     * unit}. A unit's people see those that they were told of.
     */
    @Transactional(readOnly = true)
    public Page<Reclaim> list(Actor actor, PageQuery query, ReclaimFilter filter) {
        Sort sort = query.sortOr(Sort.of("-proposedAt"), ReclaimStore.sorts());
        return Page.ofOffset(
                store.page(query, sort, actor.confinedTo(), filter),
                query,
                store.count(query, actor.confinedTo(), filter));
    }

    /**
     * One order with all that there is of it.
     *
     * @throws Refused NOT_FOUND {@code RECLAIM_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public Reclaim.History get(Actor actor, ReclaimId id) {
        var reclaim =
                store.find(id)
                        .filter(one -> ReclaimSteps.isVisible(actor, one))
                        .orElseThrow(() -> Refused.notFound("RECLAIM_NOT_FOUND"));
        return history(reclaim);
    }

    /**
     * Where hosts stand, of those that the actor may know of: whose they are, and which open order
     * names them.
     */
    @Transactional(readOnly = true)
    public Map<HostId, Standing> standing(Actor actor, Collection<HostId> hosts) {
        return store.standing(hosts, actor.confinedTo());
    }

    /**
     * Where a host stands.
     *
     * @param disks what it has of each storage class, in bytes; nothing of those without any
     * @param order the open one that names it, as far as the actor may know of it
     */
    public record Standing(
            String unitName,
            String systemName,
            Map<String, Long> disks,
            Optional<ReclaimId> order) {

        public Standing {
            disks = Map.copyOf(disks);
        }
    }

    /** A host by what is said of it, and what it has. */
    public record Judged(Judgement judgement, Reclaim.Size has, ProcessorFamily processor) {}

    /** What is to become of each by what is said of it; none from which nothing is to be had. */
    @Transactional(readOnly = true)
    public Map<HostId, RightSize> rightSizes(Collection<Judged> hosts) {
        return proposals.rightSizes(hosts);
    }

    private Reclaim.History history(Reclaim reclaim) {
        var id = reclaim.id();
        return new Reclaim.History(reclaim, store.items(id), store.leftOut(id), store.steps(id));
    }

    /**
     * Draws up an order from what is said of hosts now. Nothing is done to any of them, and nobody
     * is told. The same id with the same content gives the order as it is.
     *
     * @throws Refused NOT_FOUND {@code UNIT_NOT_FOUND}; INVALID with {@code HOST_NOT_FOUND}, {@code
     *     HOST_NOT_OF_UNIT}; CONFLICT {@code ID_REUSED}, {@code NOTHING_TO_RECLAIM}
     */
    public Reclaim.History propose(Actor actor, ReclaimId id, Proposal proposal) {
        if (actor.confinedTo().isPresent()) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        store.claim(proposal.unit());
        var before = store.digest(id);
        if (before.isPresent()) {
            if (!before.get().equals(proposal.digest())) {
                throw Refused.conflict("ID_REUSED");
            }
            return get(actor, id);
        }
        var drawn = proposals.draw(proposal);
        store.insert(id, proposal, actor.person(), clock.instant());
        store.insertItems(id, drawn.items());
        store.insertLeftOut(id, drawn.leftOut());
        return history(steps.begun(actor, id, proposal.basis()));
    }

    /** Has its owner told, who is to answer from then on. */
    public Reclaim.History notice(Actor actor, ReclaimId id, int version, String note) {
        return plainly(actor, id, version, Command.NOTICE, note);
    }

    /**
     * Agrees, for some hosts or for all.
     *
     * @param positions of the hosts; none: all of them
     * @throws Refused INVALID {@code UNKNOWN_ITEM}
     */
    public Reclaim.History consent(
            Actor actor, ReclaimId id, int version, Set<Integer> positions, String note) {
        return answer(actor, id, version, Command.CONSENT, positions, note);
    }

    /**
     * Is against it, for some hosts or for all.
     *
     * @param positions of the hosts; none: all of them
     * @param reason 1 to 500 characters
     * @throws Refused INVALID {@code UNKNOWN_ITEM}
     */
    public Reclaim.History appeal(
            Actor actor, ReclaimId id, int version, Set<Integer> positions, String reason) {
        return answer(actor, id, version, Command.APPEAL, positions, reason);
    }

    private Reclaim.History answer(
            Actor actor,
            ReclaimId id,
            int version,
            Command command,
            Set<Integer> positions,
            String note) {
        var reclaim = steps.begin(actor, id, version, command);
        var items = store.items(id);
        var named = positions.isEmpty() ? positions(items) : require(positions, items);
        progress.answer(
                id, named, command == Command.CONSENT ? Says.CONSENTED : Says.APPEALED, note);
        // Whoever was spared by the bureau needs no answer any more.
        var answers =
                store.items(id).stream()
                        .filter(ReclaimItem::isOpen)
                        .map(ReclaimItem::answer)
                        .toList();
        boolean open = answers.stream().anyMatch(answer -> answer.says().isEmpty());
        boolean appealed = answers.stream().anyMatch(ReclaimItem.Answer::isAppeal);
        var taken = open ? Command.ANSWER : appealed ? Command.APPEAL : Command.CONSENT;
        return history(steps.take(actor, reclaim, taken, note));
    }

    private static Set<Integer> positions(Collection<ReclaimItem> items) {
        var positions = new HashSet<Integer>();
        items.forEach(item -> positions.add(item.position()));
        return positions;
    }

    private static Set<Integer> require(Set<Integer> positions, Collection<ReclaimItem> items) {
        var known = positions(items);
        var faults = new ArrayList<Fault>();
        positions.stream()
                .filter(position -> !known.contains(position))
                .forEach(position -> faults.add(Fault.at("/items", "UNKNOWN_ITEM", position)));
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return positions;
    }

    /**
     * Decides about an appeal: the order is put off.
     *
     * @param until the last day of the delay, after today
     * @param spared hosts that its owner is against and that are let go
     * @throws Refused INVALID {@code OUT_OF_RANGE}, {@code UNKNOWN_ITEM}; CONFLICT {@code
     *     NOTHING_LEFT} when all are let go: then the order is to be refused
     */
    public Reclaim.History extend(
            Actor actor,
            ReclaimId id,
            int version,
            LocalDate until,
            Set<Integer> spared,
            String note) {
        var reclaim = steps.begin(actor, id, version, Command.EXTEND);
        int longest = rules.now().reclaims().longestDelay();
        long days = ChronoUnit.DAYS.between(today(), until);
        if (days < 1 || days > longest) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at("/until", "OUT_OF_RANGE", 1, longest)));
        }
        spare(reclaim, spared);
        return history(steps.postpone(actor, reclaim, Command.EXTEND, note, until));
    }

    /**
     * Decides about an appeal: the order stands.
     *
     * @param spared hosts that its owner is against and that are let go all the same
     * @throws Refused as {@link #extend}
     */
    public Reclaim.History uphold(
            Actor actor, ReclaimId id, int version, Set<Integer> spared, String note) {
        var reclaim = steps.begin(actor, id, version, Command.UPHOLD);
        spare(reclaim, spared);
        return history(steps.take(actor, reclaim, Command.UPHOLD, note));
    }

    private void spare(Reclaim reclaim, Set<Integer> spared) {
        var items = store.items(reclaim.id());
        var _ = require(spared, items.stream().filter(one -> one.answer().isAppeal()).toList());
        if (spared.size() == items.size()) {
            throw Refused.conflict("NOTHING_LEFT");
        }
        for (int position : spared) {
            progress.end(
                    reclaim.id(), position, Outcome.SKIPPED, Reason.SPARED.name(), clock.instant());
        }
    }

    /**
     * The bureau's approval. Nothing is done to a host before somebody carries it out.
     *
     * @throws Refused CONFLICT {@code STILL_EXTENDED}: the delay has not ended
     */
    public Reclaim.History approve(Actor actor, ReclaimId id, int version, String note) {
        var reclaim = steps.begin(actor, id, version, Command.APPROVE);
        boolean isPutOff =
                reclaim.state() == State.EXTENDED
                        && reclaim.extendedUntil()
                                .filter(until -> !today().isAfter(until))
                                .isPresent();
        if (isPutOff) {
            throw Refused.conflict("STILL_EXTENDED");
        }
        return history(steps.take(actor, reclaim, Command.APPROVE, note));
    }

    /** The bureau's refusal: the order is at its end. */
    public Reclaim.History reject(Actor actor, ReclaimId id, int version, String reason) {
        return plainly(actor, id, version, Command.REJECT, reason);
    }

    /** The platform's own withdrawal. */
    public Reclaim.History cancel(Actor actor, ReclaimId id, int version, String reason) {
        return plainly(actor, id, version, Command.CANCEL, reason);
    }

    /** Begins to carry it out; {@link Executions} does the rest, host by host. */
    public Reclaim.History execute(Actor actor, ReclaimId id, int version) {
        return plainly(actor, id, version, Command.EXECUTE, "");
    }

    /** Has what failed tried again, and nothing else. */
    public Reclaim.History retry(Actor actor, ReclaimId id, int version) {
        return plainly(actor, id, version, Command.RETRY, "");
    }

    /** Leaves what has failed as it is. */
    public Reclaim.History giveUp(Actor actor, ReclaimId id, int version, String reason) {
        return plainly(actor, id, version, Command.GIVE_UP, reason);
    }

    private Reclaim.History plainly(
            Actor actor, ReclaimId id, int version, Command command, String note) {
        var reclaim = steps.begin(actor, id, version, command);
        return history(steps.take(actor, reclaim, command, note));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingCalendar.ZONE);
    }
}

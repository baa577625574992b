package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Draws orders up: which hosts, what shall become of each, and which are left out and why. */
@Component
class Proposals {

    /** Sees every host, as the control plane does. */
    private static final Actor ITSELF =
            new Actor(new PersonId(new UUID(0, 0)), "", new Actor.Scope.All());

    private final ReclaimStore store;
    private final VerdictRecords verdicts;
    private final Hosts hosts;
    private final HostCatalogue catalogue;
    private final RulesInForce rules;
    private final Clock clock;

    Proposals(
            ReclaimStore store,
            VerdictRecords verdicts,
            Hosts hosts,
            HostCatalogue catalogue,
            RulesInForce rules,
            Clock clock) {
        this.store = store;
        this.verdicts = verdicts;
        this.hosts = hosts;
        this.catalogue = catalogue;
        this.rules = rules;
        this.clock = clock;
    }

    /** What would be ordered, and what not. */
    record Drawn(List<ReclaimStore.Planned> items, Map<HostId, Reason> leftOut) {}

    /** What may become of a host. */
    sealed interface Chance {
        record Possible(ReclaimStore.Planned plan) implements Chance {}

        record Not(Reason reason) implements Chance {}
    }

    /** As {@link Reclaims#propose} says. */
    Drawn draw(Proposal proposal) {
        if (!store.isUnit(proposal.unit())) {
            throw Refused.notFound("UNIT_NOT_FOUND");
        }
        Instant now = clock.instant();
        var judged = new LinkedHashMap<HostId, Judgement>();
        var said =
                proposal.hosts().isEmpty()
                        ? verdicts.wasteful(proposal.unit(), now)
                        : verdicts.of(proposal.hosts(), now);
        said.forEach(one -> judged.put(one.host(), one));
        var asked = new LinkedHashSet<>(proposal.hosts());
        boolean all = asked.isEmpty();
        if (all) {
            asked.addAll(judged.keySet());
        }
        var found = found(proposal, asked, all);
        var ordered = store.ordered(found.keySet());
        var sizes = catalogue.sizes();
        var items = new ArrayList<ReclaimStore.Planned>();
        var leftOut = new LinkedHashMap<HostId, Reason>();
        found.forEach((id, host) -> {
            var chance = chance(host, Optional.ofNullable(judged.get(id)), ordered, sizes, now);
            switch (chance) {
                case Chance.Possible(var plan) -> {
                    if (items.size() < Proposal.MOST_HOSTS) {
                        items.add(plan);
                    } else {
                        leftOut.put(id, Reason.ORDER_FULL);
                    }
                }
                case Chance.Not(var reason) -> leftOut.put(id, reason);
            }
        });
        if (items.isEmpty()) {
            throw Refused.conflict("NOTHING_TO_RECLAIM");
        }
        return new Drawn(items, leftOut);
    }

    /**
     * The hosts as they are, by what was asked for. Of those that nobody has named, those that went
     * to another unit since are passed over.
     */
    private Map<HostId, Host> found(Proposal proposal, Collection<HostId> asked, boolean all) {
        var found = new LinkedHashMap<HostId, Host>();
        var faults = new ArrayList<Fault>();
        int position = 0;
        for (var id : asked) {
            var host = hosts.seen(ITSELF, id);
            String pointer = "/hosts/" + position++;
            if (host.isEmpty()) {
                faults.add(Fault.at(pointer, "HOST_NOT_FOUND"));
            } else if (host.get().unit().equals(proposal.unit())) {
                found.put(id, host.get());
            } else {
                faults.add(Fault.at(pointer, "HOST_NOT_OF_UNIT"));
            }
        }
        if (!all && !faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return found;
    }

    private Chance chance(
            Host host,
            Optional<Judgement> said,
            Set<HostId> ordered,
            List<HostSize> sizes,
            Instant now) {
        var against =
                said.isEmpty()
                        ? Optional.of(Reason.NOT_JUDGED)
                        : against(host, said.get(), ordered, now);
        if (against.isPresent()) {
            return new Chance.Not(against.get());
        }
        var judgement = said.orElseThrow();
        var size =
                RightSize.of(
                        judgement,
                        host.vcpu(),
                        host.memoryBytes(),
                        host.pool().processor(),
                        sizes,
                        rules.now().reclaims());
        if (size.isEmpty()) {
            return new Chance.Not(Reason.NO_SMALLER_SIZE);
        }
        return isPossible(host, judgement, size.get())
                ? new Chance.Possible(
                        new ReclaimStore.Planned(
                                judgement,
                                new Reclaim.Size(host.vcpu(), host.memoryBytes()),
                                size.get()))
                : new Chance.Not(Reason.HOST_ADOPTED);
    }

    /** Whether a machine of others writes out what is to become smaller. */
    private static boolean isPossible(Host host, Judgement judgement, RightSize size) {
        return judgement.isIdle()
                || host.plan()
                        .setup()
                        .kept()
                        .map(as -> as.sized(host, size.vcpu(), size.memoryBytes()).isPresent())
                        .orElse(true);
    }

    /** What is to become of each host, whoever it belongs to and whatever is against it. */
    Map<HostId, RightSize> rightSizes(Collection<Reclaims.Judged> hosts) {
        var sizes = catalogue.sizes();
        var right = new LinkedHashMap<HostId, RightSize>();
        for (var one : hosts) {
            if (one.judgement().isWasteful()) {
                RightSize.of(
                                one.judgement(),
                                one.has().vcpu(),
                                one.has().memoryBytes(),
                                one.processor(),
                                sizes,
                                rules.now().reclaims())
                        .ifPresent(size -> right.put(one.judgement().host(), size));
            }
        }
        return right;
    }

    private Optional<Reason> against(Host host, Judgement said, Set<HostId> ordered, Instant now) {
        if (isGone(host)) {
            return Optional.of(Reason.HOST_GONE);
        }
        if (!host.plan().confirmed()) {
            return Optional.of(Reason.IN_TRIAL);
        }
        if (ordered.contains(host.id())) {
            return Optional.of(Reason.OPEN_ORDER);
        }
        if (said.isExempt()) {
            return Optional.of(Reason.EXEMPT);
        }
        if (isLapsed(said, now)) {
            return Optional.of(Reason.EVIDENCE_LAPSED);
        }
        return said.isWasteful() ? Optional.empty() : Optional.of(Reason.NOT_WASTEFUL);
    }

    private static boolean isGone(Host host) {
        return switch (host.plan().life()) {
            case PROVISIONING, RECYCLE_BIN, DESTROYING, DESTROYED -> true;
            case TRIAL, IN_USE, CHANGING, STOPPED -> false;
        };
    }

    private boolean isLapsed(Judgement said, Instant now) {
        var today = LocalDate.ofInstant(now, WorkingCalendar.ZONE);
        return said.day().plusDays(rules.now().reclaims().evidenceDays()).isBefore(today);
    }

    /**
     * Why a host of an order is to be left as it is, now that it is to be dealt with.
     *
     * @return empty: nothing is against it
     */
    Optional<Reason> against(Reclaim reclaim, ReclaimItem item, Host host) {
        if (!host.unit().equals(reclaim.unit())) {
            return Optional.of(Reason.OTHER_UNIT);
        }
        if (isGone(host)) {
            return Optional.of(Reason.HOST_GONE);
        }
        if (host.vcpu() != item.before().vcpu()
                || host.memoryBytes() != item.before().memoryBytes()) {
            return Optional.of(Reason.HOST_CHANGED);
        }
        Instant now = clock.instant();
        var said = new HashMap<HostId, Judgement>();
        verdicts.of(List.of(host.id()), now).forEach(one -> said.put(one.host(), one));
        var current = Optional.ofNullable(said.get(host.id()));
        if (current.filter(Judgement::isExempt).isPresent()) {
            return Optional.of(Reason.EXEMPT);
        }
        return current.filter(one -> !isLapsed(one, now) && one.stillSays(item.judgement()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Reason.EVIDENCE_LAPSED);
    }

    /** A host as it is now, whosever it is. */
    Optional<Host> host(HostId id) {
        return hosts.seen(ITSELF, id);
    }
}

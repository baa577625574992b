package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.LeasePolicy;
import io.yuntai.quota.LeaseProtocol;
import io.yuntai.quota.LeaseProtocol.Appetite;
import io.yuntai.quota.LeaseStep;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks after leases: takes the steps that {@link LeaseProtocol} says, one after the other, until
 * there is something to wait for. It may die between any two of them, or another of it may be at
 * the same lease: every change of the ledger is conditional on the version read, every write to a
 * cluster on the epoch found there, and whoever comes next finds what is left to do.
 *
 * <p>Never inside a transaction, for it waits for clusters.
 */
public final class LeaseKeeper {

    private static final int MOST_STEPS = 16;
    private static final Duration SOON = Duration.ofSeconds(5);

    /**
     * What has yet to appear does so within milliseconds, or never: it is not asked for all the
     * time.
     */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final LeaseBook book;
    private final LeasePolicy policy;
    private final LeaseProtocol protocol;
    private final WriteBudget budget;
    private final Clock clock;
    private final Map<LeaseId, Amounts> noted = new ConcurrentHashMap<>();

    /** Since when a lease that was given up is seen not to be there. */
    private final Map<LeaseId, Instant> absent = new ConcurrentHashMap<>();

    private final Waiting waiting = new Waiting();
    private final Asked asked = new Asked();
    private final Shortages shortages = new Shortages();

    public LeaseKeeper(LeaseBook book, LeasePolicy policy, WriteBudget budget, Clock clock) {
        this.book = book;
        this.policy = policy;
        this.protocol = new LeaseProtocol(policy);
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Looks after one lease.
     *
     * @param cluster the one that the lease is on
     * @param demand what somebody was refused there, or is about to need; nothing otherwise
     * @param pressed whether others wait for what lies idle in it
     */
    public Visit visit(Cluster cluster, LeaseId id, Amounts demand, boolean pressed) {
        return new Round(cluster, id, demand, pressed).go();
    }

    /**
     * Whether a visit would find nothing to do: by what was just read, and as long as nobody asks
     * for more.
     *
     * @param lease as the ledger has it
     * @param observed as the cluster has it; empty: it does not
     */
    public boolean isQuiet(Lease lease, Optional<ObservedLease> observed) {
        return observed.map(seen -> isQuiet(lease, seen))
                .orElse(lease.spare() && lease.account().charged().isZero());
    }

    private boolean isQuiet(Lease lease, ObservedLease observed) {
        var now = clock.instant();
        return Optional.of(observed.statusUsed()).equals(Optional.ofNullable(noted.get(lease.id())))
                && waiting.wanted(lease.id(), now).isZero()
                && LeaseProtocol.uncovered(lease.account(), observed).isEmpty()
                && protocol.next(
                                lease.account(),
                                Optional.of(observed),
                                Amounts.NONE,
                                Appetite.HUNGRY,
                                now)
                        instanceof LeaseStep.Rest;
    }

    /**
     * Whom to look after as pressed for what an order, or a command to a host, has not found: he
     * who has asked does not ask again by himself.
     */
    public List<LeaseId> toPress(List<Shortfall> shortfalls) {
        var idle = new LinkedHashSet<LeaseId>();
        for (var shortfall : shortfalls) {
            idle.addAll(asked.next(book, shortfall, Optional.empty(), Asked.MANY, clock.instant()));
        }
        return List.copyOf(idle);
    }

    private final class Round {
        private final Cluster cluster;
        private final LeaseId id;
        private final NamespaceName namespace;
        private final Amounts refused;
        private final Amounts demand;

        /** What was refused last: it may fit where all that is wanted does not. */
        private final Amounts latest;

        private Appetite appetite;
        private List<Shortfall> shortfalls = List.of();
        private List<LeaseId> press = List.of();
        private List<LeaseId> wake = List.of();
        private boolean covered = true;
        private String refusal = "";
        private Optional<Visit.Open> barred = Optional.empty();

        Round(Cluster cluster, LeaseId id, Amounts refused, boolean pressed) {
            this.cluster = cluster;
            this.id = id;
            this.namespace = new NamespaceName(id.namespace());
            this.refused = refused;
            this.demand = refused.max(waiting.wanted(id, clock.instant()));
            this.latest = refused.isZero() ? waiting.latest(id, clock.instant()) : refused;
            this.appetite =
                    !pressed
                            ? Appetite.HUNGRY
                            // Whoever waits himself has what he lacks little of.
                            : demand.isZero() && cluster.heard(namespace).isPresent()
                                    ? Appetite.SQUEEZED
                                    : Appetite.PRESSED;
        }

        Visit go() {
            for (int step = 0; step < MOST_STEPS; step++) {
                var found = book.find(id);
                if (found.isEmpty()) {
                    return Visit.gone();
                }
                if (step == 0 && !refused.isZero()) {
                    waiting.refused(found.get(), refused, clock.instant());
                }
                if (found.get().state() != ClusterState.ACTIVE) {
                    return open(found.get(), Visit.Open.FENCED, soon());
                }
                var visit =
                        switch (cluster.lease(namespace)) {
                            case Reading.Unreachable<Optional<ObservedLease>> _ -> {
                                asked.silent(id.cluster(), clock.instant());
                                yield Optional.of(
                                        open(found.get(), Visit.Open.UNREACHABLE, soon()));
                            }
                            case Reading.Read<Optional<ObservedLease>>(var observed) -> {
                                asked.answered(id.cluster());
                                yield look(found.get(), observed);
                            }
                        };
                if (visit.isPresent()) {
                    return visit.get();
                }
            }
            return book.find(id)
                    .map(left -> open(left, Visit.Open.REFUSED, soon()))
                    .orElseGet(Visit::gone);
        }

        /** Takes steps on what was read; empty: it is to be read anew. */
        private Optional<Visit> look(Lease read, Optional<ObservedLease> observed) {
            var lease = read;
            if (observed.isPresent() || !lease.spare()) {
                absent.remove(id);
            }
            if (observed.isPresent()) {
                noteUsed(observed.get().statusUsed());
                var uncovered = LeaseProtocol.uncovered(lease.account(), observed.get());
                if (uncovered.isPresent()
                        && !LeaseProtocol.isOvertaken(lease.account(), observed.get())) {
                    return cover(lease, observed.get(), uncovered.get());
                }
            }
            return steps(lease, observed);
        }

        /**
         * For whoever looks for idle room; a note that others have overwritten comes right later.
         */
        private void noteUsed(Amounts used) {
            if (!used.equals(noted.put(id, used))) {
                book.used(id, used);
            }
        }

        /** What is seen is charged, as far as it fits, and put right whether it fits or not. */
        private Optional<Visit> cover(Lease lease, ObservedLease observed, Amounts seen) {
            return switch (book.change(lease, new LeaseChange.Cover(seen), clock.instant())) {
                case Outcome.Changed(var covered) -> steps(covered, Optional.of(observed));
                case Outcome.Denied _ -> {
                    covered = false;
                    yield book.find(id).flatMap(covered -> steps(covered, Optional.of(observed)));
                }
                case Outcome.Outdated() -> Optional.empty();
            };
        }

        private Optional<Visit> steps(Lease first, Optional<ObservedLease> seen) {
            var lease = first;
            while (true) {
                var step = protocol.next(lease.account(), seen, demand, appetite, clock.instant());
                switch (step) {
                    case LeaseStep.Create() -> {
                        return lease.spare() ? forget(lease) : create(lease);
                    }
                    case LeaseStep.Write() -> {
                        var found = seen.orElseThrow();
                        return raises(lease, found) && book.learning().isPresent()
                                ? holdBack(lease, found)
                                : Optional.of(write(lease, found));
                    }
                    case LeaseStep.AwaitStatus() -> {
                        return Optional.of(open(lease, Visit.Open.AWAITS_STATUS, soon()));
                    }
                    case LeaseStep.Overtaken(var found) -> {
                        return overtaken(seen.orElseThrow(), found);
                    }
                    case LeaseStep.Change(var change) -> {
                        if (change instanceof LeaseChange.Shrink && !mayWrite()) {
                            barred = Optional.of(Visit.Open.NO_BUDGET);
                            return Optional.of(rest(lease, Optional.empty()));
                        }
                        var changed = change(lease, change);
                        if (change instanceof LeaseChange.Shrink && changed.isEmpty()) {
                            budget.giveBack(id.cluster());
                        }
                        if (changed.isEmpty()) {
                            return Optional.empty();
                        }
                        lease = changed.get();
                    }
                    case LeaseStep.Grow(var need) -> {
                        var grown = grow(lease, need, seen.orElseThrow().statusUsed());
                        if (grown.isEmpty()) {
                            return Optional.empty();
                        }
                        lease = grown.get();
                    }
                    case LeaseStep.Settle(var until) -> {
                        return measureEarly(lease, until);
                    }
                    case LeaseStep.Measure() -> {
                        return measure(lease);
                    }
                    case LeaseStep.Rest(var until) -> {
                        return Optional.of(rest(lease, until));
                    }
                }
            }
        }

        /**
         * A namespace, and in it a lease of nothing: until it has one nothing is admitted there.
         */
        private Optional<Visit> create(Lease lease) {
            boolean isMissing = !lease.observed().equals(Epoch.ZERO);
            if (isMissing) {
                book.repairing(id, deleted(lease, ""), clock.instant());
            }
            var made =
                    cluster.apply(
                            new Desired.SystemNamespace(
                                    namespace, lease.unit(), lease.system(), lease.pool()));
            var created =
                    made instanceof ApplyOutcome.Applied
                            ? cluster.apply(new Desired.EmptyLease(namespace))
                            : made;
            return switch (created) {
                case ApplyOutcome.Applied() -> {
                    if (isMissing) {
                        book.repaired(id, deleted(lease, made()), clock.instant());
                    }
                    yield Optional.empty();
                }
                case ApplyOutcome.Rejected(_, var reason) ->
                        Optional.of(refused(lease, Visit.Open.REFUSED, reason));
                case ApplyOutcome.Unknown(var reason) ->
                        Optional.of(refused(lease, Visit.Open.UNREACHABLE, reason));
            };
        }

        /**
         * Nothing is wanted of it, and it is not made for that. It may have been there all the same
         * until somebody deleted it, so what it let in has the settle time to appear; since then
         * nothing was let in, for what is written to it now finds no lease, or is of nothing. What
         * is in a namespace of that name stays charged, whoever has put it there.
         */
        private Optional<Visit> forget(Lease lease) {
            if (lease.account().charged().isZero()) {
                absent.remove(id);
                return Optional.of(rest(lease, Optional.empty()));
            }
            var now = clock.instant();
            var settled = absent.computeIfAbsent(id, _ -> now).plus(policy.settle());
            if (now.isBefore(settled)) {
                return Optional.of(open(lease, Visit.Open.SETTLES, settled));
            }
            if (!(cluster.measure(namespace) instanceof Reading.Read<Amounts>(var there))) {
                return Optional.of(open(lease, Visit.Open.UNREACHABLE, soon()));
            }
            var remaining = lease.account().charged().min(there);
            if (remaining.equals(lease.account().charged())) {
                return Optional.of(open(lease, Visit.Open.IN_DEBT, soon()));
            }
            return credited(lease, remaining);
        }

        private Visit refused(Lease lease, Visit.Open open, String reason) {
            refusal = reason;
            return open(lease, open, soon());
        }

        private static LeaseRepair deleted(Lease lease, String made) {
            return new LeaseRepair(LeaseRepair.Kind.DELETED, "-", lease.granted().toString(), made);
        }

        /** Which lease was made: of two who make it at once both find the same. */
        private String made() {
            return cluster.lease(namespace)
                            instanceof Reading.Read<Optional<ObservedLease>>(var found)
                    ? found.filter(seen -> !seen.written().isEmpty())
                            .map(seen -> seen.incarnation().uid())
                            .orElse("")
                    : "";
        }

        /** Times are in seconds: of two hands within one the limits tell. */
        private static String sighting(ObservedLease found) {
            return found.written().isEmpty()
                    ? ""
                    : found.written()
                            + " "
                            + found.epoch().value()
                            + " "
                            + Integer.toHexString(found.specHard().hashCode());
        }

        /** What only somebody else can have written; empty: what is there is ours. */
        private static Optional<LeaseRepair> byHand(Lease lease, ObservedLease found) {
            if (found.epoch().equals(lease.epoch())) {
                return Optional.of(
                        new LeaseRepair(
                                LeaseRepair.Kind.EDITED,
                                found.specHard().toString(),
                                lease.granted().toString(),
                                sighting(found)));
            }
            return isSpoilt(lease, found)
                    ? Optional.of(
                            new LeaseRepair(
                                    LeaseRepair.Kind.EPOCH_SPOILT,
                                    Long.toString(found.epoch().value()),
                                    Long.toString(lease.epoch().value()),
                                    sighting(found)))
                    : Optional.empty();
        }

        /** A lease that was enforced once does not go back to before its first epoch. */
        private static boolean isSpoilt(Lease lease, ObservedLease found) {
            boolean isUnreadable = found.epoch().equals(Epoch.ZERO) && !found.specHard().isZero();
            return isUnreadable || found.epoch().compareTo(lease.epoch()) > 0;
        }

        private static boolean raises(Lease lease, ObservedLease found) {
            return !lease.granted().fitsWithin(found.specHard());
        }

        /**
         * While the ledger learns nothing is raised: what the cluster holds less of than the ledger
         * remembers is given up, so that what others hold more of can be charged. It grows again
         * when it is needed. Of what was granted for good only that for which a level has no room:
         * it was given back since, and others have it.
         */
        private Optional<Visit> holdBack(Lease lease, ObservedLease found) {
            var account = lease.account();
            var kept = account.floor();
            var room = book.room(lease, List.copyOf(kept.resources()));
            for (var resource : account.floor().resources()) {
                if (room.isOwed(resource)) {
                    kept = kept.with(resource, 0);
                }
            }
            var less = kept.max(account.granted().min(found.specHard()));
            if (less.equals(account.granted())) {
                return Optional.of(open(lease, Visit.Open.LEARNING, soon()));
            }
            var _ = change(lease, new LeaseChange.Yield(less));
            return Optional.empty();
        }

        private Visit write(Lease lease, ObservedLease found) {
            var desired =
                    new Desired.Lease(
                            namespace,
                            lease.granted(),
                            lease.epoch(),
                            lease.account().entitled().resources());
            var byHand = byHand(lease, found);
            byHand.ifPresent(repair -> book.repairing(id, repair, clock.instant()));
            return switch (cluster.growOrShrink(desired, found)) {
                // Not yet enforced: the change of the status wakes us.
                case LeaseOutcome.Written() -> {
                    byHand.ifPresent(repair -> book.repaired(id, repair, clock.instant()));
                    yield open(lease, Visit.Open.AWAITS_STATUS, soon());
                }
                case LeaseOutcome.Fenced _, LeaseOutcome.Missing() ->
                        open(lease, Visit.Open.REFUSED, clock.instant());
                case LeaseOutcome.Rejected(_, var reason) ->
                        refused(lease, Visit.Open.REFUSED, reason);
                case LeaseOutcome.Unknown(var reason) ->
                        refused(lease, Visit.Open.UNREACHABLE, reason);
            };
        }

        /**
         * Either what we read is old, or the ledger itself is: it was restored. Only a second look
         * at the ledger tells, since the epoch is raised there before it is written anywhere.
         */
        private Optional<Visit> overtaken(ObservedLease seen, Epoch found) {
            var now = book.find(id);
            if (now.isEmpty() || now.get().epoch().compareTo(found) >= 0) {
                return Optional.empty();
            }
            book.learn(clock.instant());
            var adopt = new LeaseChange.Adopt(seen.exposure(), seen.specHard(), found);
            var _ = book.change(now.get(), adopt, clock.instant());
            return Optional.empty();
        }

        private Optional<Lease> change(Lease lease, LeaseChange change) {
            return switch (book.change(lease, change, clock.instant())) {
                case Outcome.Changed(var changed) -> Optional.of(changed);
                case Outcome.Denied(var denied) ->
                        throw new IllegalStateException(
                                change + " of " + id + " was denied: " + denied);
                case Outcome.Outdated() -> Optional.empty();
            };
        }

        /** Why it may not grow now; what else there is to do for it is done all the same. */
        private Optional<Visit.Open> bar() {
            if (book.learning().isPresent()) {
                return Optional.of(Visit.Open.LEARNING);
            }
            return mayWrite() ? Optional.empty() : Optional.of(Visit.Open.NO_BUDGET);
        }

        /** What puts something right is written in any case. */
        private boolean mayWrite() {
            return budget.take(id.cluster(), clock.instant());
        }

        /**
         * A generous step if there is room, else exactly what is needed, else at least what was
         * refused, else what was refused last, else others are asked. While others wait for what is
         * scarce, nothing ahead of need.
         */
        private Optional<Lease> grow(Lease lease, Amounts need, Amounts used) {
            var room = book.room(lease, List.copyOf(need.resources()));
            var lacking = LeaseProtocol.lacking(lease.account(), used, demand);
            var wanted = othersWait(lease) ? policy.beside(need, lacking, room) : need;
            if (wanted.isZero()) {
                appetite = Appetite.CONTENT;
                return Optional.of(lease);
            }
            barred = bar();
            if (barred.isPresent()) {
                appetite = Appetite.CONTENT;
                return Optional.of(lease);
            }
            var sizes = new LinkedHashSet<Amounts>();
            sizes.add(policy.size(lease.account(), wanted, room));
            sizes.add(wanted);
            sizes.add(lacking);
            sizes.add(LeaseProtocol.lacking(lease.account(), used, latest));
            sizes.remove(Amounts.NONE);
            var outcome = tryToGrow(lease, sizes);
            if (!(outcome instanceof Outcome.Changed)) {
                budget.giveBack(id.cluster());
            }
            return switch (outcome) {
                case Outcome.Changed(var grown) -> {
                    waiting.moved(id);
                    shortages.ended(id);
                    yield Optional.of(grown);
                }
                case Outcome.Outdated() -> Optional.empty();
                case Outcome.Denied(var denied) -> {
                    shortfalls = denied;
                    press = idle(denied);
                    appetite = Appetite.CONTENT;
                    yield Optional.of(lease);
                }
            };
        }

        /**
         * By the first size that fits. Whether one does is looked at before it is tried, for a
         * growth that is denied is kept for ever and locks every level meanwhile: of one shortage
         * only the first is.
         *
         * @param sizes the last being what it cannot do without
         */
        private Outcome tryToGrow(Lease lease, SequencedCollection<Amounts> sizes) {
            List<Shortfall> lacks = List.of();
            for (var size : sizes) {
                var grow = new LeaseChange.Grow(size);
                lacks = book.shortfalls(lease, grow);
                boolean isToBeKept =
                        size.equals(sizes.getLast())
                                && !lacks.isEmpty()
                                && shortages.isNew(id, lacks, clock.instant());
                if (lacks.isEmpty() || isToBeKept) {
                    var outcome = book.change(lease, grow, clock.instant());
                    if (!(outcome instanceof Outcome.Denied(var denied))) {
                        return outcome;
                    }
                    lacks = denied;
                }
            }
            return new Outcome.Denied(lacks);
        }

        private boolean othersWait(Lease lease) {
            return waiting.in(lease.pool(), clock.instant()).stream()
                    .anyMatch(other -> !other.equals(id));
        }

        private List<LeaseId> idle(List<Shortfall> denied) {
            var idle = new LinkedHashSet<LeaseId>();
            for (var shortfall : denied) {
                idle.addAll(
                        asked.next(book, shortfall, Optional.of(id), Asked.A_FEW, clock.instant()));
            }
            return new ArrayList<>(idle);
        }

        /**
         * Before the settle time is over: where it is known how much at most may yet appear, that
         * counts as if it were there. It is asked for last, so that whatever was admitted before is
         * either there or counted.
         */
        private Optional<Visit> measureEarly(Lease lease, Instant until) {
            var heard = cluster.heard(namespace);
            if (heard.isEmpty()) {
                return Optional.of(open(lease, Visit.Open.SETTLES, until));
            }
            var fresh = stillEnforced(lease);
            if (fresh.isEmpty()
                    || !(cluster.measure(namespace) instanceof Reading.Read<Amounts>(var there))) {
                return Optional.of(open(lease, Visit.Open.UNREACHABLE, soon()));
            }
            var underway = cluster.underway(namespace, heard.getAsLong(), clock);
            if (underway.isEmpty()) {
                return Optional.of(open(lease, Visit.Open.SETTLES, until));
            }
            var again = clock.instant().plus(AGAIN);
            return credit(
                    lease,
                    fresh.get(),
                    there.plus(underway.get()),
                    open(lease, Visit.Open.SETTLES, again.isBefore(until) ? again : until));
        }

        /** Reads anew, adds up, credits: in this order, so that nothing admitted is missed. */
        private Optional<Visit> measure(Lease lease) {
            var fresh = stillEnforced(lease);
            if (fresh.isEmpty()
                    || !(cluster.measure(namespace) instanceof Reading.Read<Amounts>(var there))) {
                return Optional.of(open(lease, Visit.Open.UNREACHABLE, soon()));
            }
            var inDebt = open(lease, Visit.Open.IN_DEBT, clock.instant().plus(policy.settle()));
            return credit(lease, fresh.get(), there, inDebt);
        }

        /** As it is read anew; empty: it was not, or something else is enforced by now. */
        private Optional<ObservedLease> stillEnforced(Lease lease) {
            return cluster.lease(namespace)
                            instanceof Reading.Read<Optional<ObservedLease>>(var fresh)
                    ? fresh.filter(seen ->
                            seen.epoch().equals(lease.epoch())
                                    && seen.statusHard().equals(lease.granted())
                                    && seen.specHard().equals(lease.granted()))
                    : Optional.empty();
        }

        /** Whoever waits for what has come free is told. */
        private Optional<Visit> credit(
                Lease lease, ObservedLease fresh, Amounts held, Visit otherwise) {
            var remaining = LeaseProtocol.remaining(lease.account(), fresh, held);
            if (remaining.equals(lease.account().charged())) {
                return Optional.of(otherwise);
            }
            return credited(lease, remaining);
        }

        private Optional<Visit> credited(Lease lease, Amounts remaining) {
            if (change(lease, new LeaseChange.Credit(remaining)).isPresent()) {
                wake = waiting.in(lease.pool(), clock.instant());
            }
            return Optional.empty();
        }

        private Visit open(Lease lease, Visit.Open open, Instant again) {
            boolean read =
                    switch (open) {
                        case UNREACHABLE, REFUSED, FENCED -> false;
                        case AWAITS_STATUS, SETTLES, IN_DEBT, NO_BUDGET, LEARNING -> true;
                    };
            return new Visit(
                    Optional.of(lease),
                    Optional.of(open),
                    refusal,
                    Optional.of(again),
                    covered && read,
                    shortfalls,
                    press,
                    wake);
        }

        private Visit rest(Lease lease, Optional<Instant> until) {
            // For its reserve alone it waits until it is looked at anyway, or told of room.
            boolean waits = !shortfalls.isEmpty() && !demand.isZero();
            var again = waits ? Optional.of(soon()) : until;
            if (!covered) {
                return open(lease, Visit.Open.IN_DEBT, soon());
            }
            if (shortfalls.isEmpty() && barred.isEmpty() && !demand.isZero()) {
                again = Visit.sooner(again, waiting.hasRoom(id, clock.instant()));
            }
            if (barred.isPresent()) {
                return open(
                        lease,
                        barred.get(),
                        barred.get() == Visit.Open.NO_BUDGET
                                ? clock.instant().plus(budget.pause())
                                : soon());
            }
            return new Visit(
                    Optional.of(lease), Optional.empty(), "", again, true, shortfalls, press, wake);
        }

        private Instant soon() {
            return clock.instant().plus(SOON);
        }
    }
}

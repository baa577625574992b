package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes in what a cluster holds and the ledger has not charged: after a restore, when a cluster is
 * back that was written off, and where a second quota has let something through.
 */
final class LeaseIntake {

    private final LeaseBook book;
    private final Clock clock;

    LeaseIntake(LeaseBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * Has leases live again whose namespaces were closed and are there all the same: the ledger was
     * restored from before they were ordered again, or the cluster from before they were closed.
     *
     * @return the namespaces there that are ours; empty: it gave no answer
     */
    Optional<List<FoundNamespace>> reopen(Cluster cluster) {
        if (!(cluster.namespaces() instanceof Reading.Read<List<FoundNamespace>>(var all))) {
            return Optional.empty();
        }
        var ours = all.stream().filter(FoundNamespace::managed).toList();
        var names = ours.stream().map(found -> found.name().value()).toList();
        var _ = book.reopen(cluster.name().value(), names, clock.instant());
        return Optional.of(ours);
    }

    /**
     * Charges all that a namespace can take or holds, be there room for it or not: what a restored
     * ledger has to learn of it. Before that the lease is given an epoch that no write from before
     * the restore can have found, so that one of them that comes late raises nothing behind our
     * back. To a cluster that is fenced nothing is written, and it need not answer: what is known
     * to be there stays charged, and if it is let in again and is ahead, the ledger learns anew.
     *
     * @param since when the ledger began to learn
     * @return whether all of it is charged that has to be for now
     */
    boolean learn(Cluster cluster, LeaseId id, Instant since) {
        return switch (book.find(id).map(Lease::state).orElse(ClusterState.DEREGISTERED)) {
            case ACTIVE ->
                    isFencedOff(cluster, id, new Epoch(since.getEpochSecond()))
                            && charge(cluster, id, LeaseChange.Owe::new);
            case FENCED -> {
                var _ = charge(cluster, id, LeaseChange.Owe::new);
                yield true;
            }
            // Nothing is charged there, or what is taken in again is charged by whoever does it.
            case WRITTEN_OFF, READMITTING, DEREGISTERED -> true;
        };
    }

    /**
     * Charges all that a namespace can take or holds, as far as it fits.
     *
     * @return whether it was read, and all of it is charged
     */
    boolean coverAll(Cluster cluster, LeaseId id) {
        return charge(cluster, id, LeaseChange.Cover::new);
    }

    private boolean charge(Cluster cluster, LeaseId id, Function<Amounts, LeaseChange> as) {
        var namespace = new NamespaceName(id.namespace());
        if (!(cluster.lease(namespace) instanceof Reading.Read<Optional<ObservedLease>>(var found))
                || !(cluster.measure(namespace) instanceof Reading.Read<Amounts>(var measured))) {
            return false;
        }
        var seen = found.map(ObservedLease::exposure).orElse(Amounts.NONE).max(measured);
        // One that was closed meanwhile is looked for again.
        return book.find(id)
                .filter(lease ->
                        seen.fitsWithin(lease.account().charged())
                                || book.change(lease, as.apply(seen), clock.instant())
                                        instanceof Outcome.Changed)
                .isPresent();
    }

    /**
     * Takes a lease of a cluster that was written off in again as it stands there: what it holds is
     * charged, as far as it fits, and the rest is a debt.
     *
     * @param since when the cluster began to be readmitted
     * @return whether it was read and taken in
     */
    boolean adopt(Cluster cluster, LeaseId id, Instant since) {
        var namespace = new NamespaceName(id.namespace());
        if (!isFencedOff(cluster, id, new Epoch(since.getEpochSecond()))
                || !(cluster.lease(namespace)
                        instanceof Reading.Read<Optional<ObservedLease>>(var found))
                || !(cluster.measure(namespace) instanceof Reading.Read<Amounts>(var measured))) {
            return false;
        }
        var lease = book.find(id).orElseThrow();
        var asked =
                found.map(ObservedLease::specHard)
                        .orElse(Amounts.NONE)
                        .max(lease.account().floor());
        var seen = found.map(ObservedLease::exposure).orElse(Amounts.NONE).max(measured);
        var adopt =
                new LeaseChange.Adopt(
                        seen.max(asked), asked, found.map(ObservedLease::epoch).orElse(Epoch.ZERO));
        if (book.change(lease, adopt, clock.instant()) instanceof Outcome.Outdated) {
            return false;
        }
        found.ifPresent(one -> book.used(id, one.statusUsed()));
        return true;
    }

    /** Epochs are counted up by one, so one that is a time of day is ahead of all there were. */
    private boolean isFencedOff(Cluster cluster, LeaseId id, Epoch first) {
        var namespace = new NamespaceName(id.namespace());
        var limited = book.find(id).orElseThrow().account().entitled().resources();
        return switch (cluster.lease(namespace)) {
            case Reading.Unreachable<Optional<ObservedLease>> _ -> false;
            // Whatever is made there from now on has another uid.
            case Reading.Read<Optional<ObservedLease>>(var found) ->
                    found.isEmpty()
                            || found.get().epoch().compareTo(first) >= 0
                            || cluster.growOrShrink(
                                            new Desired.Lease(
                                                    namespace,
                                                    found.get().specHard(),
                                                    first,
                                                    limited),
                                            found.get())
                                    instanceof LeaseOutcome.Written;
        };
    }
}

package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.StrayQuota;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.ledger.LeaseRepairBegun;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes quotas that somebody has put beside a lease: with two in a namespace admission has been
 * seen to let through more than either of them allows. What was admitted meanwhile is added up and
 * charged. Each is noted before it is removed, and the note stays until all of it is charged: so
 * whoever dies on the way, or finds no room, leaves it to the next one.
 */
public final class StrayQuotas {

    private final LeaseBook book;
    private final Function<String, List<LeaseRepairBegun>> begun;
    private final LeaseIntake intake;
    private final Clock clock;

    /**
     * @param begun what is noted of a cluster, as {@link LeaseBook#repairing} was told
     */
    public StrayQuotas(
            LeaseBook book, Function<String, List<LeaseRepairBegun>> begun, Clock clock) {
        this.book = book;
        this.begun = begun;
        this.intake = new LeaseIntake(book, clock);
        this.clock = clock;
    }

    /**
     * Looks through one cluster; quotas of namespaces that have no lease are nobody's business.
     *
     * @return the leases beside which there was one
     */
    public List<LeaseId> remove(Cluster cluster) {
        if (cluster.strayQuotas() instanceof Reading.Read<List<StrayQuota>>(var strays)) {
            strays.stream()
                    .filter(stray -> book.find(lease(cluster, stray)).isPresent())
                    .forEach(stray -> remove(cluster, stray));
        }
        var noted =
                begun.apply(cluster.name().value()).stream()
                        .filter(one -> one.repair().kind() == LeaseRepair.Kind.SECOND_QUOTA)
                        .filter(one -> book.find(one.lease()).isPresent())
                        .toList();
        // Read after the notes, also those of others: what is not there any more was removed.
        if (noted.isEmpty()
                || !(cluster.strayQuotas() instanceof Reading.Read<List<StrayQuota>>(var there))) {
            return List.of();
        }
        var uids =
                there.stream().map(stray -> stray.incarnation().uid()).collect(Collectors.toSet());
        var gone = noted.stream().filter(one -> !uids.contains(one.repair().seen())).toList();
        gone.forEach(one -> complete(cluster, one));
        return gone.stream().map(LeaseRepairBegun::lease).distinct().toList();
    }

    private void remove(Cluster cluster, StrayQuota stray) {
        var repair =
                new LeaseRepair(
                        LeaseRepair.Kind.SECOND_QUOTA,
                        stray.name() + " " + stray.hard(),
                        "-",
                        stray.incarnation().uid());
        book.repairing(lease(cluster, stray), repair, clock.instant());
        var _ = cluster.deleteStrayQuota(stray); // Whatever became of it is seen afterwards.
    }

    /** Charged first, for nobody comes back for what is recorded. */
    private void complete(Cluster cluster, LeaseRepairBegun removed) {
        if (intake.coverAll(cluster, removed.lease())) {
            book.repaired(removed.lease(), removed.repair(), clock.instant());
        }
    }

    private static LeaseId lease(Cluster cluster, StrayQuota stray) {
        return new LeaseId(cluster.name().value(), stray.namespace().value());
    }
}

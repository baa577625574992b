package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostKept;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.host.HostProgress;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftPart;
import io.yuntai.onboarding.namespace.DriftProperties;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Makes a namespace hold the hosts that the database says, and notes what it shows of them. Each
 * step is taken on what was just read and may be taken twice: whoever dies after a disk was
 * deleted, and before that is noted, does it once more. An instance that is to be ended is noted
 * before.
 */
@Component
class HostReconciler {

    /** In the place of the uid of a disk that is not there. */
    private static final String NO_DISK = "none";

    private final Hosts hosts;
    private final HostProgress progress;
    private final DesiredHosts desired;
    private final Drifts drifts;
    private final DriftProperties drift;
    private final HostDrifts hands;
    private final Clock clock;

    HostReconciler(
            Hosts hosts,
            HostProgress progress,
            DesiredHosts desired,
            Drifts drifts,
            DriftProperties drift,
            HostDrifts hands,
            Clock clock) {
        this.drifts = drifts;
        this.drift = drift;
        this.hands = hands;
        this.clock = clock;
        this.hosts = hosts;
        this.progress = progress;
        this.desired = desired;
    }

    /**
     * Brings the hosts of one namespace to its cluster.
     *
     * @param wanted the hosts of that namespace that are not destroyed
     * @return whether each is as it shall be; where not, it is worth coming back
     */
    boolean reconcile(Cluster cluster, Lease lease, List<Host> wanted) {
        var namespace = new NamespaceName(lease.namespace());
        if (wanted.isEmpty()) {
            return true;
        }
        var visits =
                wanted.stream()
                        .map(host -> new HostVisit(cluster, host, desired.of(namespace, host)))
                        .toList();
        return switch (cluster.hosts(namespace, visits.stream().map(HostVisit::wish).toList())) {
            case Reading.Unreachable<List<ObservedHost>>(var why) -> {
                tell(wanted, why);
                yield false;
            }
            case Reading.Read<List<ObservedHost>>(var observed) -> {
                var found = byName(observed);
                makeNew(cluster, visits, found);
                yield make(visits, found);
            }
        };
    }

    /** Has those that wait say why. That a host is made anew is remembered until it is there. */
    void tell(List<Host> here, String why) {
        var waiting =
                here.stream()
                        .filter(host ->
                                !host.hasCome()
                                        || host.plan().life() == HostLife.State.CHANGING
                                        || host.plan().life() == HostLife.State.DESTROYING)
                        .map(host -> {
                            String reason =
                                    host.reason().startsWith(Host.CLUSTER_REPLACED)
                                            ? Host.CLUSTER_REPLACED + ": " + why
                                            : why;
                            return host.seen(host.state(), reason, host.notes());
                        })
                        .filter(host -> !here.contains(host))
                        .toList();
        if (!waiting.isEmpty()) {
            hosts.observed(waiting);
        }
    }

    /** Those that were never there, together. */
    private static void makeNew(
            Cluster cluster, List<HostVisit> visits, Map<String, ObservedHost> observed) {
        var made =
                visits.stream()
                        .filter(visit ->
                                visit.isNew() && !observed.containsKey(visit.host().name()))
                        .filter(HostVisit::isPrepared)
                        .toList();
        if (!made.isEmpty()) {
            var outcomes = cluster.applyAll(made.stream().map(HostVisit::wish).toList());
            for (int n = 0; n < made.size(); n++) {
                made.get(n).made(outcomes.get(n));
            }
        }
    }

    /**
     * Hosts are made only where a lease was enforced: of those that were given up before it ever
     * was, nothing can be there. A namespace of that name may be another's, and is not touched.
     *
     * @param wanted the hosts of that namespace that are not destroyed
     */
    void forget(Cluster cluster, Lease lease, List<Host> wanted) {
        var givenUp =
                wanted.stream()
                        .filter(host -> host.plan().life() == HostLife.State.DESTROYING)
                        .filter(host -> host.deliveredAt().isEmpty())
                        .toList();
        if (!givenUp.isEmpty()
                && lease.observed().equals(Epoch.ZERO)
                && cluster.lease(new NamespaceName(lease.namespace()))
                        instanceof Reading.Read<Optional<ObservedLease>>(var found)
                && found.isEmpty()) {
            givenUp.forEach(progress::vanished);
        }
    }

    /**
     * Whether there is nothing to do for the hosts of one namespace, and nothing to note of them.
     *
     * @param wanted the hosts of that namespace that are not destroyed
     * @param observed as its cluster has them
     */
    boolean areQuiet(NamespaceName namespace, List<Host> wanted, List<ObservedHost> observed) {
        var found = byName(observed);
        return wanted.stream()
                .allMatch(host ->
                        Optional.ofNullable(found.get(host.name()))
                                .filter(seen -> isQuiet(namespace, host, seen))
                                .isPresent());
    }

    private boolean isQuiet(NamespaceName namespace, Host host, ObservedHost found) {
        var plan = host.plan();
        boolean settled =
                plan.life() != HostLife.State.CHANGING
                        && plan.life() != HostLife.State.DESTROYING
                        && !plan.restarts().pending()
                        && !plan.rebuilds().pending()
                        && plan.givenUp().isEmpty()
                        && isWantedTo(host, found)
                        && (runsAsFound(host)
                                || (plan.running() ? found.running() : found.view().stopped()))
                        && (plan.setup().kept().isPresent() || plan.made().isPresent())
                        && shown(host, found).equals(host);
        if (!settled) {
            return false;
        }
        var digest = desired.of(namespace, host).digest();
        return digest.equals(found.view().digest()) && hands.isRight(host, digest, found);
    }

    /** Notes of which hosts a repair was begun that nobody has recorded. */
    void begun(Set<DriftPart> begun) {
        hands.begun(begun);
    }

    /** Forgets what was seen of hosts of a cluster that are none any more. */
    void keepOnly(ClusterName cluster, Collection<List<Host>> there) {
        hands.keepOnly(
                cluster.value(),
                there.stream()
                        .flatMap(hosts -> hosts.stream().map(Host::id))
                        .collect(Collectors.toSet()));
    }

    /** Whether the cluster was told what we want; of one that runs as found that is nothing. */
    private static boolean isWantedTo(Host host, ObservedHost found) {
        return runsAsFound(host) || found.view().wantedToRun() == host.plan().running();
    }

    private static boolean runsAsFound(Host host) {
        return host.plan().setup().kept().filter(HostKept::runsAsFound).isPresent();
    }

    private static Map<String, ObservedHost> byName(List<ObservedHost> observed) {
        Map<String, ObservedHost> byName = new HashMap<>();
        observed.forEach(host -> byName.put(host.name(), host));
        return byName;
    }

    private static Host shown(Host host, ObservedHost seen) {
        var notes = new Host.Notes(seen.view().addresses(), seen.view().conditions());
        var state =
                seen.running()
                        ? Host.State.RUNNING
                        : seen.view().stopped() ? Host.State.STOPPED : Host.State.PROVISIONING;
        return host.seen(state, seen.reason(), notes);
    }

    private boolean make(List<HostVisit> visits, Map<String, ObservedHost> observed) {
        var changed = new ArrayList<Host>();
        var settled = new ArrayList<Host>();
        boolean all = true;
        for (var visit : visits) {
            var found = Optional.ofNullable(observed.get(visit.host().name()));
            var seen =
                    visit.host().plan().life() == HostLife.State.DESTROYING
                            ? visit.destroy(found)
                            : visit.keep(found);
            var host = visit.host();
            all &= visit.done();
            if (!seen.equals(host)) {
                changed.add(seen);
            }
            if (visit.done() && host.plan().life() == HostLife.State.CHANGING) {
                settled.add(host);
            }
        }
        if (!changed.isEmpty()) {
            hosts.observed(changed);
        }
        settled.forEach(progress::settled);
        return all;
    }

    /** One look at one host. */
    private final class HostVisit {
        private final Cluster cluster;
        private final NamespaceName namespace;
        private Host host;
        private Desired.Host wish;
        private Optional<ApplyOutcome> made = Optional.empty();
        private boolean done;

        HostVisit(Cluster cluster, Host host, Desired.Host wish) {
            this.cluster = cluster;
            this.namespace = wish.namespace();
            this.host = host;
            this.wish = wish;
        }

        Host host() {
            return host;
        }

        Desired.Host wish() {
            return wish;
        }

        /** Whether it was never there, and shall be. */
        boolean isNew() {
            return host.deliveredAt().isEmpty() && host.plan().life() != HostLife.State.DESTROYING;
        }

        /** Whether it is kept how it is to be made; nothing is made before. */
        boolean isPrepared() {
            var making = cluster.making(wish);
            if (making instanceof Reading.Unreachable<HostMade>(var why)) {
                made = Optional.of(new ApplyOutcome.Unknown(why));
            }
            return isKept(making);
        }

        void made(ApplyOutcome outcome) {
            made = Optional.of(outcome);
        }

        /** Whether the cluster shows it as it shall be. */
        boolean done() {
            return done;
        }

        Host keep(Optional<ObservedHost> found) {
            if (found.isEmpty()) {
                return host.deliveredAt().isPresent()
                        ? deleted()
                        : made.map(outcome -> written(outcome, "")).orElse(host);
            }
            var seen = found.get();
            if (isOurs() && host.plan().made().isEmpty() && !isKept(cluster.made(wish))) {
                return shown(seen);
            }
            var plan = host.plan();
            if (plan.rebuilds().pending() && isToRebuild(seen)) {
                return rebuild(seen);
            }
            if (!wish.digest().equals(seen.view().digest())
                    || !isWantedTo(host, seen)
                    || !(seen.intact() || plan.rebuilds().pending())) {
                return mend(seen);
            }
            hands.right(host, wish, seen);
            if (plan.restarts().pending()) {
                return restart(seen);
            }
            if (!plan.givenUp().isEmpty()) {
                return clear(seen);
            }
            done =
                    !plan.rebuilds().pending()
                            && (runsAsFound(host)
                                    || (plan.running()
                                            ? seen.running() && isRenewed(seen)
                                            : isDown(seen)));
            return shown(seen);
        }

        /** It was there: somebody has deleted it by hand, if not its cluster was emptied. */
        private Host deleted() {
            if (host.reason().startsWith(Host.CLUSTER_REPLACED) && wish.build().kept().isEmpty()) {
                return applied(Host.CLUSTER_REPLACED);
            }
            var where = new LeaseId(cluster.name().value(), namespace.value());
            if (drift.deletedHosts() == DriftProperties.WhenDeleted.REPORT
                    || wish.build().kept().isPresent()) {
                report(
                        new Drift(
                                clock.instant(),
                                where,
                                "VirtualMachine",
                                host.name(),
                                "",
                                Difference.NOTHING,
                                host.name(),
                                Drift.Action.REPORTED,
                                // Once, until something else becomes of the host.
                                host.id() + "@" + host.plan().version()));
                done = true;
                return seen(Host.State.FAILED, Host.DELETED_BY_HAND);
            }
            var making = cluster.making(wish);
            if (!isKept(making)) {
                return notMade(making, Host.DELETED_BY_HAND);
            }
            // What a played cluster forgets when it ends is nobody's deed.
            if (cluster.simulated()) {
                return written(cluster.mend(wish).outcome(), Host.DELETED_BY_HAND);
            }
            var made = cluster.mend(wish, found -> hands.begin(host, wish, found));
            var _ = hands.mended(host, wish, Optional.empty(), made);
            return written(made.outcome(), Host.DELETED_BY_HAND);
        }

        /** Made where there is none; how is kept before, so that no machine has to be asked. */
        private Host applied(String reason) {
            var making = cluster.making(wish);
            return isKept(making) ? written(cluster.apply(wish), reason) : notMade(making, reason);
        }

        private Host notMade(Reading<HostMade> making, String reason) {
            return making instanceof Reading.Unreachable<HostMade>(var why)
                    ? written(new ApplyOutcome.Unknown(why), reason)
                    : host;
        }

        private boolean isKept(Reading<HostMade> as) {
            return as instanceof Reading.Read<HostMade>(var made) && isKept(made);
        }

        /** Whether it is kept; not where somebody else has noted otherwise just now. */
        private boolean isKept(HostMade as) {
            if (isOurs() && !host.plan().made().equals(Optional.of(as))) {
                if (!progress.making(host, as)) {
                    return false;
                }
                host = host.made(as);
                wish = wish.made(as);
            }
            return true;
        }

        private boolean isOurs() {
            return wish.build().kept().isEmpty();
        }

        /** What a played cluster forgets when it ends is nobody's deed. */
        private void report(Drift found) {
            if (!cluster.simulated()) {
                drifts.record(List.of(found));
            }
        }

        private static boolean isDown(ObservedHost seen) {
            return seen.view().stopped() && !seen.view().wantedToRun();
        }

        /** A host that hands have changed is, once it is put right, what it was before. */
        private Host mend(ObservedHost seen) {
            var made = host.plan().made();
            if (made.isPresent()
                    && !wish.digest().equals(seen.view().digest())
                    && !isKept(made.get().leased())) {
                return shown(seen);
            }
            var mended = cluster.mend(wish, found -> hands.begin(host, wish, found));
            boolean byHand = hands.mended(host, wish, Optional.of(seen), mended);
            boolean isAsItWas = byHand || wish.build().kept().isPresent();
            return isAsItWas && mended.outcome() instanceof ApplyOutcome.Applied
                    ? shown(seen)
                    : written(mended.outcome(), seen.reason());
        }

        private Host written(ApplyOutcome outcome, String reason) {
            return switch (outcome) {
                case ApplyOutcome.Applied _ -> seen(Host.State.PROVISIONING, reason);
                case ApplyOutcome.Rejected(_, String why) ->
                        seen(Host.State.FAILED, because(reason, why));
                case ApplyOutcome.Unknown(String why) ->
                        seen(Host.State.PROVISIONING, because(reason, why));
            };
        }

        /** That its cluster was emptied is remembered until it is there again. */
        private static String because(String reason, String why) {
            return reason.equals(Host.CLUSTER_REPLACED) ? reason + ": " + why : why;
        }

        /** Right after a restart a machine is still said to run, by the instance that ends. */
        private boolean isRenewed(ObservedHost seen) {
            String ended = host.plan().restarts().ended();
            String instance = seen.view().instance();
            return ended.isEmpty() || (!instance.isEmpty() && !instance.equals(ended));
        }

        /** Which instance is ended is noted before it is, so it is that one whoever does it. */
        private Host restart(ObservedHost seen) {
            if (host.plan().running()
                    && !(cluster.restartHost(
                                    namespace,
                                    host.name(),
                                    progress.ending(host, seen.view().instance()))
                            instanceof ApplyOutcome.Applied)) {
                return shown(seen);
            }
            progress.restarted(host);
            return seen(Host.State.PROVISIONING, seen.reason());
        }

        /** No machine names it any more, and whoever still has it in use is on his way out. */
        private Host clear(ObservedHost seen) {
            boolean isGone =
                    host.plan().givenUp().stream()
                            .allMatch(disk ->
                                    cluster.deleteDataDisk(namespace, host.name(), disk.position())
                                            instanceof ApplyOutcome.Applied);
            if (isGone) {
                progress.cleared(host);
            }
            return shown(seen);
        }

        /** Begun while it is down; while CDI fills the new disk a host is said to be on its way. */
        private boolean isToRebuild(ObservedHost seen) {
            boolean begun = !host.plan().rebuilds().ended().isEmpty();
            return isDown(seen) || (begun && seen.view().wantedToRun() == host.plan().running());
        }

        /**
         * Which disk is to go is noted before, and it is done when another one is there: KubeVirt
         * makes one that is filled from an image by itself, at whatever time.
         */
        private Host rebuild(ObservedHost seen) {
            if (!(cluster.systemDisk(namespace, host.name())
                    instanceof Reading.Read<Optional<String>>(var disk))) {
                return shown(seen);
            }
            String old = progress.rebuilding(host, disk.orElse(NO_DISK));
            if (disk.filter(uid -> !uid.equals(old)).isPresent() || isReplaced(seen, old)) {
                progress.rebuilt(host);
            }
            return shown(seen);
        }

        private boolean isReplaced(ObservedHost seen, String old) {
            return isDown(seen)
                    && cluster.deleteSystemDisk(namespace, host.name(), old)
                            instanceof ApplyOutcome.Applied
                    && cluster.mend(wish).outcome() instanceof ApplyOutcome.Applied
                    && cluster.systemDisk(namespace, host.name())
                            instanceof Reading.Read<Optional<String>>(var now)
                    && now.filter(uid -> !uid.equals(old)).isPresent();
        }

        private Host shown(ObservedHost seen) {
            return HostReconciler.shown(host, seen);
        }

        private Host seen(Host.State state, String reason) {
            return host.seen(state, reason, host.notes());
        }

        /**
         * Deleted until it is gone, its disks once more after it: it is certified when nothing of
         * it was found any more.
         */
        Host destroy(Optional<ObservedHost> found) {
            boolean deleted =
                    cluster.deleteHost(namespace, host.name()) instanceof ApplyOutcome.Applied;
            if (found.isPresent() || !deleted) {
                return found.map(this::shown).orElse(host);
            }
            return switch (cluster.remains(wish)) {
                case Reading.Unreachable<List<String>> _ -> host;
                case Reading.Read<List<String>>(var remains) when remains.isEmpty() -> {
                    progress.vanished(host);
                    done = true;
                    yield host;
                }
                case Reading.Read<List<String>>(var remains) ->
                        seen(host.state(), remains.getFirst());
            };
        }
    }
}

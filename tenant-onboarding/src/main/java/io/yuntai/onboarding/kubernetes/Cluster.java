package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.host.HostMade;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The only way to a member cluster. Every call has a time limit; every answer is a value, so that
 * one cluster that hangs or refuses never breaks the work on another. {@code ClusterContract} (a
 * test that every implementation passes) is the whole promise.
 */
public interface Cluster extends AutoCloseable {

    ClusterName name();

    /** Whether this only plays a cluster; the console says so. */
    boolean simulated();

    /** Whether the latest call got an answer, be it a refusal; false before the first. */
    boolean reachable();

    /** Everything that is known to be wrong with it, the worst first; asks nothing. */
    List<Symptom> symptoms(Clock clock);

    /** Which cluster this is, however it is reached: the uid of its namespace kube-system. */
    Reading<ClusterUid> uid();

    /**
     * Says which cluster this has to be, from now on. Where another one answers in its place
     * nothing is read from that and nothing written to it, but for the question who it is: {@link
     * #uid}, which finds it out, and finds out as well when it is the right one again. It is asked
     * before a namespace is made, too.
     *
     * @param uid empty: whichever
     */
    void expect(Optional<ClusterUid> uid);

    /** What its nodes offer, added up. */
    Reading<NodeCapacity> capacity();

    /**
     * Looks into everything that we need of it, in some seconds, and says what is missing and what
     * to do; changes nothing.
     */
    Inspection inspect(Clock clock);

    /**
     * Makes the object so, by server-side apply as field manager {@code yuntai}. Doing it twice
     * changes nothing. A lease that exists already is never changed by this; see {@link
     * #growOrShrink}. A namespace of that name that is not ours is left alone: rejected.
     */
    ApplyOutcome apply(Desired object);

    /**
     * Makes hosts of one namespace, each as {@link #apply} does, a few at the same time. Where one
     * gets no answer, those after it are not asked for.
     *
     * @return what came of each, in their order
     */
    default List<ApplyOutcome> applyAll(List<Desired.Host> hosts) {
        return hosts.stream().map(this::apply).toList();
    }

    /**
     * Where namespaces differ from what they shall hold beside leases and hosts: nothing is
     * changed. What others have added without touching ours is no difference.
     */
    Reading<List<Difference>> differences(Collection<Desired.Tenancy> wanted);

    /** Every namespace of the cluster and the machines in it, ours and others'. */
    Reading<List<FoundNamespace>> namespaces();

    /** What a namespace holds that others have made; empty when there is none of that name. */
    Reading<Optional<Occupied>> occupied(NamespaceName namespace);

    /**
     * Marks a namespace of others as its system's and puts a lease into it that limits nothing, so
     * that the first fenced write of it closes it over what runs. Nothing that is there is touched;
     * doing it twice changes nothing. Rejected when it is another by now, or somebody else's.
     *
     * @param uid as it was found
     */
    ApplyOutcome takeOver(Desired.SystemNamespace namespace, String uid);

    /** How a host would be made on this cluster now; asks for nothing but which kinds it serves. */
    Reading<HostMade> making(Desired.Host host);

    /**
     * How a host was made, as its machine shows: only for one that was made before that was kept,
     * for others can change what the machine shows.
     */
    Reading<HostMade> made(Desired.Host host);

    /**
     * Has a namespace hold what it should beside leases and hosts, by writing what differs and
     * deleting what bears our label there and should not be. Doing it twice changes nothing.
     *
     * @param before told what is not as it should be, before any of it is put right; not when
     *     nothing is
     */
    Mending mend(Desired.Tenancy tenancy, Consumer<List<Difference>> before);

    /** For whoever keeps no record. */
    default Mending mend(Desired.Tenancy tenancy) {
        return mend(tenancy, _ -> {});
    }

    /**
     * Has a host be as it should, by writing what differs; what others have added without touching
     * ours stays. Doing it twice changes nothing.
     *
     * @param before told what is not as it should be, before any of it is put right; not when
     *     nothing is
     */
    Mending mend(Desired.Host host, Consumer<List<Difference>> before);

    /** For whoever keeps no record. */
    default Mending mend(Desired.Host host) {
        return mend(host, _ -> {});
    }

    /**
     * Writes the lease by a JSON Patch whose {@code test}s are the epoch and the uid, so that a
     * delayed write of an earlier holder changes nothing. Finding the very same lease written
     * already counts as written: an earlier answer was lost.
     *
     * @param found the lease as it was read; it must have that epoch and be that incarnation still
     */
    LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found);

    /** The lease as it stands, by a quorum read; empty when there is none. */
    Reading<Optional<ObservedLease>> lease(NamespaceName namespace);

    /**
     * Sets up what keeps each namespace of ours to its one lease, or repairs it: nobody but us and
     * the cluster itself writes its quota, a second one is refused, and nothing is admitted before
     * the lease is enforced. Doing it twice changes nothing.
     *
     * @param before told what is not as it should be, before any of it is put right; not when
     *     nothing is
     */
    ApplyOutcome guard(Consumer<List<GuardDifference>> before);

    /** For whoever keeps no record. */
    default ApplyOutcome guard() {
        return guard(_ -> {});
    }

    /** Every ResourceQuota that does not bear a lease's name, in whatever namespace. */
    Reading<List<StrayQuota>> strayQuotas();

    /**
     * Deletes one that stands beside a lease, unless it is another by now; one in a namespace that
     * is not ours is left alone: rejected.
     */
    ApplyOutcome deleteStrayQuota(StrayQuota stray);

    /** The hosts of a namespace, by a quorum read; compared with nothing. */
    default Reading<List<ObservedHost>> hosts(NamespaceName namespace) {
        return hosts(namespace, List.of());
    }

    /**
     * The hosts of a namespace, by a quorum read, and of each whether it is {@link
     * ObservedHost#intact}. However many there are, they are asked for together. Where the cluster
     * serves no machines that is no answer, for those that it has shown before may be there still.
     *
     * @param wanted what each should be
     */
    Reading<List<ObservedHost>> hosts(NamespaceName namespace, Collection<Desired.Host> wanted);

    /**
     * Every lease, and every host of ours, by listing the whole cluster: as {@link #lease} and
     * {@link #hosts} of each namespace, at the cost of some pages. Where the cluster serves no
     * machines it has the leases alone.
     */
    Reading<Census> census();

    /**
     * What the namespace really takes, added up from its pods, claims and hosts by listing, in the
     * units of {@link Desired.Lease#hard}.
     */
    Reading<Amounts> measure(NamespaceName namespace);

    /**
     * How much was heard by now of what has appeared in a namespace; for {@link #underway}, and to
     * be asked before {@link #measure}. Empty: it is not known what is on its way there.
     */
    OptionalLong heard(NamespaceName namespace);

    /**
     * The most that admission had charged in a namespace before this was called and that had not
     * appeared yet when it was measured: it may appear later, or never. Empty: not known, such as
     * for some time after a watch broke. To be asked after {@link #measure}.
     *
     * @param heard what had been {@link #heard} before
     */
    Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock);

    /**
     * Deletes a namespace of ours and all in it; deleting what is not there succeeds, and one that
     * is not ours is rejected. The cluster takes its time: applied means that it has begun.
     *
     * @param still whether it is to be; asked when the namespace was read, and only the one that
     *     was read is deleted, not one that was made anew since
     */
    ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still);

    /** As the other, whatever else happens. */
    default ApplyOutcome deleteNamespace(NamespaceName namespace) {
        return deleteNamespace(namespace, () -> true);
    }

    /** Deletes a host with its disks; deleting what is not there succeeds. */
    ApplyOutcome deleteHost(NamespaceName namespace, String name);

    /**
     * What is still there of a host that was deleted, beside its machine: disks that are in use,
     * and what a finalizer holds. For people; empty: it is gone with all of it.
     */
    Reading<List<String>> remains(Desired.Host host);

    /**
     * Ends one running instance of a host, which comes up again as the host is made now. Where
     * another one runs by now, or none, there is nothing to end; a machine that does not come up by
     * itself is told to.
     *
     * @param instance as {@link ObservedHost.View#instance} has it; empty: it does not run
     */
    ApplyOutcome restartHost(NamespaceName namespace, String name, String instance);

    /** Orders a live migration of a host; one of that name that is there already is the same. */
    ApplyOutcome migrate(NamespaceName namespace, String host, String migration);

    /** A live migration of that name, by a quorum read; empty when there is none. */
    Reading<Optional<ObservedMigration>> migration(NamespaceName namespace, String migration);

    /** The live migrations of its own that it has not ended, off nodes that are to be emptied. */
    Reading<List<Evacuation>> evacuations();

    /** Deletes a live migration, which ends one that is under way; what is not there is deleted. */
    ApplyOutcome endMigration(NamespaceName namespace, String migration);

    /** The uid of a host's system disk, by a quorum read; empty when there is none. */
    Reading<Optional<String>> systemDisk(NamespaceName namespace, String name);

    /**
     * Deletes one system disk of a host that does not run. Another one is made when the host is
     * mended next, or at once by KubeVirt, where it is filled from an image; that one stays.
     * Applied only when the first is gone.
     *
     * @param uid as {@link #systemDisk} has it
     */
    ApplyOutcome deleteSystemDisk(NamespaceName namespace, String name, String uid);

    /**
     * Deletes a data disk of a host that names it no more. Applied only when it is gone, be it that
     * it never was.
     */
    ApplyOutcome deleteDataDisk(NamespaceName namespace, String name, int position);

    /**
     * Tells of namespaces of ours in which a lease or a host has changed or a lease was too small,
     * and of any in which there is a stray quota, until closed. A hint and no more: it may come
     * late, twice or never, and a watch that breaks is taken up again.
     */
    Watching watch(Consumer<Change> changed);

    /** What the cluster tells of a namespace, ours or not; one that is not there is absent. */
    Reading<ObservedNamespace> look(NamespaceName namespace);

    /**
     * Tells of namespaces of ours that have changed themselves, and of any in which a controller
     * has warned of something, until closed. A hint and no more, as {@link #watch}.
     */
    Watching watchNamespaces(Consumer<NamespaceName> changed);

    @Override
    void close();

    /**
     * Something has changed in a namespace.
     *
     * @param demand what was asked for there and refused; nothing when nothing was
     * @param stray whether it was a quota that is no lease
     */
    record Change(NamespaceName namespace, Amounts demand, boolean stray) {

        /** Of a lease, a host or a refusal. */
        public Change(NamespaceName namespace, Amounts demand) {
            this(namespace, demand, false);
        }
    }

    /** A watch that runs until it is closed. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** What became of a write. */
    sealed interface ApplyOutcome {
        /** The cluster has it. */
        record Applied() implements ApplyOutcome {}

        /** The cluster will not have it; trying again unchanged is of no use. */
        record Rejected(int status, String reason) implements ApplyOutcome {}

        /** No answer, or one that says later: it may or may not have taken effect. */
        record Unknown(String reason) implements ApplyOutcome {}
    }

    /**
     * What became of a namespace or a host that was mended.
     *
     * @param outcome Applied: nothing of it differs any more
     * @param found what differed before; where not all of it was written, of a namespace what was
     */
    record Mending(ApplyOutcome outcome, List<Difference> found) {
        public Mending {
            found = List.copyOf(found);
        }
    }

    /** What became of a fenced write of a lease. */
    sealed interface LeaseOutcome {
        /** Written; {@code status.hard} follows later. */
        record Written() implements LeaseOutcome {}

        /** The epoch or the incarnation was another; nothing has changed. */
        record Fenced(Epoch found) implements LeaseOutcome {}

        /** There is no lease to write. */
        record Missing() implements LeaseOutcome {}

        /** The cluster will not have it. */
        record Rejected(int status, String reason) implements LeaseOutcome {}

        /** No answer: it may or may not have taken effect. */
        record Unknown(String reason) implements LeaseOutcome {}
    }

    /** What became of a read. */
    sealed interface Reading<T> {
        /** What the cluster said. */
        record Read<T>(T value) implements Reading<T> {}

        /** No answer. */
        record Unreachable<T>(String reason) implements Reading<T> {}
    }

    /**
     * A host as the cluster holds it.
     *
     * @param running whether its machine runs and is ready
     * @param reason the cluster's own word for its state, such as {@code Running}, {@code Starting}
     * @param view what else it says of itself
     * @param content a digest of what is ours in it: its machine and its disks. Another one, and
     *     something has changed, be it that it came to what it should be
     * @param intact whether it is what it should be, beside what others have added; true where it
     *     was compared with nothing
     */
    record ObservedHost(
            String name,
            boolean running,
            String reason,
            View view,
            String content,
            boolean intact) {

        /** One that was compared with nothing. */
        public ObservedHost(String name, boolean running, String reason, View view) {
            this(name, running, reason, view, "", true);
        }

        /** The same, with what its running instance says. */
        ObservedHost at(Instance instance) {
            return new ObservedHost(
                    name,
                    running,
                    reason,
                    new View(
                            view.wantedToRun(),
                            view.stopped(),
                            view.digest(),
                            instance.uid(),
                            instance.addresses(),
                            instance.with(view.conditions())),
                    content,
                    intact);
        }

        /**
         * A machine that runs; each start makes another one.
         *
         * @param conditions of its own that do not hold and that its machine may not tell
         */
        record Instance(String uid, List<String> addresses, List<String> conditions) {

            static final Instance NONE = new Instance("", List.of(), List.of());

            Instance {
                addresses = List.copyOf(addresses);
                conditions = List.copyOf(conditions);
            }

            private List<String> with(List<String> machines) {
                return Stream.concat(machines.stream(), conditions.stream()).distinct().toList();
            }
        }

        /** The same, compared. */
        public ObservedHost compared(String newContent, boolean newIntact) {
            return new ObservedHost(name, running, reason, view, newContent, newIntact);
        }

        /**
         * What a host says of itself.
         *
         * @param wantedToRun whether the cluster has been told to run it
         * @param stopped whether the cluster says that it does not run
         * @param digest of what it was last made of; empty when it does not say
         * @param instance the uid of what runs, another one after each start; empty: nothing does
         * @param addresses of its interfaces, as far as the guest has any
         * @param conditions those that do not hold, with the cluster's reason and message
         */
        public record View(
                boolean wantedToRun,
                boolean stopped,
                String digest,
                String instance,
                List<String> addresses,
                List<String> conditions) {

            public static final View NONE = new View(true, false, "", "", List.of(), List.of());

            public View {
                addresses = List.copyOf(addresses);
                conditions = List.copyOf(conditions);
            }
        }
    }
}

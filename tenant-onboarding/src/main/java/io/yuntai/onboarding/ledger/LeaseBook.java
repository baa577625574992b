package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger's side of leases. Each change is one database transaction: the account, what it costs
 * every level above it, and the version stand or fall together. An exception means that nobody
 * knows whether it happened: read again, and whatever is still to be done shows.
 *
 * <p>Two implementations pass {@code LeaseBookContract}: PostgreSQL's, and the one in memory under
 * which the protocol is simulated.
 */
public interface LeaseBook {

    /** The lease as it stands; empty: there is none, or its namespace was closed. */
    Optional<Lease> find(LeaseId id);

    /** Every lease of a cluster whose namespace was not closed. */
    List<LeaseId> ofCluster(String cluster);

    /**
     * Changes a lease, if it still is as it was read and its cluster lets it.
     *
     * @param lease as it was read: another version by now, or a cluster in a state that does not
     *     let it change so, is {@link Outcome.Outdated}
     * @param at when it was decided
     */
    Outcome change(Lease lease, LeaseChange change, Instant at);

    /** Notes what a cluster was last seen to use, for whoever looks for room. */
    void used(LeaseId id, Amounts used);

    /**
     * Notes what somebody has changed by hand and is about to be put right: whoever dies before it
     * is {@link #repaired} leaves it to the next one to say so.
     */
    void repairing(LeaseId id, LeaseRepair repair, Instant at);

    /**
     * Records and audits what somebody had changed by hand and was put right; before that it was
     * said that this {@link #repairing is begun}. Of all who say so of one only the first is heard.
     */
    void repaired(LeaseId id, LeaseRepair repair, Instant at);

    /** How much the levels above a lease have left, in these resources. */
    Room room(Lease lease, List<Resource> resources);

    /**
     * Which levels would be short if a lease changed so, without trying: nothing is locked and
     * nothing kept, and a moment later it may be otherwise. Empty: there is room.
     */
    List<Shortfall> shortfalls(Lease lease, LeaseChange change);

    /**
     * The leases below a node that were last seen to have more of a resource than they use, the one
     * with the most first; for whoever is short of it there. None that cannot shrink now: that its
     * cluster does not enforce yet, or whose cluster is fenced, written off or only just back.
     *
     * @param silent clusters that are known to give no answer, and whose leases are left out too
     */
    List<LeaseId> idleBelow(NodeId node, Resource resource, Set<String> silent, int most);

    /**
     * Since when the ledger is being put together again after a restore: nothing grows until every
     * cluster was read that is not fenced. Empty: it is not.
     */
    Optional<Instant> learning();

    /** Whether nothing may be written to a cluster now, and nothing grows there. */
    boolean isFenced(String cluster);

    /** Since when a cluster that was written off is being taken in again; empty: it is not. */
    Optional<Instant> readmitting(String cluster);

    /** All that it holds is charged: its leases are as any others. */
    void readmitted(String cluster, Instant at);

    /**
     * Takes in a namespace that a cluster has and the ledger does not know: gives it a lease of
     * nothing, of the system that it says it is of.
     *
     * @return false: no such system is registered, or it has no quota in that pool, or another
     *     namespace there
     */
    boolean takeIn(LeaseId id, SystemId system, PoolId pool);

    /**
     * Has leases live again whose namespaces were closed and are on their cluster all the same. It
     * goes on from the epoch that it had, and nothing is granted to it.
     *
     * @param namespaces those that are there; of those that were not closed nothing changes
     * @param at when they were found there
     * @return those that were
     */
    List<LeaseId> reopen(String cluster, Collection<String> namespaces, Instant at);

    /**
     * Notes of which namespaces of a cluster nobody knows whose they are, for people, who alone can
     * say what is to become of them. It replaces what was noted before.
     */
    void unclaimed(String cluster, List<String> namespaces);

    /** The namespaces of a cluster that are noted so, by name. */
    List<String> unclaimed(String cluster);

    /** Notes that a cluster was found ahead of the ledger. */
    void learn(Instant since);

    /** All was read that can be, and what is there is charged: leases may grow again. */
    void learnt();

    /** What became of a change. */
    sealed interface Outcome {

        /** The lease as it is now. */
        record Changed(Lease lease) implements Outcome {}

        /**
         * A level has not enough. Of {@link LeaseChange.Cover} and {@link LeaseChange.Adopt} as
         * much was charged as fits, for what is there is there; the rest is a debt.
         */
        record Denied(List<Shortfall> shortfalls) implements Outcome {
            public Denied {
                shortfalls = List.copyOf(shortfalls);
            }
        }

        /** Somebody else was faster; nothing has changed. */
        record Outdated() implements Outcome {}
    }
}

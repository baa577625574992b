package io.yuntai.onboarding.host;

import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.Optional;

/**
 * A live migration of a host to another node of its cluster. Its second launcher is the platform's:
 * room for it is there only while the namespace lets nothing else in.
 *
 * @param surge what the second launcher takes, in pod units
 * @param since when it came to its state
 * @param gate what its namespace lets in: {@code closed}, or the migration's uid; empty: anything
 * @param reason why it waits, or ended as it did; may be empty
 * @param nodes from where to where
 * @param evacuation what its cluster calls it, where that has begun it to empty a node; empty: it
 *     was ordered
 */
public record HostMigration(
        HostMigrationId id,
        HostId host,
        String hostName,
        SystemId system,
        LeaseId lease,
        State state,
        Amounts surge,
        Instant since,
        String gate,
        String reason,
        Nodes nodes,
        Optional<String> evacuation) {

    /**
     * The nodes of its cluster, as that calls them.
     *
     * @param from the one that it leaves; empty while the cluster has not said
     * @param to the one that it comes to; likewise
     */
    public record Nodes(String from, String to) {
        public static final Nodes UNKNOWN = new Nodes("", "");
    }

    /**
     * How far it is. Only forward, and from each state straight to the end when it cannot be; but
     * what a cluster has begun waits again where the infrastructure cannot pay after all.
     */
    public enum State {
        /**
         * Its cluster has begun it; the infrastructure is short of what it takes, or was not asked.
         */
        WAITING,
        /** The namespace is to let nothing in. */
        CLOSING,
        /** It does not; what was on its way before may still arrive. */
        CLOSED,
        /**
         * The infrastructure pays for the second launcher, and the lease is to have room for it.
         */
        GRANTED,
        /** It is ordered, and the namespace lets its target in. */
        MOVING,
        /** It is over, and the lease is to lose that room before the namespace opens. */
        RELEASING,
        /** The namespace lets pods in as ever. */
        ENDED;

        /** Whether the infrastructure is charged for its second launcher. */
        public boolean charged() {
            return switch (this) {
                case GRANTED, MOVING, RELEASING -> true;
                case WAITING, CLOSING, CLOSED, ENDED -> false;
            };
        }
    }

    /** The same, between nodes that are known by now. */
    HostMigration between(Nodes newNodes) {
        return new HostMigration(
                id,
                host,
                hostName,
                system,
                lease,
                state,
                surge,
                since,
                gate,
                reason,
                newNodes,
                evacuation);
    }

    /** What it is called on its cluster. */
    public String name() {
        return evacuation.orElse("yuntai-" + id);
    }
}

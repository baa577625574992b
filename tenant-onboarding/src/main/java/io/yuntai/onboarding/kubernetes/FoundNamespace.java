package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.util.List;
import java.util.Optional;

/**
 * A namespace of a cluster, whoever made it.
 *
 * @param uid which of those that bore the name one after the other
 * @param managed whether it is labelled as ours
 * @param owner whose it is by its labels; empty: they do not say
 * @param hosts the machines in it
 * @param disks the claims in it that are labelled as ours
 */
public record FoundNamespace(
        NamespaceName name,
        String uid,
        boolean managed,
        Optional<Owner> owner,
        List<FoundHost> hosts,
        List<FoundDisk> disks) {

    /** A system, and the pool that its namespace takes from. */
    public record Owner(SystemId system, PoolId pool) {}

    /** One whose labels name no owner. */
    public FoundNamespace(
            NamespaceName name,
            String uid,
            boolean managed,
            List<FoundHost> hosts,
            List<FoundDisk> disks) {
        this(name, uid, managed, Optional.empty(), hosts, disks);
    }

    public FoundNamespace {
        hosts = List.copyOf(hosts);
        disks = List.copyOf(disks);
    }

    /**
     * A machine.
     *
     * @param id what it is labelled with as our host; empty: nothing
     * @param vcpu guest processors; 0: it does not say
     * @param memoryBytes guest memory; 0: it does not say
     */
    public record FoundHost(String name, String uid, String id, int vcpu, long memoryBytes) {}

    /**
     * A claim that is labelled as ours.
     *
     * @param host the id of the host that it is labelled with; empty: none
     */
    public record FoundDisk(String name, String uid, String host) {}
}

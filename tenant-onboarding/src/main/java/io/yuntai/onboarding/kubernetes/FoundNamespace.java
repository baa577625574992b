package io.yuntai.onboarding.kubernetes;

import java.util.List;

/**
 * A namespace of a cluster, whoever made it.
 *
 * @param uid which of those that bore the name one after the other
 * @param managed whether it is labelled as ours
 * @param hosts the machines in it
 */
public record FoundNamespace(
        NamespaceName name, String uid, boolean managed, List<FoundHost> hosts) {

    public FoundNamespace {
        hosts = List.copyOf(hosts);
    }

    /**
     * A machine.
     *
     * @param id what it is labelled with as our host; empty: nothing
     * @param vcpu guest processors; 0: it does not say
     * @param memoryBytes guest memory; 0: it does not say
     */
    public record FoundHost(String name, String uid, String id, int vcpu, long memoryBytes) {}
}

package io.yuntai.onboarding.ledger;

/**
 * Where a lease is: one namespace of one cluster has one lease at most.
 *
 * @param cluster the cluster's name
 * @param namespace the namespace's name there, a DNS label
 */
public record LeaseId(String cluster, String namespace) {

    public LeaseId {
        if (cluster.isEmpty() || namespace.isEmpty()) {
            throw new IllegalArgumentException("a lease nowhere: " + cluster + "/" + namespace);
        }
    }

    @Override
    public String toString() {
        return cluster + "/" + namespace;
    }
}

package io.yuntai.onboarding.kubernetes;

import java.util.Locale;

/**
 * What a namespace may do beyond what the guards let every namespace do. It stands there as a label
 * that nobody but us writes.
 */
public enum Grant {
    /** Services of type NodePort. */
    NODE_PORTS,
    /** Services of type LoadBalancer; its lease says how many. */
    LOAD_BALANCERS,
    /** Services with addresses that the cluster does not hand out. */
    EXTERNAL_IPS,
    /** Network policies of its own: each can only open, for ours close all. */
    NETWORK_POLICIES;

    /** {@code node-ports}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label of the namespace, with the value {@code true}. */
    String label() {
        return Labels.GRANT + code();
    }
}

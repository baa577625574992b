package io.yuntai.billing.metering;

/**
 * Where measured use comes from. How far each was read is noted by its name: a Prometheus that
 * tells of hosts and of namespaces is two, so that neither keeps the other waiting.
 */
public sealed interface MeterSource permits UsageSource, NamespaceSource {

    /**
     * Whether it is the truth about what is in a cluster.
     *
     * @param cluster its name
     */
    default boolean measures(String cluster) {
        return false;
    }
}

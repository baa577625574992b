package io.yuntai.billing.metering;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where measured use of hosts comes from: a Prometheus of a cluster, a file, recorded traces. No
 * file is taken for the hosts of a cluster that it measures.
 */
@FunctionalInterface
public non-sealed interface UsageSource extends MeterSource {

    /**
     * Reads the hours of these hosts, one after the other, so that a month of a city never stands
     * in memory.
     *
     * <p>An hour in which nothing was measured is left out; it is never reported as zero. A stopped
     * host was measured: its use is zero.
     *
     * @param hosts sorted by id, then time; handing on the hours in this order is fastest
     * @param into takes each hour once; hours outside a host's {@code during} are refused
     */
    void read(List<MeteredHost> hosts, Consumer<UsageHour> into);
}

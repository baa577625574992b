package io.yuntai.billing.metering;

import java.util.List;
import java.util.function.Consumer;

/** Where measured use comes from: a Prometheus of a cluster, a file, recorded traces. */
public interface UsageSource {

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

    /**
     * Whether it is the truth about a cluster's hosts: then no file is taken for them.
     *
     * @param cluster its name
     */
    default boolean measures(String cluster) {
        return false;
    }
}

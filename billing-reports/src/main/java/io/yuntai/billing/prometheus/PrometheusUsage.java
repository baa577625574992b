package io.yuntai.billing.prometheus;

import io.yuntai.billing.metering.HourOfSamples;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.billing.prometheus.RangeQuery.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hosts of one cluster used, by KubeVirt's metrics. A sample is the mean of the five minutes
 * up to its moment; a counter that was reset within them is seen through by {@code rate}. What is
 * missing from the answer was not measured, unless the host is known to have stood still: then it
 * used nothing.
 *
 * <p>{@code rate} divides by all five minutes however few of them were scraped, so of a gap it
 * would make a small use. How often a host was scraped is therefore asked for, too, and compared
 * with the most that anything was in the same hour. Where nothing was scraped as it should be in a
 * whole hour, that is not seen.
 *
 * @see <a href="https://github.com/kubevirt/monitoring/blob/main/docs/metrics.md">KubeVirt's
 *     metrics</a>
 */
final class PrometheusUsage implements UsageSource {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusUsage.class);

    private static final String CPU = "kubevirt_vmi_cpu_usage_seconds_total";

    private final String cluster;
    private final HourQuery query;

    PrometheusUsage(PrometheusProperties.Server server, RangeQuery query) {
        this.cluster = server.cluster();
        this.query = new HourQuery(query, server.selector());
    }

    /** An hour of all machines, by what is measured. */
    private record Hour(
            Map<Machine, NavigableMap<Instant, Double>> cpu,
            Map<Machine, NavigableMap<Instant, Double>> memory,
            Map<Machine, NavigableMap<Instant, Double>> disk,
            Map<Machine, NavigableMap<Instant, Double>> scrapes,
            long mostScrapes) {

        /**
         * Whether five minutes were scraped as a whole: one in five may be lost, and in any case
         * one, for as many scrapes as five minutes have at the most they do not always have.
         */
        boolean isWhole(Machine machine, Instant end) {
            long enough = Math.min(Math.ceilDiv(mostScrapes * 4, 5), mostScrapes - 1);
            return HourQuery.value(scrapes, machine, end).orElse(0.0) >= Math.max(enough, 2);
        }
    }

    /** Hour by hour, so that no more than one of them stands in memory. */
    @Override
    public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
        var here = hosts.stream().filter(host -> host.place().cluster().equals(cluster)).toList();
        HourQuery.forEachHour(
                here.stream().map(MeteredHost::during).toList(), hour -> read(hour, here, into));
    }

    @Override
    public boolean measures(String name) {
        return cluster.equals(name);
    }

    private void read(Instant hour, List<MeteredHost> hosts, Consumer<UsageHour> into) {
        var all = ask(hour);
        for (var host : hosts) {
            if (host.during().contains(hour)) {
                read(host, hour, all)
                        .filter(read -> read.samples() + read.quarantined() > 0)
                        .ifPresent(into);
            }
        }
    }

    /**
     * What is told of one host must not end the reading of all others: its hour is missing then.
     */
    private Optional<UsageHour> read(MeteredHost host, Instant hour, Hour all) {
        try {
            return Optional.of(of(host, hour, all));
        } catch (ArithmeticException | IllegalArgumentException e) {
            LOG.error(
                    "The hour {} of {} in {} is left out", hour, host.hostName(), host.place(), e);
            return Optional.empty();
        }
    }

    private Hour ask(Instant hour) {
        var most = query.ask("max(count_over_time(" + CPU + "%s[5m]))", "", hour).values();
        return new Hour(
                // A host that moves counts from nothing again, in a series of another node: each
                // adds what it saw.
                query.ask("sum by (namespace, name) (rate(" + CPU + "%s[5m]))", "", hour),
                // What the guest sees, less what it could use without swapping.
                query.ask(
                        mean("kubevirt_vmi_memory_available_bytes", "namespace, name")
                                + " - "
                                + mean("kubevirt_vmi_memory_usable_bytes", "namespace, name"),
                        "",
                        hour),
                // One disk may be mounted at several places, and is as full at each of them.
                query.ask(
                        "sum by (namespace, name) ("
                                + mean(
                                        "kubevirt_vmi_filesystem_used_bytes",
                                        "namespace, name, disk_name")
                                + ")",
                        "",
                        hour),
                query.ask(
                        "sum by (namespace, name) (count_over_time(" + CPU + "%s[5m]))", "", hour),
                most.stream()
                        .flatMap(values -> values.values().stream())
                        .mapToLong(Math::round)
                        .max()
                        .orElse(0));
    }

    /**
     * The mean of all samples of five minutes, whichever series they stand in. A host that moves
     * stands in two for a while, that of the node it was on and that of the one it is on: their sum
     * would be the double of it.
     */
    private static String mean(String metric, String by) {
        return "sum by (%2$s) (sum_over_time(%1$s%%s[5m])) / sum by (%2$s) (count_over_time(%1$s%%s[5m]))"
                .formatted(metric, by);
    }

    private static UsageHour of(MeteredHost host, Instant hour, Hour all) {
        var machine = new Machine(host.place().namespace(), host.hostName());
        var samples = new HourOfSamples(host.host(), hour, host.capacity());
        for (int at = 0; at < UsageHour.FULL; at++) {
            var begin = hour.plus(HourQuery.SAMPLE.multipliedBy(at));
            var end = begin.plus(HourQuery.SAMPLE);
            var cpu = HourQuery.value(all.cpu(), machine, end);
            if (cpu.isPresent() && (all.isWhole(machine, end) || host.stoodStill(begin, end))) {
                samples.add(
                        at,
                        Math.round(cpu.get() * 1000),
                        HourQuery.amount(all.memory(), machine, end),
                        HourQuery.amount(all.disk(), machine, end));
            } else if (host.isStopped(begin, end)) {
                samples.add(at, 0, OptionalLong.of(0), OptionalLong.of(0));
            }
        }
        return samples.end();
    }
}

package io.yuntai.billing.prometheus;

import io.yuntai.billing.metering.HourOfNamespace;
import io.yuntai.billing.metering.MeteredNamespace;
import io.yuntai.billing.metering.NamespaceHour;
import io.yuntai.billing.metering.NamespaceSource;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.prometheus.RangeQuery.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What containers in the namespaces of one cluster used, by the kubelets' metrics. Those of
 * KubeVirt's launchers are left out, and so are the disks of hosts: {@link PrometheusUsage} tells
 * what hosts use. Where nothing was told of a namespace it was not measured: an empty one cannot be
 * told from one that was not scraped.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes'
 *     metrics</a>
 * @see <a
 *     href="https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md">cAdvisor's
 *     metrics, which a kubelet serves</a>
 */
final class KubeletUsage implements NamespaceSource {

    private static final Logger LOG = LoggerFactory.getLogger(KubeletUsage.class);

    /**
     * Without the sums of whole pods and of slices, which have neither; without the launchers of
     * hosts and the pods that plug disks into them.
     */
    private static final String CONTAINERS =
            "container!=\"\",image!=\"\",pod!~\"virt-launcher-.*|hp-volume-.*\"";

    /** A container that begins anew counts from nothing again: each adds what it saw. */
    private static final String CPU =
            "sum by (namespace) (rate(container_cpu_usage_seconds_total%s[5m]))";

    /**
     * The sum of all samples by the number of scrapes, which is that of the container that was
     * there longest: one that was there for a minute counts for a minute.
     */
    private static final String MEMORY =
            "sum by (namespace) (sum_over_time(container_memory_working_set_bytes%s[5m]))"
                    + " / max by (namespace) (sum by (namespace, pod, container)"
                    + " (count_over_time(container_memory_working_set_bytes%s[5m])))";

    private final String cluster;
    private final HourQuery query;

    KubeletUsage(PrometheusProperties.Server server, RangeQuery query) {
        this.cluster = server.cluster();
        this.query = new HourQuery(query, server.selector());
    }

    /** An hour of all namespaces and claims, by what is measured. */
    private record Hour(
            Map<Machine, NavigableMap<Instant, Double>> cpu,
            Map<Machine, NavigableMap<Instant, Double>> memory,
            Map<String, Map<Machine, NavigableMap<Instant, Double>>> used,
            Map<String, Map<Machine, NavigableMap<Instant, Double>>> capacity) {}

    @Override
    public boolean measures(String name) {
        return cluster.equals(name);
    }

    /** Hour by hour, so that no more than one of them stands in memory. */
    @Override
    public void read(List<MeteredNamespace> namespaces, Consumer<NamespaceHour> into) {
        var here =
                namespaces.stream().filter(one -> one.place().cluster().equals(cluster)).toList();
        HourQuery.forEachHour(
                here.stream().map(MeteredNamespace::during).toList(),
                hour -> read(hour, here, into));
    }

    private void read(
            Instant hour, List<MeteredNamespace> namespaces, Consumer<NamespaceHour> into) {
        var all =
                new Hour(
                        query.ask(CPU, CONTAINERS, hour),
                        query.ask(MEMORY, CONTAINERS, hour),
                        claims("kubelet_volume_stats_used_bytes", hour),
                        claims("kubelet_volume_stats_capacity_bytes", hour));
        for (var namespace : namespaces) {
            if (namespace.during().contains(hour)) {
                read(namespace, hour, all)
                        .filter(read -> read.samples() + read.quarantined() > 0)
                        .ifPresent(into);
            }
        }
    }

    /**
     * By namespace, then by claim. A claim that is mounted on several nodes is told by each of them
     * and is as full on each.
     */
    private Map<String, Map<Machine, NavigableMap<Instant, Double>>> claims(
            String metric, Instant hour) {
        var promQl =
                "label_replace(avg by (namespace, persistentvolumeclaim) (avg_over_time("
                        + metric
                        + "%s[5m])), \"name\", \"$1\", \"persistentvolumeclaim\", \"(.+)\")";
        return query.ask(promQl, "persistentvolumeclaim!=\"\"", hour).entrySet().stream()
                .collect(
                        Collectors.groupingBy(
                                claim -> claim.getKey().namespace(),
                                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * What is told of one namespace must not end the reading of all others: its hour is missing
     * then.
     */
    private static Optional<NamespaceHour> read(
            MeteredNamespace namespace, Instant hour, Hour all) {
        try {
            return Optional.of(of(namespace, hour, all));
        } catch (ArithmeticException | IllegalArgumentException e) {
            LOG.error("The hour {} of {} is left out", hour, namespace.place(), e);
            return Optional.empty();
        }
    }

    private static NamespaceHour of(MeteredNamespace namespace, Instant hour, Hour all) {
        var name = namespace.place().namespace();
        var whole = new Machine(name, "");
        var used = Map.of(whole, sum(namespace, all.used()));
        var capacity = Map.of(whole, sum(namespace, all.capacity()));
        var samples = new HourOfNamespace(namespace, hour);
        for (int at = 1; at <= UsageHour.FULL; at++) {
            var end = hour.plus(HourQuery.SAMPLE.multipliedBy(at));
            HourQuery.value(all.cpu(), whole, end)
                    .ifPresent(cpu ->
                            samples.add(
                                    Math.round(cpu * 1000),
                                    HourQuery.amount(all.memory(), whole, end),
                                    HourQuery.amount(used, whole, end),
                                    HourQuery.amount(capacity, whole, end)));
        }
        return samples.end();
    }

    /** Of all claims of a namespace but the disks of its hosts. */
    private static NavigableMap<Instant, Double> sum(
            MeteredNamespace namespace,
            Map<String, Map<Machine, NavigableMap<Instant, Double>>> claims) {
        var sum = new TreeMap<Instant, Double>();
        claims.getOrDefault(namespace.place().namespace(), Map.of())
                .forEach((claim, values) -> {
                    if (!namespace.isDisk(claim.name())) {
                        values.forEach((at, value) -> sum.merge(at, value, Double::sum));
                    }
                });
        return sum;
    }
}

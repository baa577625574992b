package io.yuntai.billing.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.metering.Allotment;
import io.yuntai.billing.metering.MeteredNamespace;
import io.yuntai.billing.metering.NamespaceHour;
import io.yuntai.billing.metering.NamespaceHour.Extent;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Prometheus is asked about namespaces, and what becomes of its answers. */
class KubeletUsageTest {

    private static final Instant HOUR = Instant.parse("2026-10-10T00:00:00Z");
    private static final Period ONE = new Period(HOUR, HOUR.plusSeconds(3600));
    private static final long GIB = 1L << 30;

    private final List<String> asked = new ArrayList<>();
    private PlayedPrometheus prometheus;

    /** Answers one sample of the first five minutes, by what is asked for. */
    @BeforeEach
    void start() throws IOException {
        prometheus =
                PlayedPrometheus.start(question -> {
                    asked.add(question.form());
                    return PlayedPrometheus.Answer.matrix(answer(question.form()));
                });
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    private static String answer(String form) {
        if (form.contains("container_cpu")) {
            return series("", "0.25");
        }
        if (form.contains("container_memory")) {
            return series("", String.valueOf(GIB));
        }
        boolean used = form.contains("kubelet_volume_stats_used_bytes");
        return String.join(
                ",",
                series("data", String.valueOf((used ? 3 : 10) * GIB)),
                series("logs", String.valueOf((used ? 1 : 10) * GIB)),
                series("web-1", String.valueOf(40 * GIB)),
                series("web-1-data2", String.valueOf(40 * GIB)));
    }

    private static String series(String name, String value) {
        return "{\"metric\": {\"namespace\": \"shop\", \"name\": \"%s\"}, \"values\": [[%d, \"%s\"]]}"
                .formatted(name, HOUR.getEpochSecond() + 300, value);
    }

    private List<NamespaceHour> read(String selector, MeteredNamespace... namespaces) {
        var server =
                new PrometheusProperties.Server(
                        "a",
                        prometheus.url(),
                        selector,
                        Optional.empty(),
                        Map.of(),
                        Duration.ofSeconds(10));
        var read = new ArrayList<NamespaceHour>();
        new KubeletUsage(server, new RangeQuery(HttpClient.newHttpClient(), server))
                .read(List.of(namespaces), read::add);
        return read;
    }

    private static MeteredNamespace shop(String cluster, Allotment allotment) {
        return new MeteredNamespace(
                new Place(cluster, "shop"), allotment, ONE, Set.of("web-1", "web-2"));
    }

    private static final Allotment GRANTED = new Allotment(1000, 4 * GIB, 20 * GIB);

    @Test
    void containersButThoseOfLaunchersAreAskedFor() {
        var _ = read("", shop("a", GRANTED));
        assertThat(asked)
                .hasSize(4)
                .allSatisfy(form ->
                        assertThat(form)
                                .contains("start=" + (HOUR.getEpochSecond() + 300))
                                .contains("end=" + (HOUR.getEpochSecond() + 3600))
                                .contains("step=300"));
        String containers =
                "{container!=\"\",image!=\"\",pod!~\"virt-launcher-.*|hp-volume-.*\"}[5m]";
        assertThat(asked.get(0))
                .contains(
                        "sum by (namespace) (rate(container_cpu_usage_seconds_total"
                                + containers
                                + "))");
        assertThat(asked.get(1))
                .contains(
                        "sum by (namespace) (sum_over_time(container_memory_working_set_bytes"
                                + containers
                                + ")) / max by (namespace) (sum by (namespace, pod, container)"
                                + " (count_over_time(container_memory_working_set_bytes"
                                + containers
                                + ")))");
        assertThat(asked.get(2))
                .contains(
                        "label_replace(avg by (namespace, persistentvolumeclaim)"
                                + " (avg_over_time(kubelet_volume_stats_used_bytes{persistentvolumeclaim!=\"\"}[5m])),"
                                + " \"name\", \"$1\", \"persistentvolumeclaim\", \"(.+)\")");
        assertThat(asked.get(3)).contains("kubelet_volume_stats_capacity_bytes{");
    }

    @Test
    void aSelectorNarrowsEverySeries() {
        var _ = read("cluster=\"a\"", shop("a", GRANTED));
        assertThat(asked)
                .hasSize(4)
                .allSatisfy(form ->
                        assertThat(form.split("\\{", -1))
                                .hasSize(1 + form.split(",cluster=\"a\"}", -1).length - 1));
    }

    @Test
    void theDisksOfHostsAreNotAmongItsClaims() {
        assertThat(read("", shop("a", GRANTED)))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.samples()).isOne();
                    assertThat(hour.quarantined()).isZero();
                    assertThat(hour.cpu()).isEqualTo(new Extent(250, 250, 250));
                    assertThat(hour.memory()).contains(new Extent(GIB, GIB, GIB));
                    assertThat(hour.storage()).contains(new Extent(4 * GIB, 4 * GIB, 4 * GIB));
                    assertThat(hour.claimsBytes()).hasValue(20 * GIB);
                });
    }

    @Test
    void moreThanWasGrantedIsSetApartAndOfClaimsAlone() {
        assertThat(read("", shop("a", new Allotment(238, 4 * GIB, 20 * GIB))))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.samples()).isZero();
                    assertThat(hour.quarantined()).isOne();
                    assertThat(hour.storage()).isEmpty();
                });
        assertThat(read("", shop("a", new Allotment(239, 4 * GIB, 3 * GIB))))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.samples()).isOne();
                    assertThat(hour.storage()).isEmpty();
                    assertThat(hour.claimsBytes()).isEmpty();
                });
    }

    @Test
    void aNamespaceOfAnotherClusterIsNotItsMatter() {
        assertThat(read("", shop("b", GRANTED))).isEmpty();
        assertThat(asked).isEmpty();
    }
}

package io.yuntai.billing.prometheus;

import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From what a server tells to the rows of the database: of three hosts, one of which has an honest
 * guest.
 */
class LyingGuestsIT {

    private static final Instant HOUR = Instant.parse("2026-10-10T00:00:00Z");
    private static final long GIB = 1L << 30;

    private final BillingDatabase database = new BillingDatabase();
    private PlayedPrometheus prometheus;
    private String told = "";

    @BeforeEach
    void start() throws IOException {
        prometheus =
                PlayedPrometheus.start(
                        question -> PlayedPrometheus.Answer.matrix(answer(question.form())));
    }

    @AfterEach
    void stop() {
        prometheus.close();
        database.close();
    }

    /**
     * Of host 1 half a processor, a GiB of memory and two of disk; of 2 the disk, of 3 the
     * processors.
     */
    private String answer(String asked) {
        if (asked.contains("max(count_over_time(")) {
            return "{\"metric\": {}, \"values\": [%s]}".formatted(twelve("10"));
        }
        if (asked.contains("count_over_time(kubevirt_vmi_cpu")) {
            return series("10", "10", "10");
        }
        if (asked.contains("cpu_usage")) {
            return series("0.5", "0.5", told);
        }
        return asked.contains("memory")
                ? series("" + GIB, "" + GIB, "" + GIB)
                : series("" + 2 * GIB, told, "" + 2 * GIB);
    }

    private static String series(String... values) {
        return IntStream.range(0, values.length)
                .mapToObj(at ->
                        "{\"metric\": {\"namespace\": \"ns\", \"name\": \"host-%d\"}, \"values\": [%s]}"
                                .formatted(at + 1, twelve(values[at])))
                .collect(Collectors.joining(","));
    }

    private static String twelve(String value) {
        return IntStream.rangeClosed(1, 12)
                .mapToObj(at -> "[%d, \"%s\"]".formatted(HOUR.getEpochSecond() + 300L * at, value))
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e17", "9.3e16", "1e300", "NaN", "+Inf", "-1", "-1e300"})
    void whatOneToldDoesNotEndTheReadingOfTheOthers(String number) {
        told = number;
        var allocations = database.service(Allocations.class);
        for (int one : List.of(1, 2, 3)) {
            allocations.record(List.of(allocation(one, 1, 4)));
        }
        var server =
                new PrometheusProperties.Server(
                        "a",
                        prometheus.url(),
                        "",
                        Optional.empty(),
                        Map.of(),
                        Duration.ofSeconds(10));
        var source =
                new PrometheusUsage(server, new RangeQuery(HttpClient.newHttpClient(), server));
        var _ =
                database.service(Metering.class)
                        .read(source, new Period(HOUR, HOUR.plusSeconds(3600)));
        assertThat(hour(1)).containsExactly("12 0 " + 2 * GIB * 3600);
        assertThat(hour(2)).containsExactly("12 0 -");
        assertThat(hour(3)).isSubsetOf("0 12 -");
    }

    /** Samples, quarantined, disk. */
    private List<String> hour(int number) {
        return database.sql()
                .sql(
                        """
                        select samples || ' ' || quarantined || ' ' || coalesce(disk_byte_seconds::text, '-')
                        from usage_hour where host = :host and hour = :hour
                        """)
                .param("host", host(number).value())
                .param("hour", HOUR.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }
}

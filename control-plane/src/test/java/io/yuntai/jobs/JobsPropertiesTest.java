package io.yuntai.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class JobsPropertiesTest {

    @Test
    void everyDefaultIsAsStated() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new JobsProperties(
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                "0 12 * * * ?",
                                Duration.ofMinutes(10),
                                Duration.ofDays(35),
                                Duration.ofHours(48),
                                "0 30 3 * * ?",
                                "0 0 20 * * ?",
                                "0 45 3 * * ?",
                                "0 5 8-18 * * ?",
                                "0 40 * * * ?",
                                "0 15 2 * * ?"));
    }

    @Test
    void everyPropertyCanBeSet() {
        assertThat(
                        bind(
                                Map.ofEntries(
                                        Map.entry("yuntai.jobs.sweep-every", "5s"),
                                        Map.entry("yuntai.jobs.expiry-every", "7s"),
                                        Map.entry("yuntai.jobs.reclaim-every", "9s"),
                                        Map.entry("yuntai.jobs.metering", "0 0 * * * ?"),
                                        Map.entry("yuntai.jobs.metering-settle", "1m"),
                                        Map.entry("yuntai.jobs.metering-look-back", "2d"),
                                        Map.entry("yuntai.jobs.metering-again", "0"),
                                        Map.entry("yuntai.jobs.ranking", "0 0 1 1 * ?"),
                                        Map.entry("yuntai.jobs.freeze", "0 0 21 * * ?"),
                                        Map.entry("yuntai.jobs.verdicts", "0 0 2 * * ?"),
                                        Map.entry("yuntai.jobs.deadlines", "0 0 9 * * ?"),
                                        Map.entry("yuntai.jobs.terms", "0 0 6 * * ?"),
                                        Map.entry("yuntai.jobs.audit", "0 0 1 * * ?"))))
                .isEqualTo(
                        new JobsProperties(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(9),
                                "0 0 * * * ?",
                                Duration.ofMinutes(1),
                                Duration.ofDays(2),
                                Duration.ZERO,
                                "0 0 1 1 * ?",
                                "0 0 21 * * ?",
                                "0 0 2 * * ?",
                                "0 0 9 * * ?",
                                "0 0 6 * * ?",
                                "0 0 1 * * ?"));
    }

    @Test
    void whatCannotBeIsRefusedAtTheStart() {
        refuses("yuntai.jobs.sweep-every", "10ms");
        refuses("yuntai.jobs.expiry-every", "10ms");
        refuses("yuntai.jobs.metering", "every hour");
        refuses("yuntai.jobs.ranking", "0 3 1 * *");
        refuses("yuntai.jobs.verdicts", "daily");
        refuses("yuntai.jobs.deadlines", "hourly");
        refuses("yuntai.jobs.terms", "at midnight");
        refuses("yuntai.jobs.audit", "nightly");
        refuses("yuntai.jobs.metering-settle", "-1m");
        refuses("yuntai.jobs.metering-look-back", "10m");
        refuses("yuntai.jobs.metering-again", "-1h");
        refuses("yuntai.jobs.metering-again", "36d");
    }

    private static void refuses(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of(property, value))).isInstanceOf(BindException.class);
    }

    private static JobsProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("yuntai.jobs", JobsProperties.class);
    }
}

package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;

/** How the meter keeps up with its sources, on a real PostgreSQL. */
class ReadingsIT {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration LOOK_BACK = Duration.ofDays(35);
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:30:00Z");

    /** Every host, every hour, and a note of what was asked for; may be told to fail. */
    private static final class Even implements UsageSource {
        private final List<Period> asked = new ArrayList<>();
        private Instant failsAt = Instant.MAX;

        @Override
        public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
            asked.add(hosts.getFirst().during());
            for (var host : hosts) {
                var hour = host.during().from().truncatedTo(ChronoUnit.HOURS);
                for (; hour.isBefore(host.during().to()); hour = hour.plusSeconds(3600)) {
                    if (!hour.isBefore(failsAt)) {
                        throw new IllegalStateException("killed");
                    }
                    if (host.during().contains(hour)) {
                        into.accept(
                                new UsageHour(
                                        host.host(),
                                        hour,
                                        FiveMinutes.even(12, 1),
                                        FiveMinutes.even(12, 1),
                                        0,
                                        1,
                                        1,
                                        OptionalLong.of(1),
                                        OptionalLong.of(1)));
                    }
                }
            }
        }
    }

    private final BillingDatabase database = new BillingDatabase();
    private final Even source = new Even();

    @BeforeEach
    void oneHost() {
        database.service(Allocations.class)
                .record(List.of(allocation(1, 1, 4, ORDINARY, BEGIN.toString())));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyClosedHourIsReadOnce() {
        assertThat(at("2026-10-01T05:09:59Z").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(3);
        assertThat(at("2026-10-01T05:09:59Z").readClosedHours(SETTLE, LOOK_BACK)).isZero();
        assertThat(at("2026-10-01T05:10:00Z").readClosedHours(SETTLE, LOOK_BACK)).isOne();
        assertThat(source.asked).hasSize(2);
        assertThat(hours()).isEqualTo(4);
    }

    @Test
    void howManyDaysAreReadIsToldOfAllThatAreLeft() {
        var _ = at("2026-10-01T05:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        var told = new ArrayList<Progress.At>();
        var _ =
                Progress.heardBy(
                        told::add,
                        () -> at("2026-10-04T05:30:00Z").readClosedHours(SETTLE, LOOK_BACK));
        assertThat(told).extracting(Progress.At::done).containsExactly(0, 1, 2, 3);
        assertThat(told).extracting(Progress.At::all).containsOnly(3);
    }

    @Test
    void anOutageIsCaughtUpDayByDay() {
        assertThat(at("2026-10-11T05:30:00Z").readClosedHours(SETTLE, LOOK_BACK))
                .isEqualTo(10 * 24 + 4);
        assertThat(source.asked).hasSize(11);
        assertThat(hours()).isEqualTo(10 * 24 + 4);
    }

    @Test
    void killedHalfWayItGoesOnFromTheDayItWasIn() {
        source.failsAt = Instant.parse("2026-10-03T12:00:00Z");
        assertThatThrownBy(() -> at("2026-10-05T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK))
                .isInstanceOf(IllegalStateException.class);
        assertThat(hours()).isEqualTo(47); // two whole days and nothing of the third
        source.failsAt = Instant.MAX;
        assertThat(at("2026-10-05T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(48);
        assertThat(hours()).isEqualTo(95);
    }

    @Test
    void aSourceThatFailsKeepsNoOtherWaiting() {
        UsageSource broken =
                (_, _) -> {
                    throw new IllegalStateException("no answer");
                };
        var both = readings("2026-10-01T05:30:00Z", Map.of("a", broken, "b", source));
        assertThatThrownBy(() -> both.readClosedHours(SETTLE, LOOK_BACK))
                .hasMessageContaining("not every source")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("source a"));
        assertThat(hours()).isEqualTo(4);
        assertThat(both.areReadUpTo(Instant.parse("2026-10-01T05:00:00Z"))).isFalse();
        assertThat(at("2026-10-01T05:30:00Z").areReadUpTo(Instant.parse("2026-10-01T05:00:00Z")))
                .isFalse(); // another name is another source
    }

    @Test
    void whatStandsIsNotReadAgainByANewSource() {
        database.service(Metering.class)
                .read(
                        source,
                        new Period(
                                Instant.parse("2026-10-01T00:00:00Z"),
                                Instant.parse("2026-10-20T00:00:00Z")));
        assertThat(at("2026-10-20T03:30:00Z").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(3);
    }

    @Test
    void hoursOfLongAgoAreGivenUp() {
        assertThat(at("2026-12-01T00:30:00Z").readClosedHours(SETTLE, Duration.ofDays(2)))
                .isEqualTo(48);
    }

    @Test
    void withoutAnyHostOrSourceThereIsNothingToRead() {
        database.sql().sql("truncate allocation").update();
        assertThat(at("2026-12-01T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK)).isZero();
        var none = database.service(Readings.class);
        assertThat(none.readClosedHours(SETTLE, LOOK_BACK)).isZero();
        assertThat(none.areReadUpTo(Instant.parse("2026-12-01T00:00:00Z"))).isTrue();
    }

    private Readings at(String now) {
        return readings(now, Map.of("even", source));
    }

    private Readings readings(String now, Map<String, UsageSource> sources) {
        return new Readings(
                Optional.of(sources),
                database.service(Metering.class),
                database.service(ReadingStore.class),
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
                database.service(PlatformTransactionManager.class));
    }

    private long hours() {
        return database.sql().sql("select count(*) from usage_hour").query(Long.class).single();
    }
}

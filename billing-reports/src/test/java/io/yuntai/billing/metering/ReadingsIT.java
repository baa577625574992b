package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;

/** How the meter keeps up with its sources, on a real PostgreSQL. */
class ReadingsIT {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration LOOK_BACK = Duration.ofDays(35);
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:30:00Z");

    private static final Person SOMEBODY = new Person(new UUID(8, 1), "张三");

    /** Every host, every hour, and a note of what was asked for; may be told to fail. */
    private static final class Even implements UsageSource {
        private final List<Period> asked = new ArrayList<>();
        private Instant failsAt = Instant.MAX;
        private int samples = 12;

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
                                        FiveMinutes.even(samples, 1),
                                        FiveMinutes.even(samples, 1),
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
    void aNewSourceIsReadFromTheFirstHostOfItsOwnClusterOn() {
        database.service(Metering.class)
                .read(
                        source,
                        new Period(
                                Instant.parse("2026-10-01T00:00:00Z"),
                                Instant.parse("2026-10-20T00:00:00Z")));
        database.service(Allocations.class).record(List.of(elsewhere("b", "2026-10-05T00:30:00Z")));
        var month = Instant.parse("2026-10-19T00:00:00Z");
        var late = readings("2026-10-20T03:30:00Z", Map.of("late", new Of("b", source)));
        assertThat(late.areReadUpTo(month)).isFalse();
        source.asked.clear();
        var _ = late.readClosedHours(SETTLE, LOOK_BACK);
        assertThat(late.areReadUpTo(month)).isTrue();
        assertThat(source.asked.getFirst().from()).isEqualTo(Instant.parse("2026-10-05T00:30:00Z"));
        assertThat(
                        database.sql()
                                .sql(
                                        """
                                        select count(*) from usage_hour u join allocation a using (host)
                                        where a.cluster = 'b'
                                        """)
                                .query(Long.class)
                                .single())
                .isEqualTo(15 * 24 + 2);
    }

    /** To read what stands already changes nothing, and what does not stand is not skipped. */
    @Test
    void whatStandsIsReadAgainByANewSourceAndStays() {
        var _ = at("2026-10-03T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        long hours = hours();
        var renamed = readings("2026-10-03T00:30:00Z", Map.of("renamed", source));
        assertThat(renamed.readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(hours);
        assertThat(hours()).isEqualTo(hours);
    }

    /** The truth about one cluster's hosts, and about no other's. */
    private record Of(String cluster, UsageSource all) implements UsageSource {

        @Override
        public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
            var here =
                    hosts.stream().filter(host -> host.place().cluster().equals(cluster)).toList();
            if (!here.isEmpty()) {
                all.read(here, into);
            }
        }

        @Override
        public boolean measures(String name) {
            return name.equals(cluster);
        }
    }

    private static HostAllocation elsewhere(String cluster, String from) {
        var like = allocation(2, 1, 4, ORDINARY, from);
        return new HostAllocation(
                like.host(),
                like.hostName(),
                like.party(),
                like.system(),
                like.pool(),
                like.capacity(),
                new Place(cluster, "ns"),
                like.from());
    }

    /** As when a Thanos gets back what one of its stores had lost. */
    @Test
    void aGapThatWasFilledLaterIsReadWhenSomebodyAsksForIt() {
        var _ = at("2026-10-03T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        var _ =
                database.sql()
                        .sql(
                                "delete from usage_hour where hour >= '2026-10-01T10:00Z' and hour < '2026-10-02T14:00Z'")
                        .update();
        long left = hours();
        var rereadings = rereadings();
        assertThat(rereadings.carryOut()).isZero();
        var id = new UUID(9, 1);
        var gap =
                new Period(
                        Instant.parse("2026-10-01T08:00:00Z"),
                        Instant.parse("2026-10-02T16:00:00Z"));
        var asked = rereadings.ask(id, "even", gap, SOMEBODY);
        assertThat(rereadings.ask(id, "even", gap, SOMEBODY)).isEqualTo(asked);
        assertThat(asked.done()).isFalse();
        // Dies in the second day of it, and goes on there.
        source.failsAt = Instant.parse("2026-10-02T12:00:00Z");
        assertThatThrownBy(rereadings::carryOut).isInstanceOf(IllegalStateException.class);
        assertThat(rereadings.page(0, 1).getFirst().hours()).isEqualTo(24);
        source.failsAt = Instant.MAX;
        assertThat(rereadings.carryOut()).isEqualTo(8);
        assertThat(rereadings.page(0, 1).getFirst().done()).isTrue();
        assertThat(hours()).isEqualTo(left + 28);
        assertThat(rereadings.carryOut()).isZero();
    }

    @Test
    void onlyWholeHoursThatWereReadBeforeAreReadAgainAndNotTooMany() {
        var _ = at("2026-10-03T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        assertDeclined("UNKNOWN_SOURCE", "odd", "2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z");
        assertDeclined("NOT_WHOLE_HOURS", "even", "2026-10-01T08:30:00Z", "2026-10-01T09:00:00Z");
        assertDeclined(
                "REREADING_TOO_LONG", "even", "2026-08-31T00:00:00Z", "2026-10-01T01:00:00Z");
        assertDeclined("HOURS_NOT_READ", "even", "2026-10-01T08:00:00Z", "2026-10-03T01:00:00Z");
    }

    private void assertDeclined(String code, String from, String begin, String end) {
        var period = new Period(Instant.parse(begin), Instant.parse(end));
        assertThatThrownBy(() -> rereadings().ask(UUID.randomUUID(), from, period, SOMEBODY))
                .isInstanceOfSatisfying(
                        Declined.class, declined -> assertThat(declined.code()).isEqualTo(code));
    }

    private Rereadings rereadings() {
        return rereadings("2026-10-03T00:40:00Z");
    }

    private Rereadings rereadings(String now) {
        return new Rereadings(
                Optional.of(Map.of("even", source)),
                database.service(Metering.class),
                database.service(RereadingStore.class),
                database.service(ReadingStore.class),
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
                database.service(PlatformTransactionManager.class));
    }

    /** As when samples are pushed late, after a store that was gone for a while came back. */
    @Test
    void samplesThatCameLateAreReadByThemselvesOnceADay() {
        source.samples = 10;
        var _ = at("2026-10-05T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        source.samples = 12;
        source.asked.clear();
        var tonight = rereadings("2026-10-05T00:40:00Z");
        tonight.askDaily(TWO_DAYS);
        assertThat(tonight.carryOut()).isEqualTo(48);
        rereadings("2026-10-05T15:40:00Z").askDaily(TWO_DAYS); // still the same day in Shanghai
        assertThat(tonight.carryOut()).isZero();
        assertThat(source.asked)
                .containsExactly(
                        period("2026-10-03T00:00:00Z", "2026-10-04T00:00:00Z"),
                        period("2026-10-04T00:00:00Z", "2026-10-05T00:00:00Z"));
        assertThat(tonight.page(0, 9))
                .singleElement()
                .satisfies(done -> {
                    assertThat(done.by()).isEmpty();
                    assertThat(done.done()).isTrue();
                    assertThat(done.hours()).isEqualTo(48);
                    assertThat(done.changed()).isEqualTo(48);
                });
        assertThat(samples(12)).isEqualTo(48);
        // The next day: it says the same again, but for the hours that are new.
        var _ = at("2026-10-05T16:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        var next = rereadings("2026-10-05T16:40:00Z");
        next.askDaily(TWO_DAYS);
        assertThat(next.carryOut()).isEqualTo(48);
        assertThat(next.page(0, 1).getFirst().changed()).isZero();
    }

    @Test
    void anHourOfWhichTheSourceHasFewerSamplesStaysUnlessSomebodyAsksForIt() {
        var _ = at("2026-10-03T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        source.samples = 10;
        var rereadings = rereadings();
        rereadings.askDaily(TWO_DAYS);
        assertThat(rereadings.carryOut()).isEqualTo(47);
        assertThat(rereadings.page(0, 1).getFirst().changed()).isZero();
        assertThat(samples(12)).isEqualTo(47);
        var day = period("2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z");
        var _ = rereadings.ask(new UUID(9, 2), "even", day, SOMEBODY);
        assertThat(rereadings.carryOut()).isEqualTo(24);
        assertThat(rereadings.page(0, 9).stream().filter(one -> one.by().isPresent()))
                .singleElement()
                .satisfies(done -> assertThat(done.changed()).isEqualTo(24));
        assertThat(samples(10)).isEqualTo(24);
    }

    @Test
    void whatIsReadAgainEachDayOfAFrozenMonthStandsAsideOnce() {
        source.samples = 10;
        var _ = at("2026-11-01T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        database.service(UsageStore.class).freeze(YearMonth.of(2026, 10));
        source.samples = 12;
        var tonight = rereadings("2026-11-01T00:40:00Z");
        tonight.askDaily(TWO_DAYS);
        assertThat(tonight.carryOut()).isEqualTo(48);
        // All but the eight hours of November in Shanghai.
        assertThat(samples(12)).isEqualTo(8);
        assertThat(late()).isEqualTo(40);
        var tomorrow = rereadings("2026-11-01T16:40:00Z");
        tomorrow.askDaily(TWO_DAYS);
        assertThat(tomorrow.carryOut()).isEqualTo(48);
        assertThat(tomorrow.page(0, 1).getFirst().changed()).isZero();
        assertThat(late()).isEqualTo(40);
    }

    @Test
    void whatCouldNotBeReadAgainYesterdayIsReadBeforeWhatIsToBeToday() {
        var _ = at("2026-10-05T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        rereadings("2026-10-05T00:40:00Z").askDaily(TWO_DAYS);
        source.failsAt = Instant.parse("2026-10-03T12:00:00Z");
        var tomorrow = rereadings("2026-10-06T00:40:00Z");
        tomorrow.askDaily(TWO_DAYS);
        assertThatThrownBy(tomorrow::carryOut).isInstanceOf(IllegalStateException.class);
        assertThat(tomorrow.count()).isOne();
        source.failsAt = Instant.MAX;
        assertThat(tomorrow.carryOut()).isEqualTo(48);
        tomorrow.askDaily(TWO_DAYS);
        assertThat(tomorrow.count()).isEqualTo(2);
    }

    @Test
    void nothingIsReadAgainEachDayWhereNothingWasReadOrIsWanted() {
        rereadings().askDaily(TWO_DAYS);
        var _ = at("2026-10-03T00:30:00Z").readClosedHours(SETTLE, LOOK_BACK);
        rereadings().askDaily(Duration.ZERO);
        assertThat(rereadings().count()).isZero();
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }

    private long samples(int samples) {
        return database.sql()
                .sql("select count(*) from usage_hour where samples = ?")
                .param(samples)
                .query(Long.class)
                .single();
    }

    private long late() {
        return database.sql().sql("select count(*) from usage_late").query(Long.class).single();
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
                Optional.of(Map.copyOf(sources)),
                database.service(Metering.class),
                database.service(ReadingStore.class),
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
                database.service(PlatformTransactionManager.class));
    }

    private long hours() {
        return database.sql().sql("select count(*) from usage_hour").query(Long.class).single();
    }
}

package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.allocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.NamespaceHour.Extent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

/** How the use of namespaces is read, read again and added up, on a real PostgreSQL. */
class NamespaceReadingsIT {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration LOOK_BACK = Duration.ofDays(35);
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:30:00Z");
    private static final Person SOMEBODY = new Person(new UUID(8, 1), "张三");
    private static final MeteredSystemId SYSTEM = new MeteredSystemId(new UUID(2, 1));
    private static final Place SHOP = new Place("a", "shop");
    private static final long GIB = 1L << 30;

    /** Every namespace of cluster a, every hour; may be told to fail. */
    private static final class Kubelets implements NamespaceSource {
        private Instant failsAt = Instant.MAX;
        private int samples = 12;
        private int quarantined;
        private int cpuMillis = 500;
        private Instant silentFrom = Instant.MAX;

        @Override
        public boolean measures(String cluster) {
            return cluster.equals("a");
        }

        @Override
        public void read(List<MeteredNamespace> namespaces, Consumer<NamespaceHour> into) {
            for (var namespace : namespaces) {
                var hour = namespace.during().from().truncatedTo(ChronoUnit.HOURS);
                for (; hour.isBefore(namespace.during().to()); hour = hour.plusSeconds(3600)) {
                    if (!hour.isBefore(failsAt)) {
                        throw new IllegalStateException("killed");
                    }
                    if (namespace.during().contains(hour) && hour.isBefore(silentFrom)) {
                        into.accept(hour(namespace, hour));
                    }
                }
            }
        }

        private NamespaceHour hour(MeteredNamespace namespace, Instant hour) {
            return new NamespaceHour(
                    namespace.place(),
                    hour,
                    namespace.allotment(),
                    samples,
                    quarantined,
                    new Extent((long) cpuMillis * samples, cpuMillis - 100, cpuMillis + 100),
                    Optional.of(new Extent(GIB * samples, GIB, GIB)),
                    Optional.empty(),
                    OptionalLong.empty());
        }
    }

    private final BillingDatabase database = new BillingDatabase();
    private final Kubelets kubelets = new Kubelets();

    @BeforeEach
    void oneNamespace() {
        grant(2000, BEGIN);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void grant(long cpuMillis, Instant from) {
        var allotment =
                cpuMillis == 0 ? Allotment.NONE : new Allotment(cpuMillis, 4 * GIB, 10 * GIB);
        database.service(NamespaceAllotments.class)
                .record(new NamespaceAllotment(SHOP, SYSTEM, allotment), from);
    }

    private static Instant time(String moment) {
        return Instant.parse("2026-10-" + moment + ":00Z");
    }

    private Readings at(String now) {
        return readings(now, Map.of("kubelet-a", kubelets));
    }

    private Readings readings(String now, Map<String, MeterSource> sources) {
        return new Readings(
                Optional.of(sources),
                database.service(Metering.class),
                database.service(ReadingStore.class),
                Clock.fixed(time(now), ZoneOffset.UTC),
                database.service(PlatformTransactionManager.class));
    }

    private Rereadings rereadings(String now) {
        return new Rereadings(
                Optional.of(Map.of("kubelet-a", kubelets)),
                database.service(Metering.class),
                database.service(RereadingStore.class),
                database.service(ReadingStore.class),
                Clock.fixed(time(now), ZoneOffset.UTC),
                database.service(PlatformTransactionManager.class));
    }

    private List<NamespaceHour> hours() {
        return database.service(NamespaceUses.class)
                .hours(SYSTEM, new Period(BEGIN, BEGIN.plus(Duration.ofDays(60))));
    }

    private NamespaceUse use(String from, String to) {
        return database.service(NamespaceUses.class)
                .of(SYSTEM, new Period(time(from), time(to)))
                .getFirst();
    }

    @Test
    void everyClosedHourIsReadOnceFromTheFirstGrantOn() {
        assertThat(at("01T05:09").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(3);
        assertThat(at("01T05:09").readClosedHours(SETTLE, LOOK_BACK)).isZero();
        assertThat(at("01T05:10").readClosedHours(SETTLE, LOOK_BACK)).isOne();
        assertThat(hours())
                .extracting(NamespaceHour::hour)
                .containsExactly(
                        time("01T01:00"), time("01T02:00"), time("01T03:00"), time("01T04:00"));
        // What was written is what was read, to the last column.
        assertThat(hours().getFirst())
                .isEqualTo(
                        new NamespaceHour(
                                SHOP,
                                time("01T01:00"),
                                new Allotment(2000, 4 * GIB, 10 * GIB),
                                12,
                                0,
                                new Extent(6000, 400, 600),
                                Optional.of(new Extent(12 * GIB, GIB, GIB)),
                                Optional.empty(),
                                OptionalLong.empty()));
    }

    @Test
    void killedHalfWayItGoesOnFromTheDayItWasIn() {
        kubelets.failsAt = time("03T12:00");
        assertThatThrownBy(() -> at("05T00:30").readClosedHours(SETTLE, LOOK_BACK))
                .isInstanceOf(IllegalStateException.class);
        assertThat(hours()).hasSize(47);
        kubelets.failsAt = Instant.MAX;
        assertThat(at("05T00:30").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(48);
        assertThat(hours()).hasSize(95);
    }

    /** Kubelets that do not answer hold up no ranking, for nothing that is ranked is theirs. */
    @Test
    void nobodyWaitsForASourceOfNamespaces() {
        kubelets.failsAt = Instant.EPOCH;
        UsageSource none = (_, _) -> {};
        database.service(Allocations.class)
                .record(List.of(allocation(1, 1, 4, "extranet-ordinary", BEGIN.toString())));
        var both = readings("05T00:30", Map.of("kubelet-a", kubelets, "prometheus-a", none));
        assertThatThrownBy(() -> both.readClosedHours(SETTLE, LOOK_BACK))
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("source kubelet-a"));
        assertThat(both.areReadUpTo(time("05T00:00"))).isTrue();
        assertThat(both.readUpTo(time("05T00:30"))).isEqualTo(time("05T00:00"));
    }

    @Test
    void anHourIsOfWhatWasGrantedAsItBegan() {
        grant(3000, time("01T02:20"));
        grant(3000, time("01T02:40"));
        grant(0, time("01T04:10"));
        grant(1000, time("01T06:00"));
        assertThat(at("01T08:10").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(6);
        assertThat(hours())
                .extracting(
                        hour -> hour.hour().toString().substring(11, 13),
                        hour -> hour.allotment().cpuMillis())
                .containsExactly(
                        tuple("01", 2000L),
                        tuple("02", 2000L),
                        tuple("03", 3000L),
                        tuple("04", 3000L),
                        tuple("06", 1000L),
                        tuple("07", 1000L));
        assertThat(use("01T00:00", "01T08:00").grantedHours()).isEqualTo(6);
    }

    /** Whoever approves must not fail for what the meter believes of the time. */
    @Test
    void aGrantOfTheSameMomentOrOfBeforeReplacesTheLastOne() {
        grant(3000, BEGIN);
        grant(4000, BEGIN.minusSeconds(5));
        grant(0, BEGIN);
        grant(0, BEGIN);
        assertThat(at("01T05:10").readClosedHours(SETTLE, LOOK_BACK)).isZero();
        grant(5000, BEGIN.plusSeconds(1));
        assertThat(at("01T05:10").readClosedHours(SETTLE, LOOK_BACK)).isEqualTo(4);
        assertThat(hours())
                .allSatisfy(hour -> assertThat(hour.allotment().cpuMillis()).isEqualTo(5000));
    }

    @Test
    void whatIsReadAgainCorrectsWhatHasChangedAndAnHourThatIsGoneStays() {
        var _ = at("03T00:30").readClosedHours(SETTLE, LOOK_BACK);
        kubelets.samples = 11;
        kubelets.cpuMillis = 700;
        kubelets.silentFrom = time("01T12:00");
        var rereadings = rereadings("03T00:40");
        var _ =
                rereadings.ask(
                        new UUID(9, 1),
                        "kubelet-a",
                        new Period(time("01T10:00"), time("01T14:00")),
                        SOMEBODY);
        assertThat(rereadings.carryOut()).isEqualTo(2);
        assertThat(rereadings.page(0, 1).getFirst().changed()).isEqualTo(2);
        assertThat(hours()).hasSize(47);
        assertThat(hours()).filteredOn(hour -> hour.samples() == 11).hasSize(2);
    }

    @Test
    void ofTheLastHoursMoreSamplesCountAndFewerDoNot() {
        kubelets.samples = 10;
        var _ = at("03T00:30").readClosedHours(SETTLE, LOOK_BACK);
        kubelets.cpuMillis = 700;
        var tonight = rereadings("03T00:40");
        tonight.askDaily(Duration.ofDays(1));
        assertThat(tonight.carryOut()).isEqualTo(24);
        assertThat(tonight.page(0, 1).getFirst().changed()).isEqualTo(24);
        // As it says the same again, nothing has changed.
        var tomorrow = rereadings("03T16:40");
        tomorrow.askDaily(Duration.ofDays(1));
        assertThat(tomorrow.carryOut()).isEqualTo(24);
        assertThat(tomorrow.page(0, 1).getFirst().changed()).isZero();
        kubelets.samples = 9;
        kubelets.cpuMillis = 900;
        var later = rereadings("04T16:40");
        later.askDaily(Duration.ofDays(1));
        assertThat(later.carryOut()).isEqualTo(24);
        assertThat(later.page(0, 1).getFirst().changed()).isZero();
        assertThat(hours()).allSatisfy(hour -> assertThat(hour.samples()).isEqualTo(10));
    }

    /** No report rests on them. */
    @Test
    void whatComesLateOfAFrozenMonthIsTakenIn() {
        var _ = at("03T00:30").readClosedHours(SETTLE, LOOK_BACK);
        var _ =
                database.sql()
                        .sql("insert into frozen_month (month) values (:month)")
                        .param("month", YearMonth.of(2026, 10).atDay(1))
                        .update();
        kubelets.cpuMillis = 700;
        var rereadings = rereadings("03T00:40");
        var _ =
                rereadings.ask(
                        new UUID(9, 1),
                        "kubelet-a",
                        new Period(time("01T10:00"), time("01T14:00")),
                        SOMEBODY);
        assertThat(rereadings.carryOut()).isEqualTo(4);
        assertThat(hours()).filteredOn(hour -> hour.cpu().max() == 800).hasSize(4);
    }

    @Test
    void useIsTheSumOfWhatWasUsedOfTheSumOfWhatWasGranted() {
        grant(1000, time("02T00:00"));
        var _ = at("02T01:10").readClosedHours(SETTLE, LOOK_BACK);
        kubelets.samples = 8;
        kubelets.quarantined = 4;
        var _ = at("02T02:10").readClosedHours(SETTLE, LOOK_BACK);
        var use = use("01T00:00", "02T04:00");
        // 23 hours of 2000, one of 1000; one has too few samples, two were not read.
        assertThat(use.grantedHours()).isEqualTo(27);
        assertThat(use.hours()).isEqualTo(24);
        assertThat(use.coverage()).isEqualByComparingTo("88.89");
        assertThat(use.samples()).isEqualTo(24 * 12 + 8);
        assertThat(use.quarantined()).isEqualTo(4);
        var cpu = use.cpu().orElseThrow();
        assertThat(cpu.mean()).isEqualTo(500);
        assertThat(cpu.min()).isEqualTo(400);
        assertThat(cpu.max()).isEqualTo(600);
        assertThat(cpu.granted()).isEqualTo(1958); // 47,000 by 24
        assertThat(cpu.percent().orElseThrow()).isEqualByComparingTo("25.53"); // 12,000 of 47,000
        assertThat(use.memory().orElseThrow().percent().orElseThrow())
                .isEqualByComparingTo("25.00");
        assertThat(use.storage()).isEmpty();
        // The hour from 16:00 on is the next day's in Shanghai.
        assertThat(use.days())
                .extracting(NamespaceUse.Day::day, NamespaceUse.Day::hours)
                .containsExactly(
                        tuple(LocalDate.of(2026, 10, 1), 15), tuple(LocalDate.of(2026, 10, 2), 9));
        assertThat(
                        database.service(NamespaceUses.class)
                                .of(
                                        new MeteredSystemId(new UUID(2, 2)),
                                        new Period(time("01T00:00"), time("02T04:00"))))
                .isEmpty();
    }
}

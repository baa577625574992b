package io.yuntai.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.ControlPlane;
import io.yuntai.ServerTest;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.report.Report;
import io.yuntai.billing.report.Reports;
import io.yuntai.mainjob.EvenUse;
import io.yuntai.mainjob.SettableClock;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.CalendarOutcome;
import io.yuntai.onboarding.calendar.CalendarSource;
import io.yuntai.onboarding.calendar.CalendarVersionId;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From the end of September 2025 to the third working day after it, in the server on a real
 * PostgreSQL: the holiday lasts from 1 to 8 October, and Saturday the 11th is made up for.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonthReportsIT {

    private static final YearMonth SEPTEMBER = YearMonth.of(2025, 9);
    private static final Instant BEGIN = Instant.parse("2025-08-31T16:00:00Z");
    private static final Actor BUREAU =
            new Actor(new PersonId(new UUID(61, 1)), "局", new Actor.Scope.All());

    private static final SettableClock CLOCK =
            new SettableClock(Instant.parse("2025-09-30T01:00:00Z"));
    private static final ConfigurableApplicationContext SERVER = start();

    private final MonthReports months = SERVER.getBean(MonthReports.class);
    private final MonthRankings rankings = SERVER.getBean(MonthRankings.class);
    private final Readings readings = SERVER.getBean(Readings.class);

    @BeforeAll
    static void oneHostInSeptember() {
        SERVER.getBean(Accounts.class)
                .register(BUREAU.person(), new Login("f-bureau"), BUREAU.name(), Role.BUREAU);
        var host = new MeteredHostId(new UUID(61, 2));
        var allocations = SERVER.getBean(Allocations.class);
        allocations.record(
                List.of(
                        new HostAllocation(
                                host,
                                "september-1",
                                new Party(new PartyId(new UUID(61, 3)), "US", "九月局", "440703"),
                                new MeteredSystem(new MeteredSystemId(new UUID(61, 4)), "ss", "系统"),
                                "extranet-ordinary",
                                new Capacity(4, 4L << 30, 40L << 30),
                                new Place("a", "ns"),
                                BEGIN)));
        allocations.confirm(List.of(host), BEGIN.plusSeconds(60));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    @Order(1)
    void aMonthThatIsNotReadToItsEndIsNotRankedAndThenItIsOnce() {
        read("2025-10-01T01:00:00Z");
        readTenHoursLess();
        assertThat(rankings.computeDue()).isEmpty();
        assertThat(SERVER.getBean(Rankings.class).months()).isEmpty();
        read("2025-10-01T01:00:00Z");
        assertThat(rankings.computeDue())
                .singleElement()
                .satisfies(ranked -> assertThat(ranked.month()).isEqualTo(SEPTEMBER));
        assertThat(rankings.computeDue()).isEmpty();
        assertThat(count("select count(*) from ranking")).isOne();
        assertThat(count("select count(*) from audit_entry where action = 'ranking.compute'"))
                .isOne();
    }

    @Test
    @Order(2)
    void theThirdWorkingDayIsCountedByTheImportedCalendar() {
        assertThat(months.freezingDay(SEPTEMBER)).isEqualTo(LocalDate.of(2025, 10, 3));
        assertThat(months.lacksCalendar(SEPTEMBER)).isTrue();
        // Which is a holiday: nothing is frozen by itself on a day that nobody has announced.
        CLOCK.set(Instant.parse("2025-10-03T12:00:00Z"));
        assertThat(months.freezeDue()).isEmpty();
        assertThat(published()).isEmpty();
        var outcome =
                SERVER.getBean(WorkingCalendars.class)
                        .importYear(
                                BUREAU,
                                new CalendarVersionId(new UUID(61, 5)),
                                2025,
                                new CalendarSource(
                                        "2025.csv", "ab".repeat(32), "国办发明电〔2024〕12号", ""),
                                List.of(october()));
        assertThat(outcome).isInstanceOf(CalendarOutcome.Imported.class);
        assertThat(months.lacksCalendar(SEPTEMBER)).isFalse();
        // Thursday the 9th is the first, Saturday the 11th is made up for.
        assertThat(months.freezingDay(SEPTEMBER)).isEqualTo(LocalDate.of(2025, 10, 11));
        assertThat(months.freezingDay(SEPTEMBER.minusMonths(1)))
                .isEqualTo(LocalDate.of(2025, 9, 3));
    }

    @Test
    @Order(3)
    void theDayBeforeItIsFrozenNeitherByTheJobNorByHand() {
        CLOCK.set(Instant.parse("2025-10-10T15:59:59Z")); // a second before midnight in Shanghai
        assertThat(months.freezeDue()).isEmpty();
        assertRefused("MONTH_NOT_DUE", SEPTEMBER);
        assertRefused("MONTH_NOT_ENDED", SEPTEMBER.plusMonths(1));
        assertThat(published()).isEmpty();
    }

    @Test
    @Order(4)
    void onItsDayAMonthThatIsNotReadToItsEndWaits() {
        readTenHoursLess();
        CLOCK.set(Instant.parse("2025-10-10T16:00:00Z"));
        assertThat(months.freezeDue()).isEmpty();
        assertThat(published()).isEmpty();
    }

    @Test
    @Order(5)
    void onItsDayItIsFrozenOnceHoweverOftenItIsCalled() {
        read("2025-10-10T16:00:00Z");
        assertThat(months.freezeDue())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.month()).isEqualTo(SEPTEMBER);
                    assertThat(report.version()).isOne();
                    assertThat(report.frozenAt()).isEqualTo(CLOCK.instant());
                });
        assertThat(months.freezeDue()).isEmpty();
        assertRefused("MONTH_FROZEN", SEPTEMBER);
        assertThat(published()).hasSize(1);
        assertThat(
                        count(
                                """
                                select count(*) from audit_entry
                                where action = 'report.freeze' and outcome = 'SUCCESS'
                                """))
                .isOne();
    }

    private void read(String now) {
        CLOCK.set(Instant.parse(now));
        assertThat(readings.readClosedHours(Duration.ofMinutes(10), Duration.ofDays(35)))
                .isPositive();
    }

    private void assertRefused(String code, YearMonth month) {
        assertThatThrownBy(() -> months.freeze(BUREAU, month))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static List<Report> published() {
        return SERVER.getBean(Reports.class).of(SEPTEMBER);
    }

    /** As if it had been read until before the month's end. */
    private static void readTenHoursLess() {
        assertThat(
                        SERVER.getBean(JdbcClient.class)
                                .sql(
                                        """
                                        update usage_reading set read_to = read_to - interval '10 hours'
                                        where read_to > '2025-09-30T16:00:00Z'
                                        """)
                                .update())
                .isOne();
    }

    private static long count(String statement) {
        return SERVER.getBean(JdbcClient.class).sql(statement).query(Long.class).single();
    }

    /** As the State Council announced it, but for the other holidays of the year. */
    private static Table october() {
        var rows = new ArrayList<Table.Row>();
        Stream.concat(
                        Stream.of("2025-09-28,MAKE_UP"),
                        Stream.concat(
                                IntStream.rangeClosed(1, 8)
                                        .mapToObj("2025-10-0%d,HOLIDAY"::formatted),
                                Stream.of("2025-10-11,MAKE_UP")))
                .forEach(day ->
                        rows.add(
                                new Table.Row(
                                        rows.size() + 2, List.of((day + ",国庆节").split(",")))));
        return new Table("calendar", List.of("date", "kind", "name"), rows);
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Parts.class, ControlPlane.class)
                .web(WebApplicationType.SERVLET)
                .initializers(
                        new ServerTest.Installation(),
                        // No job of its own freezes anything.
                        context ->
                                TestPropertyValues.of(
                                                "server.port=0", "spring.quartz.auto-startup=false")
                                        .applyTo(context))
                .run();
    }

    static class Parts {

        @Bean
        Clock clock() {
            return CLOCK;
        }

        @Bean
        UsageSource evenUse() {
            return new EvenUse();
        }
    }
}

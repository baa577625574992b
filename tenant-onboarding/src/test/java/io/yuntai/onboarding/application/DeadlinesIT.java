package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.calendar.CalendarOutcome;
import io.yuntai.onboarding.calendar.CalendarSource;
import io.yuntai.onboarding.calendar.CalendarVersionId;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.register.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that stand still, on a real PostgreSQL, in a year that nobody has imported. */
class DeadlinesIT {

    private Onboarding onboarding;
    private Deadlines deadlines;
    private Reviews reviews;
    private Actor applicant;

    @BeforeEach
    void start() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        deadlines = onboarding.get(Deadlines.class);
        reviews = onboarding.get(Reviews.class);
        applicant = onboarding.person("applicant");
        at("2041-03-11T10:00"); // a Monday
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    /** From here on it is that late, in Shanghai. */
    private void at(String local) {
        Instant then = LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
        onboarding.later(Duration.between(onboarding.get(Clock.class).instant(), then));
    }

    private List<String> told(Notice.Kind kind) {
        return onboarding.noticed().stream()
                .filter(one -> one.kind() == kind)
                .map(one ->
                        switch (one.to()) {
                            case To.Takers(var part, _) -> part.name();
                            case To.Person(var person) -> person.toString();
                            case To.Holders(var code, _) -> code;
                        })
                .toList();
    }

    @Test
    void whoeverHasToActIsToldAtOnceRemindedAfterOneDayAndEscalatedAfterTwo() {
        var _ = onboarding.submitted(applicant, 1);
        assertThat(told(Notice.Kind.APPLICATION_WAITING)).containsExactly("UNIT_OWNER");
        at("2041-03-12T18:00");
        assertThat(deadlines.run()).isZero();
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_REMINDER)).containsExactly("UNIT_OWNER");
        assertThat(onboarding.noticed().getLast().parameters().getLast()).isEqualTo("1");
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).isEmpty();
        at("2041-03-14T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).containsExactly("REVIEWER");
        at("2041-04-30T08:05");
        assertThat(deadlines.run()).isZero();
    }

    @Test
    void aRunThatWasMissedIsMadeUpForOnceAndTwoAtOnceDoEachOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            var _ = onboarding.submitted(applicant, 1);
        }
        at("2041-03-20T08:05");
        var all =
                Onboarding.atOnce(
                        List.of(deadlines::run, deadlines::run, deadlines::run, deadlines::run));
        assertThat(all.stream().mapToInt(done -> (int) done).sum()).isEqualTo(10);
        assertThat(told(Notice.Kind.APPLICATION_REMINDER)).hasSize(5);
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).hasSize(5);
    }

    @Test
    void theClockBeginsAnewWithEachState() {
        var application = onboarding.submitted(applicant, 1);
        at("2041-03-12T18:00");
        var endorsed =
                reviews.approve(
                        onboarding.person("owner"),
                        application.id(),
                        application.version(),
                        Reviews.Approval.PLAIN);
        assertThat(endorsed.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        at("2041-03-13T18:00");
        assertThat(deadlines.run()).isZero();
        at("2041-03-14T08:05");
        assertThat(deadlines.run()).isOne();
        at("2041-03-15T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_REMINDER)).containsExactly("REVIEWER");
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).containsExactly("BUREAU");
    }

    @Test
    void whomItWasHandedToIsRemindedAndNobodyElse() {
        var application = onboarding.submitted(applicant, 1);
        var other = onboarding.person("deputy");
        var _ =
                reviews.transfer(
                        onboarding.person("owner"),
                        application.id(),
                        application.version(),
                        other.person(),
                        "");
        assertThat(told(Notice.Kind.APPLICATION_WAITING))
                .containsExactly("UNIT_OWNER", other.person().toString());
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_REMINDER))
                .containsExactly(other.person().toString());
    }

    @Test
    void whoeverIsNamedLaterHasHisOwnDayAndNobodyIsRemindedTwice() {
        var application = onboarding.submitted(applicant, 1);
        var id = application.id();
        var owner = onboarding.person("owner");
        var signer = onboarding.person("signer");
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isOne();
        at("2041-03-13T09:00");
        reviews.askToSign(owner, id, 1, signer.person(), "");
        assertThat(deadlines.run()).isZero();
        at("2041-03-14T08:05"); // the second day of the application, the signer's first has
        // not passed
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).containsExactly("REVIEWER");
        at("2041-03-15T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_REMINDER))
                .containsExactly("UNIT_OWNER", signer.person().toString());
        reviews.sign(signer, id, 2, "");
        at("2041-03-20T08:05");
        assertThat(deadlines.run()).isZero();
        // Whoever decides hears that he can.
        assertThat(told(Notice.Kind.APPLICATION_WAITING))
                .containsExactly("UNIT_OWNER", signer.person().toString(), "UNIT_OWNER");
    }

    @Test
    void whatHasComeInPartIsRemindedOfAndDeliveredWhenItIsTakenAsItIs() {
        var application = onboarding.submitted(applicant, 1);
        var approved = onboarding.approved(application);
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        at("2041-03-11T12:00");
        deliveries.stuck(get(application.id()), "Pending");
        assertThat(state(application.id())).isEqualTo(Workflow.State.PARTIAL);
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.APPLICATION_REMINDER)).containsExactly("OPERATOR");
        at("2041-03-14T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).containsExactly("BUREAU");
        at("2041-03-29T10:00");
        deliveries.confirm(
                onboarding.person("owner"), application.id(), get(application.id()).version());
        assertThat(get(application.id()).deliveredAt()).contains(get(application.id()).enteredAt());
        var report = onboarding.get(DeliveryCycles.class).report(applicant, during(2041, 3));
        // Nothing of it has come: that is no delivery, however long it took.
        assertThat(report.delivered().values()).containsOnly(0);
        assertThat(report.overdueCount()).isZero();
    }

    @Test
    void whatHasComeInPartIsWarnedOfAndDeemedConfirmedAfterTenDays() {
        var approved = onboarding.approved(onboarding.submitted(applicant, 1));
        var id = approved.id();
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        at("2041-03-11T12:00");
        deliveries.stuck(get(id), "Pending");
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.PARTIAL_UNCONFIRMED)).containsExactly("UNIT_OWNER");
        at("2041-03-25T18:00"); // the tenth day has not ended
        assertThat(deadlines.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.PARTIAL_UNCONFIRMED)).hasSize(2);
        assertThat(onboarding.noticed().getLast().parameters().getLast()).isEqualTo("2041-03-25");
        assertThat(state(id)).isEqualTo(Workflow.State.PARTIAL);
        at("2041-03-26T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(state(id)).isEqualTo(Workflow.State.CLOSED);
        assertThat(get(id).deliveredAt()).contains(get(id).enteredAt());
        assertThat(told(Notice.Kind.DELIVERY_DEEMED)).hasSize(2);
        assertThat(told(Notice.Kind.DELIVERY_UNCONFIRMED)).isEmpty();
        assertThat(onboarding.get(ItemDeliveries.class).of(get(id)))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.state()).isEqualTo(ItemDelivery.State.FAILED);
                    assertThat(item.reason()).isEqualTo("Pending");
                });
        assertThat(deadlines.run()).isZero();
    }

    @Test
    void aRetryBeginsTheTenDaysAnew() {
        var approved = onboarding.approved(onboarding.submitted(applicant, 1));
        var id = approved.id();
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        at("2041-03-11T12:00");
        deliveries.stuck(get(id), "Pending");
        at("2041-03-20T12:00");
        var _ = deliveries.retry(onboarding.person("operator"), id, get(id).version(), "");
        at("2041-03-20T13:00");
        deliveries.stuck(get(id), "Pending");
        at("2041-04-03T18:00");
        var _ = deadlines.run();
        assertThat(state(id)).isEqualTo(Workflow.State.PARTIAL);
    }

    @Test
    void nobodyIsDisturbedOnADayThatIsNoWorkingDay() {
        at("2041-03-14T10:00"); // a Thursday
        var _ = onboarding.submitted(applicant, 1);
        at("2041-03-16T08:05");
        assertThat(deadlines.run()).isZero();
        at("2041-03-18T08:05");
        assertThat(deadlines.run()).isOne();
    }

    @Test
    void aChangedCalendarMovesADeadlineThatIsRunning() {
        var _ = onboarding.submitted(applicant, 1);
        // Tuesday and Wednesday become holidays, and the Saturday is worked, while it is under
        // review.
        holidays("2041-03-12,HOLIDAY", "2041-03-13,HOLIDAY", "2041-03-16,MAKE_UP");
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isZero();
        at("2041-03-14T18:00");
        assertThat(deadlines.run()).isZero();
        at("2041-03-15T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_REMINDER)).hasSize(1);
        // Friday is the second day, and Saturday is a working day on which it can be told.
        at("2041-03-16T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.APPLICATION_ESCALATED)).hasSize(1);
        // Given back, nothing is told a second time.
        holidays("2041-12-31,HOLIDAY");
        at("2041-03-18T08:05");
        assertThat(deadlines.run()).isZero();
    }

    private void holidays(String... days) {
        var rows = new ArrayList<Table.Row>();
        for (var day : days) {
            rows.add(
                    new Table.Row(
                            rows.size() + 2, List.of(day.split(",")[0], day.split(",")[1], "假日")));
        }
        var outcome =
                onboarding
                        .get(WorkingCalendars.class)
                        .importYear(
                                applicant,
                                new CalendarVersionId(UUID.randomUUID()),
                                2041,
                                new CalendarSource("2041.csv", "0".repeat(64), "通知", "更正"),
                                List.of(
                                        new Table(
                                                "calendar",
                                                List.of("date", "kind", "name"),
                                                rows)));
        assertThat(outcome).isInstanceOf(CalendarOutcome.Imported.class);
    }

    @Test
    void aDeliveryThatNobodyConfirmsIsWarnedOfAndDeemedConfirmedAfterTenDays() {
        var application = delivered("2041-03-11T10:00");
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isOne();
        at("2041-03-25T18:00"); // the tenth day has not ended
        assertThat(deadlines.run()).isOne();
        assertThat(told(Notice.Kind.DELIVERY_UNCONFIRMED))
                .containsExactly("UNIT_OWNER", "UNIT_OWNER");
        assertThat(onboarding.noticed().getLast().parameters().getLast()).isEqualTo("2041-03-25");
        assertThat(state(application)).isEqualTo(Workflow.State.DELIVERED);
        at("2041-03-26T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(state(application)).isEqualTo(Workflow.State.CLOSED);
        assertThat(told(Notice.Kind.DELIVERY_DEEMED)).hasSize(2);
        assertThat(onboarding.noticed().getLast().parameters().getLast()).isEqualTo("10");
        var last = onboarding.get(Applications.class).get(applicant, application).steps().getLast();
        assertThat(last.command()).isEqualTo(Workflow.Command.DEEM);
        assertThat(last.by()).isEmpty();
        assertThat(deadlines.run()).isZero();
    }

    @Test
    void whoeverHadToActIsToldWhenItIsWithdrawnAndTheOperatorWhenItComesInPart() {
        var withdrawn = onboarding.submitted(applicant, 1);
        var _ = reviews.withdraw(applicant, withdrawn.id(), withdrawn.version(), "不再需要");
        assertThat(told(Notice.Kind.APPLICATION_WITHDRAWN))
                .containsExactly("UNIT_OWNER", applicant.person().toString());

        var approved = onboarding.approved(onboarding.submitted(applicant, 1));
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(
                onboarding.get(Applications.class).get(applicant, approved.id()).application(),
                "Pending");
        assertThat(told(Notice.Kind.APPLICATION_WAITING)).contains("OPERATOR");
        assertThat(told(Notice.Kind.APPLICATION_PARTIAL))
                .containsExactly("UNIT_OWNER", applicant.person().toString());
    }

    @Test
    void whoeverIsToActForAnotherIsToldOnce() {
        var deputy = onboarding.person("deputy");
        var now = onboarding.get(Clock.class).instant().truncatedTo(ChronoUnit.SECONDS);
        var id = new DelegationId(UUID.randomUUID());
        var wish =
                new Delegations.Wish(
                        deputy.person(),
                        Workflow.Part.REVIEWER,
                        now,
                        now.plus(Duration.ofDays(3)),
                        "休假");
        for (int i = 0; i < 2; i++) {
            var _ = onboarding.get(Delegations.class).delegate(applicant, id, wish);
        }
        assertThat(told(Notice.Kind.DELEGATION_RECEIVED))
                .containsExactly(deputy.person().toString());
    }

    @Test
    void deliveriesAreCountedByWorkingDaysAndWhatTookTooLongSaysWhereItLay() {
        var quick = delivered("2041-03-12T10:00");
        var slow = onboarding.submitted(applicant, 1);
        at("2041-04-10T10:00");
        var cycles = onboarding.get(DeliveryCycles.class);
        var march = during(2041, 3);
        var report = cycles.report(applicant, march);
        assertThat(report.delivered().get(DeliveryCycle.Bucket.DAYS_1_TO_3)).isOne();
        assertThat(report.delivered().values().stream().mapToInt(count -> count).sum()).isOne();
        assertThat(report.missing()).containsExactly(2041);
        assertThat(report.overdueCount()).isOne();
        var page = cycles.list(applicant, PageQuery.FIRST, march);
        assertThat(page.items())
                .extracting(one -> one.application().id())
                .containsExactly(slow.id(), quick);
        var overdue = page.items().getFirst();
        assertThat(overdue.overdue()).isTrue();
        assertThat(overdue.state()).isEqualTo(Workflow.State.DEPT_REVIEW);
        assertThat(overdue.deliveredAt()).isEmpty();
        assertThat(overdue.bucket()).isEqualTo(DeliveryCycle.Bucket.DAYS_11_TO_30);
        assertThat(overdue.longest().map(DeliveryCycle.Stay::state))
                .contains(Workflow.State.DEPT_REVIEW);
        assertThat(page.items().getLast().overdue()).isFalse();
        assertThat(cycles.all(applicant, PageQuery.FIRST, march)).isEqualTo(page.items());
        var later = cycles.report(applicant, during(2041, 4));
        assertThat(later.delivered().values()).allMatch(count -> count == 0);
    }

    private static DeliveryCycleFilter during(int year, int month) {
        var days = YearMonth.of(year, month);
        return DeliveryCycleFilter.of(days.atDay(1), days.atEndOfMonth(), Optional.empty());
    }

    /** By the reconciler's own calls; no cluster has a part in it. */
    private ApplicationId delivered(String when) {
        var application =
                onboarding.submitted(
                        applicant,
                        new Order(
                                onboarding.system(),
                                Onboarding.POOL,
                                "门户",
                                12,
                                List.of(new Item.Namespace(1, 2, 10, "ssd"))));
        var approved = onboarding.approved(application);
        at(when);
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        deliveries.observed(approved);
        assertThat(state(application.id())).isEqualTo(Workflow.State.DELIVERED);
        return application.id();
    }

    private Workflow.State state(ApplicationId id) {
        return get(id).state();
    }

    private Application get(ApplicationId id) {
        return onboarding.get(Applications.class).get(applicant, id).application();
    }

    @Test
    void theBureauIsToldOfAMissingCalendar() {
        assertThat(deadlines.run()).isZero();
        assertThat(onboarding.noticed())
                .anySatisfy(one -> {
                    assertThat(one.kind()).isEqualTo(Notice.Kind.CALENDAR_DUE);
                    assertThat(one.parameters()).containsExactly("2041");
                    assertThat(one.key()).isEqualTo("CALENDAR_DUE/2041");
                });
    }
}

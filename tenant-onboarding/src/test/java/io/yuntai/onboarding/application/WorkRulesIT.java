package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.Expirations;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.rules.RulesVersion;
import io.yuntai.onboarding.rules.RulesVersions;
import io.yuntai.onboarding.rules.WorkRules;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Versions of the working rules on a real PostgreSQL, told by a clock that the test moves. */
class WorkRulesIT {

    private static final LocalDate WEDNESDAY = LocalDate.parse("2041-03-13");

    private Onboarding onboarding;
    private RulesVersions versions;
    private RulesInForce inForce;
    private Actor author;
    private Actor approver;

    @BeforeEach
    void start() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        versions = onboarding.get(RulesVersions.class);
        inForce = onboarding.get(RulesInForce.class);
        author = onboarding.person("author");
        approver = onboarding.person("approver");
        at("2041-03-11T10:00"); // a Monday
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    /** From here on it is that late, in Shanghai. */
    private void at(String local) {
        var then = LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
        onboarding.later(Duration.between(onboarding.now(), then));
    }

    /** What the first version says, with these of its parts. */
    private static WorkRules rules(
            WorkRules.DeadlineRules deadlines, WorkRules.ApplicationRules applications) {
        return new WorkRules(
                deadlines,
                applications,
                new WorkRules.HostRules(15, 30, List.of(30, 7, 1), 15),
                new WorkRules.ReclaimRules(48, 5, 7, 180, 60, 90));
    }

    /** Reminded after three days, escalated after four; locked for ten; experts from 4 vCPU on. */
    private static WorkRules slower() {
        return rules(
                new WorkRules.DeadlineRules(3, 4, List.of(2, 7), 8, 12),
                new WorkRules.ApplicationRules(10, 4));
    }

    private RulesVersion proposed(String id, LocalDate from) {
        return versions.propose(author, id, from, "文号 2 号", slower());
    }

    private RulesVersion approved(String id, LocalDate from) {
        return versions.decide(approver, proposed(id, from).id(), true);
    }

    private List<String> reminded() {
        return onboarding.noticed().stream()
                .filter(one -> one.kind() == Notice.Kind.APPLICATION_REMINDER)
                .map(one -> one.parameters().getLast())
                .toList();
    }

    @Test
    void itBeginsWithTheDefaultsForEver() {
        var first = versions.all();
        assertThat(first).hasSize(1);
        assertThat(first.getFirst().effectiveFrom()).isEqualTo(LocalDate.EPOCH);
        assertThat(first.getFirst().proposal()).isEmpty();
        assertThat(inForce.now())
                .isEqualTo(
                        rules(
                                new WorkRules.DeadlineRules(1, 2, List.of(1, 5, 9), 10, 10),
                                new WorkRules.ApplicationRules(30, 0)));
    }

    @Test
    void aVersionIsInForceFromItsDayInShanghaiOnAndNotBefore() {
        var version = approved("city-2", WEDNESDAY);
        assertThat(version.rules()).isEqualTo(slower());
        assertThat(version.approvedBy()).contains("approver");
        assertThat(onboarding.audited())
                .extracting(Audited::action)
                .endsWith("workRules.propose", "workRules.approve");
        at("2041-03-12T23:59");
        assertThat(inForce.now().deadlines().remindAfter()).isEqualTo(1);
        at("2041-03-13T00:00");
        assertThat(inForce.now()).isEqualTo(slower());
        assertThat(versions.all())
                .extracting(RulesVersion::id)
                .containsExactly("city-2", "default-1");
    }

    @Test
    void whatNobodyHasApprovedOrSomebodyHasRejectedIsNeverInForce() {
        var _ = proposed("city-2", WEDNESDAY);
        var _ = versions.decide(approver, proposed("city-3", WEDNESDAY).id(), false);
        at("2041-03-20T10:00");
        assertThat(inForce.now().deadlines().remindAfter()).isEqualTo(1);
        assertRefused("POLICY_DECIDED", () -> versions.decide(approver, "city-3", true));
        assertRefused("POLICY_NOT_FOUND", () -> versions.decide(approver, "city-4", true));
    }

    @Test
    void anApplicationThatIsUnderWayIsRemindedOfByTheRulesOfTheDay() {
        var deadlines = onboarding.get(Deadlines.class);
        var _ = onboarding.submitted(author, 1);
        var _ = approved("city-2", WEDNESDAY);
        // By the rules of Monday it would be today; by those of today it is on Friday.
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isZero();
        at("2041-03-14T08:05");
        assertThat(deadlines.run()).isZero();
        at("2041-03-15T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(reminded()).containsExactly("3");
    }

    @Test
    void theDayBeforeItIsRemindedOfByTheRulesUntilThen() {
        var deadlines = onboarding.get(Deadlines.class);
        var _ = onboarding.submitted(author, 1);
        var _ = approved("city-2", WEDNESDAY.plusDays(1));
        at("2041-03-13T08:05");
        assertThat(deadlines.run()).isOne();
        assertThat(reminded()).containsExactly("1");
    }

    @Test
    void aLockLastsAsLongAsTheRulesSaidWhenItWasMade() {
        var expirations = onboarding.get(Expirations.class);
        var _ = approved("city-2", WEDNESDAY);
        var before = onboarding.submitted(author, 1);
        at("2041-03-13T10:00");
        var after = onboarding.submitted(author, 2);
        at("2041-03-23T09:59");
        assertThat(expirations.sweep()).isEmpty();
        at("2041-03-23T10:01");
        assertThat(expirations.sweep()).hasSize(1);
        assertThat(state(after)).isEqualTo(Workflow.State.EXPIRED);
        assertThat(state(before)).isEqualTo(Workflow.State.DEPT_REVIEW);
        at("2041-04-10T10:01");
        assertThat(expirations.sweep()).hasSize(1);
        assertThat(state(before)).isEqualTo(Workflow.State.EXPIRED);
    }

    @Test
    void expertsAreHeardOfWhatIsUnderWayFromTheDayOn() {
        var _ = approved("city-2", WEDNESDAY);
        var owner = onboarding.person("owner");
        var reviewer = onboarding.person("reviewer");
        var first = reviewed(owner, onboarding.submitted(author, 2));
        var second = reviewed(owner, onboarding.submitted(author, 2));
        var small = reviewed(owner, onboarding.submitted(author, 1));
        at("2041-03-12T23:00");
        assertThat(reviewed(reviewer, first).state()).isEqualTo(Workflow.State.BUREAU_APPROVAL);
        at("2041-03-13T09:00");
        assertRefused("EXPERTS_REQUIRED", () -> reviewed(reviewer, second));
        assertThat(reviewed(reviewer, small).state()).isEqualTo(Workflow.State.BUREAU_APPROVAL);
    }

    private Application reviewed(Actor by, Application application) {
        return onboarding
                .get(Reviews.class)
                .approve(by, application.id(), application.version(), Reviews.Approval.PLAIN);
    }

    private Workflow.State state(Application application) {
        return onboarding
                .get(Applications.class)
                .get(author, application.id())
                .application()
                .state();
    }

    @Test
    void nobodyApprovesWhatHeHasProposed() {
        var _ = proposed("city-2", WEDNESDAY);
        assertRefused("SAME_PERSON", () -> versions.decide(author, "city-2", true));
        assertRefused("SAME_PERSON", () -> versions.decide(author, "city-2", false));
    }

    @Test
    void aVersionIsProposedAndApprovedBeforeItsDayWhichIsNoOthers() {
        var today = LocalDate.parse("2041-03-11");
        for (var day : List.of(today, today.minusDays(1))) {
            assertThatThrownBy(() -> proposed("city-2", day))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.faults())
                                            .containsExactly(
                                                    Fault.at("/effectiveFrom", "POLICY_TOO_LATE")));
        }
        var _ = approved("city-2", WEDNESDAY);
        assertRefused("POLICY_EXISTS", () -> proposed("city-2", WEDNESDAY.plusDays(1)));
        var _ = proposed("city-3", WEDNESDAY);
        assertRefused("POLICY_DAY_TAKEN", () -> versions.decide(approver, "city-3", true));
        var _ = proposed("city-4", today.plusDays(1));
        at("2041-03-12T00:00");
        assertRefused("POLICY_TOO_LATE", () -> versions.decide(approver, "city-4", true));
    }

    private static void assertRefused(String code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** Of a version for Wednesday that waits, beside one for that day that was approved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update work_rules set trial_days = 60 where id = 'city-3'",
                "update work_rules set basis = 'other' where id = 'default-1'",
                "update work_rules set state = 'REJECTED', approved_by = null where id = 'city-2'",
                "delete from work_rules where id = 'city-3'",
                // By whoever has proposed it, by nobody, on its day, and for a day that is taken.
                "update work_rules set state = 'APPROVED', approved_by = 'x', decided_by = proposed_by,"
                        + " decided_at = proposed_at where id = 'city-4'",
                "update work_rules set state = 'APPROVED', approved_by = 'x' where id = 'city-4'",
                "update work_rules set state = 'APPROVED', approved_by = 'x', decided_by = (select"
                        + " decided_by from work_rules where id = 'city-2'), decided_at ="
                        + " timestamptz '2041-03-13 16:00Z' where id = 'city-4'",
                "update work_rules set state = 'APPROVED', approved_by = 'x', decided_by = (select"
                        + " decided_by from work_rules where id = 'city-2'), decided_at = proposed_at"
                        + " where id = 'city-3'",
            })
    void theDatabaseKeepsVersionsAndThatTwoPeopleMakeThemAhead(String statement) {
        var _ = approved("city-2", WEDNESDAY);
        var _ = proposed("city-3", WEDNESDAY);
        var _ = proposed("city-4", WEDNESDAY.plusDays(1));
        assertThatThrownBy(() -> onboarding.jdbc().sql(statement).update())
                .isInstanceOf(DataAccessException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadline_escalate_after = 1",
                "deadline_warn_after = '{10}'",
                "deadline_warn_after = '{null}'",
                "lock_days = 0",
                "trial_days = 0",
                "term_notices = '{366}'",
                "peak_at_most = 59",
            })
    void theDatabaseTakesNoNumberOutOfItsRange(String wrong) {
        // The same table, but for the trigger.
        onboarding
                .jdbc()
                .sql(
                        """
                        create table wrong_rules (like work_rules including all);
                        insert into wrong_rules select * from work_rules
                        """)
                .update();
        assertThatThrownBy(() -> onboarding.jdbc().sql("update wrong_rules set " + wrong).update())
                .isInstanceOf(DataAccessException.class);
    }
}

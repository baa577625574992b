package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.Expirations;
import io.yuntai.onboarding.ledger.LedgerAudits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What nobody decides about in time, on a real PostgreSQL. */
class LockExpiryIT {

    private Onboarding onboarding;
    private Applications applications;
    private Reviews reviews;
    private Expirations expirations;
    private Actor applicant;
    private Actor approver;

    @BeforeEach
    void start() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        applications = onboarding.get(Applications.class);
        reviews = onboarding.get(Reviews.class);
        expirations = onboarding.get(Expirations.class);
        applicant = onboarding.person("applicant");
        approver = onboarding.person("approver");
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void afterThirtyDaysTheQuotaIsGivenBackAndTheApplicationIsAtItsEnd() {
        var application = onboarding.submitted(applicant, 10);
        onboarding.later(Duration.ofDays(29));
        assertThat(expirations.sweep()).isEmpty();

        onboarding.later(Duration.ofDays(1));
        assertThat(expirations.sweep()).hasSize(1);
        assertThat(expirations.sweep()).isEmpty();

        var history = applications.get(applicant, application.id());
        assertThat(history.application().state()).isEqualTo(Workflow.State.EXPIRED);
        assertThat(history.steps().getLast())
                .satisfies(step -> {
                    assertThat(step.command()).isEqualTo(Workflow.Command.EXPIRE);
                    assertThat(step.by()).isEmpty();
                });
        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.noticed())
                .filteredOn(one -> one.kind() == Notice.Kind.APPLICATION_EXPIRED)
                .extracting(Notice::to)
                .containsExactlyInAnyOrder(
                        new Notice.To.Takers(
                                Workflow.Part.UNIT_OWNER,
                                Optional.of(history.application().unit())),
                        new Notice.To.Person(applicant.person()));
        assertThatThrownBy(() ->
                        reviews.approve(approver, application.id(), 2, Reviews.Approval.PLAIN))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("ILLEGAL_TRANSITION");
        // Whoever still needs it applies again, for all that there is.
        var _ = onboarding.submitted(applicant, 10);
        assertThat(onboarding.lockedCpu()).isEqualTo(20_000);
    }

    @Test
    void whatLocksNothingExpiresAfterTheSameTime() {
        var _ = onboarding.approved(onboarding.submitted(applicant, 1));
        var host = onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
        var subject = new Item.Subject(host.id(), host.name(), "ssd", new Item.Size(2, 4));
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "不再使用",
                        12,
                        List.of(new Item.Return(subject)));
        var undecided = onboarding.submitted(applicant, order);
        var locking = onboarding.submitted(applicant, 1);
        onboarding.later(Duration.ofDays(29));
        var deadlines = onboarding.get(Deadlines.class);
        var _ = deadlines.run();
        assertThat(state(undecided)).isEqualTo(Workflow.State.DEPT_REVIEW);

        onboarding.later(Duration.ofDays(1).plusMinutes(1));
        var _ = deadlines.run();
        assertThat(state(undecided)).isEqualTo(Workflow.State.EXPIRED);
        // That of the other is the ledger's to say.
        assertThat(state(locking)).isEqualTo(Workflow.State.DEPT_REVIEW);
        assertThat(expirations.sweep()).hasSize(1);
        assertThat(state(locking)).isEqualTo(Workflow.State.EXPIRED);
    }

    @Test
    void whatIsDecidedDoesNotExpire() {
        var approved = onboarding.submitted(applicant, 1);
        var withdrawn = onboarding.submitted(applicant, 1);
        var _ = onboarding.approved(approved);
        var _ = reviews.withdraw(applicant, withdrawn.id(), 1);
        onboarding.later(Duration.ofDays(365));

        assertThat(expirations.sweep()).isEmpty();
        assertThat(state(approved)).isEqualTo(Workflow.State.APPROVED);
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
    }

    @Test
    void aRunThatComesLateGivesBackAllThatIsDueOnceEach() {
        var first = onboarding.submitted(applicant, 1);
        onboarding.later(Duration.ofDays(1));
        var second = onboarding.submitted(applicant, 2);
        onboarding.later(Duration.ofDays(1));
        var third = onboarding.submitted(applicant, 3);
        onboarding.later(Duration.ofDays(29));

        assertThat(expirations.sweep()).hasSize(2);
        assertThat(List.of(state(first), state(second), state(third)))
                .containsExactly(
                        Workflow.State.EXPIRED, Workflow.State.EXPIRED, Workflow.State.DEPT_REVIEW);
        assertThat(onboarding.lockedCpu()).isEqualTo(6000);
    }

    @Test
    void oneThatDiesHalfWayIsAsItWasKeepsNoOtherAndIsDoneByTheNextRun() {
        var application = onboarding.submitted(applicant, 1);
        onboarding.later(Duration.ofDays(1));
        var later = onboarding.submitted(applicant, 2);
        onboarding.later(Duration.ofDays(30));
        // The last that is written of it: the ledger's row.
        onboarding
                .jdbc()
                .sql(
                        """
                        create function dies() returns trigger language plpgsql as $$
                        begin raise exception 'the server is gone'; end $$;
                        create trigger dies before insert on quota_transfer
                            for each row when (new.phase = 'VOID' and new.pending = '%s')
                            execute function dies();
                        """
                                .formatted(first()))
                .update();

        assertThat(expirations.sweep()).hasSize(1);
        assertThat(state(application)).isEqualTo(Workflow.State.DEPT_REVIEW);
        assertThat(state(later)).isEqualTo(Workflow.State.EXPIRED);
        assertThat(onboarding.lockedCpu()).isEqualTo(2000);

        onboarding.jdbc().sql("drop trigger dies on quota_transfer").update();
        assertThat(expirations.sweep()).hasSize(1);
        assertThat(state(application)).isEqualTo(Workflow.State.EXPIRED);
        assertThat(onboarding.lockedCpu()).isZero();
    }

    @RepeatedTest(5)
    void itIsApprovedOrExpiresNeverBoth() throws Exception {
        var application = onboarding.submitted(applicant, 2);
        var reviewed = onboarding.approvals().review(application.id(), Optional.empty());
        onboarding.later(Duration.ofDays(30));
        var outcomes =
                atOnce(
                        List.of(
                                expirations::sweep,
                                () -> onboarding.approvals().finish(reviewed),
                                expirations::sweep));

        boolean approved = outcomes.get(1) instanceof Application;
        assertThat(state(application))
                .isEqualTo(approved ? Workflow.State.APPROVED : Workflow.State.EXPIRED);
        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.committedCpu()).isEqualTo(approved ? 4000 : 0);
        assertThat(outcomes.get(0)).isInstanceOf(List.class);
        assertThat(outcomes.get(2)).isInstanceOf(List.class);
        int expired = ((List<?>) outcomes.get(0)).size() + ((List<?>) outcomes.get(2)).size();
        assertThat(expired).isEqualTo(approved ? 0 : 1);
    }

    /** The lock that ends first. */
    private UUID first() {
        return onboarding
                .jdbc()
                .sql("select transfer from quota_locked order by expires_at limit 1")
                .query(UUID.class)
                .single();
    }

    private Workflow.State state(Application application) {
        return applications.get(applicant, application.id()).application().state();
    }
}

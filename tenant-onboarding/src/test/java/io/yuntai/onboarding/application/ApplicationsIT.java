package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/** Commands and their races on a real PostgreSQL, while the cluster gives no answer. */
class ApplicationsIT {

    private Onboarding onboarding;
    private Applications applications;
    private Reviews reviews;
    private Actor applicant;
    private Actor approver;
    private Actor colleague;

    @BeforeEach
    void start() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        applications = onboarding.get(Applications.class);
        reviews = onboarding.get(Reviews.class);
        applicant = onboarding.person("applicant");
        approver = onboarding.person("approver");
        colleague = onboarding.person("colleague");
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void whoSubmittedCannotApproveOrReject() {
        var application = onboarding.submitted(applicant, 1);
        assertRefused(
                () -> reviews.approve(applicant, application.id(), 1, Reviews.Approval.PLAIN),
                "SEPARATION_OF_DUTIES");
        assertRefused(
                () -> reviews.reject(applicant, application.id(), 1, "no"), "SEPARATION_OF_DUTIES");
        assertThat(state(application)).isEqualTo(Workflow.State.DEPT_REVIEW);
        assertThat(onboarding.lockedCpu()).isEqualTo(2000);
    }

    @Test
    void theDatabaseRefusesASubmitterAsApproverWhicheverWayItIsTried() {
        var application = onboarding.submitted(applicant, 1);
        assertNoDuty(application, applicant, "REVIEWER");
        assertNoStep(application, applicant, "REVIEWER");
        assertNoStep(application, applicant, "SUBMITTER");
        assertNoStep(application, applicant, null);
        assertNoStep(application, approver, "REVIEWER"); // has not taken the duty
        assertUnchangeable("update application_duty set person = '" + approver.person() + "'");
        assertUnchangeable("update application_duty set duty = 'REVIEWER'");
        assertUnchangeable("delete from application_duty");
        assertUnchangeable("update application_step set person = null");
        assertUnchangeable("delete from application_step");
        assertThat(state(application)).isEqualTo(Workflow.State.DEPT_REVIEW);
    }

    @Test
    void theDatabaseRefusesASignatureThatIsNoStep() {
        var application = onboarding.submitted(applicant, 1);
        var id = application.id();
        reviews.askToSign(approver, id, 1, colleague.person(), "");
        assertThatThrownBy(() -> signBySql(id, colleague))
                .hasMessageContaining("a_signature_is_a_step");
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into application_cosigner (application, revision,
                                            state, person, signed_at, signed_by)
                                        values (?, 1, 'DEPT_REVIEW', ?, ?, ?)
                                        """)
                                .params(
                                        id.value(),
                                        applicant.person().value(),
                                        Onboarding.NOW.atOffset(ZoneOffset.UTC),
                                        applicant.person().value())
                                .update())
                .hasMessageContaining("a_signature_is_a_step");
        reviews.sign(colleague, id, 2, "");
        // By another hand than the one that has signed.
        assertThatThrownBy(() -> signBySql(id, approver))
                .hasMessageContaining("a_signature_is_a_step");
    }

    private void signBySql(ApplicationId id, Actor hand) {
        var _ =
                onboarding
                        .jdbc()
                        .sql(
                                """
                                update application_cosigner set signed_at = ?, signed_by = ?
                                where application = ?
                                """)
                        .params(
                                Onboarding.NOW.atOffset(ZoneOffset.UTC),
                                hand.person().value(),
                                id.value())
                        .update();
    }

    @Test
    void theDatabaseRefusesAStepOnBehalfOfSomebodyWhoHasDelegatedNothing() {
        var application = onboarding.submitted(applicant, 1);
        reviews.approve(approver, application.id(), 1, Reviews.Approval.PLAIN);
        // Both have the duty that the step needs: there is no delegation.
        var owner = colleague;
        onboarding
                .jdbc()
                .sql("insert into application_duty values (?, ?, 'UNIT_APPROVER')")
                .params(application.id().value(), owner.person().value())
                .update();
        assertNoStepFor(application, owner, null, "a_delegation_names_both");
        assertNoStepFor(application, owner, UUID.randomUUID(), "application_step_delegation_fkey");
        // Nor by a delegation of one who has another duty.
        var delegation = UUID.randomUUID();
        onboarding
                .jdbc()
                .sql(
                        """
                        insert into delegation (id, from_person, to_person, part, from_at, until_at,
                            reason, created_at)
                        values (:id, :from, :to, 'UNIT_OWNER', :at, :at + interval '1 day', '出差', :at)
                        """)
                .param("id", delegation)
                .param("from", applicant.person().value())
                .param("to", approver.person().value())
                .param("at", Onboarding.NOW.atOffset(ZoneOffset.UTC))
                .update();
        assertNoStepFor(application, applicant, delegation, "application_step_on_behalf");
    }

    private void assertNoStepFor(
            Application application, Actor behalf, @Nullable UUID delegation, String constraint) {
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into application_step (application, version, at, person,
                                            on_behalf_of, delegation, duty, command, from_state, to_state,
                                            note)
                                        values (:application, 9, :at, :person, :behalf, :delegation,
                                            'UNIT_APPROVER', 'APPROVE', 'DEPT_REVIEW', 'PRECHECK', '')
                                        """)
                                .param("application", application.id().value())
                                .param("at", Onboarding.NOW.atOffset(ZoneOffset.UTC))
                                .param("person", approver.person().value())
                                .param("behalf", behalf.person().value())
                                .param("delegation", delegation)
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining(constraint);
    }

    @Test
    void theDatabaseRefusesAnApproverAsSubmitter() {
        var application = onboarding.submitted(applicant, 1);
        reviews.approve(approver, application.id(), 1, Reviews.Approval.PLAIN);
        assertNoDuty(application, approver, "SUBMITTER");
        assertNoDuty(application, approver, "REVIEWER");
    }

    @Test
    void whoeverHasWrittenInTheDraftHasSubmittedItToo() {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        onboarding.get(Drafts.class).save(ofTheUnit(colleague), id, 0, "{}");
        assertThat(applications.submit(applicant, id, onboarding.order(1)))
                .isInstanceOf(Submission.Accepted.class);
        assertRefused(
                () -> reviews.approve(colleague, id, 1, Reviews.Approval.PLAIN),
                "SEPARATION_OF_DUTIES");
        reviews.approve(approver, id, 1, Reviews.Approval.PLAIN);
    }

    @Test
    void whoeverHasDecidedWritesInNoDraftOfTheNextRevision() {
        var application = onboarding.submitted(applicant, 1);
        var id = application.id();
        reviews.approve(approver, id, 1, Reviews.Approval.PLAIN);
        reviews.giveBack(colleague, id, 3, "改");
        var drafts = onboarding.get(Drafts.class);
        assertRefused(() -> drafts.save(ofTheUnit(approver), id, 0, "{}"), "SEPARATION_OF_DUTIES");
        drafts.save(ofTheUnit(onboarding.person("staff")), id, 0, "{}");
        byte[] file = "%PDF-1.7 \n".getBytes(StandardCharsets.US_ASCII);
        assertRefused(
                () ->
                        onboarding
                                .get(Attachments.class)
                                .add(
                                        ofTheUnit(approver),
                                        id,
                                        new AttachedFileId(UUID.randomUUID()),
                                        "a.pdf",
                                        file,
                                        "0".repeat(64)),
                "SEPARATION_OF_DUTIES");

        // Nor by SQL.
        assertNoEditor(id, approver);
        assertUnchangeable(
                "update application_draft set saved_by = '%s' where id = '%s'"
                        .formatted(approver.person(), id));
        var staff = onboarding.person("staff-2");
        onboarding.get(Drafts.class).save(ofTheUnit(staff), id, 1, "{}");
        assertNoDuty(application, staff, "UNIT_APPROVER");

        // And what was written so before it was refused is not handed in.
        onboarding
                .jdbc()
                .sql("alter table application_draft_editor disable trigger duties_apart")
                .update();
        insertEditor(id, approver);
        assertRefused(
                () -> applications.resubmit(applicant, id, 4, onboarding.order(1)),
                "EDITOR_HAS_ANOTHER_DUTY");
        drafts.discard(ofTheUnit(applicant), id);
        assertThat(applications.resubmit(applicant, id, 4, onboarding.order(1)))
                .isInstanceOf(Submission.Accepted.class);
    }

    private Actor ofTheUnit(Actor person) {
        var unit =
                onboarding
                        .jdbc()
                        .sql("select unit from system_owner limit 1")
                        .query(UUID.class)
                        .single();
        return new Actor(person.person(), person.name(), new Actor.Scope.OneUnit(new UnitId(unit)));
    }

    private void insertEditor(ApplicationId id, Actor person) {
        onboarding
                .jdbc()
                .sql("insert into application_draft_editor values (?, ?)")
                .params(id.value(), person.person().value())
                .update();
    }

    private void assertNoEditor(ApplicationId id, Actor person) {
        assertThatThrownBy(() -> insertEditor(id, person))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void nobodyHandsOnHisOwnApplication() {
        var application = onboarding.submitted(applicant, 1);
        var id = application.id();
        assertRefused(
                () -> reviews.transfer(applicant, id, 1, approver.person(), ""),
                "SEPARATION_OF_DUTIES");
        assertRefused(
                () -> reviews.askToSign(applicant, id, 1, approver.person(), ""),
                "SEPARATION_OF_DUTIES");
        reviews.transfer(colleague, id, 1, approver.person(), "");
        // He has taken part in the unit's decision, and in no other.
        reviews.approve(approver, id, 2, Reviews.Approval.PLAIN);
        assertRefused(
                () -> reviews.approve(colleague, id, 4, Reviews.Approval.PLAIN),
                "SEPARATION_OF_DUTIES");
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into application_step (application, version, at, person,
                                            command, from_state, to_state, note, other)
                                        values (:application, 9, :at, :person, 'TRANSFER',
                                            'TECH_REVIEW', 'TECH_REVIEW', '', :other)
                                        """)
                                .param("application", id.value())
                                .param("at", Onboarding.NOW.atOffset(ZoneOffset.UTC))
                                .param("person", applicant.person().value())
                                .param("other", approver.person().value())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void laterCutsStandOnEarlierOnesAndEachStaysWithItsStep() {
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(
                                new Item.Hosts(3, 2, 4, 40, "ssd"),
                                new Item.Namespace(4, 8, 10, "ssd")));
        var id = onboarding.submitted(applicant, order).id();
        reviews.approve(colleague, id, 1, Reviews.Approval.PLAIN);
        var first = new Cut(0, 2, 2, 4, 40);
        reviews.approve(approver, id, 3, cutting(first));
        assertThat(onboarding.lockedCpu()).isEqualTo(8000);
        var bureau = onboarding.person("decider");
        // More of one item than the review before has left, though less in all.
        assertRefused(
                () ->
                        reviews.approve(
                                bureau,
                                id,
                                4,
                                cutting(new Cut(0, 3, 2, 4, 40), new Cut(1, 1, 1, 1, 0))),
                "INVALID");
        var second = new Cut(1, 1, 1, 2, 5);
        reviews.approve(bureau, id, 4, cutting(second));
        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.committedCpu()).isEqualTo(5000);
        assertThat(count("host")).isEqualTo(2);
        assertThat(applications.get(bureau, id).steps())
                .filteredOn(step -> step.command() == Workflow.Command.APPROVE)
                .extracting(step -> step.terms().cuts())
                .containsExactly(List.of(), List.of(first), List.of(second));
    }

    private static Reviews.Approval cutting(Cut... cuts) {
        return new Reviews.Approval("", List.of(cuts), Optional.empty());
    }

    @RepeatedTest(5)
    void submittedTwiceAtOnceItCountsOnce() throws Exception {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        var order = onboarding.order(2);
        var outcomes =
                atOnce(Collections.nCopies(4, () -> applications.submit(applicant, id, order)));
        assertThat(outcomes)
                .allSatisfy(one -> assertThat(one).isInstanceOf(Submission.Accepted.class));
        assertThat(outcomes.stream().map(Submission.Accepted.class::cast))
                .filteredOn(one -> !one.repeated())
                .hasSize(1);
        assertThat(onboarding.lockedCpu()).isEqualTo(4000);
        assertThat(applications.get(applicant, id).steps()).hasSize(1);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        var application = onboarding.submitted(applicant, 1);
        assertRefused(
                () -> applications.submit(applicant, application.id(), onboarding.order(2)),
                "ID_REUSED");
        assertThat(onboarding.lockedCpu()).isEqualTo(2000);
    }

    @Test
    void whatDoesNotFitLocksNothingAndSaysWhatIsMissing() {
        onboarding.submitted(applicant, 6);
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        assertThat(applications.submit(applicant, id, onboarding.order(5)))
                .isInstanceOfSatisfying(
                        Submission.TooLarge.class,
                        large -> {
                            var cpu =
                                    large.shortfalls().stream()
                                            .filter(one ->
                                                    one.resource().code().equals("cpuMillis"))
                                            .toList();
                            assertThat(cpu).hasSize(1);
                            assertThat(cpu.getFirst().asked()).isEqualTo(10_000);
                            assertThat(cpu.getFirst().free()).isEqualTo(8000);
                            assertThat(cpu.getFirst().missing()).isEqualTo(2000);
                            assertThat(large.fits().get(Resource.CPU)).isEqualTo(8000);
                            assertThat(large.smaller())
                                    .hasValueSatisfying(smaller ->
                                            assertThat(smaller.amounts().get(Resource.CPU))
                                                    .isEqualTo(8000));
                        });
        assertThat(onboarding.lockedCpu()).isEqualTo(12_000);
        assertRefused(() -> applications.get(applicant, id), "APPLICATION_NOT_FOUND");
    }

    @RepeatedTest(5)
    void ofOrdersAtOnceOnlySoManyAreLockedAsFit() throws Exception {
        var order = onboarding.order(3);
        var outcomes =
                atOnce(
                        Collections.nCopies(
                                6,
                                () ->
                                        applications.submit(
                                                applicant,
                                                new ApplicationId(
                                                        UuidCreator.getTimeOrderedEpoch()),
                                                order)));
        assertThat(outcomes).filteredOn(Submission.Accepted.class::isInstance).hasSize(3);
        assertThat(outcomes).filteredOn(Submission.TooLarge.class::isInstance).hasSize(3);
        assertThat(onboarding.lockedCpu()).isEqualTo(18_000);
    }

    @RepeatedTest(5)
    void ofTwoApproversOneWinsAndItIsGrantedOnce() throws Exception {
        var application = onboarding.submitted(applicant, 2);
        var reviewed = onboarding.approvals().review(application.id(), Optional.empty());
        var outcomes =
                atOnce(
                        List.of(
                                () -> approve(approver, reviewed),
                                () -> approve(colleague, reviewed)));
        assertOneWins(outcomes);
        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        var lease = onboarding.get(Leases.class).of(onboarding.system()).getFirst();
        assertThat(lease.epoch().value()).isEqualTo(1);
        assertThat(count("host")).isEqualTo(2);
        assertThat(steps(application))
                .containsExactly("SUBMIT", "APPROVE", "TO_HUMAN", "APPROVE", "APPROVE");
    }

    @RepeatedTest(5)
    void ofAWithdrawalAndAnApprovalOneWins() throws Exception {
        var application = onboarding.submitted(applicant, 2);
        var reviewed = onboarding.approvals().review(application.id(), Optional.empty());
        var outcomes =
                atOnce(
                        List.of(
                                () ->
                                        reviews.withdraw(
                                                applicant, reviewed.id(), reviewed.version()),
                                () -> approve(approver, reviewed)));
        assertOneWins(outcomes);
        boolean approved = state(application) == Workflow.State.APPROVED;
        assertThat(approved || state(application) == Workflow.State.WITHDRAWN).isTrue();
        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.committedCpu()).isEqualTo(approved ? 4000 : 0);
        assertThat(count("host")).isEqualTo(approved ? 2 : 0);
        assertThat(count("lease")).isEqualTo(approved ? 1 : 0);
    }

    @Test
    void whatIsEndedStaysEnded() {
        var application = onboarding.submitted(applicant, 1);
        reviews.reject(approver, application.id(), 1, "no");
        assertRefused(
                () -> reviews.approve(colleague, application.id(), 2, Reviews.Approval.PLAIN),
                "ILLEGAL_TRANSITION");
        assertRefused(() -> reviews.withdraw(applicant, application.id(), 1), "STALE_VERSION");
        assertThat(onboarding.committedCpu()).isZero();
    }

    @Test
    void withoutAnAnswerOfTheClusterItIsNeverDelivered() {
        var application = onboarding.submitted(applicant, 1);
        onboarding.approved(application);
        var reconciler = onboarding.get(SystemReconciler.class);
        assertThat(Turn.take(reconciler, onboarding.system())).isFalse();
        assertThat(Turn.take(reconciler, onboarding.system())).isFalse();
        assertThat(state(application)).isEqualTo(Workflow.State.DELIVERING);
        assertThat(onboarding.announced()).isEmpty();
        // What the wait does not change: the quota is spent.
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
    }

    private Application approve(Actor by, Application reviewed) {
        return reviews.approve(by, reviewed.id(), reviewed.version(), Reviews.Approval.PLAIN);
    }

    private void assertNoDuty(Application application, Actor person, String duty) {
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql("insert into application_duty values (?, ?, ?)")
                                .params(application.id().value(), person.person().value(), duty)
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private void assertNoStep(Application application, Actor person, String duty) {
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into application_step (application, version, at, person, duty,
                                            command, from_state, to_state, note)
                                        values (:application, 2, :at, :person, :duty, 'APPROVE',
                                            'TECH_REVIEW', 'APPROVED', '')
                                        """)
                                .param("application", application.id().value())
                                .param("at", Onboarding.NOW.atOffset(ZoneOffset.UTC))
                                .param("person", person.person().value())
                                .param("duty", duty)
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private void assertUnchangeable(String statement) {
        assertThatThrownBy(() -> onboarding.jdbc().sql(statement).update())
                .isInstanceOf(DataAccessException.class);
    }

    private static void assertOneWins(List<Object> outcomes) {
        assertThat(outcomes).filteredOn(Application.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Refused.class::isInstance)
                .singleElement()
                .extracting(one -> ((Refused) one).code())
                .isEqualTo("STALE_VERSION");
    }

    private static void assertRefused(Runnable command, String code) {
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private Workflow.State state(Application application) {
        return applications.get(approver, application.id()).application().state();
    }

    private List<String> steps(Application application) {
        return applications.get(approver, application.id()).steps().stream()
                .map(step -> step.command().name())
                .toList();
    }

    private long count(String table) {
        return onboarding.jdbc().sql("select count(*) from " + table).query(Long.class).single();
    }
}

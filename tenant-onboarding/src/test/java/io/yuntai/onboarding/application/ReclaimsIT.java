package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.KnownVerdicts;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.host.HostStep;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.instant.ProtectionPeriod;
import io.yuntai.onboarding.instant.ProtectionPeriods;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.reclaim.Executions;
import io.yuntai.onboarding.reclaim.Judgement.Verdict;
import io.yuntai.onboarding.reclaim.Proposal;
import io.yuntai.onboarding.reclaim.Reason;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimDeadlines;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.ReclaimItem.Outcome;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.dao.DataAccessException;

/** Orders to reclaim on a real PostgreSQL, for three hosts of 2 vCPU and 4 GiB each. */
class ReclaimsIT {

    private static final long GIB = 1L << 30;

    private Onboarding onboarding;
    private Reclaims reclaims;
    private Executions executions;
    private KnownVerdicts verdicts;
    private UnitId unit;
    private Actor proposer;
    private Actor owner;
    private Actor bureau;
    private Actor executor;

    @BeforeEach
    void threeHostsRun() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        reclaims = onboarding.get(Reclaims.class);
        executions = onboarding.get(Executions.class);
        verdicts = onboarding.get(KnownVerdicts.class);
        proposer = onboarding.person("proposer");
        bureau = onboarding.person("approver");
        executor = onboarding.person("executor");
        var application = onboarding.approved(onboarding.submitted(onboarding.person("staff"), 3));
        onboarding
                .jdbc()
                .sql(
                        """
                        update host set life = 'IN_USE', state = 'RUNNING', delivered_at = :at,
                            confirmed_at = :at
                        """)
                .param("at", OffsetDateTime.parse("2026-09-20T01:02:03Z"))
                .update();
        onboarding.jdbc().sql("update application set state = 'CLOSED'").update();
        unit = application.unit();
        var person = onboarding.person("owner");
        owner = new Actor(person.person(), "owner", new Actor.Scope.OneUnit(unit));
        var _ =
                onboarding
                        .get(HostCatalogue.class)
                        .save(
                                proposer,
                                new HostSize(
                                        new CatalogueRef("c1", 1),
                                        "1 核 2 G",
                                        1,
                                        2,
                                        Optional.empty(),
                                        Optional.empty(),
                                        false));
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void anOrderSaysWhatIsPlannedOnWhichEvidenceAndWhatIsLeftOut() {
        say(0, Verdict.IDLE);
        say(1, Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        say(2, Verdict.EXEMPT);
        var order = proposed();
        assertThat(order.reclaim().state()).isEqualTo(State.PROPOSED);
        assertThat(order.reclaim().number()).startsWith("R2");
        assertThat(order.items())
                .extracting(ReclaimItem::action)
                .containsExactly(ReclaimItem.Action.RECYCLE, ReclaimItem.Action.SHRINK);
        assertThat(order.items().get(1).planned()).isEqualTo(new Reclaim.Size(1, 2 * GIB));
        assertThat(order.items().get(1).judgement().cpu().orElseThrow().p95())
                .isEqualByComparingTo("8");
        assertThat(order.leftOut())
                .extracting(Reclaim.LeftOut::reason)
                .containsExactly(Reason.EXEMPT);
        assertThat(order.reclaim().sums().planned()).isEqualTo(new Reclaim.Size(3, 6 * GIB));
        assertThat(order.reclaim().sums().actual()).isEqualTo(new Reclaim.Size(0, 0));
        assertThatThrownBy(() ->
                        onboarding.jdbc().sql("update reclaim_item set cpu_mean = 0").update())
                .isInstanceOf(DataAccessException.class);
        // Its owner does not know of it yet.
        assertRefused(() -> reclaims.get(owner, order.reclaim().id()), "RECLAIM_NOT_FOUND");
        // Nothing was done to anything.
        assertThat(hosts())
                .extracting(host -> host.plan().life())
                .containsOnly(HostLife.State.IN_USE);
    }

    @Test
    void aHostOfAnOpenOrderOrWithoutEvidenceIsLeftOutAndTheSameIdIsTakenOnce() {
        say(0, Verdict.IDLE);
        say(1, Verdict.FIT);
        var first = proposed();
        var id = first.reclaim().id();
        assertThat(reclaims.propose(proposer, id, all()).reclaim().version()).isEqualTo(1);
        assertRefused(
                () -> reclaims.propose(proposer, id, new Proposal(unit, List.of(), "别的")),
                "ID_REUSED");
        say(2, Verdict.IDLE_STOPPED);
        var named = new Proposal(unit, hosts().stream().map(Host::id).toList(), "专项清理");
        var second = reclaims.propose(proposer, id(), named);
        assertThat(second.items()).hasSize(1);
        assertThat(second.leftOut())
                .extracting(Reclaim.LeftOut::reason)
                .containsExactly(Reason.OPEN_ORDER, Reason.NOT_WASTEFUL);
        assertRefused(() -> reclaims.propose(proposer, id(), all()), "NOTHING_TO_RECLAIM");
        // Once it is cancelled, others may name the host.
        var _ = reclaims.cancel(proposer, id, 1, "有误");
        assertThat(proposed().items()).hasSize(1);
        verdicts.say(hosts().get(1).id(), LocalDate.of(2020, 1, 1), Verdict.IDLE);
        assertRefused(() -> reclaims.propose(proposer, id(), all()), "NOTHING_TO_RECLAIM");
    }

    @Test
    void aHostInTrialIsInNoOrderWhateverIsSaidOfIt() {
        say(0, Verdict.IDLE_STOPPED);
        say(1, Verdict.IDLE);
        onboarding
                .jdbc()
                .sql(
                        "update host set life = 'STOPPED', running = false, confirmed_at = null where id = ?")
                .param(hosts().getFirst().id().value())
                .update();
        var order = proposed();
        assertThat(order.items()).hasSize(1);
        assertThat(order.leftOut())
                .extracting(Reclaim.LeftOut::reason)
                .containsExactly(Reason.IN_TRIAL);
    }

    @Test
    void ofTwoProposalsAtOnceForOneHostOnlyOneHasIt() throws Exception {
        say(0, Verdict.IDLE);
        var outcomes =
                atOnce(
                        List.of(
                                () -> reclaims.propose(proposer, id(), all()),
                                () -> reclaims.propose(executor, id(), all())));
        assertThat(outcomes).filteredOn(Reclaim.History.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Refused.class::isInstance)
                .singleElement()
                .satisfies(
                        one -> assertThat(((Refused) one).code()).isEqualTo("NOTHING_TO_RECLAIM"));
    }

    @Test
    void proposerOwnerBureauAndExecutorAreFourPeople() {
        say(0, Verdict.IDLE);
        var order = noticed();
        var id = order.reclaim().id();
        assertRefused(() -> reclaims.consent(bureau, id, 2, Set.of(), ""), "NOT_YOUR_PART");
        var same = new Actor(proposer.person(), "p", new Actor.Scope.OneUnit(unit));
        assertRefused(() -> reclaims.consent(same, id, 2, Set.of(), ""), "SEPARATION_OF_DUTIES");
        var _ = reclaims.consent(owner, id, 2, Set.of(), "");
        assertRefused(() -> reclaims.approve(proposer, id, 3, ""), "SEPARATION_OF_DUTIES");
        var _ = reclaims.approve(bureau, id, 3, "");
        assertRefused(() -> reclaims.execute(proposer, id, 4), "SEPARATION_OF_DUTIES");
        assertRefused(() -> reclaims.execute(bureau, id, 4), "SEPARATION_OF_DUTIES");
        // By SQL, too.
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into reclaim_step (reclaim, version, at, person, duty, command,
                                            from_state, to_state, note)
                                        values (?, 5, ?, ?, 'EXECUTOR', 'EXECUTE', 'BUREAU_APPROVED',
                                            'EXECUTING', '')
                                        """)
                                .params(
                                        id.value(),
                                        OffsetDateTime.parse("2026-09-20T01:02:03Z"),
                                        proposer.person().value())
                                .update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql("insert into reclaim_duty values (?, ?, 'EXECUTOR')")
                                .params(id.value(), bureau.person().value())
                                .update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void silenceIsRemindedOfAndToldAboutAndNeverExecutes() {
        say(0, Verdict.IDLE);
        var deadlines = onboarding.get(ReclaimDeadlines.class);
        var order = noticed();
        var id = order.reclaim().id();
        assertThat(told(Notice.Kind.RECLAIM_NOTICED)).hasSize(1);
        assertThat(deadlines.run()).isZero();
        for (int day = 0; day < 30; day++) {
            onboarding.later(Duration.ofDays(1));
            var _ = deadlines.run();
            var _ = executions.run();
            if (day == 0) {
                assertThat(told(Notice.Kind.RECLAIM_REMINDER)).isEmpty();
                assertThat(deadlines.isOverdue(unit, onboarding.now())).isFalse();
            }
        }
        assertThat(told(Notice.Kind.RECLAIM_REMINDER))
                .singleElement()
                .satisfies(one -> assertThat(one.parameters()).endsWith("1", "48"));
        assertThat(told(Notice.Kind.RECLAIM_ESCALATED)).hasSize(1);
        assertThat(deadlines.isOverdue(unit, onboarding.now())).isTrue();
        assertThat(reclaims.get(owner, id).reclaim().state()).isEqualTo(State.NOTICED);
        assertRefused(() -> reclaims.approve(bureau, id, 2, ""), "ILLEGAL_TRANSITION");
        assertRefused(() -> reclaims.execute(executor, id, 2), "ILLEGAL_TRANSITION");
        var _ = reclaims.consent(owner, id, 2, Set.of(), "");
        assertThat(deadlines.isOverdue(unit, onboarding.now())).isFalse();
        assertThat(hosts().getFirst().plan().life()).isEqualTo(HostLife.State.IN_USE);
    }

    @Test
    void hostsAreAnsweredForOneByOneAndAnAppealBringsADelay() {
        say(0, Verdict.IDLE);
        say(1, Verdict.IDLE);
        say(2, Verdict.IDLE);
        var order = noticed();
        var id = order.reclaim().id();
        assertRefused(() -> reclaims.consent(owner, id, 2, Set.of(9), ""), "INVALID");
        var part = reclaims.consent(owner, id, 2, Set.of(1), "同意");
        assertThat(part.reclaim().state()).isEqualTo(State.NOTICED);
        var appealed = reclaims.appeal(owner, id, 3, Set.of(2, 3), "年底报表要用");
        assertThat(appealed.reclaim().state()).isEqualTo(State.APPEALED);
        assertThat(appealed.items().get(2).answer().note()).isEqualTo("年底报表要用");
        assertThat(told(Notice.Kind.RECLAIM_WAITING)).hasSize(1);

        var until = today().plusDays(10);
        assertRefused(() -> reclaims.extend(bureau, id, 4, until, Set.of(1), ""), "INVALID");
        assertRefused(() -> reclaims.extend(bureau, id, 4, today(), Set.of(), ""), "INVALID");
        var extended = reclaims.extend(bureau, id, 4, until, Set.of(3), "");
        assertThat(extended.reclaim().extendedUntil()).contains(until);
        assertThat(extended.items().get(2).progress().reason()).contains("SPARED");
        assertRefused(() -> reclaims.approve(bureau, id, 5, ""), "STILL_EXTENDED");
        var deadlines = onboarding.get(ReclaimDeadlines.class);
        assertThat(deadlines.isOverdue(unit, onboarding.now())).isFalse();
        onboarding.later(Duration.ofDays(11));
        assertThat(deadlines.isOverdue(unit, onboarding.now())).isTrue();
        assertThat(reclaims.approve(bureau, id, 5, "").reclaim().state())
                .isEqualTo(State.BUREAU_APPROVED);
    }

    @RepeatedTest(3)
    void ofConsentAndWithdrawalAtOnceOneIsStale() throws Exception {
        say(0, Verdict.IDLE);
        var id = noticed().reclaim().id();
        var outcomes =
                atOnce(
                        List.of(
                                () -> reclaims.consent(owner, id, 2, Set.of(), ""),
                                () -> reclaims.cancel(proposer, id, 2, "有误")));
        assertThat(outcomes).filteredOn(Reclaim.History.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Refused.class::isInstance)
                .singleElement()
                .satisfies(one -> assertThat(((Refused) one).code()).isEqualTo("STALE_VERSION"));
        var now = reclaims.get(proposer, id);
        assertThat(now.steps()).hasSize(3);
        assertThat(audited("reclaim.consent") + audited("reclaim.cancel")).isEqualTo(1);
    }

    @Test
    void theSameExecutionTwiceAndTwoServersTouchEachHostOnce() throws Exception {
        say(0, Verdict.IDLE);
        say(1, Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        var id = approved().reclaim().id();
        var outcomes =
                atOnce(
                        List.of(
                                () -> reclaims.execute(executor, id, 4),
                                () -> reclaims.execute(executor, id, 4)));
        assertThat(outcomes).filteredOn(Reclaim.History.class::isInstance).hasSize(1);
        var _ =
                atOnce(
                        List.of(
                                () -> executions.run(),
                                () -> executions.run(),
                                () -> executions.run()));
        assertThat(steps(0)).filteredOn(one -> one == HostLife.Command.RECYCLE).hasSize(1);
        assertThat(steps(1)).filteredOn(one -> one == HostLife.Command.RESIZE).hasSize(1);
        assertThat(outcomes(id)).containsExactly(Outcome.STARTED, Outcome.STARTED);
        settle();
        executions.run(id);
        var done = reclaims.get(owner, id);
        assertThat(done.reclaim().state()).isEqualTo(State.DONE);
        // In the recycle bin it is charged for until it is destroyed, as a bureau has it.
        assertThat(done.items().getFirst().progress().actual())
                .contains(new Reclaim.Size(2, 4 * GIB));
        assertThat(done.reclaim().sums().planned()).isEqualTo(new Reclaim.Size(3, 6 * GIB));
        assertThat(done.reclaim().sums().actual()).isEqualTo(new Reclaim.Size(1, 2 * GIB));
        assertThat(audited("reclaim.finish")).isEqualTo(1);
    }

    @Test
    void whoeverHasADutyInTheOrderDoesNotDestroyWhatItHasReclaimed() {
        say(0, Verdict.IDLE);
        var id = approved().reclaim().id();
        var _ = reclaims.execute(executor, id, 4);
        executions.run(id);
        settle();
        executions.run(id);
        onboarding.later(Duration.ofDays(15).plusSeconds(1));
        var host = hosts().getFirst();
        for (var person : List.of(proposer, owner, bureau, executor)) {
            assertRefused(() -> destroy(person), "SEPARATION_OF_DUTIES");
            assertThatThrownBy(() ->
                            onboarding
                                    .jdbc()
                                    .sql(
                                            "update host set life = 'DESTROYING', destroyed_by = ? where id = ?")
                                    .params(person.person().value(), host.id().value())
                                    .update())
                    .hasMessageContaining("destroyed_by_another");
        }
        destroy(onboarding.person("third-operator"));
        assertThat(hosts().getFirst().plan().life()).isEqualTo(HostLife.State.DESTROYING);
    }

    private void destroy(Actor actor) {
        var host = hosts().getFirst();
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                actor,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                new HostCommand.Destroy("到期"));
    }

    @Test
    void whoeverDiesBetweenTwoHostsLeavesTheRestToTheNext() {
        say(0, Verdict.IDLE);
        say(1, Verdict.IDLE);
        var id = approved().reclaim().id();
        var _ = reclaims.execute(executor, id, 4);
        var second = hosts().get(1).id();
        var events = onboarding.get(ApplicationEventMulticaster.class);
        var died = new boolean[1];
        events.addApplicationListener(event -> {
            if (!died[0]
                    && event instanceof PayloadApplicationEvent<?> said
                    && said.getPayload() instanceof Audited audited
                    && audited.target().equals("host/" + second)) {
                died[0] = true;
                throw new StackOverflowError("the process dies here");
            }
        });
        assertThatThrownBy(() -> executions.run(id)).isInstanceOf(StackOverflowError.class);
        assertThat(outcomes(id)).containsExactly(Outcome.STARTED, Outcome.PLANNED);
        assertThat(hosts().get(1).plan().life()).isEqualTo(HostLife.State.IN_USE);

        assertThat(executions.run()).isEqualTo(1);
        assertThat(outcomes(id)).containsExactly(Outcome.STARTED, Outcome.STARTED);
        assertThat(steps(0)).filteredOn(one -> one == HostLife.Command.RECYCLE).hasSize(1);
        assertThat(steps(1)).filteredOn(one -> one == HostLife.Command.RECYCLE).hasSize(1);
    }

    @Test
    void withinAProtectionPeriodNoHostIsBegunWithAndTheFirstRunAfterItGoesOn() {
        say(0, Verdict.IDLE);
        var id = approved().reclaim().id();
        var from = onboarding.now().minusSeconds(1);
        var _ =
                onboarding
                        .get(ProtectionPeriods.class)
                        .declare(
                                bureau,
                                new ProtectionPeriod(
                                        UUID.randomUUID(),
                                        "重要会议",
                                        from,
                                        from.plus(Duration.ofDays(2)),
                                        "粤办〔2026〕1 号"));
        var _ = reclaims.execute(executor, id, 4);
        var _ = executions.run();
        assertThat(outcomes(id)).containsExactly(Outcome.PLANNED);
        assertThat(hosts().getFirst().plan().life()).isEqualTo(HostLife.State.IN_USE);

        onboarding.later(Duration.ofDays(2));
        var _ = executions.run();
        assertThat(outcomes(id)).containsExactly(Outcome.STARTED);
    }

    @Test
    void whatFailedIsTriedAgainAndWhatWasDoneIsNot() {
        say(0, Verdict.IDLE);
        say(1, Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        var id = approved().reclaim().id();
        life(1, "CHANGING");
        var _ = reclaims.execute(executor, id, 4);
        executions.run(id);
        settle(0);
        executions.run(id);
        var partial = reclaims.get(proposer, id);
        assertThat(partial.reclaim().state()).isEqualTo(State.PARTIAL);
        assertThat(partial.items().get(1).progress().reason()).contains("HOST_CHANGED");
        life(1, "IN_USE");

        var _ = reclaims.retry(executor, id, partial.reclaim().version());
        executions.run(id);
        settle();
        executions.run(id);
        var done = reclaims.get(proposer, id);
        assertThat(done.reclaim().state()).isEqualTo(State.DONE);
        assertThat(done.items()).extracting(one -> one.progress().attempts()).containsExactly(1, 2);
        assertThat(steps(0)).filteredOn(one -> one == HostLife.Command.RECYCLE).hasSize(1);
    }

    @Test
    void whatItsClusterNeverShowsHasFailedAndIsWaitedForAgainWithoutAnotherStep() {
        say(0, Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        var id = approved().reclaim().id();
        var _ = reclaims.execute(executor, id, 4);
        executions.run(id);
        onboarding.later(Duration.ofMinutes(31));
        executions.run(id);
        var partial = reclaims.get(proposer, id);
        assertThat(partial.items().getFirst().progress().reason()).contains("NOT_SETTLED");
        var _ = reclaims.retry(executor, id, partial.reclaim().version());
        executions.run(id);
        assertThat(outcomes(id)).containsExactly(Outcome.STARTED);
        settle();
        executions.run(id);
        assertThat(reclaims.get(proposer, id).reclaim().state()).isEqualTo(State.DONE);
        assertThat(steps(0)).filteredOn(one -> one == HostLife.Command.RESIZE).hasSize(1);
    }

    @Test
    void aHostThatIsNoLongerWhatItWasIsLeftAsItIs() {
        say(0, Verdict.IDLE);
        say(1, Verdict.IDLE);
        say(2, Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        var id = approved().reclaim().id();
        say(0, Verdict.FIT);
        say(1, Verdict.EXEMPT);
        onboarding
                .jdbc()
                .sql("update host set vcpu = 4 where id = ?")
                .param(hosts().get(2).id().value())
                .update();
        var _ = reclaims.execute(executor, id, 4);
        executions.run(id);
        var done = reclaims.get(owner, id);
        assertThat(done.reclaim().state()).isEqualTo(State.DONE);
        assertThat(done.items())
                .extracting(one -> one.progress().reason().orElse(""))
                .containsExactly("EVIDENCE_LAPSED", "EXEMPT", "HOST_CHANGED");
        assertThat(done.reclaim().sums().skipped()).isEqualTo(3);
        assertThat(hosts())
                .extracting(host -> host.plan().life())
                .containsOnly(HostLife.State.IN_USE);
        // Its hosts are free for the next.
        say(1, Verdict.IDLE);
        assertThat(proposed().items()).hasSize(2);
    }

    private void say(int host, Verdict... said) {
        verdicts.say(hosts().get(host).id(), onboarding.now(), said);
    }

    private Proposal all() {
        return new Proposal(unit, List.of(), "低效资源专项清理");
    }

    private static ReclaimId id() {
        return new ReclaimId(UuidCreator.getTimeOrderedEpoch());
    }

    private Reclaim.History proposed() {
        return reclaims.propose(proposer, id(), all());
    }

    private Reclaim.History noticed() {
        return reclaims.notice(proposer, proposed().reclaim().id(), 1, "");
    }

    private Reclaim.History approved() {
        var id = noticed().reclaim().id();
        var _ = reclaims.consent(owner, id, 2, Set.of(), "");
        return reclaims.approve(bureau, id, 3, "");
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private List<HostLife.Command> steps(int host) {
        return onboarding.get(Hosts.class).steps(proposer, hosts().get(host).id()).stream()
                .map(HostStep::command)
                .toList();
    }

    private List<Outcome> outcomes(ReclaimId id) {
        return reclaims.get(proposer, id).items().stream()
                .map(item -> item.progress().outcome())
                .toList();
    }

    private void life(int host, String life) {
        onboarding
                .jdbc()
                .sql("update host set life = ? where id = ?")
                .params(life, hosts().get(host).id().value())
                .update();
    }

    /** As if every cluster showed what was ordered. */
    private void settle() {
        for (int host = 0; host < hosts().size(); host++) {
            settle(host);
        }
    }

    private void settle(int host) {
        HostId id = hosts().get(host).id();
        UUID value = id.value();
        onboarding
                .jdbc()
                .sql("update host set state = 'STOPPED' where id = ? and life = 'RECYCLE_BIN'")
                .param(value)
                .update();
        onboarding
                .jdbc()
                .sql("update host set life = 'IN_USE' where id = ? and life = 'CHANGING'")
                .param(value)
                .update();
    }

    private List<Notice> told(Notice.Kind kind) {
        return onboarding.noticed().stream().filter(one -> one.kind() == kind).toList();
    }

    private long audited(String action) {
        return onboarding.audited().stream().filter(one -> one.action().equals(action)).count();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(
                onboarding.now(), io.yuntai.onboarding.calendar.WorkingCalendar.ZONE);
    }

    private static void assertRefused(ThrowingCallable command, String code) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}

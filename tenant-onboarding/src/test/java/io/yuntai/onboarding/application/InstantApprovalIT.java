package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.POOL;
import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.KnownUnits;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.instant.Check;
import io.yuntai.onboarding.instant.DeclaredPeriod;
import io.yuntai.onboarding.instant.Fact;
import io.yuntai.onboarding.instant.FactValue;
import io.yuntai.onboarding.instant.Finding;
import io.yuntai.onboarding.instant.InstantAudits;
import io.yuntai.onboarding.instant.InstantRules;
import io.yuntai.onboarding.instant.Predicate;
import io.yuntai.onboarding.instant.ProtectionPeriod;
import io.yuntai.onboarding.instant.ProtectionPeriods;
import io.yuntai.onboarding.instant.RuleId;
import io.yuntai.onboarding.instant.RuleLimits;
import io.yuntai.onboarding.instant.RuleProposal;
import io.yuntai.onboarding.instant.RuleTrial;
import io.yuntai.onboarding.instant.RuleVersion;
import io.yuntai.onboarding.instant.UnitRecords;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Instant approval on a real PostgreSQL. */
class InstantApprovalIT {

    private static final long GIB = 1L << 30;

    /** Of the domain: small, and of a unit that uses what it has. */
    private static final List<Predicate> RULES =
            List.of(
                    new Predicate("small", "order.vcpu <= limit.vcpu"),
                    new Predicate("zone", "pool.zone == 'extranet'"),
                    new Predicate("registered", "system.registered"),
                    new Predicate("quota", "unit.left_vcpu >= 0 && pool.left_vcpu >= 0"),
                    new Predicate("used_well", "unit.ranked && unit.score >= 60.0"),
                    new Predicate("no_reclaim", "!unit.reclaim_overdue"));

    private Onboarding onboarding;
    private Applications applications;
    private Reviews reviews;
    private InstantRules rules;
    private InstantAudits audits;
    private KnownUnits units;
    private Actor applicant;
    private Actor colleague;
    private Actor owner;
    private Actor author;
    private Actor approver;

    @BeforeEach
    void start() {
        onboarding =
                Onboarding.of(
                        "egov",
                        List.of("yuntai.hosts.direct-growth=PLATFORM"),
                        UnreachableCluster.named("gone"));
        applications = onboarding.get(Applications.class);
        reviews = onboarding.get(Reviews.class);
        rules = onboarding.get(InstantRules.class);
        audits = onboarding.get(InstantAudits.class);
        units = onboarding.get(KnownUnits.class);
        units.ranked("B", 71.5);
        applicant = onboarding.person("applicant");
        colleague = onboarding.person("colleague");
        owner = onboarding.person("owner");
        author = onboarding.person("author");
        approver = onboarding.person("approver");
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void withNoRuleInForceEverythingGoesToPeople() {
        var application = endorsed(hosts(1));
        assertThat(application.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        var check = check(application);
        assertThat(check.passed()).isFalse();
        assertThat(check.rule()).isEmpty();
        assertThat(check.findings()).isEmpty();
        assertThat(check.facts().values()).containsKeys(Fact.ORDER_VCPU, Fact.UNIT_SCORE);
    }

    @Test
    void aProposalThatNobodyElseHasApprovedCountsForNothing() {
        var proposed = proposed(RULES, 4);
        assertThatThrownBy(() -> rules.approve(author, proposed.id()))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into instant_rule_approval (rule, author, approver, at,
                                            in_force_from, tried, passing)
                                        select id, author, author, proposed_at, proposed_at, 0, 0
                                        from instant_rule
                                        """)
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("another_approves");
    }

    @Test
    void whatPlainlyHoldsIsGrantedByRuleWithItsEvidence() {
        var rule = inForce(RULES, 4);
        var application = endorsed(hosts(2));

        assertThat(application.state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        assertThat(application.decidedBy()).isEmpty();
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        assertThat(onboarding.lockedCpu()).isZero();
        var step = applications.get(applicant, application.id()).steps().getLast();
        assertThat(step.command()).isEqualTo(Workflow.Command.PASS);
        assertThat(step.by()).isEmpty();
        assertThat(step.note()).isEqualTo("江数〔2026〕12号");
        var check = check(application);
        assertThat(check.rule().orElseThrow().id()).isEqualTo(rule.id());
        assertThat(check.findings()).hasSize(rule.all().size()).allMatch(Finding::holds);
        assertThat(check.facts().values().get(Fact.SYSTEM_VCPU_30D).value())
                .isEqualTo(new FactValue.Whole(4));
        assertThat(check.facts().values().get(Fact.UNIT_LEFT_VCPU).value())
                .isEqualTo(new FactValue.Whole(16));
        assertThat(check.facts().values().get(Fact.UNIT_SCORE).value())
                .isEqualTo(new FactValue.Real(71.5));
        assertThatThrownBy(() -> onboarding.jdbc().sql("delete from instant_finding").update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void aVersionIsInForceFromItsMomentUntilTheNextAndNoneWithoutPredicatesPasses() {
        var _ = inForce(RULES, 4);
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        onboarding.later(Duration.ofMinutes(1));
        var off = inForce(List.of(), 4);
        assertThat(rules.inForce().map(RuleVersion::id)).contains(off.id());
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
    }

    @Test
    void twelveAskedAsThreeTimesFourPassesOnceAndThenGoesToAHuman() {
        var _ = inForce(RULES, 4);
        assertThat(endorsed(hosts(2)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        var second = endorsed(hosts(2));
        assertThat(second.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(second).findings())
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("vcpu_not_split");
        assertThat(endorsed(hosts(2)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
    }

    @Test
    void splittingAcrossHostsAndNamespacesIsAddedUp() {
        var _ = inForce(RULES, 4);
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        assertThat(endorsed(room(2)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        assertThat(endorsed(room(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
    }

    @Test
    void splittingByResizeIsAddedUp() {
        var _ = inForce(RULES, 8);
        var host = onTrial(endorsed(hosts(1)));
        var grown =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                applicant,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                new HostCommand.Resize(7, 4 * GIB));
        assertThat(((HostCommands.Said.Taken) grown).host().vcpu()).isEqualTo(7);
        // 2 by rule, 5 by resize, and 2 more.
        var next = endorsed(hosts(1));
        assertThat(next.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(next).facts().values().get(Fact.SYSTEM_VCPU_30D).value())
                .isEqualTo(new FactValue.Whole(9));
    }

    @Test
    void splittingByAnItemThatResizesIsAddedUp() {
        var _ = inForce(RULES, 4);
        var host = onTrial(endorsed(hosts(1)));
        var grown = endorsed(larger(host, 3));
        assertThat(grown.state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        var now = onTrial(host);
        assertThat(now.vcpu()).isEqualTo(3);
        // 2 by rule, 1 by a resize by rule, and 2 more.
        var next = endorsed(larger(now, 5));
        assertThat(next.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(next).findings())
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("vcpu_not_split");
        assertThat(check(next).facts().values().get(Fact.SYSTEM_VCPU_30D).value())
                .isEqualTo(new FactValue.Whole(5));
    }

    private Order larger(Host host, int vcpu) {
        var size = new Item.Size(host.vcpu(), (int) (host.memoryBytes() / GIB));
        var subject = new Item.Subject(host.id(), host.name(), "ssd", size);
        var item = new Item.Resize(subject, new Item.Size(vcpu, size.memoryGib()));
        return new Order(onboarding.system(), POOL, "扩容", 12, List.of(item));
    }

    /** As if its cluster had made it. */
    private Host onTrial(Application granted) {
        return onTrial(onboarding.get(Hosts.class).ofApplication(granted.id().value()).getFirst());
    }

    private Host onTrial(Host host) {
        var _ =
                onboarding
                        .jdbc()
                        .sql("update host set life = 'TRIAL', state = 'RUNNING', delivered_at = ?")
                        .param(OffsetDateTime.parse("2026-09-20T01:02:03Z"))
                        .update();
        return onboarding.get(Hosts.class).get(applicant, host.id());
    }

    @Test
    void splittingByTwoPeopleOfTheUnitIsAddedUpAndAnotherSystemIsCountedByItself() {
        var _ = inForce(RULES, 4);
        assertThat(endorsed(applicant, hosts(2)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        assertThat(endorsed(colleague, hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
        var other = onboarding.order(onboarding.systems().getLast(), 1);
        assertThat(endorsed(colleague, other).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
    }

    @Test
    void afterThirtyDaysItPassesAgain() {
        var _ = inForce(RULES, 4);
        assertThat(endorsed(hosts(2)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        onboarding.later(Duration.ofDays(30).minusMinutes(5));
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
        onboarding.later(Duration.ofMinutes(6));
        assertThat(endorsed(hosts(2)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
    }

    @RepeatedTest(3)
    void ofApplicationsThatRaceAtMostTheLimitPasses() throws Exception {
        var _ = inForce(RULES, 4);
        var submitted = new ArrayList<Application>();
        for (int i = 0; i < 4; i++) {
            submitted.add(onboarding.submitted(applicant, hosts(1)));
        }
        var outcomes =
                atOnce(submitted.stream().<Callable<?>>map(one -> () -> endorse(one)).toList());
        assertThat(outcomes).allMatch(Application.class::isInstance);
        assertThat(outcomes)
                .filteredOn(one -> ((Application) one).state() == Workflow.State.AUTO_APPROVED)
                .hasSize(2);
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
    }

    @Test
    void aFactThatIsMissingStaleOrCannotBeAskedForGoesToAHuman() {
        var _ = inForce(RULES, 20);
        units.answers(_ -> Optional.empty());
        assertUndetermined("unit.score: missing");
        units.answers(now ->
                Optional.of(
                        new UnitRecords.Use(
                                Optional.of(new UnitRecords.Standing("A", 90)),
                                now.minus(Duration.ofHours(25)))));
        assertUndetermined("unit.score: stale");
        units.answers(_ -> {
            // What fails in the database, too, must not take the approval with it.
            throw new IllegalStateException(
                    onboarding.jdbc().sql("select 1 / 0").query(String.class).single());
        });
        assertUndetermined("unit.score: missing");
        units.ranked("D", 59.9);
        var poor = endorsed(hosts(1));
        assertThat(check(poor).findings())
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("used_well");
        units.ranked("B", 60);
        units.reclaimOverdue(true);
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
    }

    private void assertUndetermined(String why) {
        var application = endorsed(hosts(1));
        assertThat(application.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(application).findings())
                .filteredOn(one -> one.name().equals("used_well"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.value()).isEqualTo(Finding.Value.UNDETERMINED);
                    assertThat(one.why()).contains(why);
                });
    }

    @Test
    void anExpressionThatFailsGoesToAHumanAndTheUnitsApprovalStands() {
        var failing = new ArrayList<>(RULES);
        failing.add(new Predicate("fails", "order.vcpu / (order.items - order.items) == 1"));
        var _ = inForce(failing, 4);
        var application = endorsed(hosts(1));
        assertThat(application.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(application).findings())
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("fails");
    }

    @Test
    void inAProtectionPeriodEverythingGoesToPeople() {
        var _ = inForce(RULES, 4);
        var now = onboarding.get(Clock.class).instant();
        var _ =
                onboarding
                        .get(ProtectionPeriods.class)
                        .declare(
                                author,
                                new ProtectionPeriod(
                                        UuidCreator.getTimeOrderedEpoch(),
                                        "两会保障期",
                                        now.minusSeconds(60),
                                        now.plus(Duration.ofHours(1)),
                                        "江数〔2026〕3号"));
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.TECH_REVIEW);
        onboarding.later(Duration.ofHours(1));
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
    }

    @Test
    void aProtectionPeriodOfAMistypedYearIsEndedBySomebodyElseOnce() {
        var _ = inForce(RULES, 4);
        var periods = onboarding.get(ProtectionPeriods.class);
        var now = onboarding.get(Clock.class).instant();
        var id = UuidCreator.getTimeOrderedEpoch();
        var period =
                new ProtectionPeriod(
                        id,
                        "两会保障期",
                        now.minusSeconds(60),
                        now.plus(Duration.ofDays(365)),
                        "江数〔2026〕3号");
        var _ = periods.declare(author, period);
        assertThat(periods.isOn(now)).isTrue();
        assertThatThrownBy(() -> periods.end(author, id, "年份有误"))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        onboarding.audited().clear();
        var ended = periods.end(owner, id, "年份有误");
        assertThat(ended.at(onboarding.now())).isEqualTo(DeclaredPeriod.Standing.OVER);
        assertThat(ended.at(now.minusSeconds(1))).isEqualTo(DeclaredPeriod.Standing.ON);
        assertThat(ended.ended().orElseThrow().by().id()).isEqualTo(owner.person());
        assertThat(onboarding.audited())
                .singleElement()
                .satisfies(one -> assertThat(one.action()).isEqualTo("protectionPeriod.end"));
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        // It was on then, and what is worked out of that time says so.
        assertThat(periods.isOn(now.minusSeconds(1))).isTrue();
        assertThatThrownBy(() -> periods.end(owner, id, "再来一次"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.code()).isEqualTo("PROTECTION_PERIOD_ENDED"));
        // Sent again, it is neither declared anew nor changed.
        assertThat(periods.declare(author, period).id()).isEqualTo(id);
        assertThat(periods.latest()).containsExactly(ended);
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql("update protection_period_end set reason = 'x'")
                                .update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void aFailedAuditSuspendsTheUnitUntilSomebodyElseLiftsIt() {
        var _ = inForce(RULES, 20);
        var passed = endorsed(hosts(1));
        assertThat(audits.sample(PageQuery.FIRST, true).items())
                .singleElement()
                .satisfies(one -> assertThat(one.application()).isEqualTo(passed.id()));
        // Who took part in it does not judge it.
        assertThatThrownBy(() -> audits.audit(owner, passed.id(), true, "fine"))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into instant_audit (application, revision, auditor, at,
                                            passed, reason)
                                        values (?, 1, ?, ?, true, 'fine')
                                        """)
                                .params(
                                        passed.id().value(),
                                        owner.person().value(),
                                        OffsetDateTime.parse("2026-09-20T01:02:03Z"))
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("an_auditor_has_no_duty");
        assertThat(noticed()).contains(Notice.Kind.RULE_PROPOSED, Notice.Kind.SAMPLE_DRAWN);
        var failed = audits.audit(author, passed.id(), false, "用途不实");
        assertThat(noticed()).contains(Notice.Kind.UNIT_SUSPENDED);
        assertThat(audits.audit(author, passed.id(), false, "用途不实")).isEqualTo(failed);
        assertThatThrownBy(() -> audits.audit(approver, passed.id(), true, "fine"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("AUDIT_DONE");

        var suspended = endorsed(hosts(1));
        assertThat(suspended.state()).isEqualTo(Workflow.State.TECH_REVIEW);
        assertThat(check(suspended).findings())
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("not_suspended");
        assertThatThrownBy(() -> audits.lift(author, passed.id(), "sorry"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("SEPARATION_OF_DUTIES");
        var lifted = audits.lift(approver, passed.id(), "已整改");
        assertThat(noticed()).contains(Notice.Kind.SUSPENSION_LIFTED);
        assertThat(lifted.lift().orElseThrow().by().id()).isEqualTo(approver.person());
        assertThat(endorsed(hosts(1)).state()).isEqualTo(Workflow.State.AUTO_APPROVED);
        assertThat(onboarding.audited().stream().map(Audited::action))
                .contains(
                        "instantRule.propose",
                        "instantRule.approve",
                        "instant.auditFailed",
                        "instant.lift",
                        "application.pass");
    }

    @Test
    void aTrialSaysWhichOfTheLastQuarterWouldHavePassedAgainstWhatPeopleDecided() {
        // Two that people decide while no rule is in force, with their facts kept.
        var rejected = endorsed(hosts(1));
        var _ =
                reviews.reject(
                        onboarding.person("reviewer2"),
                        rejected.id(),
                        rejected.version(),
                        "not needed");
        var granted = onboarding.approved(onboarding.submitted(applicant, hosts(1)));
        // Beside the first it is just within a limit of 4, and beyond one of 2.
        var _ = endorsed(hosts(1));
        // One from before, of which nobody has kept the facts.
        onboarding.jdbc().sql("alter table instant_check disable trigger append_only").update();
        onboarding
                .jdbc()
                .sql("delete from instant_check where application = ?")
                .param(granted.id().value())
                .update();

        var trial = rules.tryOut(proposed(RULES, 4).id());
        assertThat(trial.applications()).isEqualTo(3);
        assertThat(trial.passing()).isEqualTo(2);
        assertThat(trial.againstPeople()).isEqualTo(1);
        assertThat(trial.complete()).isTrue();
        var byId =
                trial.tried().stream()
                        .filter(one -> one.application().equals(granted.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(byId.source()).isEqualTo(RuleTrial.Source.RECOMPUTED);
        assertThat(byId.human()).isEqualTo(RuleTrial.Human.GRANTED);
        assertThat(byId.failing()).contains("used_well");
        assertThat(trial.tried())
                .filteredOn(one -> one.application().equals(rejected.id()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.passes()).isTrue();
                    assertThat(one.human()).isEqualTo(RuleTrial.Human.REJECTED);
                    assertThat(one.source()).isEqualTo(RuleTrial.Source.EVIDENCE);
                });

        var strict = inForce(RULES, 2);
        assertThat(strict.approval().orElseThrow().tried()).isEqualTo(3);
        assertThat(strict.approval().orElseThrow().passing()).isEqualTo(1);
    }

    @Test
    void whatIsCountedBesideProcessorsMemoryAndStorageIsForPeople() {
        var _ = inForce(RULES, 4);
        for (String resource : List.of("pods", "gpus/a10", "publicIps")) {
            promise(new Resource(resource), 10);
            var order =
                    new Order(
                            onboarding.system(),
                            POOL,
                            "测试",
                            12,
                            List.of(
                                    new Item.Namespace(
                                            1,
                                            1,
                                            0,
                                            "ssd",
                                            Amounts.of(new Resource(resource), 1))));
            var application = endorsed(order);
            assertThat(application.state()).isEqualTo(Workflow.State.TECH_REVIEW);
            assertThat(check(application).findings())
                    .filteredOn(finding -> !finding.holds())
                    .extracting(Finding::name)
                    .containsExactlyElementsOf(
                            switch (resource) {
                                case "pods" -> List.of("no_extras");
                                case "gpus/a10" -> List.of("no_gpus", "no_extras");
                                default -> List.of("no_public_address", "no_extras");
                            });
        }
    }

    /** Gives the pool a capacity. */
    private void promise(Resource resource, long amount) {
        var node =
                onboarding
                        .get(QuotaViews.class)
                        .path(POOL, onboarding.system())
                        .getFirst()
                        .node()
                        .id();
        var limits = onboarding.get(QuotaLimits.class);
        long version = onboarding.get(QuotaNodes.class).get(approver, node).limitsVersion();
        var capacity = Map.of(resource, Limit.fixed(amount));
        var change = new TransferId(UuidCreator.getTimeOrderedEpoch());
        assertThat(limits.set(approver, change, node, version, capacity))
                .isInstanceOf(QuotaLimits.Outcome.Changed.class);
    }

    @Test
    void aQuarterAgoIsNotTriedAnyMore() {
        var _ = endorsed(hosts(1));
        onboarding.later(Duration.ofDays(93));
        assertThat(rules.tryOut(proposed(RULES, 4).id()).applications()).isZero();
    }

    private RuleVersion proposed(List<Predicate> predicates, int vcpu) {
        return rules.propose(
                author,
                new RuleId(UuidCreator.getTimeOrderedEpoch()),
                new RuleProposal(
                        predicates,
                        new RuleLimits(vcpu, 4 * vcpu, 1000),
                        100,
                        Instant.EPOCH,
                        "江数〔2026〕12号"));
    }

    private RuleVersion inForce(List<Predicate> predicates, int vcpu) {
        return rules.approve(approver, proposed(predicates, vcpu).id());
    }

    /** Hosts of 2 vCPU each. */
    private List<Notice.Kind> noticed() {
        return onboarding.noticed().stream().map(Notice::kind).toList();
    }

    private Order hosts(int count) {
        return onboarding.order(count);
    }

    private Order room(int vcpu) {
        return room(onboarding.system(), vcpu);
    }

    private static Order room(SystemId system, int vcpu) {
        return new Order(system, POOL, "测试", 12, List.of(new Item.Namespace(vcpu, 2, 0, "ssd")));
    }

    private Application endorsed(Order order) {
        return endorsed(applicant, order);
    }

    private Application endorsed(Actor by, Order order) {
        return endorse(onboarding.submitted(by, order));
    }

    private Application endorse(Application submitted) {
        return reviews.approve(owner, submitted.id(), submitted.version(), Reviews.Approval.PLAIN);
    }

    private Check check(Application application) {
        return audits.evidence(applicant, application.id()).getLast();
    }
}

package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostFilter;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostPhase;
import io.yuntai.onboarding.host.HostTerm;
import io.yuntai.onboarding.host.HostTerms;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.instant.ProtectionPeriod;
import io.yuntai.onboarding.instant.ProtectionPeriods;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.rules.RulesVersions;
import io.yuntai.onboarding.rules.WorkRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ends of hosts' terms on a real PostgreSQL, told by a clock that the test moves. */
class HostTermsIT {

    private Onboarding onboarding;
    private HostTerms terms;
    private Actor staff;
    private Actor operator;
    private Application application;

    @BeforeEach
    void twoHostsThatRun() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        terms = onboarding.get(HostTerms.class);
        staff = onboarding.person("staff");
        operator = onboarding.person("operator");
        application = onboarding.approved(onboarding.submitted(staff, 2));
        onboarding
                .get(Hosts.class)
                .observed(
                        hosts().stream()
                                .map(host -> host.seen(Host.State.RUNNING, "", Host.Notes.NONE))
                                .toList());
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void theUnitIsToldThreeTimesThenTheHostsStopThenTheyMoveToTheRecycleBin() {
        confirm();
        before(Duration.ofDays(31));
        assertThat(terms.run()).isZero();
        assertThat(standing()).isEqualTo(HostTerm.Standing.CURRENT);
        for (int days : List.of(30, 7, 1)) {
            before(Duration.ofDays(days));
            assertThat(terms.run()).isEqualTo(2);
            assertThat(terms.run()).isZero();
            assertThat(standing()).isEqualTo(HostTerm.Standing.EXPIRING);
        }
        assertThat(told(Notice.Kind.HOST_EXPIRING)).containsExactly("30", "30", "7", "7", "1", "1");
        assertThat(lives()).containsOnly(HostLife.State.IN_USE);

        before(Duration.ZERO);
        assertThat(terms.run()).isEqualTo(2);
        assertThat(terms.run()).isZero();
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);
        assertThat(standing()).isEqualTo(HostTerm.Standing.ENDED);
        // One of each part that acts for the unit, about both hosts together.
        assertThat(told(Notice.Kind.HOST_ENDED)).containsExactly("0", "0");
        assertRefused("TERM_ENDED", new HostCommand.Start());

        onboarding.later(Duration.ofDays(14));
        assertThat(terms.run()).isZero();
        onboarding.later(Duration.ofDays(1).plusMinutes(1));
        assertThat(terms.run()).isEqualTo(2);
        assertThat(lives()).containsOnly(HostLife.State.RECYCLE_BIN);

        assertRefused("STILL_RESTORABLE", new HostCommand.Destroy("到期"));
        assertRefused("STILL_RESTORABLE", new HostCommand.ProposeDestruction("到期"));
        onboarding.later(Duration.ofDays(15).plusMinutes(1));
        // Nobody has moved it there: so one proposes it, and another destroys it.
        assertRefused("DESTRUCTION_NOT_PROPOSED", operator, new HostCommand.Destroy("到期"));
        assertThatThrownBy(this::destroyBySql).hasMessageContaining("destroyed_by_another");
        say(new HostCommand.ProposeDestruction("到期"));
        assertThat(lives()).containsOnly(HostLife.State.RECYCLE_BIN);
        assertRefused("ILLEGAL_TRANSITION", operator, new HostCommand.ProposeDestruction("到期"));
        assertRefused("SEPARATION_OF_DUTIES", new HostCommand.Destroy("到期"));
        assertThatThrownBy(this::destroyBySql).hasMessageContaining("destroyed_by_another");
        say(operator, new HostCommand.Destroy("到期"));
        assertThat(onboarding.audited().stream().map(Audited::action))
                .contains("host.proposeDestruction", "host.destroy");
        assertThat(lives()).containsExactly(HostLife.State.DESTROYING, HostLife.State.RECYCLE_BIN);
    }

    @Test
    void theListFindsEachHostByItsPhaseAndByNoOther() {
        assertPhase(HostPhase.TRIAL);
        before(Duration.ofDays(7));
        assertPhase(HostPhase.EXPIRING);
        confirm();
        before(Duration.ofDays(31));
        assertPhase(HostPhase.IN_USE);
        before(Duration.ofDays(30));
        assertPhase(HostPhase.EXPIRING);
        before(Duration.ZERO);
        assertPhase(HostPhase.EXPIRING);
        var _ = terms.run();
        assertPhase(HostPhase.STOPPED);
        onboarding.later(Duration.ofDays(16));
        var _ = terms.run();
        assertPhase(HostPhase.RECYCLE_BIN);
    }

    /** Of each host, as it is told and as the list finds it. */
    private void assertPhase(HostPhase expected) {
        for (var phase : HostPhase.values()) {
            var none = HostFilter.ANY;
            var filter =
                    new HostFilter(
                            none.unit(),
                            none.system(),
                            none.state(),
                            none.life(),
                            none.endsBefore(),
                            Optional.of(terms.span(phase)),
                            none.pool(),
                            none.change());
            var found =
                    onboarding
                            .get(Hosts.class)
                            .list(
                                    onboarding.person("p" + UUID.randomUUID()),
                                    PageQuery.FIRST,
                                    filter);
            assertThat(found.items())
                    .as("%s", phase)
                    .hasSize(phase == expected ? 2 : 0)
                    .allMatch(host -> terms.phase(host) == phase);
        }
    }

    @Test
    void ofSeveralNoticesThatWereMissedOnlyTheLastIsGiven() {
        confirm();
        before(Duration.ofDays(5));
        assertThat(terms.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.HOST_EXPIRING)).containsExactly("7", "7");
        onboarding.later(Duration.ofDays(40));
        assertThat(terms.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.HOST_EXPIRING)).hasSize(2);
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);
        // However late it was stopped, people have their time from then on.
        onboarding.later(Duration.ofDays(14));
        assertThat(terms.run()).isZero();
    }

    @Test
    void whoeverDiesBetweenANoticeAndTheStopLeavesItToTheNext() {
        confirm();
        before(Duration.ofDays(1));
        assertThat(terms.run()).isEqualTo(2);
        var other = onboarding.another(UnreachableCluster.named("gone"));
        try {
            before(Duration.ZERO);
            onboarding
                    .jdbc()
                    .sql(
                            """
                            create function die() returns trigger language plpgsql as
                                $$ begin raise exception 'died'; end $$;
                            create trigger die before insert on host_step for each row
                                execute function die()
                            """)
                    .update();
            assertThat(terms.run()).isZero();
            assertThat(lives()).containsOnly(HostLife.State.IN_USE);
            onboarding.jdbc().sql("drop trigger die on host_step").update();
            other.later(Duration.between(other.now(), onboarding.now()));

            assertThat(other.get(HostTerms.class).run()).isEqualTo(2);
            assertThat(terms.run()).isZero();
            assertThat(lives()).containsOnly(HostLife.State.STOPPED);
            assertThat(noticesNoted()).isEqualTo(4);
        } finally {
            other.closeServer();
        }
    }

    @Test
    void twoThatRunAtOnceDoEachOnce() throws Exception {
        confirm();
        before(Duration.ZERO);
        var done = atOnce(List.of(() -> terms.run(), () -> terms.run(), () -> terms.run()));
        assertThat(done).containsExactlyInAnyOrder(2, 0, 0);
        assertThat(told(Notice.Kind.HOST_ENDED)).hasSize(2);
    }

    @Test
    void withinAProtectionPeriodAllStaysAsItIs() {
        confirm();
        before(Duration.ZERO);
        var _ = protect(Duration.ofDays(20));
        assertThat(terms.run()).isEqualTo(2); // told that it ends
        assertThat(terms.run()).isZero();
        assertThat(lives()).containsOnly(HostLife.State.IN_USE);
        assertThat(standing()).isEqualTo(HostTerm.Standing.FROZEN);
        assertPhase(HostPhase.FROZEN);

        onboarding.later(Duration.ofDays(20));
        assertThat(terms.run()).isEqualTo(2);
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);

        onboarding.later(Duration.ofDays(16));
        var _ = protect(Duration.ofDays(40));
        assertThat(terms.run()).isZero();
        assertPhase(HostPhase.FROZEN);
        onboarding.later(Duration.ofDays(40));
        assertThat(terms.run()).isEqualTo(2);

        onboarding.later(Duration.ofDays(16));
        var _ = protect(Duration.ofDays(2));
        say(new HostCommand.ProposeDestruction("到期"));
        assertRefused("PROTECTION_PERIOD", operator, new HostCommand.Destroy("到期"));
        onboarding.later(Duration.ofDays(2));
        say(operator, new HostCommand.Destroy("到期"));
    }

    @Test
    void whenAProtectionPeriodIsEndedBeforeItsTimeTermsGoOn() {
        confirm();
        before(Duration.ZERO);
        var period = protect(Duration.ofDays(365));
        assertThat(terms.run()).isEqualTo(2); // told that it ends
        assertPhase(HostPhase.FROZEN);
        var _ =
                onboarding
                        .get(ProtectionPeriods.class)
                        .end(onboarding.person("second"), period, "年份有误");
        assertThat(standing()).isEqualTo(HostTerm.Standing.ENDED);
        assertThat(terms.run()).isEqualTo(2);
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);
    }

    @Test
    void aRenewalPutsBackWhatWasStoppedAndItsNewEndIsToldOfAnew() {
        confirm();
        before(Duration.ZERO);
        assertThat(terms.run()).isEqualTo(2);
        renew(first(), 6);
        assertThat(lives()).containsExactly(HostLife.State.CHANGING, HostLife.State.STOPPED);
        assertThat(first().plan().running()).isTrue();
        assertThat(standing()).isEqualTo(HostTerm.Standing.CURRENT);

        onboarding.later(Duration.ofDays(16));
        assertThat(terms.run()).isOne();
        assertThat(lives()).containsExactly(HostLife.State.CHANGING, HostLife.State.RECYCLE_BIN);
        before(Duration.ofDays(30));
        assertThat(terms.run()).isOne();
        before(Duration.ZERO);
        assertThat(terms.run()).isOne();
        assertThat(lives()).containsExactly(HostLife.State.STOPPED, HostLife.State.RECYCLE_BIN);
    }

    @Test
    void whatPeopleHaveStoppedIsNotStartedByARenewal() {
        confirm();
        say(new HostCommand.Stop());
        renew(first(), 6);
        assertThat(lives()).containsExactly(HostLife.State.STOPPED, HostLife.State.IN_USE);
    }

    @Test
    void whatIsRestoredIsNotTakenAwayAgainAtOnce() {
        confirm();
        before(Duration.ZERO);
        assertThat(terms.run()).isEqualTo(2);
        onboarding.later(Duration.ofDays(16));
        assertThat(terms.run()).isEqualTo(2);
        say(new HostCommand.Restore());
        assertThat(terms.run()).isZero();
        assertThat(lives()).containsExactly(HostLife.State.STOPPED, HostLife.State.RECYCLE_BIN);
        onboarding.later(Duration.ofDays(15).plusMinutes(1));
        assertThat(terms.run()).isOne();
    }

    @Test
    void aTrialThatNobodyConfirmsEndsAfterThirtyDays() {
        before(Duration.ofDays(7));
        assertThat(terms.run()).isEqualTo(2);
        before(Duration.ofDays(1));
        assertThat(terms.run()).isEqualTo(2);
        assertThat(told(Notice.Kind.HOST_EXPIRING)).containsExactly("7", "7", "1", "1");
        before(Duration.ZERO);
        assertThat(terms.run()).isEqualTo(2);
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);
        assertRefused("TERM_ENDED", new HostCommand.Start());
        confirm();
        say(new HostCommand.Start());
        assertThat(lives()).containsExactly(HostLife.State.CHANGING, HostLife.State.STOPPED);
    }

    @Test
    void aShorterTrialEndsWhatIsOnTrialFromItsDayOnAndNotBefore() {
        var versions = onboarding.get(RulesVersions.class);
        var rules = versions.all().getFirst().rules();
        var shorter = new WorkRules.HostRules(15, 10, List.of(7, 1), 15);
        var day = LocalDate.ofInstant(onboarding.now(), WorkingCalendar.ZONE).plusDays(12);
        var proposed =
                versions.propose(
                        staff,
                        "city-2",
                        day,
                        "文号 2 号",
                        new WorkRules(
                                rules.deadlines(),
                                rules.applications(),
                                shorter,
                                rules.reclaims()));
        var _ = versions.decide(operator, proposed.id(), true);
        var begins = day.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        onboarding.later(Duration.between(onboarding.now(), begins.minus(Duration.ofMinutes(5))));
        assertThat(terms.run()).isZero();
        assertThat(standing()).isEqualTo(HostTerm.Standing.CURRENT);
        onboarding.later(Duration.ofMinutes(5));
        assertThat(standing()).isEqualTo(HostTerm.Standing.ENDED);
        assertThat(terms.run()).isEqualTo(2);
        assertThat(lives()).containsOnly(HostLife.State.STOPPED);
        assertRefused("TERM_ENDED", new HostCommand.Start());
    }

    @Test
    void theDatabaseLetsNobodyWithoutANameTakeAwayWhatHasNotEnded() {
        confirm();
        say(new HostCommand.Stop());
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql(
                                        "update host set life = 'RECYCLE_BIN', recycled_at = ?"
                                                + " where id = ?")
                                .params(
                                        onboarding.now().atOffset(ZoneOffset.UTC),
                                        first().id().value())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("recycled_by_somebody");
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private Host first() {
        return hosts().getFirst();
    }

    private List<HostLife.State> lives() {
        return hosts().stream().map(host -> host.plan().life()).toList();
    }

    private HostTerm.Standing standing() {
        return terms.of(first()).orElseThrow().standing();
    }

    /** The owner has confirmed the delivery. */
    private void confirm() {
        new TransactionTemplate(onboarding.get(PlatformTransactionManager.class))
                .executeWithoutResult(
                        _ -> onboarding.get(Hosts.class).confirmed(application.id().value()));
    }

    /** From here on it is so long before the first host's end, and a moment later. */
    private void before(Duration left) {
        Instant then = terms.of(first()).orElseThrow().end().minus(left).plusSeconds(1);
        onboarding.later(Duration.between(onboarding.now(), then));
    }

    private UUID protect(Duration time) {
        Instant from = onboarding.now().minusSeconds(1);
        return onboarding
                .get(ProtectionPeriods.class)
                .declare(
                        staff,
                        new ProtectionPeriod(
                                UUID.randomUUID(), "重要会议", from, from.plus(time), "粤办〔2026〕1 号"))
                .id();
    }

    private void renew(Host host, int months) {
        var subject =
                new Item.Subject(
                        host.id(),
                        host.name(),
                        "ssd",
                        new Item.Size(host.vcpu(), (int) (host.memoryBytes() >> 30)));
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "续期",
                        12,
                        List.of(new Item.Renewal(subject, months)));
        var _ = onboarding.approved(onboarding.submitted(staff, order));
    }

    /** By whoever has proposed it, or would have. */
    private void destroyBySql() {
        var _ =
                onboarding
                        .jdbc()
                        .sql("update host set life = 'DESTROYING', destroyed_by = ? where id = ?")
                        .params(staff.person().value(), first().id().value())
                        .update();
    }

    private void say(HostCommand what) {
        say(staff, what);
    }

    private void say(Actor actor, HostCommand what) {
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                actor,
                                first().id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                first().plan().version(),
                                what);
    }

    private void assertRefused(String code, HostCommand what) {
        assertRefused(code, staff, what);
    }

    private void assertRefused(String code, Actor actor, HostCommand what) {
        assertThatThrownBy(() -> say(actor, what))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** How many days before the end, of each notice of a kind. */
    private List<String> told(Notice.Kind kind) {
        return onboarding.noticed().stream()
                .filter(notice -> notice.kind() == kind)
                .map(notice -> notice.parameters().getLast())
                .toList();
    }

    private long noticesNoted() {
        return onboarding
                .jdbc()
                .sql("select count(*) from host_term_notice")
                .query(Long.class)
                .single();
    }
}

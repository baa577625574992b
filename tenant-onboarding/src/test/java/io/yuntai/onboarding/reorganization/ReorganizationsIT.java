package io.yuntai.onboarding.reorganization;

import static io.yuntai.onboarding.reorganization.City.BUREAU;
import static io.yuntai.onboarding.reorganization.City.CENTRE;
import static io.yuntai.onboarding.reorganization.City.HEALTH;
import static io.yuntai.onboarding.reorganization.City.NOW;
import static io.yuntai.onboarding.reorganization.City.POLICE;
import static io.yuntai.onboarding.reorganization.City.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.HostsMoved;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.QuotaHistory;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What the bureau rearranges, in the register, the ledger and all that goes along. */
class ReorganizationsIT {

    private static final Instant LATER = NOW.plusSeconds(3600);

    private final City city = new City();
    private Reorganizations reorganizations;
    private Applications applications;
    private Actor bureau;
    private Actor applicant;

    @BeforeEach
    void people() {
        reorganizations = city.get(Reorganizations.class);
        applications = city.get(Applications.class);
        bureau = city.person("reformer");
        applicant = city.person("applicant");
    }

    @AfterEach
    void everySumIsRight() {
        var findings = city.get(LedgerAudits.class).findings();
        city.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void theTreeIsAsDeepAsTheRegister() {
        assertThat(depth(city.node(POOL, "440000"))).isEqualTo(1);
        assertThat(depth(city.node(POOL, "440703"))).isEqualTo(3);
        assertThat(depth(node(BUREAU))).isEqualTo(4);
        assertThat(depth(node(CENTRE))).isEqualTo(5);
        assertThat(depth(system("beds"))).isEqualTo(6);
        assertThat(city.cpu(node(BUREAU))).containsExactly(40L, 15L);
        assertThat(city.cpu(city.node(POOL, "440000"))).containsExactly(0L, 70L);
    }

    @Test
    void aSystemGoesWithItsHostsItsLocksAndItsOpenApplications() {
        city.delivered(applicant, "cases", 3, NOW);
        var open = city.submitted(applicant, "cases", 2);
        city.at(LATER);

        var done = done(new Reorganization.SystemMove(city.system("cases"), unit(BUREAU)), 1);

        assertThat(done.at()).isEqualTo(LATER);
        assertThat(city.cpu(node(POLICE))).containsExactly(30L, 0L);
        assertThat(city.cpu(node(BUREAU))).containsExactly(40L, 20L);
        assertThat(owner("cases")).isEqualTo(unit(BUREAU));
        var gone = applications.get(bureau, open.id()).application();
        assertThat(gone.unit()).isEqualTo(unit(BUREAU));
        assertThat(gone.version()).isEqualTo(2);
        assertThat(city.events(HostsMoved.class))
                .singleElement()
                .satisfies(moved -> {
                    assertThat(moved.at()).isEqualTo(LATER);
                    assertThat(moved.hosts()).hasSize(3);
                    assertThat(moved.hosts()).allMatch(host -> host.unit().equals(unit(BUREAU)));
                });
        var history = city.get(QuotaHistory.class);
        assertThat(cpu(history.held(node(POLICE), LATER.minusSeconds(1)))).isEqualTo(5);
        assertThat(cpu(history.held(node(POLICE), LATER))).isZero();
        assertThat(cpu(history.held(node(BUREAU), LATER))).isEqualTo(5);
    }

    @Test
    void itIsAuditedAndAnsweredTheSameAgain() {
        var move = new Reorganization.SystemMove(city.system("cases"), unit(BUREAU));
        var id = id();
        var first = reorganizations.carryOut(bureau, id, move, OptionalInt.of(1), "职能划转");
        var again = reorganizations.carryOut(bureau, id, move, OptionalInt.of(1), "职能划转");

        assertThat(first).isInstanceOf(Answer.Done.class);
        assertThat(again).isEqualTo(new Answer.Done(((Answer.Done) first).reorganized(), true));
        assertThat(city.events(Audited.class))
                .filteredOn(row -> row.action().equals("reorganization.systemMove"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.target()).isEqualTo("system/" + city.system("cases"));
                    assertThat(row.detail()).isEqualTo("unit/" + unit(BUREAU));
                });
        var other = new Reorganization.SystemMove(city.system("cases"), unit(CENTRE));
        assertRefused(() -> carryOut(id, other, 2), "ID_REUSED");
    }

    @Test
    void aRefusalIsKeptAndNothingHasChanged() {
        city.delivered(applicant, "cases", 16, NOW);
        var move = new Reorganization.SystemMove(city.system("cases"), unit(CENTRE));
        var id = id();

        var answer = carryOut(id, move, 1);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.NoRoom.class,
                        room -> {
                            var cpu =
                                    room.shortfalls().stream()
                                            .filter(s -> s.resource().equals(Resource.CPU))
                                            .toList();
                            assertThat(cpu.getFirst().node()).isEqualTo(node(CENTRE));
                            assertThat(cpu.getFirst().asked()).isEqualTo(16_000);
                            assertThat(cpu.getFirst().free()).isEqualTo(15_000);
                        });
        assertThat(owner("cases")).isEqualTo(unit(POLICE));
        assertThat(carryOut(id, move, 1)).isEqualTo(answer);
        assertThat(reorganizations.get(id).outcome()).isEqualTo(Reorganized.Outcome.DENIED);
        assertThat(city.events(Audited.class))
                .anyMatch(row ->
                        row.action().equals("reorganization.systemMove")
                                && row.outcome() == Audited.Outcome.FAILURE);
    }

    @Test
    void aSystemIsNotMovedByWhoReadAnotherVersion() {
        var move = new Reorganization.SystemMove(city.system("cases"), unit(BUREAU));
        assertRefused(() -> carryOut(id(), move, 7), "STALE_VERSION");
        assertRefused(
                () ->
                        carryOut(
                                id(),
                                new Reorganization.SystemMove(city.system("cases"), unit(POLICE)),
                                1),
                "ALREADY_THERE");
    }

    @Test
    void aUnitGoesToAnotherRegionOrBecomesAPart() {
        city.delivered(applicant, "beds", 2, NOW);
        city.at(LATER);
        var zhanjiang = new RegionCode("440800");

        var _ = done(new Reorganization.UnitMove(unit(BUREAU), Optional.empty(), zhanjiang), 1);

        assertThat(depth(node(BUREAU))).isEqualTo(3);
        assertThat(depth(system("beds"))).isEqualTo(5);
        assertThat(city.cpu(city.node(POOL, "440700"))).containsExactly(0L, 0L);
        assertThat(city.cpu(city.node(POOL, "440800"))).containsExactly(0L, 70L);
        assertRefused(
                () ->
                        carryOut(
                                id(),
                                new Reorganization.UnitMove(
                                        unit(BUREAU), Optional.of(unit(CENTRE)), zhanjiang),
                                2),
                "UNIT_CYCLE");

        var part = new Reorganization.UnitMove(unit(CENTRE), Optional.of(unit(POLICE)), zhanjiang);
        var _ = done(part, 1);

        assertThat(city.cpu(node(BUREAU))).containsExactly(40L, 0L);
        assertThat(city.cpu(node(POLICE))).containsExactly(30L, 15L);
        var history = city.get(QuotaHistory.class);
        assertThat(cpu(history.held(city.node(POOL, "440700"), LATER.minusSeconds(1))))
                .isEqualTo(2);
        assertThat(cpu(history.held(city.node(POOL, "440700"), LATER))).isZero();
    }

    @Test
    void aUnitIsDissolvedIntoAnotherWithAllThatItHad() {
        city.delivered(applicant, "health", 4, NOW);
        city.delivered(applicant, "beds", 2, NOW);
        city.at(LATER);

        var _ = done(new Reorganization.Dissolution(unit(BUREAU), unit(POLICE)), 1);

        assertThat(city.cpu(node(BUREAU))).containsExactly(0L, 0L);
        assertThat(city.cpu(node(POLICE))).containsExactly(70L, 19L);
        assertThat(owner("health")).isEqualTo(unit(POLICE));
        assertThat(owner("beds")).isEqualTo(unit(CENTRE));
        assertThat(
                        city.jdbc()
                                .sql("select parent from unit where uscc = ?")
                                .param(CENTRE)
                                .query(UUID.class)
                                .single())
                .isEqualTo(unit(POLICE).value());
        assertRefused(
                () -> carryOut(id(), new Reorganization.Dissolution(unit(BUREAU), unit(POLICE)), 2),
                "UNIT_DISSOLVED");
        var file = City.whole();
        file.replaceAll((_, _) -> new ArrayList<>());
        City.row(file, RegisterTable.SYSTEMS, "new", "新系统", BUREAU, "extranet", "no", "2", "", "");
        assertThat(city.imports(file))
                .isInstanceOfSatisfying(
                        ImportOutcome.Faulty.class,
                        faulty ->
                                assertThat(faulty.faults().getFirst().code())
                                        .isEqualTo("UNIT_DISSOLVED"));
    }

    @Test
    void aPartIsDissolvedIntoItsWholeWhosePromiseIncludesIt() {
        city.delivered(applicant, "beds", 2, NOW);

        var _ = done(new Reorganization.Dissolution(unit(CENTRE), unit(BUREAU)), 1);

        assertThat(city.cpu(node(CENTRE))).containsExactly(0L, 0L);
        assertThat(city.cpu(node(BUREAU))).containsExactly(40L, 2L);
        assertThat(owner("beds")).isEqualTo(unit(BUREAU));
    }

    @Test
    void aPoolIsSplitWithUnitsTheirLeasesHostsAndLocks() {
        city.delivered(applicant, "health", 4, NOW);
        city.delivered(applicant, "cases", 1, NOW);
        var open = city.submitted(applicant, "beds", 2);
        var beside = held(city.node(POOL, "INFRASTRUCTURE"));
        city.at(LATER);

        var _ = done(split(60, BUREAU, CENTRE), -1);

        assertThat(city.cpu(city.node(POOL, "POOL"))).containsExactly(40L, 30L);
        assertThat(city.cpu(city.node(HEALTH, "POOL"))).containsExactly(60L, 40L);
        assertThat(city.cpu(city.node(HEALTH, unit(BUREAU)))).containsExactly(40L, 19L);
        assertThat(city.cpu(city.node(HEALTH, unit(CENTRE)))).containsExactly(15L, 2L);
        // Of the seven hosts six went: the overhead of each is the same.
        assertThat(held(city.node(POOL, "INFRASTRUCTURE"))).isEqualTo(beside / 7);
        assertThat(held(city.node(HEALTH, "INFRASTRUCTURE"))).isEqualTo(beside / 7 * 6);
        assertThat(city.events(HostsMoved.class))
                .singleElement()
                .satisfies(moved ->
                        assertThat(moved.hosts())
                                .hasSize(4)
                                .allMatch(host -> host.pool().equals(HEALTH)));
        var gone = applications.get(bureau, open.id()).application();
        assertThat(gone.order().pool()).isEqualTo(HEALTH);
        var _ = city.approvals().approve(gone.id(), Optional.empty());
        assertThat(city.submit(applicant, "beds", 1, HEALTH))
                .isInstanceOf(Submission.Accepted.class);
        assertRefused(() -> city.submit(applicant, "beds", 1, POOL), "WRONG_ZONE");
        var history = city.get(QuotaHistory.class);
        assertThat(cpu(history.held(city.node(POOL, "POOL"), LATER.minusSeconds(1))))
                .isGreaterThanOrEqualTo(7);
    }

    @Test
    void aPoolKeepsWhatItHasPromised() {
        assertThat(carryOut(id(), split(71, BUREAU), -1))
                .isInstanceOfSatisfying(
                        Answer.NoRoom.class,
                        room ->
                                assertThat(room.shortfalls().getFirst().node())
                                        .isEqualTo(city.node(POOL, "POOL")));
        assertThat(carryOut(id(), split(39, BUREAU), -1))
                .isInstanceOfSatisfying(
                        Answer.NoRoom.class,
                        room ->
                                assertThat(room.shortfalls().getFirst().node())
                                        .isEqualTo(city.node(HEALTH, "POOL")));
        assertThat(city.cpu(city.node(POOL, "POOL"))).containsExactly(100L, 70L);
        var _ = done(split(70, BUREAU), -1);
    }

    @RepeatedTest(3)
    void aDissolutionAgainstAnApprovalLeavesBothWhole() throws Exception {
        var open = city.submitted(applicant, "health", 3);
        var reviewed = city.approvals().review(open.id(), Optional.empty());
        var outcomes =
                atOnce(
                        List.of(
                                () ->
                                        done(
                                                new Reorganization.Dissolution(
                                                        unit(BUREAU), unit(POLICE)),
                                                1),
                                () -> city.approvals().finish(reviewed)));

        assertThat(outcomes.getFirst()).isInstanceOf(Reorganized.class);
        // Whoever approves what has gone elsewhere meanwhile is told to read it again.
        boolean approved = outcomes.getLast() instanceof Application;
        assertThat(approved || String.valueOf(outcomes.getLast()).contains("STALE_VERSION"))
                .as("%s", outcomes.getLast())
                .isTrue();
        var now = applications.get(bureau, open.id()).application();
        assertThat(now.unit()).isEqualTo(unit(POLICE));
        assertThat(now.state() == Workflow.State.APPROVED).isEqualTo(approved);
        assertThat(city.cpu(node(POLICE))).containsExactly(70L, 18L);
    }

    @RepeatedTest(3)
    void anOrderAgainstAMoveIsOfWhoOwnsTheSystem() throws Exception {
        var outcomes =
                atOnce(
                        List.of(
                                () ->
                                        done(
                                                new Reorganization.SystemMove(
                                                        city.system("cases"), unit(BUREAU)),
                                                1),
                                () -> city.submitted(applicant, "cases", 3)));

        assertThat(outcomes.getFirst()).isInstanceOf(Reorganized.class);
        assertThat(outcomes.getLast()).isInstanceOf(Application.class);
        assertThat(city.jdbc().sql("select unit from application").query(UUID.class).single())
                .isEqualTo(unit(BUREAU).value());
        assertThat(city.cpu(node(BUREAU))).containsExactly(40L, 18L);
    }

    private static Reorganization.Split splitOf(long cpu, TreeSet<UnitId> units) {
        return new Reorganization.Split(
                POOL,
                HEALTH,
                Amounts.of(
                        Map.of(
                                Resource.CPU,
                                cpu * 1000,
                                Resource.MEMORY,
                                200L << 30,
                                Resource.storage("ssd"),
                                4000L << 30,
                                Resource.HOSTS,
                                60L)),
                units);
    }

    private Reorganization.Split split(long cpu, String... units) {
        var all = new TreeSet<UnitId>(Comparator.comparing(UnitId::toString));
        for (String unit : units) {
            all.add(unit(unit));
        }
        return splitOf(cpu, all);
    }

    private Reorganized done(Reorganization what, int version) {
        return switch (carryOut(id(), what, version)) {
            case Answer.Done(var reorganized, boolean repeated) -> {
                assertThat(repeated).isFalse();
                yield reorganized;
            }
            case Answer.NoRoom room -> throw new AssertionError(room);
        };
    }

    private Answer carryOut(ReorganizationId id, Reorganization what, int version) {
        return reorganizations.carryOut(
                bureau,
                id,
                what,
                version < 0 ? OptionalInt.empty() : OptionalInt.of(version),
                "机构改革");
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable command, String code) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static List<Object> atOnce(List<Callable<?>> work) throws Exception {
        var begin = new CountDownLatch(work.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    work.stream()
                            .map(one ->
                                    threads.submit(() -> {
                                        begin.countDown();
                                        begin.await();
                                        try {
                                            return (Object) one.call();
                                        } catch (Refused e) {
                                            return e;
                                        }
                                    }))
                            .toList();
            var outcomes = new ArrayList<Object>();
            for (var each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        }
    }

    private static ReorganizationId id() {
        return new ReorganizationId(UuidCreator.getTimeOrderedEpoch());
    }

    private UnitId unit(String uscc) {
        return city.unit(uscc);
    }

    private NodeId node(String uscc) {
        return city.node(POOL, unit(uscc));
    }

    private NodeId system(String code) {
        return city.node(POOL, city.system(code));
    }

    private UnitId owner(String system) {
        return new UnitId(
                city.jdbc()
                        .sql("select unit from system_owner where system = ? and upper_inf(during)")
                        .param(city.system(system).value())
                        .query(UUID.class)
                        .single());
    }

    private int depth(NodeId node) {
        return city.jdbc()
                .sql("select depth from quota_node where id = ?")
                .param(node.value())
                .query(Integer.class)
                .single();
    }

    private long held(NodeId node) {
        return city.jdbc()
                .sql("select held from quota_account where node = ? and resource = 'memoryBytes'")
                .param(node.value())
                .query(Long.class)
                .single();
    }

    private static long cpu(Amounts amounts) {
        return amounts.get(Resource.CPU) / 1000;
    }
}

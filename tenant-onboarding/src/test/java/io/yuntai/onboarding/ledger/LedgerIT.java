package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.atOnce;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Shortfall;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger on a real PostgreSQL: what is decided, what is stored, and who wins a race. */
class LedgerIT {

    private static final PoolId POOL = LedgerFixture.POOL;

    private final LedgerFixture fixture = new LedgerFixture();
    private final JdbcClient jdbc = fixture.jdbc;
    private final Ledger ledger = fixture.ledger;
    private final QuotaTree tree = fixture.tree;
    private final QuotaViews views = fixture.views;
    private SystemId system;
    private NodeId leaf;

    @BeforeEach
    void aUnitWith100OfAPoolOf1000() {
        var unit = fixture.unit(100);
        system = fixture.system(unit);
        leaf = fixture.leaf(system, unit);
    }

    @AfterEach
    void everySumIsRight() {
        assertThat(fixture.audits.findings()).isEmpty();
    }

    @Test
    void locksThenGrants() {
        var id = id();
        assertGranted(reserve(id, 30));
        assertThat(standing()).containsExactly(100L, 0L, 30L, 70L);

        within(() -> {
            ledger.post(id(), id, NOW);
            return id;
        });
        assertThat(standing()).containsExactly(100L, 30L, 0L, 70L);
    }

    @Test
    void givesBackWhatIsVoided() {
        var id = id();
        assertGranted(reserve(id, 30));
        within(() -> {
            ledger.voidPending(id(), id, NOW);
            return id;
        });
        assertThat(standing()).containsExactly(100L, 0L, 0L, 100L);
    }

    @Test
    void endsAPendingTransferOnce() {
        var id = id();
        assertGranted(reserve(id, 30));
        within(() -> {
            ledger.post(id(), id, NOW);
            return id;
        });
        assertThatThrownBy(() ->
                        within(() -> {
                            ledger.voidPending(id(), id, NOW);
                            return id;
                        }))
                .isInstanceOf(Refused.class)
                .hasMessage("NOT_PENDING");
    }

    @Test
    void answersTheSameIdWithTheFirstAnswer() {
        var granted = id();
        var denied = id();
        assertGranted(reserve(granted, 60));
        var no = reserve(denied, 60);
        assertThat(no).isInstanceOf(Decision.Denied.class);

        assertGranted(reserve(granted, 60));
        assertThat(reserve(denied, 60)).isEqualTo(no);
        assertThat(standing()).containsExactly(100L, 0L, 60L, 40L);
        assertThatThrownBy(() -> reserve(granted, 61)).hasMessage("ID_REUSED");
    }

    @Test
    void deniesNamingTheLevelAndWhoHoldsTheRest() {
        assertGranted(reserve(id(), 60));

        assertThat(reserve(id(), 41))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> {
                            var shortfall = denied.shortfalls().getFirst();
                            assertThat(shortfall.asked()).isEqualTo(41);
                            assertThat(shortfall.free()).isEqualTo(40);
                            assertThat(shortfall.holders())
                                    .containsExactly(new Shortfall.Holder(leaf, 60));
                            assertThat(
                                            views.named(List.of(shortfall.node()))
                                                    .get(shortfall.node())
                                                    .name())
                                    .isEqualTo("第1局");
                        });
    }

    @Test
    void namesTheFiveThatHoldMostAndAddsUpTheOthers() {
        var unit = fixture.unit(100);
        for (int held : new int[] {20, 18, 16, 14, 12, 10, 8}) {
            var holder = fixture.leafOf(unit);
            assertGranted(
                    within(() -> ledger.reserve(id(), List.of(new Leg(holder, cpu(held))), NOW)));
        }
        var late = fixture.leafOf(unit);
        var id = id();
        var answer = within(() -> ledger.reserve(id, List.of(new Leg(late, cpu(3))), NOW));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> {
                            var shortfall = denied.shortfalls().getFirst();
                            assertThat(shortfall.holders())
                                    .extracting(Shortfall.Holder::amount)
                                    .containsExactly(20L, 18L, 16L, 14L, 12L);
                            assertThat(shortfall.others()).isEqualTo(18);
                        });
        assertThat(within(() -> ledger.reserve(id, List.of(new Leg(late, cpu(3))), NOW)))
                .as("as it was stored")
                .isEqualTo(answer);
    }

    @Test
    void promisesAUnitNoMoreThanThePoolHas() {
        var other = new UnitId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql(
                        "insert into unit (id, uscc, name, region, funding, created_at) values (?, ?, ?, ?, '', ?)")
                .params(
                        other.value(),
                        "114407000070800001",
                        "另一局",
                        "440700",
                        java.sql.Timestamp.from(NOW))
                .update();
        assertThat(within(() -> tree.ensureUnit(POOL, other, "440700", cpu(901))))
                .isInstanceOf(Decision.Denied.class);
        assertGranted(within(() -> tree.ensureUnit(POOL, other, "440700", cpu(900))));
    }

    @Test
    void ofTwentyAtOnceForTheLastEightOnePasses() throws Exception {
        assertGranted(reserve(id(), 92));
        var outcomes = atOnce(20, _ -> reserve(id(), 8));

        assertThat(outcomes).filteredOn(Decision.Granted.class::isInstance).hasSize(1);
        assertThat(standing()).containsExactly(100L, 0L, 100L, 0L);
    }

    @Test
    void twoIdenticalCommandsAtOnceMoveOnce() throws Exception {
        var id = id();
        var outcomes =
                atOnce(
                        2,
                        _ -> {
                            try {
                                return reserve(id, 30);
                            } catch (DataAccessException e) {
                                // The loser of the race for the id; its caller asks again.
                                return reserve(id, 30);
                            }
                        });
        assertThat(outcomes).allSatisfy(LedgerIT::assertGranted);
        assertThat(standing()).containsExactly(100L, 0L, 30L, 70L);
    }

    @Test
    void whatIsLockedIsNotGivenBackByAnother() {
        var pending = id();
        assertGranted(reserve(pending, 30));
        assertGranted(give(20));
        assertGranted(give(-20));

        assertThatThrownBy(() -> give(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("locked");
        assertThatThrownBy(() ->
                        jdbc.sql("update quota_account set held = 29 where node = ?")
                                .param(leaf.value())
                                .update())
                .hasMessageContaining("what_is_locked_is_held");
        within(() -> {
            ledger.voidPending(id(), pending, NOW);
            return pending;
        });
        assertThat(standing()).containsExactly(100L, 0L, 0L, 100L);
    }

    private Decision give(long amount) {
        return within(() -> ledger.transfer(id(), new Leg(leaf, cpu(amount)), NOW));
    }

    @Test
    void theDatabaseRefusesToChangeHistory() {
        assertGranted(reserve(id(), 30));
        for (String sql :
                List.of(
                        "update quota_entry set amount = amount + 1",
                        "delete from quota_transfer",
                        "update quota_leg set amount = 1",
                        "truncate quota_shortfall")) {
            assertThatThrownBy(() -> jdbc.sql(sql).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseRefusesWhatIsOverTheCeilingOrUnbalanced() {
        assertThatThrownBy(() ->
                        jdbc.sql("update quota_account set held = 1001 where ceiling = 1000")
                                .update())
                .hasMessageContaining("never_over_the_ceiling");
        var id = id();
        assertGranted(reserve(id, 30));
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        insert into quota_entry
                                            (transfer, node, resource, side, amount, balance, at)
                                        select transfer, node, 'gpus', 'HELD', 1, 1, at
                                        from quota_entry where transfer = ? limit 1
                                        """)
                                .param(id.value())
                                .update())
                .hasMessageContaining("does not balance");
    }

    private Decision reserve(TransferId id, long amount) {
        return within(() -> ledger.reserve(id, List.of(new Leg(leaf, cpu(amount))), NOW));
    }

    /** Ceiling, committed, locked and free of the unit, in CPU. */
    private List<Long> standing() {
        var row =
                views.path(POOL, system).stream()
                        .filter(level -> level.node().kind() == NodeRef.Kind.UNIT)
                        .findAny()
                        .orElseThrow()
                        .rows()
                        .getFirst();
        return List.of(
                row.ceiling().orElseThrow(),
                row.committed(),
                row.locked(),
                row.free().orElseThrow());
    }

    private <T> T within(Supplier<T> work) {
        return fixture.within(work);
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
    }
}

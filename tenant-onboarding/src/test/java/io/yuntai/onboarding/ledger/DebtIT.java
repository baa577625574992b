package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.granted;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static io.yuntai.onboarding.ledger.LedgerFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What is charged on credit, in the database. */
class DebtIT {

    private static final Instant LATER = NOW.plusSeconds(3600);

    private LedgerFixture fixture;
    private Ledger ledger;
    private UnitId unit;
    private NodeId leaf;

    @BeforeEach
    void aUnitWithAHundred() {
        fixture = new LedgerFixture();
        ledger = fixture.ledger;
        unit = fixture.unit(100);
        leaf = fixture.leafOf(unit);
    }

    @Test
    void keepsHowMuchALevelOwesAndSinceWhen() {
        incur(id(), 130, NOW);

        assertThat(debt()).containsExactly(30L, NOW);
        incur(id(), 5, LATER);
        assertThat(debt()).as("since the first").containsExactly(35L, NOW);
        assertThat(node().debt()).isEqualTo(35);
        assertThat(node().debtSince()).hasValue(NOW);
        assertThat(node().free()).hasValue(0);
        assertThat(node().committed()).isEqualTo(135);
    }

    @Test
    void theSameIdChargesOnceAndOtherContentIsRefused() {
        var id = id();
        incur(id, 130, NOW);
        incur(id, 130, LATER);
        assertThat(debt()).containsExactly(30L, NOW);
        assertThatThrownBy(() -> incur(id, 131, NOW)).hasMessage("ID_REUSED");
    }

    @Test
    void nothingNewFitsWhicheverWayItIsAsked() {
        incur(id(), 130, NOW);

        assertThat(fixture.within(() -> ledger.carryOut(reserve(id(), leaf, 1))))
                .isInstanceOf(Decision.Denied.class);
        try (var committer = fixture.committer()) {
            assertThat(committer.commit(reserve(id(), leaf, 1)))
                    .isInstanceOf(Decision.Denied.class);
        }
    }

    @Test
    void lessIsTakenByWhicheverWayAndTheDatabaseLetsTheDebtFallByItself() {
        incur(id(), 130, NOW);

        granted(fixture.within(() -> ledger.transfer(id(), new Leg(leaf, cpu(-10)), NOW)));
        assertThat(debt()).containsExactly(20L, NOW);
        try (var committer = fixture.committer()) {
            var less = new LedgerCommand.Transfer(id(), List.of(new Leg(leaf, cpu(-15))), LATER);
            granted(committer.commit(less));
        }
        assertThat(debt()).containsExactly(5L, NOW);
        granted(
                fixture.within(() ->
                        ledger.limit(
                                id(),
                                fixture.unitNode(unit),
                                Map.of(Resource.CPU, Limit.fixed(103)),
                                LATER)));
        assertThat(debt()).containsExactly(2L, NOW);
        granted(fixture.within(() -> ledger.transfer(id(), new Leg(leaf, cpu(-4)), LATER)));
        assertThat(fixture.account(fixture.unitNode(unit))).containsExactly(103L, 103L, 101L);
        assertThat(debtOf()).isZero();
        assertThat(node().debtSince()).isEmpty();
    }

    @Test
    void whatAPoolOwesIsOverItsCapacityFromThenOn() {
        var pools = new PoolAccounts(fixture.jdbc);
        incur(id(), 130, NOW);
        incur(id(), 2000, LATER);
        assertThat(pools.at(NOW))
                .containsExactly(
                        new PoolAccounts.Standing(
                                LedgerFixture.POOL, Resource.CPU, 1000, 130, 0, 0, 0, 870, 0));
        assertThat(pools.at(LATER))
                .containsExactly(
                        new PoolAccounts.Standing(
                                LedgerFixture.POOL, Resource.CPU, 1000, 2130, 0, 0, 0, 0, 1130));
    }

    @Test
    void theCommitterMayChargeOnCreditAsWell() {
        try (var committer = fixture.committer()) {
            granted(committer.commit(reserve(id(), leaf, 20)));
            granted(
                    committer.commit(
                            new LedgerCommand.Incur(id(), List.of(new Leg(leaf, cpu(95))), LATER)));
            assertThat(committer.commit(reserve(id(), leaf, 1)))
                    .isInstanceOf(Decision.Denied.class);
        }
        assertThat(debt()).containsExactly(15L, LATER);
    }

    @Test
    void noBugHoldsMoreThanTheCeilingAndWhatIsOwed() {
        incur(id(), 130, NOW);
        assertThatThrownBy(() ->
                        fixture.jdbc
                                .sql("update quota_account set held = 131 where node = ?")
                                .param(fixture.unitNode(unit).value())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("never_over_the_ceiling");
    }

    @Test
    void debitsEqualCreditsOfADebtToo() {
        incur(id(), 130, NOW);
        incur(id(), 2000, LATER);
        assertThat(fixture.audits.findings()).isEmpty();
        assertThat(fixture.account(leaf)).containsExactly(0L, -1L, 2130L);
    }

    private void incur(TransferId id, long amount, Instant at) {
        var _ = fixture.within(() -> ledger.incur(id, List.of(new Leg(leaf, cpu(amount))), at));
    }

    private List<Object> debt() {
        return fixture.jdbc
                .sql("select debt, debt_since from quota_account where node = ? and debt > 0")
                .param(fixture.unitNode(unit).value())
                .query((row, _) ->
                        List.<Object>of(
                                row.getLong(1),
                                row.getObject(2, java.time.OffsetDateTime.class).toInstant()))
                .single();
    }

    private long debtOf() {
        return fixture.jdbc
                .sql("select debt from quota_account where node = ? and resource = 'cpuMillis'")
                .param(fixture.unitNode(unit).value())
                .query(Long.class)
                .single();
    }

    private QuotaNode.Row node() {
        var store = new QuotaNodeStore(fixture.jdbc);
        return store.nodes(List.of(fixture.unitNode(unit))).getFirst().rows().stream()
                .filter(row -> row.resource().equals(Resource.CPU))
                .findAny()
                .orElseThrow();
    }
}

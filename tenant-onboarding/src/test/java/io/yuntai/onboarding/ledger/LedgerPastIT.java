package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.atOnce;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.granted;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Fit;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits, expiry and the past, on a real PostgreSQL. */
class LedgerPastIT {

    private final LedgerFixture fixture = new LedgerFixture();
    private final QuotaHistory history = new QuotaHistory(fixture.jdbc);
    private LedgerCommitter committer;
    private UnitId unit;
    private NodeId leaf;

    @BeforeEach
    void aUnitWith100() {
        unit = fixture.unit(100);
        leaf = fixture.leafOf(unit);
        committer = fixture.committer();
    }

    @AfterEach
    void everySumIsRight() {
        committer.close();
        assertThat(fixture.audits.findings()).isEmpty();
    }

    @Test
    void lowersACeilingToWhatIsHeldAndSaysWhoHoldsItUnderThat() {
        granted(committer.commit(reserve(60, NOW, Optional.empty())));
        var node = fixture.unitNode(unit);

        assertThat(committer.commit(limits(node, 59)))
                .isEqualTo(
                        new Decision.Denied(
                                List.of(
                                        new Shortfall(
                                                node,
                                                Resource.CPU,
                                                60,
                                                59,
                                                List.of(new Shortfall.Holder(leaf, 60)),
                                                0))));
        granted(committer.commit(limits(node, 60)));
    }

    @Test
    void promisesOnlyWhatTheParentHas() {
        var node = fixture.unitNode(unit);

        assertThat(committer.commit(limits(node, 1001))).isInstanceOf(Decision.Denied.class);
        granted(committer.commit(limits(node, 1000)));
    }

    @Test
    void saysHowMuchWouldFit() {
        var legs = List.of(new Leg(leaf, cpu(130)));

        assertThat(fixture.within(() -> fixture.ledger.fit(legs)))
                .isEqualTo(new Fit(cpu(100), 100, 130));
    }

    @Test
    void tellsWhatWasHeldAtAnyMoment() {
        var first = reserve(60, NOW.plusSeconds(10), Optional.empty());
        granted(committer.commit(first));
        granted(committer.commit(new LedgerCommand.Post(id(), first.id(), NOW.plusSeconds(15))));
        var sibling = fixture.leafOf(unit);
        granted(
                committer.commit(
                        new LedgerCommand.Transfer(
                                id(), List.of(new Leg(sibling, cpu(30))), NOW.plusSeconds(20))));
        granted(
                committer.commit(
                        new LedgerCommand.Transfer(
                                id(), List.of(new Leg(leaf, cpu(-50))), NOW.plusSeconds(30))));
        var node = fixture.unitNode(unit);

        assertThat(history.held(node, NOW.plusSeconds(9))).isEqualTo(Amounts.NONE);
        assertThat(history.held(node, NOW.plusSeconds(10))).isEqualTo(cpu(60));
        assertThat(history.held(node, NOW.plusSeconds(25))).isEqualTo(cpu(90));
        assertThat(history.held(node, NOW.plusSeconds(99))).isEqualTo(cpu(40));
        assertThat(history.held(leaf, NOW.plusSeconds(25))).isEqualTo(cpu(60));
    }

    @Test
    void tellsHowAPoolStoodAtAnyMomentAndThatItAddsUp() {
        var pools = new PoolAccounts(fixture.jdbc);
        var first = reserve(60, NOW.plusSeconds(10), Optional.empty());
        granted(committer.commit(first));
        granted(committer.commit(new LedgerCommand.Post(id(), first.id(), NOW.plusSeconds(15))));
        granted(committer.commit(reserve(30, NOW.plusSeconds(20), Optional.empty())));

        assertThat(pools.at(NOW.plusSeconds(9))).containsExactly(standing(0, 0, 100));
        assertThat(pools.at(NOW.plusSeconds(10))).containsExactly(standing(0, 60, 40));
        assertThat(pools.at(NOW.plusSeconds(15))).containsExactly(standing(60, 0, 40));
        assertThat(pools.at(NOW.plusSeconds(99))).containsExactly(standing(60, 30, 10));
        assertThat(pools.at(NOW.minusSeconds(1))).isEmpty();
        assertThat(
                        pools.taken(
                                List.of(
                                        NOW.plusSeconds(9),
                                        NOW.plusSeconds(10),
                                        NOW.plusSeconds(99))))
                .extracting(PoolAccounts.Taken::amount)
                .containsExactly(60L, 90L);
    }

    /** In a pool of 1,000, of which a unit is promised 100. */
    private static PoolAccounts.Standing standing(long units, long locked, long promised) {
        return new PoolAccounts.Standing(
                LedgerFixture.POOL, Resource.CPU, 1000, units, 0, locked, promised, 900, 0);
    }

    @Test
    void timeRunsOneWayOnAnAccountWhateverTheClocksSay() {
        granted(committer.commit(reserve(60, NOW.plusSeconds(10), Optional.empty())));
        granted(committer.commit(reserve(20, NOW, Optional.empty())));

        assertThat(history.held(leaf, NOW.plusSeconds(9))).isEqualTo(Amounts.NONE);
        assertThat(history.held(leaf, NOW.plusSeconds(10))).isEqualTo(cpu(80));
    }

    @Test
    void pagesThroughTheHistoryOfANodeFromTheLatest() {
        for (int i = 1; i <= 5; i++) {
            granted(committer.commit(reserve(i, NOW, Optional.empty())));
        }
        var amounts = new ArrayList<Long>();
        var query = new PageQuery(2, Optional.empty(), Optional.empty(), "");
        var page = history.of(fixture.unitNode(unit), query);
        assertThat(page.total()).as("with the limit of the unit").isEqualTo(6);
        page.items().forEach(movement -> amounts.add(movement.amount()));
        while (page.next().isPresent()) {
            var cursor = Cursor.of(page.next().get());
            page =
                    history.of(
                            fixture.unitNode(unit),
                            new PageQuery(2, Optional.of(cursor), Optional.empty(), ""));
            page.items().forEach(movement -> amounts.add(movement.amount()));
        }
        assertThat(amounts).containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
    }

    @Test
    void tellsWhatLimitsWereAtAnyMomentAndEachChangeOfThem() {
        var node = fixture.unitNode(unit);
        granted(committer.commit(limits(node, 120, NOW.plusSeconds(10))));
        assertThat(committer.commit(limits(node, 1001, NOW.plusSeconds(15))))
                .isInstanceOf(Decision.Denied.class);
        fixture.within(() ->
                fixture.ledger.carryOut(
                        new LedgerCommand.SetLimits(
                                id(),
                                node,
                                Map.of(Resource.CPU, new Limit(80, OptionalLong.empty())),
                                NOW.plusSeconds(20))));

        assertThat(history.limits(node, NOW.minusSeconds(1))).isEmpty();
        assertThat(history.limits(node, NOW)).isEqualTo(Map.of(Resource.CPU, Limit.fixed(100)));
        assertThat(history.limits(node, NOW.plusSeconds(10)))
                .isEqualTo(Map.of(Resource.CPU, Limit.fixed(120)));
        assertThat(history.limits(node, NOW.plusSeconds(99)))
                .isEqualTo(Map.of(Resource.CPU, new Limit(80, OptionalLong.empty())));
        assertThat(history.of(node, PageQuery.FIRST).items())
                .extracting(
                        QuotaHistory.Movement::phase, movement -> movement.limits().orElseThrow())
                .containsExactly(
                        tuple(
                                "LIMIT",
                                new QuotaHistory.LimitChange(
                                        Limit.fixed(120), new Limit(80, OptionalLong.empty()))),
                        tuple(
                                "LIMIT",
                                new QuotaHistory.LimitChange(Limit.fixed(100), Limit.fixed(120))),
                        tuple(
                                "LIMIT",
                                new QuotaHistory.LimitChange(
                                        new Limit(0, OptionalLong.empty()), Limit.fixed(100))));
    }

    @Test
    void findsChangesByResourceAndTimeAndSaysWhatBecameOfALock() {
        var locked = reserve(10, NOW, Optional.empty());
        granted(committer.commit(locked));
        fixture.within(() -> {
            fixture.ledger.voidPending(id(), locked.id(), NOW.plusSeconds(5));
            return true;
        });
        granted(committer.commit(reserve(3, NOW.plusSeconds(9), Optional.empty())));

        var all = history.of(leaf, PageQuery.FIRST).items();
        assertThat(all).extracting(QuotaHistory.Movement::amount).containsExactly(3L, -10L, 10L);
        assertThat(all)
                .extracting(QuotaHistory.Movement::end)
                .containsExactly(Optional.empty(), Optional.of("VOID"), Optional.of("VOID"));
        assertThat(all.get(1).lock()).contains(locked.id());
        var within =
                new QuotaHistory.Filter(
                        Optional.of(Resource.CPU),
                        Optional.of(NOW.plusSeconds(5)),
                        Optional.of(NOW.plusSeconds(9)));
        assertThat(history.of(leaf, PageQuery.FIRST, within).items())
                .extracting(QuotaHistory.Movement::amount)
                .containsExactly(-10L);
        var memory =
                new QuotaHistory.Filter(
                        Optional.of(Resource.MEMORY), Optional.empty(), Optional.empty());
        assertThat(history.of(leaf, PageQuery.FIRST, memory).total()).isZero();
    }

    @Test
    void givesBackWhatIsLockedForTooLong() {
        granted(committer.commit(reserve(10, NOW, Optional.of(NOW.plusSeconds(60)))));
        granted(committer.commit(reserve(20, NOW, Optional.of(NOW.plusSeconds(61)))));
        granted(committer.commit(reserve(40, NOW, Optional.empty())));

        assertThat(expirations(NOW.plusSeconds(60)).sweep()).hasSize(1);
        assertThat(expirations(NOW.plusSeconds(60)).sweep()).isEmpty();
        assertThat(fixture.account(leaf).getLast()).isEqualTo(60);
    }

    @Test
    void eitherExpiresOrIsPostedNeverBoth() throws Exception {
        for (int round = 0; round < 10; round++) {
            var pending = reserve(10, NOW, Optional.of(NOW.plusSeconds(60)));
            granted(committer.commit(pending));
            long before = fixture.account(leaf).getLast();
            var ends =
                    atOnce(
                            4,
                            i ->
                                    i % 2 == 0
                                            ? !expirations(NOW.plusSeconds(60)).sweep().isEmpty()
                                            : posted(pending.id()));

            // Two sweeps may both be told that it has expired, for it has.
            assertThat(ends.get(0) || ends.get(2)).isNotEqualTo(ends.get(1) || ends.get(3));
            assertThat(ends.get(1) && ends.get(3)).isFalse();
            long after = fixture.account(leaf).getLast();
            assertThat(after).isIn(before, before - 10);
        }
    }

    private boolean posted(TransferId pending) {
        try {
            return fixture.within(() -> {
                fixture.ledger.post(id(), pending, NOW.plusSeconds(60));
                return true;
            });
        } catch (Refused e) {
            return false;
        }
    }

    private Expirations expirations(Instant now) {
        return new Expirations(
                fixture.store,
                fixture.ledger,
                _ -> {},
                fixture.transactions,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static LedgerCommand limits(NodeId node, long amount) {
        return limits(node, amount, NOW);
    }

    private static LedgerCommand limits(NodeId node, long amount, Instant at) {
        return new LedgerCommand.SetLimits(
                id(), node, Map.of(Resource.CPU, Limit.fixed(amount)), at);
    }

    private LedgerCommand.Reserve reserve(long amount, Instant at, Optional<Instant> expires) {
        return new LedgerCommand.Reserve(id(), List.of(new Leg(leaf, cpu(amount))), expires, at);
    }
}

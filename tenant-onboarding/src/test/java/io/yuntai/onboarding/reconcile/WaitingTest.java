package io.yuntai.onboarding.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final Amounts FOUR = Amounts.of(Resource.CPU, 4000);

    private final Waiting waiting = new Waiting();

    @Test
    void whatWasRefusedIsWantedForAWhile() {
        waiting.refused(lease("a", POOL), FOUR, NOW);
        assertThat(waiting.wanted(id("a"), NOW.plusSeconds(120))).isEqualTo(FOUR);
        assertThat(waiting.in(POOL, NOW.plusSeconds(120))).containsExactly(id("a"));
        assertThat(waiting.in(POOL, NOW.plusSeconds(121))).isEmpty();
        assertThat(waiting.wanted(id("a"), NOW.plusSeconds(121))).isEqualTo(Amounts.NONE);
        assertThat(waiting.wanted(id("b"), NOW)).isEqualTo(Amounts.NONE);
    }

    @Test
    void whoeverHasWaitedLongestIsTheFirstAlsoWhenHeIsRefusedAgain() {
        waiting.refused(lease("b", POOL), FOUR, NOW);
        waiting.refused(lease("a", POOL), FOUR, NOW.plusSeconds(1));
        waiting.refused(lease("b", POOL), FOUR, NOW.plusSeconds(2));
        waiting.refused(lease("c", PoolId.of("internet-ordinary")), FOUR, NOW);
        assertThat(waiting.in(POOL, NOW.plusSeconds(3))).containsExactly(id("b"), id("a"));
    }

    @Test
    void whoAsksForLittleDoesNotHaveWhoAsksForMuchForgotten() {
        var memory = Amounts.of(Resource.MEMORY, 8);
        waiting.refused(lease("a", POOL), FOUR.plus(memory), NOW);
        waiting.refused(lease("a", POOL), Amounts.of(Resource.CPU, 1000), NOW.plusSeconds(1));
        assertThat(waiting.wanted(id("a"), NOW.plusSeconds(1))).isEqualTo(FOUR.plus(memory));
        assertThat(waiting.latest(id("a"), NOW.plusSeconds(1)))
                .isEqualTo(Amounts.of(Resource.CPU, 1000));
        waiting.refused(lease("a", POOL), Amounts.of(Resource.CPU, 1000), NOW.plusSeconds(200));
        assertThat(waiting.wanted(id("a"), NOW.plusSeconds(200)))
                .isEqualTo(Amounts.of(Resource.CPU, 1000));
    }

    @Test
    void roomThatIsLeftLyingIsWantedByNobody() {
        waiting.refused(lease("a", POOL), FOUR, NOW);
        assertThat(waiting.hasRoom(id("a"), NOW)).contains(NOW.plus(PATIENCE));
        assertThat(waiting.hasRoom(id("a"), NOW.plusMillis(299))).contains(NOW.plus(PATIENCE));
        assertThat(waiting.wanted(id("a"), NOW.plusMillis(299))).isEqualTo(FOUR);
        assertThat(waiting.hasRoom(id("a"), NOW.plusMillis(300))).isEmpty();
        assertThat(waiting.wanted(id("a"), NOW.plusMillis(300))).isEqualTo(Amounts.NONE);
        assertThat(waiting.hasRoom(id("a"), NOW.plusMillis(300))).isEmpty();
    }

    @Test
    void whereItWasTakenTheNextOneHasHisTimeAgain() {
        waiting.refused(lease("a", POOL), FOUR, NOW);
        assertThat(waiting.hasRoom(id("a"), NOW)).isPresent();
        waiting.moved(id("a"));
        assertThat(waiting.hasRoom(id("a"), NOW.plusMillis(300)))
                .contains(NOW.plusMillis(300).plus(PATIENCE));
        waiting.refused(lease("a", POOL), FOUR, NOW.plusMillis(400));
        assertThat(waiting.hasRoom(id("a"), NOW.plusMillis(600)))
                .contains(NOW.plusMillis(600).plus(PATIENCE));
    }

    private static LeaseId id(String namespace) {
        return new LeaseId("one", namespace);
    }

    private static Lease lease(String namespace, PoolId pool) {
        return new Lease(
                id(namespace),
                new SystemId(UUID.randomUUID()),
                new UnitId(UUID.randomUUID()),
                pool,
                LeaseAccount.EMPTY,
                1,
                ClusterState.ACTIVE);
    }
}

package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The sums of the witness, without servers. */
class WitnessTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Site SITE = new Site(0, "a");

    @Test
    void theHighestSumIsOverAllServersAtOneTime() {
        var sums = new Sums(2, 100, 0);

        sums.hard(0, 60, 1);
        sums.hard(1, 30, 2);
        sums.hard(0, 10, 3);
        sums.hard(1, 70, 4);
        sums.used(0, 55, 5);

        assertThat(sums.highestHard()).isEqualTo(0.9);
        assertThat(sums.highestUsed()).isEqualTo(0.55);
    }

    @Test
    void whatLiesIdleIsWeightedByTime() {
        var sums = new Sums(1, 100, 0);

        sums.hard(0, 40, 0);
        sums.used(0, 40, 10);
        sums.used(0, 40, 40);

        assertThat(sums.idlePercent()).isEqualTo(10);
    }

    @Test
    void aGrantWaitsUntilItOrALaterOneIsEnforced() {
        var enforced = new Enforced();
        enforced.seen(SITE, 2, NOON.plusMillis(200));
        enforced.seen(SITE, 2, NOON.plusMillis(300));
        enforced.seen(SITE, 4, NOON.plusMillis(900));

        var waits =
                enforced.waits(
                        List.of(
                                new Grant(SITE, 2, NOON),
                                new Grant(SITE, 3, NOON.plusMillis(500)),
                                new Grant(SITE, 5, NOON),
                                new Grant(new Site(1, "a"), 2, NOON)));

        assertThat(waits.size()).isEqualTo(2);
        assertThat(waits.milliseconds(50)).isEqualTo(200);
        assertThat(waits.milliseconds(100)).isEqualTo(400);
    }

    @Test
    void readsProcessorsAsKubernetesWritesThem() {
        var json = JsonNodeFactory.instance;

        assertThat(Witness.millis(json.stringNode("1500m"))).isEqualTo(1500);
        assertThat(Witness.millis(json.stringNode("2"))).isEqualTo(2000);
        assertThat(Witness.millis(json.stringNode("1k"))).isEqualTo(1_000_000);
        assertThat(Witness.millis(json.missingNode())).isZero();
    }

    @Test
    void theDemandIsTheSameForASeedAndAlwaysAsLargeInAll() {
        var time = Duration.ofMinutes(5);
        var demand = Demand.of(7, Demand.Size.BENCH, time);
        var same = Demand.of(7, Demand.Size.BENCH, time);

        for (int second = 0; second < time.toSeconds(); second++) {
            var at = Duration.ofSeconds(second);
            assertThat(demand.total(at)).isBetween(1_230_000L, 1_266_000L);
            for (var creator : demand.creators()) {
                assertThat(same.wanted(creator, at)).isEqualTo(demand.wanted(creator, at));
            }
        }
        assertThat(demand.creators()).hasSize(64).isEqualTo(same.creators());
        assertThat(demand.creators()).extracting(Demand.Creator::kind).contains(Demand.Kind.HOST);
    }
}

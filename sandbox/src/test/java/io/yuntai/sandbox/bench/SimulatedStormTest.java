package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.quota.LeasePolicy;
import io.yuntai.sandbox.storm.LongStorm.Span;
import io.yuntai.sandbox.storm.Mishap;
import io.yuntai.sandbox.storm.Parts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedStormTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void everyKindOfMishapHappensAndNothingBreaks() throws Exception {
        var storm = new SimulatedStorm(Parts.OURS, lines::add);

        var tally = storm.play(new Request.Simulation(1, new Span.Seeds(80)));

        assertThat(tally.breach()).isEmpty();
        assertThat(tally.seeds()).isEqualTo(80);
        assertThat(tally.steps()).isGreaterThan(80 * 220);
        assertThat(tally.checks()).isGreaterThan(tally.steps());
        assertThat(tally.mishaps().keySet()).containsExactlyInAnyOrder(Mishap.values());
        assertThat(SimulatedStorm.markdown(tally)).contains("80 seeds", "| keeper died |");
    }

    @Test
    void endsWhenItsTimeIsOver() throws Exception {
        var storm = new SimulatedStorm(Parts.OURS, lines::add);

        var tally = storm.play(new Request.Simulation(1, new Span.Time(Duration.ofMillis(200))));

        assertThat(tally.seeds()).isPositive();
        assertThat(tally.took()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(30));
    }

    @Test
    void aBreachIsPrintedWithTheCommandThatPlaysItAgain() throws Exception {
        var storm = new SimulatedStorm(Parts.OURS.withPolicy(withoutSettling()), lines::add);

        var breach =
                storm.play(new Request.Simulation(1, new Span.Seeds(1000))).breach().orElseThrow();

        var command = lines.getLast().replace("once more: ./yuntai bench ", "");
        assertThat(command).startsWith("storm --simulated --seed ");
        var request = Request.of(Arrays.asList(command.split(" ")), Set.of("storm"));
        assertThat(storm.replay((Request.Replay) request)).contains(breach);
    }

    private static LeasePolicy withoutSettling() {
        var ours = Parts.OURS.policy();
        return new LeasePolicy(
                ours.reservePercent(),
                ours.leastReserve(),
                ours.stepPercent(),
                ours.scarcePercent(),
                Duration.ZERO,
                ours.idleAfter());
    }
}

package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.quota.LeasePolicy;
import io.yuntai.sandbox.storm.Course;
import io.yuntai.sandbox.storm.LongStorm.Span;
import io.yuntai.sandbox.storm.Mishap;
import io.yuntai.sandbox.storm.Parts;
import io.yuntai.sandbox.storm.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void aBreachIsPrintedWithTheCommandThatPlaysItAgain(Course course) {
        var wrong = Parts.OURS.withPolicy(withoutSettling());
        var breach =
                LongStream.rangeClosed(1, 1000)
                        .mapToObj(seed -> Storm.play(seed, course, wrong).breach())
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow();

        var command = breach.toString().lines().toList().getLast();
        assertThat(command).startsWith("once more: ./yuntai bench storm --simulated --seed ");
        var words = command.replace("once more: ./yuntai bench ", "").split(" ");
        var request = (Request.Replay) Request.of(List.of(words), Set.of("storm"));
        assertThat(new SimulatedStorm(wrong, lines::add).replay(request)).contains(breach);
        assertThat(lines).containsExactly(breach.toString());
    }

    @Test
    void manyStormsEndWithTheOneThatBroke() throws Exception {
        var storm = new SimulatedStorm(Parts.OURS.withPolicy(withoutSettling()), lines::add);

        var tally = storm.play(new Request.Simulation(1, new Span.Seeds(1000)));

        assertThat(lines.getLast()).isEqualTo(tally.breach().orElseThrow().toString());
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

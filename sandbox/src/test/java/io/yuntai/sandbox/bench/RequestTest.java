package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.sandbox.storm.Breach;
import io.yuntai.sandbox.storm.Course;
import io.yuntai.sandbox.storm.LongStorm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    private static final Set<String> KNOWN = Set.of("start", "pods", "storm");

    @Test
    void withoutWordsAllBenchmarksRun() {
        assertThat(of("")).isEqualTo(new Request.Benchmarks(Set.of(), false, Optional.empty()));
    }

    @Test
    void readsNamesAndOptionsInAnyOrder() {
        assertThat(of("pods --json start"))
                .isEqualTo(new Request.Benchmarks(Set.of("start", "pods"), true, Optional.empty()));
        assertThat(of("--list")).isEqualTo(new Request.Listing());
    }

    @Test
    void aStormOnRealServersTakesMinutes() {
        assertThat(of("storm --minutes 1.5"))
                .isEqualTo(
                        new Request.Benchmarks(
                                Set.of("storm"), false, Optional.of(Duration.ofSeconds(90))));
    }

    @Test
    void aSimulatedStormTakesSeedsOrMinutes() {
        assertThat(of("storm --simulated"))
                .isEqualTo(
                        new Request.Simulation(1, new LongStorm.Span.Seeds(Request.DEFAULT_SEEDS)));
        assertThat(of("storm --simulated --seeds 20 --from 7"))
                .isEqualTo(new Request.Simulation(7, new LongStorm.Span.Seeds(20)));
        assertThat(of("storm --minutes 2 --simulated"))
                .isEqualTo(
                        new Request.Simulation(1, new LongStorm.Span.Time(Duration.ofMinutes(2))));
    }

    @Test
    void theCommandThatPlaysABreachAgainIsReadAsItIsPrinted() {
        for (var course : Course.values()) {
            var breach = new Breach(123_456, course, 0, Breach.Rule.REST, "", List.of());

            assertThat(of(breach.command().replace("./yuntai bench ", "")))
                    .isEqualTo(new Request.Replay(123_456, course));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "--nonsense",
                "start --minutes 2",
                "--minutes 2",
                "start --seeds 5",
                "--simulated",
                "start --simulated",
                "storm --simulated --json",
                "storm --simulated --seeds",
                "storm --simulated --seeds 0",
                "storm --simulated --seeds -1",
                "storm --simulated --seeds 5 --minutes 1",
                "storm --simulated --seed 5 --minutes 1",
                "storm --simulated --restored",
                "storm --minutes 0",
                "storm --minutes 99999",
                "storm --minutes x",
                "storm --seed 5"
            })
    void refusesWordsThatMakeNoSense(String words) {
        assertThatThrownBy(() -> of(words)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Request of(String words) {
        return Request.of(words.isEmpty() ? List.of() : List.of(words.split(" ")), KNOWN);
    }
}

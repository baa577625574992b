package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

    private static final Measurement HOLDS =
            new Measurement("start", "again", 4.2004, "s", 2.1, new Target.AtMost(15));

    private static final Measurement FAILS =
            new Measurement("delivery", "p99", 1234.5, "ms", 400, new Target.AtMostTimes(2));

    @Test
    void percentilesAreMeasuredValuesByNearestRank() {
        var samples = new Samples();
        for (var i = 1; i <= 10; i++) {
            samples.add(Duration.ofMillis(i * 10));
        }

        assertThat(samples.milliseconds(50)).isEqualTo(50);
        assertThat(samples.milliseconds(99)).isEqualTo(100);
        assertThat(samples.milliseconds(1)).isEqualTo(10);
    }

    @Test
    void withoutSamplesThereIsNoFigure() {
        assertThatThrownBy(() -> new Samples().seconds(50))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesTurnsStartingWithTheOtherEachRound() throws Exception {
        var order = new ArrayList<String>();

        var turns = Turns.take(3, () -> round(order, "ours"), () -> round(order, "baseline"));

        assertThat(order)
                .containsExactly("ours", "baseline", "baseline", "ours", "ours", "baseline");
        assertThat(turns.ours().size()).isEqualTo(3);
    }

    @Test
    void aTargetIsOnTheValueOrOnTheRatio() {
        assertThat(HOLDS.holds()).isTrue();
        assertThat(FAILS.ratio()).isGreaterThan(3);
        assertThat(FAILS.holds()).isFalse();
    }

    @Test
    void printsOneJsonObjectALine() {
        assertThat(new Report(List.of(HOLDS, FAILS)).json().lines())
                .containsExactly(
                        """
                        {"bench":"start","metric":"again","value":4.2,"unit":"s","baseline":2.1,\
                        "ratio":2,"target":"value <= 15 s","holds":true}\
                        """,
                        """
                        {"bench":"delivery","metric":"p99","value":1235,"unit":"ms","baseline":400,\
                        "ratio":3.09,"target":"ratio <= 2","holds":false}\
                        """);
    }

    @Test
    void printsATableForPeople() {
        assertThat(new Report(List.of(HOLDS, FAILS)).table())
                .isEqualTo(
                        """
                        bench     metric  value  unit  baseline  ratio  target         holds
                        start     again   4.2    s     2.1       2      value <= 15 s  yes
                        delivery  p99     1235   ms    400       3.09   ratio <= 2     NO\
                        """);
    }

    @Test
    void refusesAFigureOfNothing() {
        assertThatThrownBy(() -> new Measurement("start", "again", 0, "s", 1, new Target.AtMost(1)))
                .hasMessageContaining("nothing was measured");
    }

    @Test
    void aShareMayBeNothingAndHasNoRatioOverNothing() {
        var share = new Measurement("storm", "idle", 0, "%", 0, new Target.ShareAtMost(10));
        var shown = new Measurement("storm", "first try", 50, "%", 0, new Target.None());

        assertThat(share.holds()).isTrue();
        assertThat(shown.holds()).isTrue();
        assertThat(new Report(List.of(share)).table()).contains("value <= 10 %");
        assertThat(new Report(List.of(shown)).json()).doesNotContain("ratio");
        assertThatThrownBy(() ->
                        new Measurement("storm", "idle", -1, "%", 1, new Target.ShareAtMost(10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replacesOnlyTheSectionOfWhatWasRun() {
        var page = "# Benchmarks\n\n## a\n\nold a\n\n## b\n\nold b\n";

        assertThat(BenchmarksPage.replaced(page, "a", "## a\n\nnew\n"))
                .isEqualTo("# Benchmarks\n\n## a\n\nnew\n\n## b\n\nold b\n");
        assertThat(BenchmarksPage.replaced(page, "b", "## b\n\nnew\n"))
                .isEqualTo("# Benchmarks\n\n## a\n\nold a\n\n## b\n\nnew\n");
        assertThat(BenchmarksPage.replaced(page, "c", "## c\n\nnew\n"))
                .endsWith("old b\n\n## c\n\nnew\n");
    }

    private static List<Duration> round(List<String> order, String who) {
        order.add(who);
        return List.of(Duration.ofMillis(1));
    }
}

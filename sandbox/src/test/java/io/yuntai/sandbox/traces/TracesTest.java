package io.yuntai.sandbox.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {

    private static final String GOLDEN = "1052 12.3144 919 37 649 589 436";

    @Test
    void theBundledDayHasTheGoldenFigures() {
        assertThat(figures(Traces.bundled())).isEqualTo(GOLDEN);
    }

    @Test
    void anIndependentCalculationFindsTheSame() throws Exception {
        boolean there = pythonIsThere();
        assertThat(there || System.getenv("CI") == null).as("CI needs python3").isTrue();
        assumeTrue(there, "python3 is not installed: apt-get install python3");
        var day = Path.of(Traces.class.getResource("20110303.csv.gz").toURI());
        var python =
                new ProcessBuilder("python3", "src/test/python/golden.py", day.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(
                        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                .lines())
                .first()
                .isEqualTo(GOLDEN);
    }

    private static String figures(List<Trace> traces) {
        long sum = traces.stream().mapToLong(Trace::sum).sum();
        var low = traces.stream().filter(trace -> trace.sum() < 10 * Trace.SAMPLES).toList();
        var calm = low.stream().filter(trace -> trace.p95() < 20).toList();
        return "%d %s %d %d %d %d %d"
                .formatted(
                        traces.size(),
                        BigDecimal.valueOf(sum)
                                .divide(
                                        BigDecimal.valueOf((long) traces.size() * Trace.SAMPLES),
                                        4,
                                        RoundingMode.HALF_UP),
                        traces.stream().filter(t -> t.sum() < 30 * Trace.SAMPLES).count(),
                        traces.stream().filter(t -> t.sum() > 50 * Trace.SAMPLES).count(),
                        low.size(),
                        calm.size(),
                        calm.stream().filter(trace -> trace.max() < 50).count());
    }

    private static boolean pythonIsThere() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

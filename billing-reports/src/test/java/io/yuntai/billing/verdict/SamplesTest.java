package io.yuntai.billing.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void thePercentileIsTheSmallestThat95Of100DoNotExceed() {
        var samples = new Samples();
        for (int hundredths = 1; hundredths <= 20; hundredths++) {
            samples.add(hundredths);
        }
        assertThat(samples.p95()).hasToString("0.19");
        assertThat(samples.peak()).hasToString("0.20");
        samples.add(10_500);
        assertThat(samples.p95()).hasToString("0.20");
        assertThat(samples.peak()).hasToString("105.00");
    }

    @Test
    void itIsTheSampleOfThatRankWhateverTheyAre() {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int count = 1; count < 300; count++) {
            var all = random.ints(count, 0, 300).toArray();
            var samples = new Samples();
            Arrays.stream(all).forEach(samples::add);
            Arrays.sort(all);
            int rank = (95 * count + 99) / 100;
            assertThat(samples.p95().unscaledValue().intValue()).isEqualTo(all[rank - 1]);
        }
    }
}

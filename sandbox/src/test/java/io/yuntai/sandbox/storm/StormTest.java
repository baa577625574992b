package io.yuntai.sandbox.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand storms, and 250 on each other course. One that breaks something says by which command
 * it is played again.
 */
class StormTest {

    private static final long SEEDS = 1000;

    @Test
    void nothingIsOversoldAndNothingIsStranded() {
        var breach =
                LongStream.rangeClosed(1, SEEDS)
                        .parallel()
                        .mapToObj(seed -> Storm.play(seed, Parts.OURS).orElse(null))
                        .filter(Objects::nonNull)
                        .findAny();
        assertThat(breach).isEmpty();
    }

    @Test
    void neitherIsItAfterTheLedgerWasRestored() {
        var breach =
                LongStream.rangeClosed(1, SEEDS / 4)
                        .parallel()
                        .mapToObj(seed -> Storm.playWithRestore(seed, Parts.OURS).orElse(null))
                        .filter(Objects::nonNull)
                        .findAny();
        assertThat(breach).isEmpty();
    }

    @Test
    void neitherIsItWhenClustersAreLostAndComeBack() {
        var breach =
                LongStream.rangeClosed(1, SEEDS / 4)
                        .parallel()
                        .mapToObj(seed -> Storm.play(seed, Course.LOST, Parts.OURS).breach())
                        .flatMap(Optional::stream)
                        .findAny();
        assertThat(breach).isEmpty();
    }

    @Test
    void theSameSeedIsTheSameStorm() {
        var forgetful = Parts.OURS.withRetriesThatForgetTheirId();
        assertThat(Storm.play(3, forgetful)).isEqualTo(Storm.play(3, forgetful));
    }
}

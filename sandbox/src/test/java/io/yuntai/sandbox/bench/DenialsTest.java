package io.yuntai.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DenialsTest {

    private final Taken taken = new Taken();
    private final Denials denials = new Denials(100, taken);

    @Test
    void aRefusalIsFalseWhenThePoolHadRoom() {
        taken.add(10, 60);
        denials.attempted();

        denials.refusedAtFirst(20, 21, 40);

        assertThat(denials.figures()).isEqualTo(new Denials.Figures(1, 1, 1, 0, 0, 0));
    }

    @Test
    void aRefusalIsTrueWhenThePoolWasTooFull() {
        taken.add(10, 61);
        denials.attempted();

        denials.refusedAtFirst(20, 21, 40);
        denials.refused(20, 30, 40);

        assertThat(denials.figures()).isEqualTo(new Denials.Figures(1, 1, 0, 1, 0, 0));
    }

    @Test
    void itIsTrueWhenThePoolWasFullAtAnyMomentOfTheRetries() {
        taken.add(10, 50);
        taken.add(25, 30);
        taken.add(26, -30);

        denials.refused(20, 30, 40);
        denials.refused(27, 30, 40);

        assertThat(denials.figures().refused()).isEqualTo(2);
        assertThat(denials.figures().falsely()).isOne();
    }

    @Test
    void headRoomIsATenthOfThePool() {
        var large = new Denials(1000, taken);
        taken.add(10, 899);

        large.refused(20, 30, 1);
        large.refused(20, 30, 2);

        assertThat(large.figures()).isEqualTo(new Denials.Figures(0, 0, 0, 2, 2, 1));
    }

    @Test
    void whatWasTakenBeforeTheFirstRequestCountsUntilItIsGivenBack() {
        taken.add(10, 90);
        taken.add(20, -90);

        assertThat(taken.most(19, 30)).isEqualTo(90);
        assertThat(taken.most(20, 30)).isZero();
        assertThat(taken.most(1, 5)).isZero();
        assertThat(taken.now()).isZero();
    }

    @Test
    void sharesAreOfAllAttempts() {
        var figures = new Denials.Figures(200, 50, 20, 10, 4, 1);

        assertThat(figures.falselyAtFirstPercent()).isEqualTo(10);
        assertThat(figures.falselyPercent()).isEqualTo(2);
        assertThat(figures.beyondHeadRoomPercent()).isEqualTo(0.5);
        assertThat(new Denials.Figures(0, 0, 0, 0, 0, 0).falselyPercent()).isZero();
    }
}

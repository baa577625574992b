package io.yuntai.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolStandingTest {

    @Test
    void unitsAndPlatformAndWhatIsNobodysAreThePool() {
        var pool = new PoolStanding("p", "cpuMillis", 1000, 300, 100, 50, 27, 523, 0);
        assertThat(pool.difference()).isZero();
        assertThat(pool.allocated()).hasToString("Optional[35.00]");
        assertThat(pool.allocatedWithLocked()).hasToString("Optional[37.70]");
    }

    @Test
    void whatDoesNotAddUpIsADifferenceInEitherDirection() {
        assertThat(new PoolStanding("p", "r", 1000, 300, 0, 0, 0, 699, 0).difference()).isOne();
        assertThat(new PoolStanding("p", "r", 1000, 300, 0, 0, 0, 702, 0).difference())
                .isEqualTo(-2);
    }

    @Test
    void aDebtIsOverTheCapacityAndAddsUp() {
        var pool = new PoolStanding("p", "r", 100, 130, 0, 0, 0, 0, 30);
        assertThat(pool.difference()).isZero();
        assertThat(pool.allocated()).hasToString("Optional[130.00]");
    }

    @Test
    void ofNothingThereIsNoRate() {
        assertThat(new PoolStanding("p", "r", 0, 0, 0, 0, 0, 0, 0).allocated()).isEmpty();
    }
}

package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LeaseReleaseTest {

    private static final LeaseAccount GRANTED =
            LeaseAccount.EMPTY.after(new LeaseChange.Grant(cpu(10), cpu(6)));

    @Test
    void whatIsReleasedIsChargedUntilItIsCredited() {
        var released = GRANTED.after(new LeaseChange.Release(cpu(4), cpu(4)));
        assertThat(released.floor()).isEqualTo(cpu(2));
        assertThat(released.entitled()).isEqualTo(cpu(6));
        assertThat(released.granted()).isEqualTo(cpu(6));
        assertThat(released.charged()).isEqualTo(cpu(10));
        assertThat(released.surplus()).isEqualTo(cpu(4));
        assertThat(released.epoch()).isEqualTo(GRANTED.epoch().next());
        assertThat(released.settled()).isFalse();
    }

    @Test
    void whatWasNotForGoodLeavesTheFloor() {
        var released = GRANTED.after(new LeaseChange.Release(cpu(4), Amounts.NONE));
        assertThat(released.floor()).isEqualTo(cpu(6));
        assertThat(released.granted()).isEqualTo(cpu(6));
    }

    @Test
    void whatWasWrittenOffIsNotTakenTwice() {
        var released =
                GRANTED.after(new LeaseChange.WriteOff())
                        .after(new LeaseChange.Release(cpu(4), cpu(4)));
        assertThat(released.floor()).isEqualTo(Amounts.NONE);
        assertThat(released.granted()).isEqualTo(Amounts.NONE);
        assertThat(released.entitled()).isEqualTo(cpu(6));
    }

    @Test
    void nothingIsForGoodThatIsNotReleased() {
        assertThatThrownBy(() -> new LeaseChange.Release(cpu(1), cpu(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsHandedBackLowersTheBoundAndTakesNothingThatLiesBelowIt() {
        var handedBack = GRANTED.after(new LeaseChange.HandBack(cpu(3)));
        assertThat(handedBack.entitled()).isEqualTo(cpu(7));
        assertThat(handedBack.granted()).isEqualTo(cpu(7));
        assertThat(handedBack.charged()).isEqualTo(cpu(10));
        assertThat(handedBack.epoch()).isEqualTo(GRANTED.epoch().next());
        // What lay idle has gone back by itself: what is held is less than the bound already.
        var shrunk = GRANTED.after(new LeaseChange.Shrink(cpu(6)));
        assertThat(shrunk.after(new LeaseChange.HandBack(cpu(3))).granted()).isEqualTo(cpu(6));
    }

    @Test
    void whatWasGrantedForGoodIsNotHandedBack() {
        var tooMuch = new LeaseChange.HandBack(cpu(5));
        assertThatThrownBy(() -> GRANTED.after(tooMuch))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeaseChange.HandBack(cpu(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Amounts cpu(long millis) {
        return Amounts.of(Resource.CPU, millis);
    }
}

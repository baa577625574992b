package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AmountsTest {

    private static final Resource SSD = Resource.storage("ssd");
    private static final Amounts SOME = Amounts.of(Map.of(Resource.CPU, 5L, SSD, 7L));

    @Test
    void zerosAreNotKept() {
        assertThat(Amounts.of(Resource.CPU, 0)).isEqualTo(Amounts.NONE);
        assertThat(SOME.minus(SOME).isZero()).isTrue();
        assertThat(SOME.with(SSD, 0)).isEqualTo(Amounts.of(Resource.CPU, 5));
    }

    @Test
    void equalAmountsAreEqualHoweverMade() {
        var added = Amounts.of(SSD, 7).plus(Amounts.of(Resource.CPU, 5));
        assertThat(added).isEqualTo(SOME).hasSameHashCodeAs(SOME).hasToString(SOME.toString());
        assertThat(SOME.hashCode()).isNotEqualTo(SOME.times(2).hashCode());
    }

    @Test
    void eachResourceIsMultiplied() {
        assertThat(SOME.times(3)).isEqualTo(Amounts.of(Map.of(Resource.CPU, 15L, SSD, 21L)));
        assertThat(SOME.negated().plus(SOME)).isEqualTo(Amounts.NONE);
        assertThat(SOME.negated().get(SSD)).isEqualTo(-7);
    }

    @Test
    void anAmountNeverWrapsRound() {
        var most = Amounts.of(Resource.CPU, Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(SOME)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.negated().minus(SOME))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void oneResourceOverIsEnoughNotToFit() {
        assertThat(SOME.fitsWithin(SOME)).isTrue();
        assertThat(SOME.fitsWithin(SOME.with(SSD, 6))).isFalse();
        assertThat(Amounts.of(Resource.CPU, 1).fitsWithin(Amounts.of(SSD, 9))).isFalse();
    }

    @Test
    void itReadsAsWhatItIs() {
        assertThat(SOME).hasToString("{cpuMillis=5, storageBytes/ssd=7}");
    }

    @Test
    void aResourceHasABaseUnitAndPerhapsAVariant() {
        assertThat(SSD).isEqualTo(new Resource("storageBytes/ssd")).hasToString("storageBytes/ssd");
        assertThat(SSD.base()).isEqualTo("storageBytes");
        assertThat(SSD.variant()).isEqualTo("ssd");
        assertThat(Resource.CPU.base()).isEqualTo("cpuMillis");
        assertThat(Resource.CPU.variant()).isEmpty();
    }

    @Test
    void whatIsNoResourceCodeIsRefused() {
        for (var code : new String[] {"", "/a10", "Gpus", "gpus/", "gpus/A10", "gpus/a10/b"}) {
            assertThatThrownBy(() -> new Resource(code))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

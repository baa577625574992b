package io.yuntai.onboarding.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionCodeTest {

    @ParameterizedTest
    @CsvSource({
        "440700, 440000, true",
        "440703, 440700, true",
        "440703, 440000, true",
        "440703001, 440703, true",
        "440703001000, 440703, true",
        "440703001002, 440703001, true",
        "440703001002, 440703001000, true",
        "440000, 440700, false",
        "440700, 440700, false",
        "440800, 440700, false",
        "450000, 440000, false",
        "440703000000, 440703, false",
    })
    void liesWithinByItsDigits(String inner, String outer, boolean within) {
        assertThat(new RegionCode(inner).isWithin(new RegionCode(outer))).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4407", "4407030", "44070300", "040700", "44070x", "4407030010"})
    void otherShapesAreNoCodes(String text) {
        assertThatThrownBy(() -> new RegionCode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noRegionLiesWithinItself() {
        var city = new RegionCode("440700");
        assertThatThrownBy(() -> new Region(city, "江门市", java.util.Optional.of(city)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "+7, 7",
        "-3, -3",
        "12k, 12000",
        "1Ki, 1024",
        "8Gi, 8589934592",
        "1.5Gi, 1610612736",
        "3Mi, 3145728",
        "2Ti, 2199023255552",
        "1Pi, 1125899906842624",
        "7Ei, 8070450532247928832",
        "5M, 5000000",
        "5G, 5000000000",
        "5T, 5000000000000",
        "2P, 2000000000000000",
        "9E, 9000000000000000000",
        "1e3, 1000",
        "1E3, 1000",
        "15e-1, 2",
        ".5, 1",
        "100m, 1",
        "1000m, 1",
        "1001m, 2",
        "9223372036854775807, 9223372036854775807"
    })
    void readsUnitsExactlyAndRoundsUpWhatIsSmaller(String quantity, long units) {
        assertThat(Quantities.units(quantity)).isEqualTo(units);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000",
        "0.1, 100",
        "250m, 250",
        "1500m, 1500",
        "1k, 1000000",
        "100u, 1",
        "1n, 1",
        "2.0005, 2001",
        "1e-3, 1"
    })
    void readsMillisExactlyAndRoundsUpWhatIsSmaller(String quantity, long millis) {
        assertThat(Quantities.millis(quantity)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "1 Gi", "1gi", "1e", "1Ki2", "０", "1,5", "1e9999", "NaN"})
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> Quantities.units(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverWrapsRound() {
        assertThatThrownBy(() -> Quantities.units("8Ei")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Quantities.millis("1E18")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1000, 4500, 64_000, Long.MAX_VALUE})
    void whatIsWrittenReadsBack(long amount) {
        assertThat(Quantities.millis(Quantities.ofMillis(amount))).isEqualTo(amount);
        assertThat(Quantities.units(Quantities.ofUnits(amount))).isEqualTo(amount);
    }
}

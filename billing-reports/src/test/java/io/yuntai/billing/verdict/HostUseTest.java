package io.yuntai.billing.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.Sample;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.UsageHour;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostUseTest {

    private static final Capacity CAPACITY = new Capacity(2, 1000, 1000);
    private static final BigDecimal EIGHTY = new BigDecimal("80.00");
    private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");

    /** Of ten hours, of memory and disk some are missing. */
    @ParameterizedTest
    @CsvSource({"10, true", "9, true", "8, true", "7, false", "0, false"})
    void memoryAndDiskAreToldWhenEnoughHoursOfThemWereMeasured(int measured, boolean told) {
        var evidence = of(10, measured).end(10, false, EIGHTY);
        assertThat(evidence.cpu()).isPresent();
        assertThat(evidence.memory().isPresent()).isEqualTo(told);
        assertThat(evidence.disk().isPresent()).isEqualTo(told);
    }

    @Test
    void whatIsMissingIsNeitherZeroNorAMean() {
        var evidence = of(10, 8).end(10, false, EIGHTY);
        assertThat(evidence.memory().orElseThrow().mean()).isEqualByComparingTo("30");
        assertThat(evidence.disk().orElseThrow()).isEqualByComparingTo("40");
    }

    /** Of the hours in which it was there, and not of those that are valid. */
    @Test
    void hoursThatWereNotMeasuredAtAllAreMissingOfTheMemoryToo() {
        assertThat(of(9, 8).end(10, false, EIGHTY).memory()).isPresent();
        assertThat(of(9, 8).end(11, false, EIGHTY).memory()).isEmpty();
    }

    private static HostUse of(int hours, int withMemory) {
        var use = new HostUse(9);
        for (int hour = 0; hour < hours; hour++) {
            boolean has = hour < withMemory;
            use.add(
                    new UsageHour(
                            Sample.host(1),
                            FIRST.plusSeconds(3600L * hour),
                            FiveMinutes.even(12, 1000),
                            has ? FiveMinutes.even(12, 3000) : FiveMinutes.NONE,
                            0,
                            720_000,
                            200,
                            has ? OptionalLong.of(300 * 3600) : OptionalLong.empty(),
                            has ? OptionalLong.of(400 * 3600) : OptionalLong.empty()),
                    CAPACITY);
        }
        return use;
    }
}

package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourOfSamplesTest {

    private final HourOfSamples hour =
            new HourOfSamples(
                    host(1), Instant.parse("2026-10-01T00:00:00Z"), new Capacity(2, 1000, 1000));

    @Test
    void aSampleStandsForFiveMinutes() {
        hour.add(0, 500, OptionalLong.of(400), OptionalLong.of(10));
        hour.add(1, 700, OptionalLong.of(600), OptionalLong.of(10));
        var end = hour.end();
        assertThat(end.samples()).isEqualTo(2);
        assertThat(end.cpuTimeMillis()).isEqualTo(1200 * 300);
        assertThat(end.cpuPeakMillis()).isEqualTo(700);
        assertThat(end.memoryByteSeconds()).hasValue(1000 * 300);
        assertThat(end.diskByteSeconds()).hasValue(20 * 300);
        assertThat(end.cpu()).hasToString("[2500, 3500, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1]");
        assertThat(end.memory())
                .hasToString("[4000, 6000, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1]");
    }

    @Test
    void aSampleOf105PercentCounts() {
        hour.add(0, 2100, OptionalLong.empty(), OptionalLong.empty());
        assertThat(hour.end().samples()).isOne();
        assertThat(hour.end().quarantined()).isZero();
    }

    @Test
    void aSampleOver105PercentIsQuarantinedNotClamped() {
        hour.add(0, 2101, OptionalLong.of(1), OptionalLong.of(1));
        hour.add(1, 1, OptionalLong.of(1051), OptionalLong.of(1));
        assertThat(hour.end().samples()).isZero();
        assertThat(hour.end().quarantined()).isEqualTo(2);
        assertThat(hour.end().cpuTimeMillis()).isZero();
    }

    /** The agent in the guest tells of the disk, the hypervisor of the rest. */
    @Test
    void aDiskOver105PercentIsSetApartAloneAndTheHourHasNoneThen() {
        hour.add(0, 1, OptionalLong.of(5), OptionalLong.of(1050));
        assertThat(hour.end().diskByteSeconds()).hasValue(1050 * 300);
        hour.add(1, 1, OptionalLong.of(5), OptionalLong.of(1051));
        assertThat(hour.end().samples()).isEqualTo(2);
        assertThat(hour.end().quarantined()).isZero();
        assertThat(hour.end().memoryByteSeconds()).hasValue(10 * 300);
        assertThat(hour.end().diskByteSeconds()).isEmpty();
    }

    @Test
    void aHostWithoutADiskOfItsOwnIsMeasuredInAllElse() {
        var diskless =
                new HourOfSamples(
                        host(1), Instant.parse("2026-10-01T00:00:00Z"), new Capacity(2, 1000, 0));
        diskless.add(0, 1, OptionalLong.of(5), OptionalLong.of(7));
        assertThat(diskless.end().samples()).isOne();
        assertThat(diskless.end().quarantined()).isZero();
        assertThat(diskless.end().diskByteSeconds()).isEmpty();
    }

    @Test
    void aMeasureMissingFromOneSampleIsMissingFromTheHour() {
        hour.add(0, 1, OptionalLong.of(5), OptionalLong.empty());
        hour.add(1, 1, OptionalLong.empty(), OptionalLong.of(5));
        hour.add(2, 1, OptionalLong.of(5), OptionalLong.of(5));
        assertThat(hour.end().memoryByteSeconds()).isEmpty();
        assertThat(hour.end().diskByteSeconds()).isEmpty();
    }

    /** What a guest or a counter says may be any number: none may end the reading of all others. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                2101,
                1L << 31,
                100_000_000_000_000_000L,
                Long.MAX_VALUE / 100 + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void whateverCannotBeIsSetApart(long told) {
        hour.add(0, told, OptionalLong.of(5), OptionalLong.of(5));
        hour.add(1, 1, OptionalLong.of(told), OptionalLong.of(5));
        assertThat(hour.end().quarantined()).isEqualTo(2);
        hour.add(2, 1, OptionalLong.of(5), OptionalLong.of(told));
        var end = hour.end();
        assertThat(end.samples()).isOne();
        assertThat(end.memoryByteSeconds()).hasValue(5 * 300);
        assertThat(end.diskByteSeconds()).isEmpty();
    }

    @Test
    void theLargestHostThatCanBeIsMeasured() {
        long pebibyte = 1L << 50;
        var large =
                new HourOfSamples(
                        host(1),
                        Instant.parse("2026-10-01T00:00:00Z"),
                        new Capacity(4096, pebibyte, pebibyte));
        long most = pebibyte + pebibyte / 20;
        for (int at = 0; at < FiveMinutes.COUNT; at++) {
            large.add(at, 4_096_000, OptionalLong.of(most), OptionalLong.of(most));
        }
        assertThat(large.end().samples()).isEqualTo(12);
        assertThat(large.end().memory()).isEqualTo(FiveMinutes.even(12, 10_500));
        assertThat(large.end().diskByteSeconds()).hasValue(most * 3600);
    }
}

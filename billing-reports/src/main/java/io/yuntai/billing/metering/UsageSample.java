package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a file says that a host used in five minutes.
 *
 * @param row where it stands in the file; the header is 1
 * @param hostName as its namespace knows it
 * @param at the first moment of the five minutes
 * @param cpuMillis thousandths of a vCPU, the mean
 * @param memoryBytes in use, the mean; empty: not measured
 * @param diskBytes likewise
 */
public record UsageSample(
        int row,
        Place place,
        String hostName,
        Instant at,
        int cpuMillis,
        OptionalLong memoryBytes,
        OptionalLong diskBytes) {

    public UsageSample {
        if (cpuMillis < 0 || memoryBytes.orElse(0) < 0 || diskBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("use is never negative: row " + row);
        }
        if (at.getEpochSecond() % UsageHour.SAMPLE_SECONDS != 0 || at.getNano() != 0) {
            throw new IllegalArgumentException("not the beginning of five minutes: " + at);
        }
    }
}

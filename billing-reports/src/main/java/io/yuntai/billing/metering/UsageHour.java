package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What one host used in one hour. Sums are over the samples that count, each standing for the five
 * minutes it was taken in; what was not measured is not made up.
 *
 * @param hour its first moment, a full hour
 * @param cpu the samples that count, of the processors
 * @param memory likewise of the memory; none: not measured
 * @param quarantined how many were set apart for being over 105 % of the capacity
 * @param cpuTimeMillis processor time in milliseconds of one vCPU
 * @param cpuPeakMillis the highest sample, in thousandths of a vCPU
 * @param memoryByteSeconds bytes in use times seconds; empty: not measured
 * @param diskByteSeconds bytes in use times seconds; empty: not measured
 */
public record UsageHour(
        MeteredHostId host,
        Instant hour,
        FiveMinutes cpu,
        FiveMinutes memory,
        int quarantined,
        long cpuTimeMillis,
        int cpuPeakMillis,
        OptionalLong memoryByteSeconds,
        OptionalLong diskByteSeconds) {

    /** Samples in a full hour. */
    public static final int FULL = FiveMinutes.COUNT;

    /** The seconds that one sample stands for. */
    public static final int SAMPLE_SECONDS = 300;

    public UsageHour {
        if (hour.getEpochSecond() % 3600 != 0 || hour.getNano() != 0) {
            throw new IllegalArgumentException("not a full hour: " + hour);
        }
        if (quarantined < 0 || cpu.count() + quarantined > FULL) {
            throw new IllegalArgumentException(
                    "not the samples of an hour: " + cpu + " and " + quarantined);
        }
        if (cpuTimeMillis < 0
                || cpuPeakMillis < 0
                || memoryByteSeconds.orElse(0) < 0
                || diskByteSeconds.orElse(0) < 0) {
            throw new IllegalArgumentException("use is never negative: " + host + " " + hour);
        }
    }

    /** How many of the twelve count. */
    public int samples() {
        return cpu.count();
    }
}

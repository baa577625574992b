package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.UsageHour;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Adds up the hours of one host. All sums are whole numbers; what is divided is divided last. */
final class HostUse {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final int MEAN_DECIMALS = 4;

    private final int leastSamples;
    private final Samples cpuSamples = new Samples();
    private final Samples memorySamples = new Samples();
    private int validHours;
    private int memoryHours;
    private int diskHours;
    private long cpu;
    private long cpuOf;
    private BigInteger memory = BigInteger.ZERO;
    private BigInteger memoryOf = BigInteger.ZERO;
    private BigInteger disk = BigInteger.ZERO;
    private BigInteger diskOf = BigInteger.ZERO;

    /**
     * @param leastSamples of an hour; one with fewer does not count
     */
    HostUse(int leastSamples) {
        this.leastSamples = leastSamples;
    }

    /** Takes an hour in, in which the host had this capacity. */
    void add(UsageHour hour, Capacity capacity) {
        int samples = hour.samples();
        if (samples < leastSamples) {
            return;
        }
        validHours++;
        hour.cpu().forEach(cpuSamples::add);
        cpu += hour.cpuTimeMillis();
        cpuOf += 1000L * capacity.vcpu() * samples * UsageHour.SAMPLE_SECONDS;
        long seconds = (long) samples * UsageHour.SAMPLE_SECONDS;
        if (hour.memoryByteSeconds().isPresent()) {
            memoryHours++;
            hour.memory().forEach(memorySamples::add);
            memory = memory.add(BigInteger.valueOf(hour.memoryByteSeconds().getAsLong()));
            memoryOf = memoryOf.add(product(capacity.memoryBytes(), seconds));
        }
        if (hour.diskByteSeconds().isPresent() && capacity.diskBytes() > 0) {
            diskHours++;
            disk = disk.add(BigInteger.valueOf(hour.diskByteSeconds().getAsLong()));
            diskOf = diskOf.add(product(capacity.diskBytes(), seconds));
        }
    }

    /**
     * What that comes to.
     *
     * @param hours in which the host was allocated
     * @param stopped whether it stood still in all of them
     * @param least percent of the hours in which a thing must have been measured, or it is not told
     */
    Evidence end(int hours, boolean stopped, BigDecimal least) {
        boolean measured = validHours > 0 && cpuSamples.count() > 0;
        return new Evidence(
                hours,
                validHours,
                hours == 0
                        ? BigDecimal.ZERO.setScale(2)
                        : percent(BigInteger.valueOf(validHours), BigInteger.valueOf(hours))
                                .setScale(2, RoundingMode.FLOOR),
                measured
                        ? Optional.of(
                                new Evidence.Measure(
                                        percent(BigInteger.valueOf(cpu), BigInteger.valueOf(cpuOf)),
                                        cpuSamples.p95(),
                                        cpuSamples.peak()))
                        : Optional.empty(),
                measured && isEnough(memoryHours, hours, least) && memorySamples.count() > 0
                        ? Optional.of(
                                new Evidence.Measure(
                                        percent(memory, memoryOf),
                                        memorySamples.p95(),
                                        memorySamples.peak()))
                        : Optional.empty(),
                measured && isEnough(diskHours, hours, least)
                        ? Optional.of(percent(disk, diskOf))
                        : Optional.empty(),
                stopped);
    }

    private static boolean isEnough(int measured, int hours, BigDecimal least) {
        return measured > 0
                && BigDecimal.valueOf(100L * measured)
                                .compareTo(least.multiply(BigDecimal.valueOf(hours)))
                        >= 0;
    }

    private static BigInteger product(long amount, long seconds) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(seconds));
    }

    /** Cut off and not rounded: so it is under a limit exactly when the ratio itself is. */
    private static BigDecimal percent(BigInteger part, BigInteger whole) {
        return new BigDecimal(part)
                .multiply(HUNDRED)
                .divide(new BigDecimal(whole), MEAN_DECIMALS, RoundingMode.FLOOR);
    }
}

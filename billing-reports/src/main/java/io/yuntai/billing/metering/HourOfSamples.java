package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Makes an hour of its five-minute samples. A sample in which processors or memory are over 105 %
 * of the capacity is quarantined whole: who lies about one of them is not believed about the other,
 * and a clamped value would be a made-up one. The disk is told by somebody else, the agent in the
 * guest: its figure over 105 % is set apart alone, and the hour has none then.
 */
public final class HourOfSamples {

    private final MeteredHostId host;
    private final Instant hour;
    private final Capacity capacity;
    private final FiveMinutes.Hour cpu = new FiveMinutes.Hour();
    private final FiveMinutes.Hour memory = new FiveMinutes.Hour();
    private int samples;
    private int quarantined;
    private long cpuTimeMillis;
    private int cpuPeakMillis;
    private OptionalLong memoryByteSeconds = OptionalLong.empty();
    private OptionalLong diskByteSeconds = OptionalLong.empty();

    public HourOfSamples(MeteredHostId host, Instant hour, Capacity capacity) {
        this.host = host;
        this.hour = hour;
        this.capacity = capacity;
    }

    /**
     * Takes the mean of five minutes.
     *
     * @param at which five minutes of the hour, counted from 0
     * @param cpuMillis thousandths of a vCPU; whatever was told: it may be any number
     * @param memoryBytes in use; empty: not measured
     * @param diskBytes in use; empty: not measured; so it is of a host without a disk of its own
     */
    public void add(int at, long cpuMillis, OptionalLong memoryBytes, OptionalLong diskBytes) {
        if (overFull(cpuMillis, 1000L * capacity.vcpu())
                || overFull(memoryBytes.orElse(0), capacity.memoryBytes())) {
            quarantined++;
            return;
        }
        samples++;
        cpu.put(at, FiveMinutes.share(cpuMillis, 1000L * capacity.vcpu()));
        memoryBytes.ifPresent(
                bytes -> memory.put(at, FiveMinutes.share(bytes, capacity.memoryBytes())));
        cpuTimeMillis += cpuMillis * UsageHour.SAMPLE_SECONDS;
        cpuPeakMillis = Math.max(cpuPeakMillis, Math.toIntExact(cpuMillis));
        memoryByteSeconds = plus(memoryByteSeconds, memoryBytes, samples);
        diskByteSeconds = plus(diskByteSeconds, believed(diskBytes), samples);
    }

    /** The hour so far. */
    public UsageHour end() {
        return new UsageHour(
                host,
                hour,
                cpu.end(),
                memory.end(),
                quarantined,
                cpuTimeMillis,
                cpuPeakMillis,
                memoryByteSeconds,
                diskByteSeconds);
    }

    private OptionalLong believed(OptionalLong bytes) {
        boolean isMeasured = capacity.diskBytes() > 0 && bytes.isPresent();
        return isMeasured && !overFull(bytes.getAsLong(), capacity.diskBytes())
                ? bytes
                : OptionalLong.empty();
    }

    /**
     * Over 105 %, or below nothing. Of whole numbers, and without a product that could overflow.
     */
    static boolean overFull(long used, long capacity) {
        return used < 0 || used - capacity > capacity / 20;
    }

    /** A measure that is missing from one sample that counts is missing from the hour. */
    private static OptionalLong plus(OptionalLong sum, OptionalLong sample, int samples) {
        boolean complete = samples == 1 || sum.isPresent();
        return complete && sample.isPresent()
                ? OptionalLong.of(sum.orElse(0) + sample.getAsLong() * UsageHour.SAMPLE_SECONDS)
                : OptionalLong.empty();
    }
}

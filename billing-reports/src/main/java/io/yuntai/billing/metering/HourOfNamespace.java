package io.yuntai.billing.metering;

import io.yuntai.billing.metering.NamespaceHour.Extent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes an hour of a namespace of its five-minute samples, by the rules of {@link HourOfSamples}: a
 * sample in which processors or memory are over 105 % of what was granted is quarantined whole, a
 * figure of storage over 105 % alone.
 */
public final class HourOfNamespace {

    private final MeteredNamespace namespace;
    private final Instant hour;
    private int samples;
    private int quarantined;
    private Optional<Extent> cpu = Optional.empty();
    private Optional<Extent> memory = Optional.empty();
    private Optional<Extent> storage = Optional.empty();
    private OptionalLong claims = OptionalLong.empty();

    public HourOfNamespace(MeteredNamespace namespace, Instant hour) {
        this.namespace = namespace;
        this.hour = hour;
    }

    /**
     * Takes the mean of five minutes.
     *
     * @param cpuMillis thousandths of a vCPU
     * @param memoryBytes in use; empty: not measured
     * @param storageBytes in use on claims; empty: not measured
     * @param claimsBytes what those claims can hold; empty: not measured
     */
    public void add(
            long cpuMillis,
            OptionalLong memoryBytes,
            OptionalLong storageBytes,
            OptionalLong claimsBytes) {
        var granted = namespace.allotment();
        if (HourOfSamples.overFull(cpuMillis, granted.cpuMillis())
                || HourOfSamples.overFull(memoryBytes.orElse(0), granted.memoryBytes())) {
            quarantined++;
            return;
        }
        samples++;
        cpu = plus(cpu, OptionalLong.of(cpuMillis));
        memory = plus(memory, memoryBytes);
        storage =
                HourOfSamples.overFull(storageBytes.orElse(0), granted.storageBytes())
                        ? Optional.empty()
                        : plus(storage, storageBytes);
        claimsBytes.ifPresent(bytes -> claims = OptionalLong.of(Math.max(claims.orElse(0), bytes)));
    }

    /** The hour so far. */
    public NamespaceHour end() {
        return new NamespaceHour(
                namespace.place(),
                hour,
                namespace.allotment(),
                samples,
                quarantined,
                cpu.orElse(Extent.NONE),
                memory,
                storage,
                storage.isPresent() ? claims : OptionalLong.empty());
    }

    /** A measure that is missing from one sample that counts is missing from the hour. */
    private Optional<Extent> plus(Optional<Extent> extent, OptionalLong sample) {
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        return samples == 1
                ? Optional.of(Extent.of(sample.getAsLong()))
                : extent.map(so -> so.plus(sample.getAsLong()));
    }
}

package io.yuntai.billing.metering;

/**
 * What a host was given.
 *
 * @param vcpu virtual processors, 1 to 4096
 * @param memoryBytes at least 1
 * @param diskBytes 0 for a host without a disk of its own
 */
public record Capacity(int vcpu, long memoryBytes, long diskBytes) {

    public Capacity {
        if (vcpu < 1 || vcpu > 4096 || memoryBytes < 1 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "not a capacity: %d vCPU, %d B, %d B".formatted(vcpu, memoryBytes, diskBytes));
        }
    }
}

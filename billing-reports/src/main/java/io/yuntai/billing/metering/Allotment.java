package io.yuntai.billing.metering;

/**
 * What of a namespace's quota was granted for its containers: all that was approved for it, less
 * what was approved for its hosts.
 *
 * @param cpuMillis thousandths of a vCPU
 * @param storageBytes of claims, of all classes together
 */
public record Allotment(long cpuMillis, long memoryBytes, long storageBytes) {

    /** Its containers were granted nothing. */
    public static final Allotment NONE = new Allotment(0, 0, 0);

    public Allotment {
        if (cpuMillis < 0 || memoryBytes < 0 || storageBytes < 0) {
            throw new IllegalArgumentException(
                    "not granted: %d, %d B, %d B".formatted(cpuMillis, memoryBytes, storageBytes));
        }
    }
}

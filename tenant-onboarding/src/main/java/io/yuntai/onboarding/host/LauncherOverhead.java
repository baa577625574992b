package io.yuntai.onboarding.host;

import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;

/**
 * The memory that a host's launcher pod requests beyond the guest's own. The shape follows
 * KubeVirt's estimate ({@code GetMemoryOverhead}): a fixed part, one for each processor, and page
 * tables.
 *
 * @param fixedBytes for each host
 * @param bytesPerVcpu for each guest processor
 * @param guestBytesPerByte one byte of page tables for so many of guest memory
 */
public record LauncherOverhead(long fixedBytes, long bytesPerVcpu, long guestBytesPerByte) {

    private static final long MIB = 1L << 20;

    /** KubeVirt's own figures, rounded up. */
    public static final LauncherOverhead KUBEVIRT = new LauncherOverhead(256 * MIB, 8 * MIB, 512);

    public LauncherOverhead {
        if (fixedBytes < 0 || bytesPerVcpu < 0 || guestBytesPerByte < 1) {
            throw new IllegalArgumentException("not an overhead");
        }
    }

    /** For one host. */
    public Amounts of(int vcpu, long memoryBytes) {
        return Amounts.of(
                Resource.MEMORY,
                fixedBytes + vcpu * bytesPerVcpu + Math.ceilDiv(memoryBytes, guestBytesPerByte));
    }
}

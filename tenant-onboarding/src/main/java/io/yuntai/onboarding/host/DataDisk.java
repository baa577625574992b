package io.yuntai.onboarding.host;

/**
 * A disk beside the system disk.
 *
 * @param position 1 to {@value #MOST}; no two of a host have the same at a time
 */
public record DataDisk(int position, long bytes, String storageClass) {

    public static final int MOST = 15;

    public DataDisk {
        if (position < 1 || position > MOST || bytes < 1) {
            throw new IllegalArgumentException("disk " + position + " of " + bytes + " bytes");
        }
    }
}

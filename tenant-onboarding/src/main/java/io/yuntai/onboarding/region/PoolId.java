package io.yuntai.onboarding.region;

import java.util.Locale;

/**
 * A resource pool: the capacity of one zone in one processor family. Written {@code
 * extranet-domestic}.
 */
public record PoolId(Zone zone, ProcessorFamily processor) {

    /** Reads {@code zone-family}. */
    public static PoolId of(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("not a pool: " + text);
        }
        return new PoolId(
                new Zone(text.substring(0, dash)),
                ProcessorFamily.valueOf(text.substring(dash + 1).toUpperCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return zone.code() + "-" + processor.code();
    }
}

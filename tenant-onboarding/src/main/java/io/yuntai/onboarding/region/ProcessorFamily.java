package io.yuntai.onboarding.region;

import java.util.Locale;

/** Which processors a pool is made of; never mixed, for they are counted and priced apart. */
public enum ProcessorFamily {
    /** Domestic processors (xinchuang). */
    DOMESTIC,
    /** Any other processor. */
    ORDINARY;

    /** As it is written in names of pools and in files: {@code domestic}, {@code ordinary}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The family of that code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ProcessorFamily ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package io.yuntai.onboarding.region;

import java.util.regex.Pattern;

/** A network zone, such as {@code extranet} (the government extranet) or {@code internet}. */
public record Zone(String code) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]{0,15}");

    public static final Zone EXTRANET = new Zone("extranet");
    public static final Zone INTERNET = new Zone("internet");

    public Zone {
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a zone: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}

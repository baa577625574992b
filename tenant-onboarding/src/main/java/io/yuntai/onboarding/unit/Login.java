package io.yuntai.onboarding.unit;

import java.util.regex.Pattern;

/** The name that a person signs in with: 3 to 63 of a-z, 0-9, dot, dash, underscore. */
public record Login(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9._-]{2,62}");

    public Login {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a login: " + value);
        }
    }

    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}

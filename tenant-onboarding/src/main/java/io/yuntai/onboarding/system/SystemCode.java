package io.yuntai.onboarding.system;

import java.util.regex.Pattern;

/**
 * The code of a system, made by the bureau. Namespaces are named after it, so it is a DNS label of
 * at most 40 characters: a-z, 0-9 and dashes inside.
 */
public record SystemCode(String value) implements Comparable<SystemCode> {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    public SystemCode {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a system code: " + value);
        }
    }

    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(SystemCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

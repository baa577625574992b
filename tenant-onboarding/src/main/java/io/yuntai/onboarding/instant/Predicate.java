package io.yuntai.onboarding.instant;

import java.util.regex.Pattern;

/**
 * One thing that must hold for an application to pass.
 *
 * @param name for people, and once in a version: 1 to {@value #MAX_NAME} of {@code a-z0-9_}
 * @param expression CEL that is true or false, 1 to {@value #MAX_EXPRESSION} characters
 */
public record Predicate(String name, String expression) {

    public static final int MAX_NAME = 40;
    public static final int MAX_EXPRESSION = 1000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public Predicate {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name of a predicate: " + name);
        }
        if (expression.isBlank() || expression.length() > MAX_EXPRESSION) {
            throw new IllegalArgumentException(
                    "an expression of " + expression.length() + " characters");
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}

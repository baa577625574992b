package io.yuntai.security;

import java.util.regex.Pattern;

/** A role's code. Which there are is data; those named here are what the program itself gives. */
public record Role(String code) implements Comparable<Role> {

    private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z_]{1,62}");

    public static final Role UNIT_STAFF = new Role("UNIT_STAFF");
    public static final Role UNIT_OWNER = new Role("UNIT_OWNER");
    public static final Role PLATFORM_OPERATOR = new Role("PLATFORM_OPERATOR");
    public static final Role BUREAU = new Role("BUREAU");
    public static final Role EXPERT = new Role("EXPERT");

    public Role {
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a role: " + code);
        }
    }

    @Override
    public int compareTo(Role other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}

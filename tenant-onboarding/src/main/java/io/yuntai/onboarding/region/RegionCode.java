package io.yuntai.onboarding.region;

import java.util.regex.Pattern;

/**
 * The code of an administrative region: six digits of GB/T 2260 (two each for province, prefecture
 * and county), with three more for a town and another three for a village (GB/T 10114).
 */
public record RegionCode(String value) implements Comparable<RegionCode> {

    private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{5}([0-9]{3}|[0-9]{6})?");

    public RegionCode {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a region code: " + value);
        }
    }

    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Whether this region lies below the other by its digits: 440703 below 440700 and 440000. */
    public boolean isWithin(RegionCode other) {
        String prefix = other.significant();
        return significant().length() > prefix.length() && value.startsWith(prefix);
    }

    private String significant() {
        int end = value.length();
        for (int[] level : new int[][] {{9, 12}, {6, 9}, {4, 6}, {2, 4}}) {
            if (end == level[1] && value.substring(level[0], end).chars().allMatch(c -> c == '0')) {
                end = level[0];
            }
        }
        return value.substring(0, end);
    }

    @Override
    public int compareTo(RegionCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

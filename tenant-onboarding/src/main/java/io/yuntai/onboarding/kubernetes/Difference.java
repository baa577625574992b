package io.yuntai.onboarding.kubernetes;

/**
 * Something of ours in a namespace that is not as it should be.
 *
 * @param kind of the object, such as {@code NetworkPolicy}
 * @param name of the object
 * @param field a JSON pointer into it; empty: the whole object is there too much, or not at all
 * @param before what was found, bounded; {@value #NOTHING} where nothing was
 * @param after what should be there, bounded; {@value #NOTHING}: nothing
 * @param byUs whether it is only that we want something else than when it was last written
 */
public record Difference(
        NamespaceName namespace,
        String kind,
        String name,
        String field,
        String before,
        String after,
        boolean byUs) {

    public static final String NOTHING = "-";

    private static final int LONGEST = 2000;

    public Difference {
        before = bounded(before);
        after = bounded(after);
    }

    /** Whether the object is not there at all. */
    public boolean missing() {
        return field.isEmpty() && before.equals(NOTHING);
    }

    private static String bounded(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}

package io.yuntai.onboarding.kubernetes;

/**
 * Something of a guard that is not as it should be.
 *
 * @param kind of the object, such as {@code ValidatingAdmissionPolicy}
 * @param field a JSON pointer into it; empty: the whole object is there too much, or not at all
 * @param before what was found; {@value Difference#NOTHING} where nothing was
 * @param after what should be there; {@value Difference#NOTHING}: nothing
 */
public record GuardDifference(
        String kind, String name, String field, String before, String after) {}

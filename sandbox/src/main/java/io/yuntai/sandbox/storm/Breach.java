package io.yuntai.sandbox.storm;

import java.util.List;
import java.util.Locale;

/**
 * Something that must never be, and was.
 *
 * @param course the seed alone is not the storm
 * @param step after which step of the storm it was seen
 * @param what what was broken, with its figures
 * @param story the last steps before it
 */
public record Breach(long seed, Course course, int step, String what, List<String> story) {

    public Breach {
        story = List.copyOf(story);
    }

    @Override
    public String toString() {
        return "seed %d (%s), step %d: %s%n  %s"
                .formatted(
                        seed,
                        course.name().toLowerCase(Locale.ROOT),
                        step,
                        what,
                        String.join(System.lineSeparator() + "  ", story));
    }
}

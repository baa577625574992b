package io.yuntai.sandbox.storm;

import java.util.List;

/**
 * Something that must never be, and was.
 *
 * @param step after which step of the storm it was seen
 * @param what what was broken, with its figures
 * @param story the last steps before it
 */
public record Breach(long seed, int step, String what, List<String> story) {

    public Breach {
        story = List.copyOf(story);
    }

    @Override
    public String toString() {
        return "seed %d, step %d: %s%n  %s"
                .formatted(seed, step, what, String.join(System.lineSeparator() + "  ", story));
    }
}

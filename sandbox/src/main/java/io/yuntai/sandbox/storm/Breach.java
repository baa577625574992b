package io.yuntai.sandbox.storm;

import java.util.List;

/**
 * Something that must never be, and was.
 *
 * @param course the seed alone is not the storm
 * @param step after which step of the storm it was seen
 * @param rule what was broken
 * @param what how, with its figures
 * @param story the last steps before it
 */
public record Breach(
        long seed, Course course, int step, Rule rule, String what, List<String> story) {

    /** What must hold. */
    public enum Rule {
        /** A lease is charged what its namespace can take. */
        COVER,
        /** The tree holds at a leaf what its lease is charged and what orders have locked. */
        LEAF,
        /** What all namespaces are limited to, or can take, is within the pool. */
        POOL,
        /** What a level has handed out and promised is within its ceiling and its debt. */
        CEILING,
        /** Debits and credits are equal, and balances add up from them. */
        BALANCE,
        /** A write is fenced off by another write, and by nothing else. */
        FENCE,
        /** When all is calm everything is settled, and nothing is stranded. */
        REST,
        /** Whoever is entitled to what lies idle beside him is served. */
        SERVED,
        /** Nothing throws: none of the records is asked to be what it cannot be. */
        THROWN
    }

    public Breach {
        story = List.copyOf(story);
    }

    /** The command that plays exactly this storm again. */
    public String command() {
        return "./yuntai bench storm --simulated --seed "
                + seed
                + switch (course) {
                    case PLAIN -> "";
                    case RESTORED -> " --restored";
                    case LOST -> " --lost";
                };
    }

    @Override
    public String toString() {
        return "%s, step %d: %s%n  %s%nonce more: %s"
                .formatted(
                        rule,
                        step,
                        what,
                        String.join(System.lineSeparator() + "  ", story),
                        command());
    }
}

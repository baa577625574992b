package io.yuntai.onboarding.kubernetes;

import java.time.Instant;
import java.util.List;

/**
 * A namespace as its cluster tells of it.
 *
 * @param conditions why it is not gone yet where it is being deleted, in the cluster's words
 * @param warnings the latest about what is in it, the latest first; at most {@value #MOST_WARNINGS}
 */
public record ObservedNamespace(Phase phase, List<String> conditions, List<Warning> warnings) {

    public static final int MOST_WARNINGS = 10;

    /** There is none of that name. */
    public static final ObservedNamespace ABSENT =
            new ObservedNamespace(Phase.ABSENT, List.of(), List.of());

    /** What the cluster does with it. */
    public enum Phase {
        ABSENT,
        ACTIVE,
        TERMINATING
    }

    public ObservedNamespace {
        conditions = List.copyOf(conditions);
        warnings = List.copyOf(warnings);
        if (warnings.size() > MOST_WARNINGS) {
            throw new IllegalArgumentException(warnings.size() + " warnings");
        }
    }

    /**
     * Something that a controller of the cluster has warned of, such as a pod that it could not
     * make.
     *
     * @param reason its word for it, such as {@code FailedCreate}
     * @param object what it is about, such as {@code ReplicaSet/web-6d4b}
     * @param message at most {@value #LONGEST_MESSAGE} characters
     * @param times how often it said so
     */
    public record Warning(
            String reason, String object, String message, int times, Instant first, Instant last) {

        public static final int LONGEST_REASON = 128;
        public static final int LONGEST_OBJECT = 320;
        public static final int LONGEST_MESSAGE = 500;

        public Warning {
            reason = bounded(reason.isEmpty() ? "?" : reason, LONGEST_REASON);
            object = bounded(object.isEmpty() ? "?" : object, LONGEST_OBJECT);
            message = bounded(message, LONGEST_MESSAGE);
            times = Math.max(1, times);
        }

        private static String bounded(String text, int longest) {
            return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
        }
    }
}

package io.yuntai.onboarding;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something happened that the audit keeps. Published inside the transaction that did it, so that
 * the audit row and the deed stand or fall together.
 *
 * @param at when
 * @param actor who; empty when the control plane itself did it
 * @param action a verb of the audit's vocabulary, such as {@code application.approve}
 * @param target what it was done to, such as {@code application/0199…}
 * @param outcome how it ended
 * @param detail free of secrets, for people; may be empty
 */
public record Audited(
        Instant at,
        Optional<Actor> actor,
        String action,
        String target,
        Outcome outcome,
        String detail) {

    private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

    /** The audit's verb for a command: {@code host.settleOnTrial}. */
    public static String action(String kind, Enum<?> command) {
        return kind
                + "."
                + NEXT_WORD
                        .matcher(command.name().toLowerCase(Locale.ROOT))
                        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** CADF's outcomes, those that we use. */
    public enum Outcome {
        SUCCESS,
        FAILURE
    }
}

package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of sending a notice by a channel.
 *
 * @param channel {@code mail}, or {@code webhook:} and the target's name
 * @param dueAt when it is tried next, as long as it waits
 * @param failure why the last try came to nothing; empty: none has failed
 * @param endedAt when it was sent or given up
 * @param at when it was told
 * @param recipient the recipient's name
 */
public record Dispatch(
        NoticeId notice,
        String channel,
        State state,
        int attempts,
        Instant dueAt,
        String failure,
        Optional<Instant> endedAt,
        Notice.Kind kind,
        Instant at,
        String recipient) {

    /** How far it is. */
    public enum State {
        WAITING,
        SENT,
        GIVEN_UP
    }
}

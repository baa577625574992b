package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notice as its recipient has it.
 *
 * @param readAt when the recipient has read it; empty: not yet
 */
public record ToldNotice(
        NoticeId id,
        Notice.Kind kind,
        List<String> parameters,
        String link,
        Instant at,
        Optional<Instant> readAt) {

    public ToldNotice {
        parameters = List.copyOf(parameters);
    }
}

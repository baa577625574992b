package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notice on its way by one channel.
 *
 * @param attempt which try this is, from 1
 * @param email where to by mail; empty: the recipient has no address, or wants no mail
 */
record Outgoing(
        NoticeId id,
        int attempt,
        Notice.Kind kind,
        List<String> parameters,
        String link,
        Instant at,
        String login,
        String name,
        Optional<String> email,
        NoticeSettings.Language language) {

    Outgoing {
        parameters = List.copyOf(parameters);
    }
}

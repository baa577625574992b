package io.yuntai.notice;

import java.util.UUID;

/**
 * Identifies what one person was told. Mails and webhooks bear it, so that repeats can be dropped.
 */
public record NoticeId(UUID value) {

    public static NoticeId of(String text) {
        return new NoticeId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

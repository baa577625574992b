package io.yuntai.onboarding.application;

import java.util.UUID;

/** What a caller names a command by, so that it is taken once however often it is sent. */
public record CommandKey(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}

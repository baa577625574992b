package io.yuntai.onboarding.application;

import java.util.UUID;

/** Identifies a template; made by whoever writes it. */
public record TemplateId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}

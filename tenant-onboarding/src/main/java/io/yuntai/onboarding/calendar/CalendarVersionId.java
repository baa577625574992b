package io.yuntai.onboarding.calendar;

import java.util.UUID;

/**
 * Identifies an import of a year; made by whoever imports, so that a repeated one is recognised.
 */
public record CalendarVersionId(UUID value) {

    public static CalendarVersionId of(String text) {
        return new CalendarVersionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package io.yuntai.onboarding.application;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people call an application: {@code A2026-000123}.
 *
 * @param year of its first submission, in Asia/Shanghai
 */
record ApplicationNumber(int year, long number) {

    private static final Pattern WRITTEN = Pattern.compile("[Aa](\\d{4})-(\\d{6,12})");

    /** As people write it; empty: that is no number. */
    static Optional<ApplicationNumber> of(String text) {
        var matcher = WRITTEN.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new ApplicationNumber(
                                Integer.parseInt(matcher.group(1)),
                                Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}

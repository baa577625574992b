package io.yuntai.api;

import io.yuntai.onboarding.Refused;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a thing: sent as its {@code ETag}, and asked back in {@code If-Match} by whoever
 * changes it. As a controller's argument it is the caller's {@code If-Match}; without one the
 * answer is 428.
 */
record Version(long value) {

    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    /** For {@code ResponseEntity.eTag}. */
    String etag() {
        return "\"" + value + "\"";
    }

    /**
     * As services count it.
     *
     * @throws Refused STALE {@code STALE_VERSION}: no thing was changed so often
     */
    int asInt() {
        if (value > Integer.MAX_VALUE) {
            throw Refused.stale("STALE_VERSION");
        }
        return (int) value;
    }

    /**
     * The version that a thing is based on which is saved again and again: 0 without the header.
     *
     * @throws Refused STALE {@code STALE_VERSION}: it is none of ours
     */
    static int orNew(Optional<String> header) {
        try {
            return header.map(etag -> of(etag).asInt()).orElse(0);
        } catch (IllegalArgumentException e) {
            throw Refused.stale("STALE_VERSION");
        }
    }

    /**
     * Reads an {@code If-Match} header.
     *
     * @throws IllegalArgumentException it is none of ours
     */
    static Version of(String header) {
        Matcher matcher = ETAG.matcher(header.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an entity tag of ours: " + header);
        }
        return new Version(Long.parseLong(matcher.group(1)));
    }
}

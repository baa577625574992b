package io.yuntai.onboarding.host;

import java.util.regex.Pattern;

/**
 * A size or an image of the catalogue, in one of its versions.
 *
 * @param code lower-case letters, digits, dots and hyphens, at most 32
 * @param version from 1 on
 */
public record CatalogueRef(String code, int version) {

    private static final Pattern CODE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?");

    public CatalogueRef {
        if (!isCode(code) || version < 1) {
            throw new IllegalArgumentException("not of a catalogue: " + code + " " + version);
        }
    }

    /** Whether something can be called so. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }
}

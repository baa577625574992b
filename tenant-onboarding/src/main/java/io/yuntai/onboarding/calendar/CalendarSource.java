package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.PlainText;
import java.util.regex.Pattern;

/**
 * Where a version of a year comes from.
 *
 * @param fileName 1 to 200 characters
 * @param digest SHA-256 of the file, hexadecimal in small letters
 * @param basis the document that announced it, such as 国办发明电〔2025〕7号; 1 to 200 characters
 * @param reason why a year is imported again, at most 500 characters; empty for its first version
 */
public record CalendarSource(String fileName, String digest, String basis, String reason) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public CalendarSource {
        PlainText.require(fileName, 1, 200);
        PlainText.require(basis, 1, 200);
        PlainText.require(reason, 0, 500);
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("no SHA-256: " + digest);
        }
    }
}

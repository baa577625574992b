package io.yuntai.onboarding.application;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** Of which types files can be attached; which one a file is, its content says. */
public enum FileType {
    PDF("application/pdf", "pdf"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg jpeg");

    private static final byte[] PDF_BEGIN = {'%', 'P', 'D', 'F', '-'};
    private static final byte[] PNG_BEGIN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG_BEGIN = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] ZIP_BEGIN = {'P', 'K', 3, 4};

    /** The part of an Office Open XML package that says what its parts are (ECMA-376, part 2). */
    private static final String CONTENT_TYPES = "[Content_Types].xml";

    /** Office writes it first; a package that hides it behind so much is not from Office. */
    private static final int MAX_INFLATED = 32 << 20;

    private static final int MAX_PARTS = 1000;
    private static final int MAX_CONTENT_TYPES = 1 << 20;

    private final String mediaType;

    /** With spaces between. */
    private final String endings;

    FileType(String mediaType, String endings) {
        this.mediaType = mediaType;
        this.endings = endings;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether a name ends as those of this type do. */
    boolean hasEnding(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(endings.split(" ", -1))
                .anyMatch(ending -> small.endsWith("." + ending));
    }

    /** What a file is by its content; empty: none of these, or an Office file with macros. */
    static Optional<FileType> of(byte[] content) {
        if (beginsWith(content, PDF_BEGIN)) {
            return Optional.of(PDF);
        }
        if (beginsWith(content, PNG_BEGIN)) {
            return Optional.of(PNG);
        }
        if (beginsWith(content, JPEG_BEGIN)) {
            return Optional.of(JPEG);
        }
        return beginsWith(content, ZIP_BEGIN) ? office(content) : Optional.empty();
    }

    private static boolean beginsWith(byte[] content, byte[] begin) {
        return content.length > begin.length
                && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
    }

    private static Optional<FileType> office(byte[] content) {
        String types = contentTypes(content);
        if (types.contains("macroEnabled") || types.contains("vbaProject")) {
            return Optional.empty();
        }
        if (types.contains(DOCX.mediaType + ".main+xml")) {
            return Optional.of(DOCX);
        }
        return types.contains(XLSX.mediaType + ".main+xml") ? Optional.of(XLSX) : Optional.empty();
    }

    private static String contentTypes(byte[] content) {
        int left = MAX_INFLATED;
        byte[] buffer = new byte[1 << 16];
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (int parts = 0; parts < MAX_PARTS; parts++) {
                var entry = zip.getNextEntry();
                if (entry == null) {
                    return "";
                }
                if (entry.getName().equals(CONTENT_TYPES)) {
                    return new String(zip.readNBytes(MAX_CONTENT_TYPES), StandardCharsets.UTF_8);
                }
                // Skipped by reading: what a package says about its sizes is not believed.
                for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                    left -= n;
                    if (left < 0) {
                        return "";
                    }
                }
            }
            return "";
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }
}

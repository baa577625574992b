package io.yuntai.api.spreadsheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip from a stranger, unpacked in memory within limits.
 *
 * <p>By the central directory and with the same library as the spreadsheet reader, so that both see
 * the same files.
 */
final class Archive {

    private static final int MAX_FILES = 500;
    private static final long MAX_INFLATED = 100L << 20;
    private static final int PROLOG = 4096;

    private Archive() {}

    /**
     * The files inside, by path.
     *
     * @throws UnreadableException {@code NOT_A_ZIP}, {@code TOO_MANY_FILES}, {@code
     *     EXPANDS_TOO_FAR}, {@code ACTIVE_CONTENT} for XML with a document type, whose entities
     *     could reach out or multiply
     */
    static Map<String, byte[]> unpack(byte[] bytes) throws UnreadableException {
        var files = new LinkedHashMap<String, byte[]>();
        long inflated = 0;
        try (var zip = ZipFile.builder().setByteArray(bytes).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                if (files.size() == MAX_FILES) {
                    throw new UnreadableException("", "TOO_MANY_FILES", MAX_FILES);
                }
                byte[] content = inflate(zip, entry, MAX_INFLATED - inflated);
                inflated += content.length;
                if (isXml(entry.getName()) && hasDocumentType(content)) {
                    throw new UnreadableException("", "ACTIVE_CONTENT", entry.getName());
                }
                files.put(entry.getName(), content);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableException("", "NOT_A_ZIP");
        }
        return files;
    }

    private static byte[] inflate(ZipFile zip, ZipArchiveEntry entry, long limit)
            throws IOException, UnreadableException {
        var content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try (var in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // What the directory says about sizes is not believed.
                if (content.size() + n > limit) {
                    throw new UnreadableException("", "EXPANDS_TOO_FAR", MAX_INFLATED >> 20);
                }
                content.write(buffer, 0, n);
            }
        }
        return content.toByteArray();
    }

    private static boolean isXml(String name) {
        return name.endsWith(".xml") || name.endsWith(".rels") || name.endsWith(".vml");
    }

    private static boolean hasDocumentType(byte[] xml) {
        String prolog = new String(xml, 0, Math.min(PROLOG, xml.length), ISO_8859_1);
        return prolog.replace("\0", "").contains("<!DOCTYPE"); // in UTF-16, too
    }
}

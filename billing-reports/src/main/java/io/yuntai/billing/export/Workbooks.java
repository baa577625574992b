package io.yuntai.billing.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes a workbook depend on nothing but its content: the same report is the same bytes. */
final class Workbooks {

    /** The first moment that a ZIP archive can tell. */
    private static final LocalDateTime NEVER = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Pattern MERGE = Pattern.compile("<mergeCell ref=\"[A-Z0-9:]+\"/>");

    private Workbooks() {}

    /**
     * Writes the archive again without the moment of writing, which the library puts into it.
     *
     * @param created what the workbook shall say instead
     * @param charts are drawn into it
     */
    static byte[] reproducible(byte[] workbook, Instant created, List<SheetChart> charts)
            throws IOException {
        // By the directory at its end: the library's local headers do not tell the sizes.
        var file = Files.createTempFile("report", ".xlsx");
        try {
            Files.write(file, workbook);
            try (var archive = new ZipFile(file.toFile())) {
                return copied(archive, created, charts);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] copied(ZipFile archive, Instant created, List<SheetChart> charts)
            throws IOException {
        var parts = new LinkedHashMap<String, byte[]>();
        for (var entry : Collections.list(archive.entries())) {
            var content = archive.getInputStream(entry).readAllBytes();
            if (entry.getName().equals("docProps/core.xml")) {
                content = withCreated(new String(content, UTF_8), created).getBytes(UTF_8);
            } else if (entry.getName().startsWith("xl/worksheets/sheet")) {
                content = withMergesInOrder(new String(content, UTF_8)).getBytes(UTF_8);
            }
            parts.put(entry.getName(), content);
        }
        SheetChart.draw(charts, parts);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                var entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(NEVER);
                out.putNextEntry(entry);
                out.write(part.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The library lists merged cells in the order of hash codes, which are others in each run. */
    private static String withMergesInOrder(String sheet) {
        var merges = MERGE.matcher(sheet).results().map(MatchResult::group).sorted().iterator();
        return MERGE.matcher(sheet).replaceAll(_ -> merges.next());
    }

    private static String withCreated(String properties, Instant created) {
        return properties.replaceAll(
                "(<dcterms:created[^>]*>)[^<]*", "$1" + created.truncatedTo(ChronoUnit.SECONDS));
    }
}

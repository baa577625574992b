package io.yuntai.api.spreadsheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainSheetTest {

    private static final String UNIT = "江门市蓬江区综合行政执法队";

    private Path file;

    @BeforeEach
    void begin(@TempDir Path folder) {
        file = folder.resolve("sheet.xlsx");
    }

    @Test
    void aColumnIsAsWideAsTheLongestOfWhatStandsInIt() throws Exception {
        assertThat(xml(new PlainSheet("表", List.of("单位", "vCPU"), List.of(row(UNIT, 4)))))
                .contains(width(UNIT.length() * 2 + 2), width(8));
        assertThat(xml(new PlainSheet("表", List.of("单位"), List.of(row(UNIT.repeat(9))))))
                .contains(width(60));
    }

    @Test
    void itIsPrintedAsWideAsThePageWithItsHeaderOnEach() throws Exception {
        var narrow = xml(new PlainSheet("表", List.of("单位"), List.of(row(UNIT))));
        assertThat(narrow)
                .contains("orientation=\"landscape\"", "fitToWidth=\"1\"", "fitToHeight=\"0\"")
                .contains("paperSize=\"9\"", "&amp;P / &amp;N", "_xlnm.Print_Titles");
        var wide =
                new PlainSheet(
                        "表", Collections.nCopies(9, "单位"), List.of(Collections.nCopies(9, name())));
        assertThat(xml(wide)).contains("paperSize=\"8\"");
    }

    private static Cell name() {
        return Cell.of(UNIT);
    }

    private static List<Cell> row(String text) {
        return List.of(Cell.of(text));
    }

    private static List<Cell> row(String text, long figure) {
        return List.of(Cell.of(text), Cell.of(figure));
    }

    private static String width(int characters) {
        return "width=\"" + characters + ".";
    }

    /** By the directory at its end: the library's local headers do not tell the sizes. */
    private String xml(PlainSheet sheet) throws IOException {
        var all = new StringBuilder();
        try (var zip = new ZipFile(Files.write(file, sheet.xlsx()).toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        return all.toString();
    }
}

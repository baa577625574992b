package io.yuntai.onboarding.application;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class FileTypeTest {

    private static final String MAIN = "application/vnd.openxmlformats-officedocument.";

    @Test
    void isJudgedByTheContent() throws IOException {
        assertThat(FileType.of("%PDF-1.7\n".getBytes(ISO_8859_1))).contains(FileType.PDF);
        assertThat(FileType.of("\u0089PNG\r\n\u001a\nIHDR".getBytes(ISO_8859_1)))
                .contains(FileType.PNG);
        assertThat(FileType.of("\u00ff\u00d8\u00ff\u00e0JFIF".getBytes(ISO_8859_1)))
                .contains(FileType.JPEG);
        assertThat(FileType.of(office(MAIN + "wordprocessingml.document.main+xml")))
                .contains(FileType.DOCX);
        assertThat(FileType.of(office(MAIN + "spreadsheetml.sheet.main+xml")))
                .contains(FileType.XLSX);
    }

    @Test
    void takesNothingElseAndNoMacros() throws IOException {
        assertThat(FileType.of(new byte[0])).isEmpty();
        assertThat(FileType.of("MZ program".getBytes(ISO_8859_1))).isEmpty();
        assertThat(FileType.of("<svg onload='x()'/>".getBytes(UTF_8))).isEmpty();
        assertThat(FileType.of(office("application/java-archive"))).isEmpty();
        assertThat(
                        FileType.of(
                                office(
                                        MAIN
                                                + "wordprocessingml.document.main+xml application/"
                                                + "vnd.ms-office.vbaProject")))
                .isEmpty();
        assertThat(FileType.of("PK\u0003\u0004 cut off".getBytes(ISO_8859_1))).isEmpty();
    }

    @Test
    void doesNotInflateABombToFindOut() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(new byte[64 << 20]);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write((MAIN + "wordprocessingml.document.main+xml").getBytes(UTF_8));
        }
        assertThat(FileType.of(bytes.toByteArray())).isEmpty();
    }

    @Test
    void knowsTheEndingsOfItsNames() {
        assertThat(FileType.JPEG.hasEnding("照片.JPG")).isTrue();
        assertThat(FileType.PDF.hasEnding("方案.pdf.exe")).isFalse();
        assertThat(FileType.PDF.hasEnding("pdf")).isFalse();
    }

    private static byte[] office(String contentTypes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(
                    ("<Types><Override ContentType=\"" + contentTypes + "\"/></Types>")
                            .getBytes(UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}

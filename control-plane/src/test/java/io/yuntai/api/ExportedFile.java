package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A list that somebody has exported. */
final class ExportedFile {

    private final MockMvc server;
    private final String path;

    /** An address with what the list is narrowed by. */
    ExportedFile(MockMvc server, String path) {
        this.server = server;
        this.path = path;
    }

    /** The lines of the CSV file in English, its header first. */
    List<String> lines(String login) throws Exception {
        return answer(login, "csv", "en")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The cells of the workbook in Chinese, its header first; none of them is a formula. */
    List<List<String>> rows(String login) throws Exception {
        var bytes = answer(login, "xlsx", "zh-CN").getContentAsByteArray();
        var rows = new ArrayList<List<String>>();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            for (var row : workbook.getFirstSheet().read()) {
                rows.add(row.stream().map(ExportedFile::text).toList());
            }
        }
        return rows;
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        assertThat(cell.getType()).isIn(CellType.STRING, CellType.NUMBER);
        return cell.getType() == CellType.STRING
                ? cell.asString()
                : cell.asNumber().stripTrailingZeros().toPlainString();
    }

    /** What it is called, as browsers are told. */
    String name(String login, String format) throws Exception {
        return String.valueOf(answer(login, format, "zh-CN").getHeader("Content-Disposition"));
    }

    /** That there is none in another format. */
    void isRefusedAs(String format, String login) throws Exception {
        server.perform(get(path).queryParam("format", format).with(as(login)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("UNKNOWN_FORMAT"))
                .andExpect(jsonPath("$.errors[0].pointer").value("/format"));
    }

    private MockHttpServletResponse answer(String login, String format, String language)
            throws Exception {
        return server.perform(
                        get(path)
                                .queryParam("format", format)
                                .header("Accept-Language", language)
                                .with(as(login)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse();
    }
}

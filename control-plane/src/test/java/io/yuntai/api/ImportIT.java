package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.security.Accounts;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class ImportIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void people() {
        Town.people(accounts);
    }

    private MockHttpServletRequestBuilder file(Format format, byte[] content) {
        return put("/api/v1/imports/" + id)
                .queryParam("fileName", "登记." + format.extension())
                .contentType(MediaType.valueOf(format.mediaType()))
                .content(content)
                .with(as(Town.BUREAU));
    }

    private ResultActions send(Town town) throws Exception {
        return server.perform(file(Format.XLSX, town.file(Format.XLSX, Locale.CHINESE)));
    }

    private ResultActions unitsOf(Town town) throws Exception {
        return server.perform(
                get("/api/v1/units").queryParam("q", town.uscc("a")).with(as(Town.BUREAU)));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aSoundFileIsInTheRegisterAfterwards(Format format) throws Exception {
        var town = new Town();
        server.perform(file(format, town.file(format, Locale.ENGLISH)))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(id))
                .andExpect(jsonPath("$.fileName").value("登记." + format.extension()))
                .andExpect(jsonPath("$.importedBy.name").value("数据局"))
                .andExpect(jsonPath("$.counts.units").value(2))
                .andExpect(jsonPath("$.counts.systems").value(2));
        unitsOf(town).andExpect(jsonPath("$.total").value(1));
        server.perform(get("/api/v1/imports").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].id", hasItem(id)));
    }

    @ParameterizedTest
    @CsvSource({
        "zh-CN, 统一社会信用代码, 文件有误，未导入任何内容",
        "en, Social credit code, The file has faults; nothing was imported"
    })
    void everyFaultIsListedByTableRowAndColumnAndNothingIsImported(
            String language, String column, String title) throws Exception {
        var town = new Town();
        String wrong = town.uscc("b").substring(0, 17) + (town.uscc("b").endsWith("0") ? 1 : 0);
        town.row(RegisterTable.UNITS, wrong, "审计局" + wrong, "440700", "")
                .with(RegisterTable.SYSTEMS, 2, "unit", "")
                .row(RegisterTable.REGIONS, "440700", "江门市", "");
        server.perform(
                        file(Format.XLSX, town.file(Format.XLSX, Locale.CHINESE))
                                .header("Accept-Language", language))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("IMPORT_FAULTY"))
                .andExpect(jsonPath("$.title").value(title))
                .andExpect(jsonPath("$.faultCount").value(3))
                .andExpect(
                        jsonPath("$.faults[?(@.code == 'USCC_CHECK_DIGIT')].table").value("units"))
                .andExpect(jsonPath("$.faults[?(@.code == 'USCC_CHECK_DIGIT')].row").value(4))
                .andExpect(
                        jsonPath("$.faults[?(@.code == 'USCC_CHECK_DIGIT')].column").value(column))
                .andExpect(jsonPath("$.faults[?(@.code == 'USCC_CHECK_DIGIT')].value").value(wrong))
                .andExpect(jsonPath("$.faults[?(@.code == 'WITHOUT_OWNER')].row").value(2))
                .andExpect(jsonPath("$.faults[?(@.code == 'DUPLICATE_IN_FILE')].row").value(3));
        unitsOf(town).andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void validatingAnswersTheSameAndImportsNothing() throws Exception {
        var town = new Town();
        byte[] content = town.file(Format.XLSX, Locale.CHINESE);
        server.perform(file(Format.XLSX, content).queryParam("validateOnly", "true"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.counts.units").value(2));
        unitsOf(town).andExpect(jsonPath("$.total").value(0));
        server.perform(file(Format.XLSX, content)).andExpect(status().isCreated());
    }

    @Test
    void theSameFileAgainGivesTheFirstAnswerAndAnotherUnderItsIdIsRefused() throws Exception {
        byte[] content = new Town().file(Format.XLSX, Locale.CHINESE);
        server.perform(file(Format.XLSX, content)).andExpect(status().isCreated());
        server.perform(file(Format.XLSX, content))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.counts.units").value(2));
        send(new Town())
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
    }

    @Test
    void whatIsNoWorkbookIsAFaultOfTheFile() throws Exception {
        server.perform(file(Format.XLSX, "not a workbook".getBytes()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("IMPORT_FAULTY"))
                .andExpect(jsonPath("$.faults[0].code").value("NOT_A_ZIP"))
                .andExpect(jsonPath("$.faults[0].row").value((Object) null));
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws Exception {
        server.perform(file(Format.XLSX, new byte[RegisterFiles.MAX_BYTES + 1]))
                .andExpect(status().isContentTooLarge())
                .andExpect(jsonPath("$.code").value("CONTENT_TOO_LARGE"))
                .andExpect(jsonPath("$.errors[0].detail", containsString("20")));
    }

    @Test
    void anotherKindOfFileIsNotSupported() throws Exception {
        server.perform(
                        put("/api/v1/imports/" + id)
                                .queryParam("fileName", "x.pdf")
                                .contentType(MediaType.APPLICATION_PDF)
                                .content(new byte[3])
                                .with(as(Town.BUREAU)))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.code").value("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    void aFileNeedsAName() throws Exception {
        server.perform(
                        put("/api/v1/imports/" + id)
                                .contentType(MediaType.valueOf(Format.XLSX.mediaType()))
                                .content(new Town().file(Format.XLSX, Locale.CHINESE))
                                .with(as(Town.BUREAU)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/fileName"));
    }

    @Test
    void onlyTheBureauImports() throws Exception {
        var town = Town.registered(server, accounts);
        server.perform(
                        file(Format.XLSX, new Town().file(Format.XLSX, Locale.CHINESE))
                                .with(as(town.staff("a"))))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("FORBIDDEN"));
    }

    @ParameterizedTest
    @CsvSource({"xlsx, XLSX", "csv, CSV"})
    void theTemplateIsAFileThatCanBeReadAgain(String format, Format kind) throws Exception {
        var answer =
                server.perform(
                                get("/api/v1/imports/template")
                                        .queryParam("format", format)
                                        .accept(MediaType.ALL)
                                        .with(as(Town.BUREAU)))
                        .andExpect(status().isOk())
                        .andExpect(
                                header().string(
                                                "Content-Disposition",
                                                containsString("filename*=UTF-8''")))
                        .andReturn()
                        .getResponse();
        assertThat(RegisterFiles.read(kind, answer.getContentAsByteArray()))
                .isInstanceOfSatisfying(
                        FileContent.Tables.class,
                        tables ->
                                assertThat(tables.tables()).hasSize(RegisterTable.values().length));
    }

    @Test
    void aTemplateInAnotherFormatIsRefused() throws Exception {
        server.perform(
                        get("/api/v1/imports/template")
                                .queryParam("format", "pdf")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/format"));
    }
}

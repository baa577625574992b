package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.api.spreadsheet.CalendarFiles;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.onboarding.calendar.CalendarDay;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class CalendarIT {

    private static final MediaType CSV = MediaType.valueOf("text/csv");
    private static final AtomicInteger YEARS = new AtomicInteger(2040);

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private WorkingCalendars calendars;
    @Autowired private JdbcClient jdbc;

    /** A year of each test's own. */
    private final int year = YEARS.getAndIncrement();

    @BeforeEach
    void people() {
        Town.people(accounts);
    }

    private MockHttpServletRequestBuilder importing(UUID id, MediaType type, byte[] file) {
        return put("/api/v1/calendars/" + year + "/versions/" + id)
                .queryParam("fileName", "日历")
                .queryParam("basis", "国办发明电〔2025〕7号")
                .contentType(type)
                .content(file)
                .with(as(Town.BUREAU));
    }

    private static byte[] csv(String... lines) {
        return ("日期,类别,节日\n" + String.join("\n", lines)).getBytes(UTF_8);
    }

    private byte[] newYear() {
        return csv(year + "-01-01,放假,元旦");
    }

    @Test
    void aYearIsImportedFromAWorkbookInEitherLanguageAndCounts() throws Exception {
        var day = new CalendarDay(LocalDate.of(year, 1, 1), CalendarDay.Kind.HOLIDAY, "元旦");
        byte[] file = CalendarFiles.sheet(List.of(day), Locale.ENGLISH).xlsx();
        server.perform(
                        importing(
                                UUID.randomUUID(),
                                MediaType.valueOf(Format.XLSX.mediaType()),
                                file))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.version").value(1))
                .andExpect(jsonPath("$.holidays").value(1))
                .andExpect(jsonPath("$.importedBy").value("数据局"));
        assertThat(calendars.current().isWorkingDay(LocalDate.of(year, 1, 1))).isFalse();
        server.perform(get("/api/v1/calendars").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].year", hasItem(year)));
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("q", "calendar/" + year)
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("calendar.import"))
                .andExpect(jsonPath("$.items[0].outcome").value("SUCCESS"));
    }

    @Test
    void everyFaultIsListedByItsRowAndNothingIsImported() throws Exception {
        server.perform(
                        importing(
                                        UUID.randomUUID(),
                                        CSV,
                                        csv(
                                                year + "-02-30,放假,春节",
                                                (year - 1) + "-12-31,放假,元旦",
                                                year + "-01-01,假,元旦"))
                                .header("Accept-Language", "en"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("IMPORT_FAULTY"))
                .andExpect(jsonPath("$.faults[*].row", contains(2, 3, 4)))
                .andExpect(
                        jsonPath(
                                "$.faults[*].code",
                                contains("NOT_A_DATE", "NOT_IN_YEAR", "UNKNOWN_DAY_KIND")))
                .andExpect(jsonPath("$.faults[*].column", contains("Date", "Date", "Kind")))
                .andExpect(jsonPath("$.faults[1].detail", containsString("not of " + year)));
        server.perform(get("/api/v1/calendars/" + year + "/versions").with(as(Town.BUREAU)))
                .andExpect(status().isNotFound());
    }

    @Test
    void validatingKeepsNothing() throws Exception {
        server.perform(
                        importing(UUID.randomUUID(), CSV, newYear())
                                .queryParam("validateOnly", "true"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(1));
        server.perform(get("/api/v1/calendars/" + year + "/versions").with(as(Town.BUREAU)))
                .andExpect(status().isNotFound());
    }

    @Test
    void theSameImportAgainGivesTheFirstAnswerAndAnotherFileUnderItsIdIsRefused() throws Exception {
        var id = UUID.randomUUID();
        server.perform(importing(id, CSV, newYear())).andExpect(status().isCreated());
        server.perform(importing(id, CSV, newYear()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(1));
        server.perform(importing(id, CSV, csv(year + "-01-02,放假,元旦")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
    }

    @Test
    void aYearIsImportedAgainOnlyWithAReasonAndBothVersionsStay() throws Exception {
        server.perform(importing(UUID.randomUUID(), CSV, newYear()))
                .andExpect(status().isCreated());
        byte[] changed = csv(year + "-01-01,放假,元旦", year + "-12-31,放假,元旦");
        server.perform(importing(UUID.randomUUID(), CSV, changed))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("CALENDAR_REASON_MISSING"));
        server.perform(
                        importing(UUID.randomUUID(), CSV, changed)
                                .queryParam("reason", "明年元旦连休，12月31日放假"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.version").value(2));
        server.perform(get("/api/v1/calendars/" + year + "/versions").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$[*].version", contains(2, 1)))
                .andExpect(jsonPath("$[0].days", hasSize(2)))
                .andExpect(jsonPath("$[1].days", hasSize(1)));
        assertThat(calendars.current().isWorkingDay(LocalDate.of(year, 12, 31))).isFalse();
    }

    @Test
    void ofImportsAtTheSameMomentEachBecomesAVersionOfItsOwn() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.rangeClosed(1, 6)
                            .mapToObj(day ->
                                    pool.submit(() ->
                                            server.perform(
                                                            importing(
                                                                            UUID.randomUUID(),
                                                                            CSV,
                                                                            csv(
                                                                                    year + "-01-0"
                                                                                            + day
                                                                                            + ",放假,元旦"))
                                                                    .queryParam("reason", "更正"))
                                                    .andReturn()
                                                    .getResponse()
                                                    .getStatus()))
                            .toList();
            for (var one : all) {
                assertThat(one.get()).isEqualTo(201);
            }
        }
        server.perform(get("/api/v1/calendars/" + year + "/versions").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$[*].version", contains(6, 5, 4, 3, 2, 1)));
    }

    @Test
    void theFileOfAYearCanBeCorrectedAndImportedAgain() throws Exception {
        server.perform(importing(UUID.randomUUID(), CSV, newYear()))
                .andExpect(status().isCreated());
        byte[] file =
                server.perform(
                                get("/api/v1/calendars/" + year + "/file")
                                        .queryParam("format", "csv")
                                        .with(as(Town.BUREAU)))
                        .andExpect(status().isOk())
                        .andExpect(header().string("Content-Disposition", containsString("csv")))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray();
        server.perform(importing(UUID.randomUUID(), CSV, file).queryParam("reason", "核对"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.holidays").value(1));
    }

    @Test
    void onlyTheBureauImports() throws Exception {
        server.perform(importing(UUID.randomUUID(), CSV, newYear()).with(as(Town.OPERATOR)))
                .andExpect(status().isForbidden());
    }

    @Test
    void theDatabaseRefusesWhatIsNoCalendar() throws Exception {
        server.perform(importing(UUID.randomUUID(), CSV, newYear()))
                .andExpect(status().isCreated());
        for (var day : List.of(year + 1 + "-01-01', 'HOLIDAY", monday() + "', 'MAKE_UP")) {
            assertThatThrownBy(() ->
                            jdbc.sql(
                                            "insert into calendar_day (year, version, day, kind, name)"
                                                    + " values (%d, 1, '%s', 'x')"
                                                            .formatted(year, day))
                                    .update())
                    .hasMessageContaining("violates check constraint");
        }
    }

    private LocalDate monday() {
        var day = LocalDate.of(year, 3, 1);
        while (day.getDayOfWeek() != java.time.DayOfWeek.MONDAY) {
            day = day.plusDays(1);
        }
        return day;
    }

    @Test
    void aMissingYearIsToldByHealthAndTakesNoServerOutOfService() throws Exception {
        boolean missing = !calendars.current().due(Instant.now()).isEmpty();
        server.perform(get("/actuator/health"))
                .andExpect(
                        jsonPath("$.components.calendar.status").value(missing ? "WARNING" : "UP"));
        server.perform(get("/actuator/health/readiness")).andExpect(status().isOk());
    }
}

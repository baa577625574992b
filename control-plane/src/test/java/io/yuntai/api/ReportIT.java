package io.yuntai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.reconciliation.Forecast;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A month of its own, from its boards to a second version. */
@ServerTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportIT {

    private static final YearMonth JUNE = YearMonth.of(2025, 6);
    private static final long GIB = 1L << 30;
    private static final UUID UNIT = new UUID(21, 1);
    private static final UUID RESTATEMENT = new UUID(29, 1);

    private static Town town;

    @Autowired private MockMvc server;

    @BeforeAll
    static void june(
            @Autowired MockMvc server,
            @Autowired Allocations allocations,
            @Autowired Metering metering,
            @Autowired Accounts accounts)
            throws Exception {
        // The city is registered.
        town = Town.registered(server, accounts);
        accounts.register(new PersonId(new UUID(28, 1)), new Login("r-bureau"), "局甲", Role.BUREAU);
        accounts.register(new PersonId(new UUID(28, 2)), new Login("r-bureau2"), "局乙", Role.BUREAU);
        accounts.register(
                new PersonId(new UUID(28, 3)),
                new Login("r-operator"),
                "运",
                Role.PLATFORM_OPERATOR);
        accounts.register(
                new PersonId(new UUID(28, 4)), new Login("r-staff"), "员", Role.UNIT_STAFF);
        for (int i = 1; i <= 4; i++) {
            var host = new MeteredHostId(new UUID(23, i));
            allocations.record(
                    List.of(
                            new HostAllocation(
                                    host,
                                    "june-" + i,
                                    new Party(new PartyId(UNIT), "UJ", "六月局", "440703"),
                                    new MeteredSystem(
                                            new MeteredSystemId(new UUID(22, 1)), "sj", "系统"),
                                    "extranet-ordinary",
                                    new Capacity(4, 4 * GIB, 40 * GIB),
                                    new Place("a", "ns"),
                                    Instant.parse("2025-05-01T00:00:00Z"))));
            allocations.confirm(List.of(host), Instant.parse("2025-05-02T00:00:00Z"));
        }
        read(metering, 15);
        // One stays, for whoever wants it exempt.
        for (int i = 2; i <= 4; i++) {
            allocations.end(
                    new MeteredHostId(new UUID(23, i)), Instant.parse("2025-07-15T00:00:00Z"));
        }
    }

    private static void read(Metering metering, int percent) {
        var _ =
                metering.read(
                        (hosts, into) ->
                                hosts.forEach(host ->
                                        IntStream.range(0, 30 * 24)
                                                .mapToObj(hour -> hour(host, hour, percent))
                                                .forEach(into)),
                        Period.of(JUNE));
    }

    private static UsageHour hour(MeteredHost host, int hour, int percent) {
        var capacity = host.capacity();
        return new UsageHour(
                host.host(),
                Period.of(JUNE).from().plusSeconds(3600L * hour),
                FiveMinutes.even(FiveMinutes.COUNT, 100 * percent),
                FiveMinutes.even(FiveMinutes.COUNT, 4000),
                0,
                capacity.vcpu() * 10L * percent * 3600,
                capacity.vcpu() * 400,
                OptionalLong.of(capacity.memoryBytes() / 5 * 2 * 3600),
                OptionalLong.of(capacity.diskBytes() / 5 * 2 * 3600));
    }

    @Test
    @Order(1)
    void aFigureIsFollowedFromTheBoardToTheSamples() throws Exception {
        call("r-bureau", put("/api/v1/rankings/2025-06")).andExpect(status().isOk());
        call("r-bureau", get("/api/v1/rankings/2025-06"))
                .andExpect(jsonPath("$.ranked[0].score").value("80.00"))
                .andExpect(jsonPath("$.ranked[0].parts.cpu").value("20.0000"))
                .andExpect(jsonPath("$.ranked[0].parts.idle").value("20.0000"));
        call("r-bureau", get("/api/v1/rankings/2025-06/units/" + UNIT + "/hosts"))
                .andExpect(jsonPath("$.items.length()").value(4))
                .andExpect(jsonPath("$.items[0].host.name").value("june-1"))
                .andExpect(jsonPath("$.items[0].measured").value(true))
                .andExpect(jsonPath("$.items[0].validHours").value(720));
        call("r-bureau", get("/api/v1/rankings/2025-06/hosts/" + new UUID(23, 1) + "/hours"))
                .andExpect(jsonPath("$.items.length()").value(720))
                .andExpect(jsonPath("$.items[0].cpu[11]").value(1500))
                .andExpect(jsonPath("$.items[0].capacity.vcpu").value(4));
    }

    @Test
    @Order(2)
    void boardsAreViewsOfOneResult() throws Exception {
        for (var pool : List.of("all", "extranet-ordinary", "zone:extranet", "family:ordinary")) {
            call("r-staff", get("/api/v1/rankings/2025-06").queryParam("pool", pool))
                    .andExpect(jsonPath("$.ranked[0].score").value("80.00"));
        }
        call("r-staff", get("/api/v1/rankings/2025-06/lowest"))
                .andExpect(jsonPath("$.items[0].unit.code").value("UJ"));
        call("r-staff", get("/api/v1/rankings/2025-06/systems"))
                .andExpect(jsonPath("$.items[0].code").value("sj"))
                .andExpect(jsonPath("$.items[0].cpu").value("15.00"));
        call("r-staff", get("/api/v1/rankings/2025-06/systems?band=HIGH"))
                .andExpect(jsonPath("$.items.length()").value(0));
        call("r-staff", get("/api/v1/rankings/2025-06/cities"))
                .andExpect(jsonPath("$.items[0].city").value("440700"))
                .andExpect(jsonPath("$.items[0].unitsRank").value(1));
        call("r-staff", get("/api/v1/rankings/2025-06/comparison"))
                .andExpect(jsonPath("$.state").value("NO_EARLIER"));
        call("r-staff", get("/api/v1/rankings/2025-06/reconciliation"))
                .andExpect(jsonPath("$.items[?(@.measure == 'VCPU')].after").value(16))
                .andExpect(jsonPath("$.items[?(@.measure == 'VCPU')].difference").value(0))
                .andExpect(jsonPath("$.frozen").value(false))
                .andExpect(jsonPath("$.delivered.length()").value(5));
        call("r-staff", get("/api/v1/pools/forecasts"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].method").value("theil-sen"));
        call("r-staff", get("/api/v1/rankings/2025-06/lowest?n=0")).andExpect(status().is(422));
    }

    @Test
    @Order(3)
    void theBureauFreezesAndSamplesAfterwardsStandAside(@Autowired Metering metering)
            throws Exception {
        call("r-operator", put("/api/v1/reports/2025-06")).andExpect(status().isForbidden());
        call("r-bureau", put("/api/v1/reports/2025-06?validateOnly=true"))
                .andExpect(status().isOk());
        call("r-bureau", put("/api/v1/reports/2025-06"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(1));
        call("r-bureau", put("/api/v1/reports/2025-06"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("MONTH_FROZEN"));
        call("r-bureau", put("/api/v1/rankings/2025-06"))
                .andExpect(jsonPath("$.code").value("MONTH_FROZEN"));
        read(metering, 30);
        call("r-staff", get("/api/v1/rankings/2025-06"))
                .andExpect(jsonPath("$.ranked[0].cpu").value("15.00"));
        call("r-staff", get("/api/v1/reports/2025-06"))
                .andExpect(jsonPath("$.freezingDay").value("2025-07-03"))
                .andExpect(jsonPath("$.lateHours").value(4 * 720));
        call("r-staff", get("/api/v1/rankings/2025-06/reconciliation"))
                .andExpect(jsonPath("$.frozen").value(true))
                .andExpect(jsonPath("$.items[?(@.measure == 'VCPU')].after").value(16));
        assertThat(file(1)).isEqualTo(file(1)).startsWith("report\tformat=2\tmonth=2025-06");
        call("r-bureau", get("/api/v1/reports/key")).andExpect(status().isOk());
    }

    @Test
    @Order(7)
    void theFrozenReportIsPrintedTheSameEachTimeInTheReadersLanguage() throws Exception {
        var pdf = printed("pdf", "zh-CN");
        assertThat(printed("pdf", "zh-CN")).isEqualTo(pdf);
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("2025-06 云资源使用月报", "六月局", "附录三", "政务外网（通用处理器）")
                    .containsIgnoringCase("方法：" + Forecast.METHOD)
                    .contains("1 / " + document.getNumberOfPages());
        }
        try (var document = Loader.loadPDF(printed("pdf", "en"))) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("report of 2025-06", "六月局", "Appendix C");
        }
        assertThat(printed("xlsx", "zh-CN")).isEqualTo(printed("xlsx", "zh-CN"));
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(printed("xlsx", "en")))) {
            assertThat(book.findSheet("F Forecast").orElseThrow().read())
                    .extracting(row -> row.getCellText(0).toLowerCase(Locale.ROOT))
                    .anyMatch(text -> text.startsWith("method: " + Forecast.METHOD));
        }
        var file = "/api/v1/reports/2025-06/versions/1/file";
        call("r-bureau", get(file).queryParam("format", "odt"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.code").value("UNKNOWN_FORMAT"));
        call("r-bureau", get(file.replace("1/file", "9/file")).queryParam("format", "pdf"))
                .andExpect(status().isNotFound());
        call("r-staff", get(file).queryParam("format", "pdf")).andExpect(status().isForbidden());
    }

    @Test
    @Order(7)
    void aBoardAsAFileSaysWhichVersionItIsOf() throws Exception {
        var board = "/api/v1/rankings/2025-06/export";
        assertThat(new ExportedFile(server, board).rows("r-bureau"))
                .contains(List.of("版本", "第 2 版（已公布）"));
        assertThat(new ExportedFile(server, board + "?version=1").rows("r-bureau"))
                .contains(List.of("版本", "第 1 版（已公布）"));
    }

    /** The whole names the hosts of all units: whoever is of one gets what it says of that. */
    @Test
    @Order(9)
    void aUnitGetsAnExcerptOfItsOwn(@Autowired JdbcClient sql) throws Exception {
        var path = "/api/v1/reports/2025-06/versions/1/excerpt";
        call("r-bureau", get(path))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("/unit"));
        var of = get(path).queryParam("unit", UNIT.toString());
        var file =
                call("r-bureau", of)
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8);
        assertThat(file).contains("\nexcerpt\tunit=" + UNIT, "\tname=june-1\t", "\nsignature\t");
        call("r-bureau", get(path).queryParam("unit", UUID.randomUUID().toString()))
                .andExpect(status().isNotFound());
        // Of the first registered town: it had nothing in that month, and the other is not its own.
        call(town.staff("a"), get(path)).andExpect(status().isNotFound());
        call(town.staff("a"), get(path).queryParam("unit", UNIT.toString()))
                .andExpect(status().isNotFound());
    }

    /** The register's name may become another one: what was published keeps the one of then. */
    @Test
    @Order(8)
    void aCityIsCalledAsItWasPublished(@Autowired JdbcClient sql) throws Exception {
        var name = "$.items[0].name";
        var frozen = Pattern.compile("\nregion\tcode=440700\tname=([^\t]+)").matcher(file(1));
        assertThat(frozen.find()).isTrue();
        rename(sql, "改名市");
        try {
            for (var version : List.of("", "?version=1")) {
                call("r-staff", get("/api/v1/rankings/2025-06/cities" + version))
                        .andExpect(jsonPath(name).value(frozen.group(1)));
            }
        } finally {
            rename(sql, "江门市");
        }
    }

    /**
     * The year before is the same month with another figure, the month before of another policy.
     */
    @Test
    @Order(10)
    void aBoardIsComparedWithLastYearAndNotOverAChangeOfPolicy(@Autowired JdbcClient sql)
            throws Exception {
        likeJune(sql, "2024-06-01", "default-1");
        likeJune(sql, "2025-05-01", "test-2");
        call("r-staff", get("/api/v1/rankings/2025-06/comparison?with=LAST_YEAR&board=CPU"))
                .andExpect(jsonPath("$.earlier").value("2024-06"))
                .andExpect(jsonPath("$.board").value("CPU"))
                .andExpect(jsonPath("$.state").value("COMPARED"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].value").value("30.00"))
                .andExpect(jsonPath("$.items[0].earlierValue").value("12.00"))
                .andExpect(jsonPath("$.items[0].points").value("18.00"));
        call("r-staff", get("/api/v1/rankings/2025-06/comparison?with=LAST_MONTH&board=CPU"))
                .andExpect(jsonPath("$.earlier").value("2025-05"))
                .andExpect(jsonPath("$.state").value("NOT_COMPARABLE"))
                .andExpect(jsonPath("$.items.length()").value(0));
    }

    private static void likeJune(JdbcClient sql, String month, String policy) {
        for (var table : List.of("ranking", "ranking_total", "ranking_row")) {
            assertThat(
                            sql.sql(
                                            """
                                            insert into %1$s select (jsonb_populate_record(t,
                                                jsonb_build_object('month', cast(:month as text), 'run', 1)
                                                || cast(:other as jsonb))).*
                                            from %1$s t where month = '2025-06-01' and run = (select max(run)
                                                from ranking where month = '2025-06-01')
                                            """
                                                    .formatted(table))
                                    .param("month", month)
                                    .param(
                                            "other",
                                            table.equals("ranking")
                                                    ? "{\"policy\": \"" + policy + "\"}"
                                                    : "{\"cpu\": 12}")
                                    .update())
                    .isPositive();
        }
    }

    private static void rename(JdbcClient sql, String name) {
        assertThat(
                        sql.sql("update region set name = :name where code = '440700'")
                                .param("name", name)
                                .update())
                .isOne();
    }

    private byte[] printed(String format, String language) throws Exception {
        return call(
                        "r-bureau",
                        get("/api/v1/reports/2025-06/versions/1/file")
                                .queryParam("format", format)
                                .header("Accept-Language", language))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
    }

    @Test
    @Order(4)
    void twoPeopleRestateAndBothVersionsStay() throws Exception {
        var path = "/api/v1/reports/2025-06/restatements/" + RESTATEMENT;
        call("r-bureau", put(path), "{\"reason\": \" \"}").andExpect(status().is(422));
        call("r-bureau", put(path), "{\"reason\": \"补采\"}").andExpect(status().isOk());
        call("r-bureau", post(path + "/approval"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("SAME_PERSON"));
        call("r-operator", post(path + "/approval")).andExpect(status().isForbidden());
        call("r-bureau2", post(path + "/approval"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(2))
                .andExpect(jsonPath("$.correction.author.name").value("局甲"))
                .andExpect(jsonPath("$.correction.approver.name").value("局乙"));
        call("r-staff", get("/api/v1/rankings/2025-06"))
                .andExpect(jsonPath("$.ranked[0].cpu").value("30.00"));
        call("r-staff", get("/api/v1/rankings/2025-06?version=1"))
                .andExpect(jsonPath("$.ranked[0].cpu").value("15.00"));
        call("r-staff", get("/api/v1/rankings/2025-06/reconciliation?version=1"))
                .andExpect(jsonPath("$.frozen").value(true));
        call("r-staff", get("/api/v1/rankings/2025-06/comparison?version=1"))
                .andExpect(jsonPath("$.state").value("NO_EARLIER"));
        for (var board : List.of("", "/reconciliation", "/comparison", "/lowest", "/systems")) {
            call("r-staff", get("/api/v1/rankings/2025-06" + board + "?version=9"))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.code").value("RANKING_NOT_FOUND"));
        }
        // What version 1 rests on, as it was read then.
        var hours = "/api/v1/rankings/2025-06/hosts/" + new UUID(23, 1) + "/hours";
        call("r-bureau", get(hours))
                .andExpect(jsonPath("$.items[0].cpu[11]").value(3000))
                .andExpect(jsonPath("$.items[0].lastIn").value((Object) null));
        call("r-bureau", get(hours + "?version=1"))
                .andExpect(jsonPath("$.items.length()").value(720))
                .andExpect(jsonPath("$.items[0].cpu[11]").value(1500))
                .andExpect(jsonPath("$.items[0].lastIn").value(1));
        call("r-bureau", get(hours + "?version=9")).andExpect(status().isNotFound());
        call("r-staff", get("/api/v1/reports/2025-06"))
                .andExpect(jsonPath("$.versions.length()").value(2))
                .andExpect(jsonPath("$.lateHours").value(0));
        call("r-bureau", get("/api/v1/reports/2025-06/versions/3/file"))
                .andExpect(status().isNotFound());
    }

    @Test
    @Order(5)
    void aPolicyIsProposedTriedAndApprovedByAnother() throws Exception {
        var path = "/api/v1/ranking-policies/test-2";
        var body =
                """
                {"effectiveFrom": "2999-01-01", "basis": "文号 2 号",
                 "cpu": {"low": 20, "high": 50}, "memory": {"low": 40, "high": 70},
                 "disk": {"low": 40, "high": 80},
                 "weights": {"cpu": 0.4, "memory": 0.3, "disk": 0.1, "idle": 0.2},
                 "excess": {"slope": 2, "floor": 60}, "grades": {"a": 80, "b": 60, "c": 40},
                 "evidence": {"validSamples": 9, "coverage": 80, "confirmedDays": 14,
                              "leastHosts": 5, "leastVcpu": 8},
                 "idle": {"cpu": 5, "cpuP95": 10, "cpuPeak": 30, "memory": 20}}
                """;
        call("r-bureau", put(path), "{}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors.length()").value(10));
        call("r-bureau", put(path), body.replace("\"low\": 20", "\"low\": 60"))
                .andExpect(status().is(422));
        call("r-bureau", put(path), body.replace("2999", "2020"))
                .andExpect(jsonPath("$.code").value("POLICY_TOO_LATE"));
        call("r-staff", put(path), body).andExpect(status().isForbidden());
        call("r-operator", put(path), body)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("PROPOSED"));
        call("r-bureau", get(path + "/trial?month=2025-06"))
                .andExpect(jsonPath("$.policyThen.id").value("default-1"))
                .andExpect(jsonPath("$.items[0].then.rank").value(1))
                .andExpect(jsonPath("$.policyThen.evidence.leastHosts").value(3))
                .andExpect(jsonPath("$.policy.evidence.leastHosts").value(5))
                .andExpect(jsonPath("$.items[0].now.reasons[0]").value("FEWER_THAN_3_HOSTS"))
                .andExpect(jsonPath("$.changed").value(1))
                .andExpect(jsonPath("$.counts.length()").value(5))
                .andExpect(jsonPath("$.counts[4].grade").value((Object) null))
                .andExpect(jsonPath("$.counts[4].then").value(0))
                .andExpect(jsonPath("$.counts[4].now").value(1));
        var export = new ExportedFile(server, path + "/trial/export?month=2025-06");
        assertThat(export.rows("r-bureau").getFirst()).startsWith("统一社会信用代码", "单位", "现行名次");
        assertThat(export.rows("r-bureau").get(1)).contains("1", "已计量主机不足 5 台", "是");
        assertThat(export.lines("r-bureau").get(1)).endsWith(",yes");
        export.isRefusedAs("pdf", "r-bureau");
        call("r-bureau", get(path + "/trial/export?month=2024-06"))
                .andExpect(status().isNotFound());
        call("r-staff", get(path + "/trial/export?month=2025-06"))
                .andExpect(status().isForbidden());
        call("r-operator", post(path + "/approval")).andExpect(status().isForbidden());
        call("r-bureau", post(path + "/approval"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.approvedBy").value("局甲"));
        call("r-bureau2", post(path + "/rejection"))
                .andExpect(jsonPath("$.code").value("POLICY_DECIDED"));
    }

    @Test
    @Order(6)
    void anExemptionIsAppliedForByOneAndAllowedByAnother() throws Exception {
        var path = "/api/v1/exemptions/" + new UUID(27, 1);
        var body =
                "{\"host\": \"%s\", \"kind\": \"SEASONAL\", \"reason\": \"防汛\", \"from\": \"2026-01-01\", \"until\": \"%s\"}";
        call("r-bureau", put(path), body.formatted(new UUID(23, 1), "2027-06-01"))
                .andExpect(status().is(422));
        call("r-bureau", put(path), body.formatted(new UUID(23, 9), "2026-12-31"))
                .andExpect(status().isNotFound());
        call("r-bureau", put(path), body.formatted(new UUID(23, 1), "2026-12-31"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("APPLIED"));
        call("r-bureau", post(path + "/approval"))
                .andExpect(jsonPath("$.code").value("SAME_PERSON"));
        call("r-bureau2", post(path + "/approval"))
                .andExpect(jsonPath("$.state").value("APPROVED"));
        call("r-bureau", get("/api/v1/exemptions"))
                .andExpect(jsonPath("$.items[0].host.name").value("june-1"))
                .andExpect(jsonPath("$.items[0].decidedBy.name").value("局乙"));
        var refused = "/api/v1/exemptions/" + new UUID(27, 2);
        call("r-bureau", put(refused), body.formatted(new UUID(23, 1), "2026-12-30"))
                .andExpect(status().isOk());
        call("r-bureau2", post(refused + "/rejection"), "{}").andExpect(status().is(422));
        call("r-bureau2", post(refused + "/rejection"), "{\"reason\": \"依据不足\"}")
                .andExpect(jsonPath("$.state").value("REJECTED"))
                .andExpect(jsonPath("$.decisionReason").value("依据不足"));
        call("r-bureau", get("/api/v1/exemptions?state=APPROVED&q=JUNE"))
                .andExpect(jsonPath("$.items.length()").value(1));
    }

    private String file(int version) throws Exception {
        return new String(
                call("r-bureau", get("/api/v1/reports/2025-06/versions/" + version + "/file"))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray(),
                StandardCharsets.UTF_8);
    }

    private ResultActions call(String login, MockHttpServletRequestBuilder request)
            throws Exception {
        return server.perform(request.with(jwt().jwt(token -> token.subject(login))));
    }

    private ResultActions call(String login, MockHttpServletRequestBuilder request, String body)
            throws Exception {
        return call(login, request.contentType(MediaType.APPLICATION_JSON).content(body));
    }
}

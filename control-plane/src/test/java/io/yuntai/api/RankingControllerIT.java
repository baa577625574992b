package io.yuntai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.billing.export.RankingWorkbook;
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
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@ServerTest
@Import(RankingControllerIT.Audits.class)
class RankingControllerIT {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final long GIB = 1L << 30;

    @Autowired private MockMvc server;
    @Autowired private Audits audits;

    /** The three units A, B and C: A and B alike, C with too few hosts; B in the domestic pool. */
    @BeforeAll
    static void aMonth(
            @Autowired Allocations allocations,
            @Autowired Metering metering,
            @Autowired Accounts accounts) {
        accounts.register(new PersonId(new UUID(9, 1)), new Login("bureau"), "局", Role.BUREAU);
        accounts.register(new PersonId(new UUID(9, 2)), new Login("staff"), "员", Role.UNIT_STAFF);
        accounts.register(
                new PersonId(new UUID(9, 3)), new Login("operator"), "运", Role.PLATFORM_OPERATOR);
        hosts(allocations, 1, "A", "extranet-ordinary", 4);
        hosts(allocations, 2, "B", "extranet-domestic", 4);
        hosts(allocations, 3, "C", "extranet-ordinary", 2);
        var _ =
                metering.read(
                        (hosts, into) ->
                                hosts.forEach(host ->
                                        IntStream.range(0, 31 * 24)
                                                .mapToObj(hour -> hour(host, hour))
                                                .forEach(into)),
                        Period.of(OCTOBER));
    }

    private static void hosts(
            Allocations allocations, int unit, String name, String pool, int count) {
        for (int i = 1; i <= count; i++) {
            var host = new MeteredHostId(new UUID(unit, i));
            allocations.record(
                    List.of(
                            new HostAllocation(
                                    host,
                                    "host-" + i,
                                    new Party(
                                            new PartyId(new UUID(1, unit)),
                                            "U" + name,
                                            name + "局",
                                            "440700"),
                                    new MeteredSystem(
                                            new MeteredSystemId(new UUID(2, unit)),
                                            "s" + unit,
                                            "系统"),
                                    pool,
                                    new Capacity(2, 4 * GIB, 40 * GIB),
                                    new Place("a", "ns"),
                                    Instant.parse("2026-09-01T00:00:00Z"))));
            allocations.confirm(List.of(host), Instant.parse("2026-09-02T00:00:00Z"));
        }
    }

    /** 15 %, 40 %, 40 %: a score of 80.00. */
    private static UsageHour hour(MeteredHost host, int hour) {
        var capacity = host.capacity();
        return new UsageHour(
                host.host(),
                Period.of(OCTOBER).from().plusSeconds(3600L * hour),
                FiveMinutes.even(FiveMinutes.COUNT, 1500),
                FiveMinutes.even(FiveMinutes.COUNT, 4000),
                0,
                capacity.vcpu() * 150L * 3600,
                capacity.vcpu() * 400,
                OptionalLong.of(capacity.memoryBytes() / 5 * 2 * 3600),
                OptionalLong.of(capacity.diskBytes() / 5 * 2 * 3600));
    }

    @BeforeEach
    void ranked() throws Exception {
        audits.all.clear();
        server.perform(put("/api/v1/rankings/2026-10").with(login("bureau")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.month").value("2026-10"))
                .andExpect(jsonPath("$.ranked").value(2))
                .andExpect(jsonPath("$.notRanked").value(1));
    }

    @Test
    void everyUnitReadsTheWholeBoard() throws Exception {
        server.perform(get("/api/v1/rankings").with(login("staff")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].month").value("2026-10"));
        server.perform(get("/api/v1/rankings/2026-10").with(login("staff")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.board").value("SCORE"))
                .andExpect(jsonPath("$.pool").value("all"))
                .andExpect(jsonPath("$.policy.id").value("default-1"))
                .andExpect(jsonPath("$.policy.evidence.coverage").value(80))
                .andExpect(jsonPath("$.summary.units").value(3))
                .andExpect(jsonPath("$.summary.hosts").value(10))
                .andExpect(jsonPath("$.summary.measuredHosts").value(10))
                .andExpect(jsonPath("$.summary.unmeasuredHosts").value(0))
                .andExpect(jsonPath("$.ranked[0].region").value("440700"))
                .andExpect(jsonPath("$.summary.cpuPercent").value("15.00"))
                .andExpect(jsonPath("$.ranked[0].unit.code").value("UA"))
                .andExpect(jsonPath("$.ranked[0].rank").value(1))
                .andExpect(jsonPath("$.ranked[0].tied").value(true))
                .andExpect(jsonPath("$.ranked[0].score").value("80.00"))
                .andExpect(jsonPath("$.ranked[0].grade").value("A"))
                .andExpect(jsonPath("$.ranked[0].cpuBand").value("LOW"))
                .andExpect(jsonPath("$.ranked[0].idleShare").value("0.0000"))
                .andExpect(jsonPath("$.ranked[1].rank").value(1))
                .andExpect(jsonPath("$.notRanked[0].unit.name").value("C局"))
                .andExpect(jsonPath("$.notRanked[0].reasons[0]").value("FEWER_THAN_3_HOSTS"))
                .andExpect(jsonPath("$.notRanked[0].reasons[1]").value("UNDER_8_VCPU"))
                .andExpect(jsonPath("$.notRanked[0].cpu").isNotEmpty());
    }

    @Test
    void aPoolIsRankedByItselfAndABoardChangesNoFigure() throws Exception {
        server.perform(
                        get("/api/v1/rankings/2026-10")
                                .queryParam("pool", "extranet-domestic")
                                .with(login("staff")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ranked.length()").value(1))
                .andExpect(jsonPath("$.ranked[0].unit.code").value("UB"))
                .andExpect(jsonPath("$.ranked[0].tied").value(false))
                .andExpect(jsonPath("$.ranked[0].score").value("80.00"));
        server.perform(
                        get("/api/v1/rankings/2026-10")
                                .queryParam("board", "MEMORY")
                                .with(login("staff")))
                .andExpect(jsonPath("$.board").value("MEMORY"))
                .andExpect(jsonPath("$.ranked[0].memory").value("40.00"))
                .andExpect(jsonPath("$.ranked[0].score").value("80.00"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/rankings/2026-08, 404, RANKING_NOT_FOUND",
        "/api/v1/rankings/2026-10?pool=nowhere-ordinary, 404, RANKING_NOT_FOUND",
        "/api/v1/rankings/2026-10?board=NAME, 422, INVALID",
        "/api/v1/rankings/2026-13, 422, INVALID",
        "/api/v1/rankings/+999999999-12, 422, INVALID",
        "/api/v1/rankings/2026-10/export?format=pdf, 422, UNKNOWN_FORMAT",
    })
    void whatCannotBeShownIsAProblem(String path, int status, String code) throws Exception {
        server.perform(get(java.net.URI.create(path)).with(login("bureau")))
                .andExpect(status().is(status))
                .andExpect(jsonPath("$.code").value(code));
    }

    @Test
    void onlyTheBureauExportsAndComputes() throws Exception {
        for (var login : List.of("staff", "operator")) {
            server.perform(get("/api/v1/rankings/2026-10/export").with(login(login)))
                    .andExpect(status().isForbidden());
            server.perform(put("/api/v1/rankings/2026-10").with(login(login)))
                    .andExpect(status().isForbidden());
        }
    }

    @Test
    void theExportIsAWorkbookInTheCallersLanguageAndTheSameBytesAgain() throws Exception {
        var answer =
                server.perform(
                                get("/api/v1/rankings/2026-10/export?board=SCORE&pool=all&format=xlsx")
                                        .with(login("bureau")))
                        .andExpect(status().isOk())
                        .andExpect(header().string("Content-Type", RankingWorkbook.MEDIA_TYPE))
                        .andReturn()
                        .getResponse();
        assertThat(answer.getHeader("Content-Disposition"))
                .contains("attachment", "filename*=UTF-8''", "2026-10", ".xlsx");
        var again =
                server.perform(get("/api/v1/rankings/2026-10/export").with(login("bureau")))
                        .andReturn()
                        .getResponse();
        assertThat(again.getContentAsByteArray()).isEqualTo(answer.getContentAsByteArray());
        assertThat(sheets(answer.getContentAsByteArray())).containsExactly("统计口径", "参与排名", "未参与排名");
        var english =
                server.perform(
                                get("/api/v1/rankings/2026-10/export")
                                        .header("Accept-Language", "en")
                                        .with(login("bureau")))
                        .andReturn()
                        .getResponse();
        assertThat(sheets(english.getContentAsByteArray()))
                .containsExactly("Basis", "Ranked", "Not ranked");
    }

    @ParameterizedTest
    @CsvSource({
        "all, 全部资源池",
        "extranet-ordinary, 政务外网（通用处理器）",
        "extranet-domestic, 政务外网（国产处理器）",
        "zone:extranet, 政务外网",
        "family:ordinary, 通用处理器",
        "family:domestic, 国产处理器",
    })
    void everyScopeIsExportedUnderItsName(String scope, String name) throws Exception {
        var book =
                server.perform(
                                get("/api/v1/rankings/2026-10/export")
                                        .queryParam("pool", scope)
                                        .with(login("bureau")))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray();
        assertThat(basis(book)).contains(name, "尚未公布，数据可能变动");
    }

    @Test
    void computingIsAuditedAndATrialChangesNothing(@Autowired JdbcClient sql) throws Exception {
        assertThat(audits.all)
                .singleElement()
                .satisfies(audited -> {
                    assertThat(audited.action()).isEqualTo("ranking.compute");
                    assertThat(audited.target()).isEqualTo("ranking/2026-10");
                    assertThat(audited.actor()).isPresent();
                });
        server.perform(put("/api/v1/rankings/2026-09?validateOnly=true").with(login("bureau")))
                .andExpect(status().isOk());
        assertThat(
                        sql.sql("select count(*) from ranking where month = '2026-09-01'")
                                .query(Long.class)
                                .single())
                .isZero();
        server.perform(put("/api/v1/rankings/2998-01").with(login("bureau")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("MONTH_NOT_ENDED"));
    }

    private static List<String> sheets(byte[] workbook) throws Exception {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            return book.getSheets().map(sheet -> sheet.getName()).toList();
        }
    }

    /** The second column of the first sheet. */
    private static List<String> basis(byte[] workbook) throws Exception {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            return book.getFirstSheet().read().stream()
                    .filter(row -> row.getCellCount() > 1)
                    .map(row -> row.getCellText(1))
                    .toList();
        }
    }

    private static RequestPostProcessor login(String login) {
        return jwt().jwt(token -> token.subject(login));
    }

    static class Audits {

        final List<Audited> all = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Audited event) {
            all.add(event);
        }
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.security.Accounts;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServerTest
class DeliveryCycleIT {

    private static final String REPORT = "/api/v1/delivery-cycles";
    private static final String LIST = REPORT + "/applications";
    private static final String EXPORT = LIST + "/export";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private Clock clock;
    @Autowired private PoolBooks books;

    private Town town;
    private Instant now;
    private String during;
    private String late;
    private String delivered;

    /** Of one unit one that is late and one that came at once; another unit has one, too. */
    @BeforeEach
    void applicationsOfTwoUnits() throws Exception {
        town = Town.registered(server, accounts);
        now = clock.instant();
        var today = LocalDate.ofInstant(now, WorkingCalendar.ZONE);
        during = "?from=%s&to=%s".formatted(today.minusDays(90), today);
        late = submitted("a", "=1+1");
        delivered = submitted("a", "开学报名，\\\"扩容\\\"");
        var _ = submitted("b", "乙的申请");
        var _ =
                jdbc.sql("update application set submitted_at = ? where id = cast(? as uuid)")
                        .params(now.minus(60, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC), late)
                        .update();
        var _ =
                jdbc.sql(
                                """
                                update application set state = 'DELIVERED', delivered_at = ?
                                where id = cast(? as uuid)
                                """)
                        .params(now.atOffset(ZoneOffset.UTC), delivered)
                        .update();
    }

    private String submitted(String unit, String purpose) throws Exception {
        String id = UUID.randomUUID().toString();
        server.perform(
                        put("/api/v1/applications/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"system": "%s", "pool": "extranet-ordinary", "purpose": "%s", "termMonths": 12,
                                         "items": [{"kind": "HOSTS", "count": 1, "vcpu": 4, "memoryGib": 8,
                                                    "diskGib": 40, "storageClass": "ssd"}]}
                                        """
                                                .formatted(town.system(server, unit), purpose))
                                .with(as(town.staff(unit))))
                .andExpect(status().isCreated());
        return id;
    }

    private ResultActions asked(String login, String path) throws Exception {
        return server.perform(get(URI.create(path)).with(as(login)));
    }

    @Test
    void theReportCountsWhatCameAndWhatIsLateOfOnesOwnUnit() throws Exception {
        asked(town.owner("a"), REPORT + during)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.delivered[0].bucket").value("DAYS_1_TO_3"))
                .andExpect(jsonPath("$.delivered[0].count").value(1))
                .andExpect(jsonPath("$.delivered.length()").value(5))
                .andExpect(jsonPath("$.overdueCount").value(1));
        asked(Town.BUREAU, REPORT + during + "&unit=" + town.unit(server, "b"))
                .andExpect(jsonPath("$.delivered[0].count").value(0))
                .andExpect(jsonPath("$.overdueCount").value(0));
        asked(town.owner("a"), REPORT + during + "&unit=" + town.unit(server, "b"))
                .andExpect(jsonPath("$.delivered[0].count").value(0));
    }

    @Test
    void whatBroughtNothingIsCountedOnlyInReportsThatCountedItSo() throws Exception {
        int counted = deliveries(Rules.LATEST);
        int before = deliveries(Rules.HOSTS_ONCE);
        var _ =
                jdbc.sql(
                                """
                                update application_item set approved_count = 0, approved_vcpu = vcpu,
                                    approved_memory_gib = memory_gib, approved_storage_gib = storage_gib,
                                    approved_extras = '{}'
                                where application = cast(? as uuid)
                                """)
                        .param(delivered)
                        .update();
        assertThat(deliveries(Rules.LATEST)).isEqualTo(counted - 1);
        assertThat(deliveries(Rules.HOSTS_ONCE)).isEqualTo(before);
        asked(town.owner("a"), REPORT + during)
                .andExpect(jsonPath("$.delivered[0].count").value(0));
        finds(LIST + during, late);
    }

    private int deliveries(Rules rules) {
        var month = YearMonth.from(now.atZone(WorkingCalendar.ZONE));
        return books.delivered(month, rules, now).stream().mapToInt(DeliveryBucket::count).sum();
    }

    @Test
    void theLongestStandFirstAndAnotherUnitsDoNotExist() throws Exception {
        asked(town.staff("a"), LIST + during)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[*].application.id", contains(late, delivered)))
                .andExpect(jsonPath("$.items[0].overdue").value(true))
                .andExpect(jsonPath("$.items[0].state").value("DEPT_REVIEW"))
                .andExpect(jsonPath("$.items[0].deliveredAt").isEmpty())
                .andExpect(jsonPath("$.items[1].overdue").value(false))
                .andExpect(jsonPath("$.items[1].days").value(1))
                .andExpect(jsonPath("$.items[1].unitName").value(town.name("a")));
        asked(town.staff("a"), LIST + during + "&unit=" + town.unit(server, "b"))
                .andExpect(jsonPath("$.total").value(0));
        asked(Town.OPERATOR, LIST + during + "&unit=" + town.unit(server, "b"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].purpose").value("乙的申请"));
    }

    @Test
    void itIsSearchedFilteredSortedAndPaged() throws Exception {
        String list = LIST + during;
        String json =
                asked(town.staff("a"), list + "&sort=submittedAt&limit=1")
                        .andExpect(jsonPath("$.items[*].application.id", contains(late)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        String number = JsonPath.read(json, "$.items[0].application.number");
        String next = JsonPath.read(json, "$.next");
        asked(town.staff("a"), list + "&sort=submittedAt&limit=1&cursor=" + next)
                .andExpect(jsonPath("$.items[*].application.id", contains(delivered)))
                .andExpect(jsonPath("$.next").isEmpty());
        finds(list + "&q=" + number, late);
        finds(list + "&q=" + number.toLowerCase(Locale.ROOT), late);
        finds(list + "&q=开学", delivered);
        finds(list + "&q=" + town.name("a") + "&sort=-deliveredAt", late, delivered);
        finds(list + "&q=乙的");
        finds(list + "&q=%25");
        finds(list + "&state=DELIVERED", delivered);
        finds(list + "&state=DELIVERED,DEPT_REVIEW", late, delivered);
        finds(list + "&state=CLOSED");
        finds(list + "&overdue=true", late);
    }

    private void finds(String path, String... applications) throws Exception {
        String json =
                asked(town.staff("a"), path)
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        List<String> found = JsonPath.read(json, "$.items[*].application.id");
        assertThat(found).containsExactly(applications);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-02-01&to=2026-01-01, /from",
        "from=2024-01-01&to=2026-01-01, /to",
        "from=2026-01-01, /to",
        "from=soon&to=2026-01-01, /from",
        "from=0001-01-01&to=0001-01-02, /from",
        "from=%2B99999-01-01&to=%2B99999-01-02, /from"
    })
    void whatIsNoTimeIsRefused(String time, String pointer) throws Exception {
        for (String path : List.of(REPORT, LIST, EXPORT)) {
            asked(Town.BUREAU, path + "?" + time)
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state=LOST, /state",
        "sort=mood, /sort",
        "cursor=eA, /cursor",
        "overdue=perhaps, /overdue",
        "unit=x, /unit"
    })
    void whatCannotBeAskedIsRefused(String asked, String pointer) throws Exception {
        asked(Town.BUREAU, LIST + during + "&" + asked)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
    }

    @Test
    void theListIsAFileOfWhatItsFiltersFind() throws Exception {
        var rows = new ExportedFile(server, EXPORT + during).rows(town.staff("a"));
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).startsWith("申请编号", "用途", "单位", "状态");
        assertThat(rows.get(1)).contains("=1+1", town.name("a"), "单位审核", "是").doesNotContain("已交付");
        assertThat(rows.get(2)).contains("开学报名，\"扩容\"", "已交付", "1", "否");
        assertThat(new ExportedFile(server, EXPORT + during).lines(town.staff("a")))
                .anyMatch(line -> line.contains(",'=1+1," + town.name("a") + ",Unit review,"))
                .noneMatch(line -> line.contains("乙的申请"));
        assertThat(
                        new ExportedFile(server, EXPORT + during + "&overdue=true")
                                .rows(town.staff("a")))
                .hasSize(2);
        assertThat(new ExportedFile(server, EXPORT + during + "&q=nothing").rows(town.staff("a")))
                .hasSize(1);
        String ofTheOther = EXPORT + during + "&unit=" + town.unit(server, "b");
        assertThat(new ExportedFile(server, ofTheOther).lines(town.staff("a"))).hasSize(1);
        assertThat(new ExportedFile(server, ofTheOther).lines(Town.BUREAU))
                .hasSize(2)
                .last()
                .asString()
                .contains("乙的申请");
        new ExportedFile(server, EXPORT + during).isRefusedAs("pdf", Town.BUREAU);
    }

    @Test
    void whoeverMayNotReadApplicationsReadsNone() throws Exception {
        String nobody = Persons.withoutARole(jdbc);
        for (String path : List.of(REPORT, LIST, EXPORT)) {
            asked(nobody, path + during).andExpect(status().isForbidden());
        }
    }
}

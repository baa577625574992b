package io.yuntai.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class VerdictIT {

    private static final LocalDate DAY = LocalDate.of(2031, 5, 31);
    private static final PartyId UNIT = new PartyId(new UUID(77, 1));

    @Autowired private MockMvc server;

    /** Of which nothing is measured; one stands still. Far from the days of other tests. */
    @BeforeAll
    static void twoHosts(
            @Autowired Allocations allocations,
            @Autowired Verdicts verdicts,
            @Autowired Accounts accounts) {
        accounts.register(new PersonId(new UUID(77, 9)), new Login("judge"), "局", Role.BUREAU);
        var began = Instant.parse("2031-01-01T00:00:00Z");
        for (int number = 1; number <= 2; number++) {
            allocations.record(
                    List.of(
                            new HostAllocation(
                                    new MeteredHostId(new UUID(78, number)),
                                    "judged-" + number,
                                    new Party(UNIT, "U77", "评估局", "440700"),
                                    new MeteredSystem(
                                            new MeteredSystemId(new UUID(79, 1)), "s77", "系统"),
                                    "extranet-ordinary",
                                    new Capacity(4, 8L << 30, 0),
                                    new Place("a", "s77"),
                                    began)));
        }
        allocations.stop(new MeteredHostId(new UUID(78, 2)), began);
        var _ = verdicts.judge(DAY);
    }

    @Test
    void pagesAndSearchesByName() throws Exception {
        var first =
                server.perform(
                                get("/api/v1/verdicts")
                                        .param("unit", UNIT.value().toString())
                                        .param("q", "judged-")
                                        .param("limit", "1")
                                        .with(login("judge")))
                        .andExpect(jsonPath("$.total").value(2))
                        .andExpect(jsonPath("$.items[0].name").value("judged-1"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        String next = JsonPath.read(first, "$.next");
        server.perform(
                        get("/api/v1/verdicts")
                                .param("unit", UNIT.value().toString())
                                .param("q", "judged-")
                                .param("limit", "1")
                                .param("cursor", next)
                                .with(login("judge")))
                .andExpect(jsonPath("$.items[0].name").value("judged-2"))
                .andExpect(jsonPath("$.next").value((Object) null));
        server.perform(get("/api/v1/verdicts").param("q", "judged_").with(login("judge")))
                .andExpect(jsonPath("$.total").value(0));
        server.perform(get("/api/v1/verdicts").param("cursor", "anVkZ2Vk").with(login("judge")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("BAD_CURSOR"));
    }

    @Test
    void sortsPageAfterPageWithWhatWasNotMeasuredLast(
            @Autowired Allocations allocations, @Autowired Verdicts verdicts) throws Exception {
        var unit = UUID.randomUUID().toString();
        for (var host : List.of("same-2", "same-1", "same-3")) {
            allocated(allocations, unit, host, 4);
        }
        allocated(allocations, unit, "large", 16);
        allocated(allocations, unit, "small", 2);
        var _ = verdicts.judge(DAY);
        assertThat(sorted(unit, "-vcpu"))
                .containsExactly("large", "same-1", "same-2", "same-3", "small");
        assertThat(sorted(unit, "vcpu"))
                .containsExactly("small", "same-1", "same-2", "same-3", "large");
        assertThat(sorted(unit, "-name"))
                .containsExactly("small", "same-3", "same-2", "same-1", "large");
        // Nothing was measured of any of them.
        assertThat(sorted(unit, "-cpu"))
                .containsExactly("large", "same-1", "same-2", "same-3", "small");
        var export = new ExportedFile(server, "/api/v1/verdicts/export?sort=-vcpu&unit=" + unit);
        assertThat(export.rows("judge").stream().skip(1).map(List::getFirst))
                .containsExactly("large", "same-1", "same-2", "same-3", "small");
        call("judge", get("/api/v1/verdicts").param("sort", "unit"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("BAD_SORT"));
    }

    /** The names of a unit's hosts, two a page. */
    private List<String> sorted(String unit, String sort) throws Exception {
        var names = new ArrayList<String>();
        var cursor = Optional.<String>empty();
        do {
            var request =
                    get("/api/v1/verdicts")
                            .param("unit", unit)
                            .param("sort", sort)
                            .param("limit", "2");
            cursor.ifPresent(at -> request.param("cursor", at));
            var page =
                    call("judge", request)
                            .andExpect(status().isOk())
                            .andReturn()
                            .getResponse()
                            .getContentAsString(UTF_8);
            names.addAll(JsonPath.<List<String>>read(page, "$.items[*].name"));
            cursor = Optional.ofNullable(JsonPath.read(page, "$.next"));
        } while (cursor.isPresent());
        return names;
    }

    @Test
    void eachHostOfTheLastDayHasAVerdictWithItsEvidence() throws Exception {
        server.perform(
                        get("/api/v1/verdicts")
                                .param("unit", UNIT.value().toString())
                                .with(login("judge")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].name").value("judged-1"))
                .andExpect(jsonPath("$.items[0].day").value(DAY.toString()))
                .andExpect(jsonPath("$.items[0].verdicts[0]").value("INSUFFICIENT_DATA"))
                .andExpect(jsonPath("$.items[0].policy").value("default-1"))
                .andExpect(jsonPath("$.items[0].cpu").doesNotExist())
                .andExpect(jsonPath("$.items[1].verdicts[0]").value("IDLE_STOPPED"));
    }

    @Test
    void aVerdictNarrowsTheListAndPagesFollowEachOther() throws Exception {
        server.perform(
                        get("/api/v1/verdicts")
                                .param("unit", UNIT.value().toString())
                                .param("verdict", "IDLE_STOPPED")
                                .with(login("judge")))
                .andExpect(jsonPath("$.total").value(1));
        server.perform(
                        get("/api/v1/verdicts")
                                .param("unit", UNIT.value().toString())
                                .param("limit", "1")
                                .with(login("judge")))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.next").isNotEmpty());
        server.perform(get("/api/v1/verdicts").param("verdict", "LAZY").with(login("judge")))
                .andExpect(status().isUnprocessableContent());
    }

    /** Of a book that counts on that day; the other books of tests are for later ones. */
    @Test
    void whatWouldDoInsteadSavesMoneyByThePriceBookOfToday(@Autowired JdbcClient sql)
            throws Exception {
        server.perform(
                        get("/api/v1/verdicts")
                                .param("verdict", "IDLE_STOPPED")
                                .with(login("judge")))
                .andExpect(jsonPath("$.items[0].rightSize.savedYuanPerMonth").isEmpty());
        var _ =
                sql.sql(
                                """
                                with book as (insert into price_book (id, effective_from, basis, state, proposed_by,
                                        proposed_by_name, proposed_at)
                                    values ('judged', '2020-01-01', 'x', 'PROPOSED', gen_random_uuid(), '甲', '2020-01-01')
                                    returning id)
                                insert into price_package select id, 4, 8, 264.5 from book
                                """)
                        .update();
        approve(sql, "judged");
        server.perform(
                        get("/api/v1/verdicts")
                                .param("verdict", "IDLE_STOPPED")
                                .with(login("judge")))
                .andExpect(jsonPath("$.items[0].rightSize.action").value("RECYCLE"))
                .andExpect(jsonPath("$.items[0].rightSize.savedYuanPerMonth").value("264.50"));
        var idle = "/api/v1/verdicts/export?verdict=IDLE_STOPPED&unit=" + UNIT.value();
        assertThat(new ExportedFile(server, idle).lines("judge").getLast())
                .endsWith(",Reclaim,0,0,,264.50,0,");
        // Of two hosts one is to be given back: 4 vCPU and 8 GiB, by pool and by unit.
        var savings = "/api/v1/verdicts/savings?unit=" + UNIT.value();
        call("judge", get(savings))
                .andExpect(jsonPath("$.day").value(DAY.toString()))
                .andExpect(jsonPath("$.pools[0].pool").value("extranet-ordinary"))
                .andExpect(jsonPath("$.pools[0].hosts").value(1))
                .andExpect(jsonPath("$.pools[0].vcpu").value(4))
                .andExpect(jsonPath("$.pools[0].memoryBytes").value(8L << 30))
                .andExpect(jsonPath("$.units[0].yuanPerMonth").value("264.50"))
                .andExpect(jsonPath("$.units[0].unpriced").value(0));
    }

    /**
     * 8C16G that 4C8G would do for, which the book prices; and 8C32G that 4C16G would do for, which
     * it does not.
     */
    @Test
    void whatWouldBeSmallerSavesTheDifferenceInThePoolAndInMoney(
            @Autowired Allocations allocations,
            @Autowired Verdicts verdicts,
            @Autowired JdbcClient sql,
            @Autowired PlatformTransactionManager transactions)
            throws Exception {
        var unit = UUID.randomUUID().toString();
        // No other test sees any of it.
        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction -> {
                    transaction.setRollbackOnly();
                    allocated(allocations, unit, "shrinks-priced", new Capacity(8, 16L << 30, 0));
                    allocated(allocations, unit, "shrinks-unpriced", new Capacity(8, 32L << 30, 0));
                    var _ = verdicts.judge(DAY);
                    // 8 x 45 / 90 is 4 vCPU, and 30 / 60 half of the memory.
                    assertThat(
                                    sql.sql(
                                                    """
                                                    update host_verdict set verdicts = array['SHRINK_CPU', 'SHRINK_MEMORY'],
                                                        cpu_mean = 8, cpu_p95 = 19, cpu_peak = 45,
                                                        memory_mean = 20, memory_p95 = 30, memory_peak = 40
                                                    where unit = cast(? as uuid)
                                                    """)
                                            .param(unit)
                                            .update())
                            .isEqualTo(2);
                    var _ =
                            sql.sql(
                                            """
                                            insert into host_size (code, version, name, vcpu, memory_gib, gpus, retired, at)
                                            values ('shrunk-4c8g', 1, 'x', 4, 8, 0, false, now()),
                                                ('shrunk-4c16g', 1, 'x', 4, 16, 0, false, now())
                                            """)
                                    .update();
                    var _ =
                            sql.sql(
                                            """
                                            with book as (insert into price_book (id, effective_from, basis, state, proposed_by,
                                                    proposed_by_name, proposed_at)
                                                values ('shrunk', '2020-03-01', 'x', 'PROPOSED', gen_random_uuid(), '甲', '2020-01-01')
                                                returning id)
                                            insert into price_package select id, v.vcpu, v.gib, v.yuan from book,
                                                (values (8, 16, 534.5), (4, 8, 267.2), (8, 32, 824.6)) v (vcpu, gib, yuan)
                                            """)
                                    .update();
                    approve(sql, "shrunk");
                    assertThatCode(() -> shrinks(unit)).doesNotThrowAnyException();
                });
    }

    private void shrinks(String unit) throws Exception {
        call("judge", get("/api/v1/verdicts").param("unit", unit))
                .andExpect(jsonPath("$.items[0].name").value("shrinks-priced"))
                .andExpect(jsonPath("$.items[0].rightSize.action").value("SHRINK"))
                .andExpect(jsonPath("$.items[0].rightSize.vcpu").value(4))
                .andExpect(jsonPath("$.items[0].rightSize.memoryBytes").value(8L << 30))
                .andExpect(jsonPath("$.items[0].rightSize.savedYuanPerMonth").value("267.30"))
                .andExpect(jsonPath("$.items[1].rightSize.vcpu").value(4))
                .andExpect(jsonPath("$.items[1].rightSize.memoryBytes").value(16L << 30))
                .andExpect(jsonPath("$.items[1].rightSize.savedYuanPerMonth").value((Object) null));
        for (var sum : List.of("$.pools[0]", "$.units[0]")) {
            call("judge", get("/api/v1/verdicts/savings").param("unit", unit))
                    .andExpect(jsonPath("$.pools.length()").value(1))
                    .andExpect(jsonPath(sum + ".pool").value("extranet-ordinary"))
                    .andExpect(jsonPath(sum + ".hosts").value(2))
                    .andExpect(jsonPath(sum + ".vcpu").value(4 + 4))
                    .andExpect(jsonPath(sum + ".memoryBytes").value((8L + 16) << 30))
                    .andExpect(jsonPath(sum + ".diskBytes").value(0))
                    // Only of the first: what has no price is not free.
                    .andExpect(jsonPath(sum + ".yuanPerMonth").value("267.30"))
                    .andExpect(jsonPath(sum + ".unpriced").value(1))
                    .andExpect(jsonPath(sum + ".unpricedDisks").value(0));
        }
    }

    @Test
    void theListIsAFileOfWhatItsFiltersFind() throws Exception {
        var of = "/api/v1/verdicts/export?unit=" + UNIT.value();
        var lines = new ExportedFile(server, of + "&q=judged-").lines("judge");
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("\ufeffHost,Unit,System,Pool,vCPU now,");
        assertThat(lines.get(1)).startsWith("judged-1,").contains(",Insufficient data,2031-05-31,");
        assertThat(lines.get(2))
                .startsWith("judged-2,,,")
                .contains(",4,8,Stopped,2031-05-31,default-1,30,")
                .contains(",Reclaim,0,0,,");
        assertThat(new ExportedFile(server, of + "&verdict=IDLE_STOPPED").rows("judge"))
                .hasSize(2)
                .last()
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .startsWith("judged-2")
                .contains("长期关机", "回收");
        // Nothing is found: a header, and nothing below it.
        assertThat(new ExportedFile(server, of + "&q=nothing").rows("judge")).hasSize(1);
        assertThat(new ExportedFile(server, of + "&q=nothing").lines("judge")).hasSize(1);
        new ExportedFile(server, of).isRefusedAs("pdf", "judge");
        assertThat(new ExportedFile(server, of).name("judge", "csv"))
                .contains(URLEncoder.encode("使用评估", UTF_8));
        call("judge", get(of + "&verdict=LAZY")).andExpect(status().isUnprocessableContent());
    }

    @Test
    void anExportedNameIsNoFormulaAndOthersHostsAreNotInTheFile(
            @Autowired Accounts accounts,
            @Autowired Allocations allocations,
            @Autowired Verdicts verdicts)
            throws Exception {
        var town = Town.registered(server, accounts);
        allocated(allocations, town.unit(server, "a"), "=1+1");
        allocated(allocations, town.unit(server, "a"), "云主机-甲");
        allocated(allocations, town.unit(server, "b"), "乙的主机");
        var _ = verdicts.judge(DAY);
        var export = new ExportedFile(server, "/api/v1/verdicts/export");
        assertThat(export.rows(town.staff("a")))
                .extracting(List::getFirst)
                .containsExactly("云主机", "=1+1", "云主机-甲");
        assertThat(export.lines(town.staff("a")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("'=1+1,"))
                .anyMatch(line -> line.startsWith("云主机-甲,"));
        assertThat(export.lines("judge")).anyMatch(line -> line.startsWith("乙的主机,"));
        var ofTheOther = "/api/v1/verdicts/export?unit=" + town.unit(server, "b");
        assertThat(new ExportedFile(server, ofTheOther).rows(town.staff("a"))).hasSize(1);
    }

    private static void allocated(Allocations allocations, String unit, String name) {
        allocated(allocations, unit, name, 4);
    }

    private static void allocated(Allocations allocations, String unit, String name, int vcpu) {
        allocated(allocations, unit, name, new Capacity(vcpu, 8L << 30, 0));
    }

    private static void allocated(
            Allocations allocations, String unit, String name, Capacity capacity) {
        allocations.record(
                List.of(
                        new HostAllocation(
                                new MeteredHostId(UUID.randomUUID()),
                                name,
                                new Party(new PartyId(UUID.fromString(unit)), unit, unit, "440700"),
                                new MeteredSystem(
                                        new MeteredSystemId(new UUID(79, 1)), "s77", "系统"),
                                "extranet-ordinary",
                                capacity,
                                new Place("a", "s77"),
                                Instant.parse("2031-01-01T00:00:00Z"))));
    }

    @Test
    void whatHostsAreJudgedByIsProposedByOneTriedAndApprovedByAnother(@Autowired Accounts accounts)
            throws Exception {
        accounts.register(
                new PersonId(new UUID(77, 8)), new Login("judge-op"), "运维", Role.PLATFORM_OPERATOR);
        var path = "/api/v1/verdict-policies/judged-2";
        var body =
                """
                {"effectiveFrom": "2999-01-01", "basis": "文号 3 号",
                 "window": {"days": 400, "validSamples": 9, "coverage": 80},
                 "idle": {"cpu": 5, "cpuP95": 10, "cpuPeak": 30, "memory": 20},
                 "shrinkCpu": {"cpu": 10, "cpuP95": 20, "cpuPeak": 50}, "shrinkMemory": {"memoryP95": 40},
                 "grow": {"cpuP95": 80, "memoryP95": 85, "disk": 90}}
                """;
        call("judge-op", put(path).contentType(APPLICATION_JSON).content(body))
                .andExpect(status().isUnprocessableContent());
        call("judge-op", put(path).contentType(APPLICATION_JSON).content("{}"))
                .andExpect(jsonPath("$.errors.length()").value(7));
        // Of 300 days: one that stood still since January did not for all of them.
        var proposed = body.replace("400", "300");
        call("judge-op", put(path).contentType(APPLICATION_JSON).content(proposed))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("PROPOSED"))
                .andExpect(jsonPath("$.window.days").value(300));
        call("judge", get(path + "/trial"))
                .andExpect(jsonPath("$.from").value(DAY.minusDays(299).toString()))
                .andExpect(jsonPath("$.day").value(DAY.toString()))
                .andExpect(jsonPath("$.policyThen").value("default-1"))
                .andExpect(jsonPath("$.hosts").value(greaterThanOrEqualTo(2)))
                .andExpect(jsonPath("$.changed").value(1))
                .andExpect(jsonPath("$.items[?(@.verdict == 'IDLE_STOPPED')].then").value(1))
                .andExpect(jsonPath("$.items[?(@.verdict == 'IDLE_STOPPED')].now").value(0));
        var export = new ExportedFile(server, path + "/trial/export");
        assertThat(export.lines("judge").getFirst()).startsWith("\ufeffHost,Unit,System,Pool,");
        assertThat(export.lines("judge"))
                .anyMatch(line ->
                        line.startsWith("judged-1,")
                                && line.contains(",Insufficient data,Insufficient data,no,"))
                .anyMatch(line ->
                        line.startsWith("judged-2,")
                                && line.contains(",Stopped,Insufficient data,yes,"));
        assertThat(export.rows("judge")).anyMatch(row -> row.contains("长期关机"));
        export.isRefusedAs("pdf", "judge");
        call("judge", get("/api/v1/verdict-policies/none/trial/export"))
                .andExpect(status().isNotFound());
        call("judge-op", post(path + "/approval")).andExpect(status().isForbidden());
        call("judge", post(path + "/approval"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("APPROVED"));
        call("judge", post(path + "/rejection"))
                .andExpect(jsonPath("$.code").value("POLICY_DECIDED"));
        call("judge", get("/api/v1/verdict-policies"))
                .andExpect(jsonPath("$.items[0].id").value("judged-2"));
    }

    private ResultActions call(String login, MockHttpServletRequestBuilder request)
            throws Exception {
        return server.perform(request.with(login(login)));
    }

    private static void approve(JdbcClient sql, String priceBook) {
        var _ =
                sql.sql(
                                """
                                update price_book set state = 'APPROVED', decided_by = gen_random_uuid(),
                                    decided_by_name = '乙', decided_at = '2020-01-01' where id = ?
                                """)
                        .param(priceBook)
                        .update();
    }

    private static RequestPostProcessor login(String login) {
        return jwt().jwt(token -> token.subject(login));
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.instant.UnitRecords;
import io.yuntai.onboarding.reclaim.Executions;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Command;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Part;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Permission;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of orders to reclaim over HTTP: every command in every state as every role, by people
 * who have no duty in the order yet, allowed or refused as the table says. The host's cluster is
 * down.
 */
@ServerTest
class ReclaimIT {

    /** Where each command of people is sent. */
    private static final Map<Command, String> RESOURCES = new EnumMap<>(Command.class);

    static {
        RESOURCES.put(Command.NOTICE, "notices");
        RESOURCES.put(Command.CONSENT, "consents");
        RESOURCES.put(Command.APPEAL, "appeals");
        RESOURCES.put(Command.EXTEND, "extensions");
        RESOURCES.put(Command.UPHOLD, "upholdings");
        RESOURCES.put(Command.APPROVE, "approvals");
        RESOURCES.put(Command.REJECT, "rejections");
        RESOURCES.put(Command.EXECUTE, "executions");
        RESOURCES.put(Command.RETRY, "retries");
        RESOURCES.put(Command.GIVE_UP, "abandonments");
        RESOURCES.put(Command.CANCEL, "cancellations");
    }

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private UnitRecords records;
    @Autowired private Clock clock;
    @Autowired private Executions executions;
    @Autowired private PlatformTransactionManager transactions;

    private final String id = UUID.randomUUID().toString();
    private Town town;
    private String unit;
    private String host;

    /** Of each role somebody who has nothing to do with the order yet, by login. */
    private final Map<String, String> fresh = new LinkedHashMap<>();

    @BeforeEach
    void anIdleHost() throws Exception {
        town = Town.registered(server, accounts);
        unit = town.unit(server, "a");
        String other = UUID.randomUUID().toString().substring(0, 8);
        fresh.put("UNIT_STAFF", person("s-" + other, "UNIT_STAFF", Optional.of(unit)));
        fresh.put("UNIT_OWNER", person("o-" + other, "UNIT_OWNER", Optional.of(unit)));
        fresh.put("PLATFORM_OPERATOR", person("p-" + other, "PLATFORM_OPERATOR", Optional.empty()));
        fresh.put("EXPERT", person("e-" + other, "EXPERT", Optional.empty()));
        fresh.put("BUREAU", person("b-" + other, "BUREAU", Optional.empty()));
        host = host("a");
        judged(host, "IDLE");
    }

    private String person(String login, String role, Optional<String> of) {
        var person = UUID.randomUUID();
        jdbc.sql("insert into person (id, login, name, unit) values (?, ?, ?, cast(? as uuid))")
                .params(Arrays.asList(person, login, login, of.orElse(null)))
                .update();
        jdbc.sql("insert into person_role (person, role) values (?, ?)")
                .params(person, role)
                .update();
        return login;
    }

    /** One that runs, as if its cluster were there. */
    private String host(String of) throws Exception {
        String application = UUID.randomUUID().toString();
        server.perform(
                        put("/api/v1/applications/" + application)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"system": "%s", "pool": "extranet-ordinary", "purpose": "报名", "termMonths": 12,
                                         "items": [{"kind": "HOSTS", "count": 1, "vcpu": 4, "memoryGib": 8,
                                                    "diskGib": 40, "storageClass": "ssd"}]}
                                        """
                                                .formatted(town.system(server, of)))
                                .with(as(town.staff(of))))
                .andExpect(status().isCreated());
        town.approve(server, of, application);
        Town.awaitDelivery(server, application);
        String made =
                jdbc.sql("select id from host where application = cast(? as uuid)")
                        .param(application)
                        .query(String.class)
                        .single();
        jdbc.sql(
                        """
                        update host set life = 'IN_USE', state = 'RUNNING', delivered_at = now(), confirmed_at = now()
                        where id = cast(? as uuid)
                        """)
                .param(made)
                .update();
        jdbc.sql("update application set state = 'CLOSED' where id = cast(? as uuid)")
                .param(application)
                .update();
        return made;
    }

    /** As if it had been judged on the last day, whichever that is on this server by now. */
    private void judged(String of, String verdict) {
        var yesterday = LocalDate.ofInstant(clock.instant(), Period.ZONE).minusDays(1);
        jdbc.sql("delete from host_verdict where day > ?").param(yesterday).update();
        var named = new MeteredHostId(UUID.fromString(of));
        jdbc.sql(
                        """
                        insert into party (unit, code, name, region)
                        select u.id, u.uscc, u.name, u.region from unit u where u.id = cast(? as uuid)
                        on conflict do nothing
                        """)
                .param(unit)
                .update();
        jdbc.sql(
                        """
                        insert into metered_system (id, code, name)
                        select s.id, s.code, s.name from system s join host h on h.system = s.id
                        where h.id = ? on conflict do nothing
                        """)
                .param(named.value())
                .update();
        jdbc.sql("delete from host_verdict where host = ?").param(named.value()).update();
        jdbc.sql(
                        """
                        insert into host_verdict
                        select :day, h.id, h.name, o.unit, h.system, h.pool, h.vcpu, h.memory_bytes, 'default-1',
                            array[:verdict], 720, 700, 97.22, 2.5, 4, 8, 10, 12, 13, 20, false
                        from host h join system_owner o on o.system = h.system and upper_inf(o.during)
                        where h.id = :host
                        """)
                .param("day", yesterday)
                .param("verdict", verdict)
                .param("host", named.value())
                .update();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void everyCommandAsEveryRoleIsAnsweredAsTheTableSays(State state) throws Exception {
        reach(state);
        var wrong = new ArrayList<String>();
        for (var command : RESOURCES.keySet()) {
            for (var role : fresh.entrySet()) {
                String expected = expected(state, command, role.getValue());
                String got = code(say(command, role.getValue(), true));
                if (!expected.equals(got)) {
                    wrong.add(
                            "%s %s as %s: %s, not %s"
                                    .formatted(state, command, role.getKey(), got, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
        // Nobody has done anything.
        assertThat(state()).isEqualTo(state);
    }

    /**
     * What the table says of somebody without a duty; a command has one part, whatever the state.
     */
    private String expected(State state, Command command, String login) {
        var account = accounts.find(new Login(login)).orElseThrow();
        var part =
                ReclaimWorkflow.EDGES.stream()
                        .filter(edge -> edge.command() == command)
                        .map(ReclaimWorkflow.Edge::part)
                        .findAny()
                        .orElseThrow();
        if (!account.may(Permission.valueOf(part.permission()))) {
            return "FORBIDDEN";
        }
        boolean hidden = state == State.PROPOSED && account.unit().isPresent();
        if (hidden) {
            return "RECLAIM_NOT_FOUND";
        }
        var edge = ReclaimWorkflow.edge(state, command);
        if (edge.isEmpty()) {
            return "ILLEGAL_TRANSITION";
        }
        return state == State.EXTENDED && command == Command.APPROVE ? "STILL_EXTENDED" : "OK";
    }

    static Stream<ReclaimWorkflow.Edge> edgesOfPeople() {
        return ReclaimWorkflow.EDGES.stream()
                .filter(edge -> edge.part() != Part.CONTROL_PLANE)
                .filter(edge -> edge.command() != Command.ANSWER);
    }

    @ParameterizedTest
    @MethodSource("edgesOfPeople")
    void everyEdgeLeadsWhereTheTableSaysAndIsAuditedOnce(ReclaimWorkflow.Edge edge)
            throws Exception {
        reach(edge.from());
        if (edge.from() == State.EXTENDED) {
            jdbc.sql("update reclaim set extended_until = '2026-01-01' where id = cast(? as uuid)")
                    .param(id)
                    .update();
        }
        String login =
                switch (edge.part()) {
                    case UNIT_OWNER -> fresh.get("UNIT_OWNER");
                    case BUREAU -> fresh.get("BUREAU");
                    case PROPOSER, EXECUTOR -> fresh.get("PLATFORM_OPERATOR");
                    case CONTROL_PLANE -> throw new IllegalArgumentException("" + edge);
                };
        var answer = say(edge.command(), login, false);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        List<String> steps =
                JsonPath.read(
                        answer.getContentAsString(),
                        "$.steps[?(@.command == '" + edge.command() + "')].to");
        assertThat(steps.getLast()).isEqualTo(edge.to().name());
        long audited =
                jdbc.sql(
                                """
                                select count(*) from audit_entry
                                where target = ? and outcome = 'SUCCESS' and action like 'reclaim.%'
                                """)
                        .param("reclaim/" + id)
                        .query(Long.class)
                        .single();
        long taken =
                jdbc.sql("select count(*) from reclaim_step where reclaim = cast(? as uuid)")
                        .param(id)
                        .query(Long.class)
                        .single();
        assertThat(audited).isEqualTo(taken);
    }

    @Test
    void aTrialSaysWhatWouldBeProposedAndNothingStays() throws Exception {
        propose(Town.OPERATOR, true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("PROPOSED"))
                .andExpect(jsonPath("$.items[0].host").value(host))
                .andExpect(jsonPath("$.items[0].action").value("RECYCLE"))
                .andExpect(jsonPath("$.items[0].evidence.cpu.p95").value(4))
                .andExpect(jsonPath("$.items[0].evidence.days").value(30))
                .andExpect(jsonPath("$.items[0].planned.vcpu").value(0))
                .andExpect(jsonPath("$.sums.planned.vcpu").value(4));
        server.perform(get("/api/v1/reclaims/" + id).with(as(Town.OPERATOR)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("RECLAIM_NOT_FOUND"));
        propose(town.owner("a"), false).andExpect(status().isForbidden());
        server.perform(
                        put("/api/v1/reclaims/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"basis\": \" \"}")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/unit")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/basis")));
    }

    @Test
    void anExemptionOfTodayCountsAlthoughTheVerdictIsOlder() throws Exception {
        reach(State.BUREAU_APPROVED);
        jdbc.sql(
                        """
                        insert into exemption
                        select gen_random_uuid(), h.id, h.name, cast(:unit as uuid), 'SEASONAL', '汛期', :today, :today,
                            p.id, p.name, h.delivered_at, 'APPROVED', gen_random_uuid(), '批准人',
                            h.delivered_at
                        from host h, (select * from person order by login limit 1) p where h.id = cast(:host as uuid)
                        """)
                .param("unit", unit)
                .param("today", LocalDate.ofInstant(clock.instant(), Period.ZONE))
                .param("host", host)
                .update();
        assertThat(code(say(Command.EXECUTE, Town.SECOND_OPERATOR, false))).isEqualTo("OK");
        server.perform(get("/api/v1/reclaims/" + id).with(as(town.owner("a"))))
                .andExpect(jsonPath("$.state").value("DONE"))
                .andExpect(jsonPath("$.items[0].outcome").value("SKIPPED"))
                .andExpect(jsonPath("$.items[0].reason").value("EXEMPT"));
        server.perform(
                        put("/api/v1/reclaims/" + UUID.randomUUID())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        "{\"unit\": \"%s\", \"basis\": \"低效资源清理\"}".formatted(unit))
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("NOTHING_TO_RECLAIM"));
    }

    @Test
    void verdictsSayWhatTheHostCouldBeAndWhichOrderNamesIt() throws Exception {
        reach(State.NOTICED);
        server.perform(
                        get("/api/v1/verdicts")
                                .queryParam("unit", unit)
                                .queryParam("verdict", "IDLE")
                                .with(as(town.owner("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].unitName").value(town.name("a")))
                .andExpect(jsonPath("$.items[0].rightSize.action").value("RECYCLE"))
                .andExpect(jsonPath("$.items[0].reclaim").value(id));
        assertThat(
                        new ExportedFile(server, "/api/v1/verdicts/export?verdict=IDLE")
                                .rows(town.owner("a"))
                                .getLast())
                .contains(town.name("a"), "政务外网 · 通用处理器", "闲置", "回收", "2.5", "13");
    }

    @Test
    void theDisksOfAHostThatWouldBeGivenBackAreSavedToo() throws Exception {
        jdbc.sql(
                        "insert into host_disk (host, position, bytes, storage_class) values (?, 1, ?, 'hdd')")
                .params(UUID.fromString(host), 100L << 30)
                .update();
        savings()
                .andExpect(jsonPath("$.pools[0].hosts").value(1))
                .andExpect(jsonPath("$.pools[0].diskBytes").value(140L << 30))
                .andExpect(jsonPath("$.units[0].diskBytes").value(140L << 30))
                .andExpect(jsonPath("$.pools[0].unpricedDisks").value(1));
        priced(
                "('savings', 'ssd', 1.1), ('savings', 'hdd', 0.39)",
                () -> {
                    // 4C8G at 300, 40 GiB at 1.10 and 100 GiB at 0.39.
                    savings()
                            .andExpect(jsonPath("$.pools[0].yuanPerMonth").value("383.00"))
                            .andExpect(jsonPath("$.pools[0].unpriced").value(0))
                            .andExpect(jsonPath("$.pools[0].unpricedDisks").value(0));
                    server.perform(get("/api/v1/verdicts").with(as(town.owner("a"))))
                            .andExpect(jsonPath("$.items[0].rightSize.diskBytes").value(140L << 30))
                            .andExpect(
                                    jsonPath("$.items[0].rightSize.savedYuanPerMonth")
                                            .value("300.00"))
                            .andExpect(
                                    jsonPath("$.items[0].rightSize.savedDiskYuanPerMonth")
                                            .value("83.00"));
                });
        // Of one of two classes nothing is known: that is not free.
        priced(
                "('savings', 'ssd', 1.1)",
                () ->
                        savings()
                                .andExpect(jsonPath("$.pools[0].yuanPerMonth").value("300.00"))
                                .andExpect(jsonPath("$.pools[0].unpricedDisks").value(1)));
        // One that is to be smaller keeps its disks.
        judged(host, "SHRINK_CPU");
        savings().andExpect(jsonPath("$.pools[?(@.diskBytes > 0)]").isEmpty());
    }

    private ResultActions savings() throws Exception {
        return server.perform(get("/api/v1/verdicts/savings").with(as(town.owner("a"))))
                .andExpect(status().isOk());
    }

    /** With a price book of today that other tests do not see. */
    private void priced(String disks, ThrowingCallable then) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction -> {
                    transaction.setRollbackOnly();
                    jdbc.sql(
                                    """
                                    insert into price_book (id, effective_from, basis, state, proposed_by,
                                        proposed_by_name, proposed_at)
                                    values ('savings', '2020-06-01', 'x', 'PROPOSED', gen_random_uuid(), '甲', '2020-01-01')
                                    """)
                            .update();
                    jdbc.sql("insert into price_package values ('savings', 4, 8, 300)").update();
                    jdbc.sql("insert into price_disk values " + disks).update();
                    jdbc.sql(
                                    """
                                    update price_book set state = 'APPROVED', decided_by = gen_random_uuid(),
                                        decided_by_name = '乙', decided_at = '2020-01-01' where id = 'savings'
                                    """)
                            .update();
                    assertThatCode(then).doesNotThrowAnyException();
                });
    }

    @Test
    void anotherUnitsOrderDoesNotExistAndAnAttemptIsAudited() throws Exception {
        reach(State.NOTICED);
        server.perform(get("/api/v1/reclaims/" + id).with(as(town.owner("b"))))
                .andExpect(status().isNotFound());
        server.perform(get("/api/v1/reclaims").with(as(town.owner("b"))))
                .andExpect(jsonPath("$.total").value(0));
        assertThat(code(say(Command.CONSENT, town.owner("b"), false)))
                .isEqualTo("RECLAIM_NOT_FOUND");
        reach(State.BUREAU_APPROVED, State.NOTICED);
        assertThat(code(say(Command.EXECUTE, Town.OPERATOR, false)))
                .isEqualTo("SEPARATION_OF_DUTIES");
        long refused =
                jdbc.sql(
                                """
                                select count(*) from audit_entry where target = ? and outcome = 'FAILURE'
                                  and action in ('reclaim.consent', 'reclaim.execute')
                                """)
                        .param("reclaim/" + id)
                        .query(Long.class)
                        .single();
        assertThat(refused).isEqualTo(2);
    }

    @Test
    void itsOwnerFindsItInHisListAndInAFileAndSaysWhatHeMay() throws Exception {
        reach(State.NOTICED);
        server.perform(get("/api/v1/reclaims/" + id).with(as(town.owner("a"))))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"2\""))
                .andExpect(jsonPath("$.commands.length()").value(2))
                .andExpect(jsonPath("$.steps.length()").value(2));
        server.perform(
                        get("/api/v1/reclaims")
                                .queryParam("state", "NOTICED")
                                .queryParam("sort", "-enteredAt")
                                .with(as(town.owner("a"))))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].sums.hosts").value(1));
        server.perform(get("/api/v1/reclaims").queryParam("sort", "mood").with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent());
        server.perform(
                        get("/api/v1/reclaims/export")
                                .queryParam("format", "csv")
                                .with(as(town.owner("a"))))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("闲置")))
                .andExpect(content().string(containsString("内存峰值%,存储平均%")));
        String found = "/api/v1/reclaims/export?sort=-proposedAt&q=";
        assertThat(new ExportedFile(server, found + town.name("a")).rows(town.owner("a")))
                .hasSize(2);
        assertThat(new ExportedFile(server, found + "nothing").rows(town.owner("a"))).hasSize(1);
        new ExportedFile(server, found).isRefusedAs("pdf", town.owner("a"));
        server.perform(
                        post("/api/v1/reclaims/" + id + "/consents")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isPreconditionRequired());
    }

    @Test
    void aUnitThatDoesNotAnswerIsLateForTheRulesOfInstantApproval() throws Exception {
        reach(State.NOTICED);
        var of = UnitId.of(unit);
        assertThat(records.isReclaimOverdue(of, clock.instant())).isFalse();
        assertThat(records.isReclaimOverdue(of, clock.instant().plus(Duration.ofDays(20))))
                .isTrue();
        assertThat(code(say(Command.CONSENT, town.owner("a"), false))).isEqualTo("OK");
        assertThat(records.isReclaimOverdue(of, clock.instant().plus(Duration.ofDays(20))))
                .isFalse();
    }

    /** Takes a new order to a state, by the API as far as people decide. */
    private void reach(State state) throws Exception {
        propose(Town.OPERATOR, false).andExpect(status().isOk());
        switch (state) {
            case PROPOSED -> {}
            case CANCELLED -> {
                ok(Command.NOTICE, Town.OPERATOR);
                ok(Command.CANCEL, Town.OPERATOR);
            }
            case NOTICED,
                    CONSENTED,
                    APPEALED,
                    EXTENDED,
                    UPHELD,
                    BUREAU_APPROVED,
                    EXECUTING,
                    PARTIAL,
                    DONE -> {
                ok(Command.NOTICE, Town.OPERATOR);
                reach(state, State.NOTICED);
            }
        }
        assertThat(state()).isEqualTo(state);
    }

    private void reach(State state, State from) throws Exception {
        if (state == from) {
            return;
        }
        switch (state) {
            case PROPOSED, NOTICED, CANCELLED -> {}
            case CONSENTED -> ok(Command.CONSENT, town.owner("a"));
            case APPEALED -> ok(Command.APPEAL, town.owner("a"));
            case EXTENDED -> {
                reach(State.APPEALED, from);
                ok(Command.EXTEND, Town.BUREAU);
            }
            case UPHELD -> {
                reach(State.APPEALED, from);
                ok(Command.UPHOLD, Town.BUREAU);
            }
            case BUREAU_APPROVED -> {
                reach(State.CONSENTED, from);
                ok(Command.APPROVE, Town.BUREAU);
            }
            case EXECUTING -> {
                reach(State.BUREAU_APPROVED, from);
                ok(Command.EXECUTE, Town.SECOND_OPERATOR);
            }
            case PARTIAL, DONE -> {
                // Its cluster is down: it waits for it, until it has failed.
                reach(State.EXECUTING, from);
                jdbc.sql(
                                "update reclaim_progress set started_at = started_at - interval '1 hour' where reclaim = cast(? as uuid)")
                        .param(id)
                        .update();
                jdbc.sql("update host set state = 'RUNNING' where id = cast(? as uuid)")
                        .param(host)
                        .update();
                executions.run(ReclaimId.of(id));
                if (state == State.DONE) {
                    ok(Command.GIVE_UP, Town.SECOND_OPERATOR);
                }
            }
        }
    }

    private ResultActions propose(String login, boolean validateOnly) throws Exception {
        return server.perform(
                put("/api/v1/reclaims/" + id)
                        .queryParam("validateOnly", Boolean.toString(validateOnly))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"unit\": \"%s\", \"basis\": \"低效资源清理\"}".formatted(unit))
                        .with(as(login)));
    }

    private void ok(Command command, String login) throws Exception {
        var answer = say(command, login, false);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
    }

    private MockHttpServletResponse say(Command command, String login, boolean validateOnly)
            throws Exception {
        var until = LocalDate.ofInstant(clock.instant(), Period.ZONE).plusDays(10);
        String body =
                command == Command.EXTEND
                        ? "{\"until\": \"%s\", \"note\": \"说明\"}".formatted(until)
                        : "{\"note\": \"说明\"}";
        return server.perform(
                        post("/api/v1/reclaims/" + id + "/" + RESOURCES.get(command))
                                .queryParam("validateOnly", Boolean.toString(validateOnly))
                                .header("If-Match", "\"" + version() + "\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body)
                                .with(as(login)))
                .andReturn()
                .getResponse();
    }

    private static String code(MockHttpServletResponse answer) throws Exception {
        return answer.getStatus() == 200
                ? "OK"
                : JsonPath.read(answer.getContentAsString(), "$.code");
    }

    private int version() {
        return jdbc.sql("select version from reclaim where id = cast(? as uuid)")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private State state() {
        return State.valueOf(
                jdbc.sql("select state from reclaim where id = cast(? as uuid)")
                        .param(id)
                        .query(String.class)
                        .single());
    }
}

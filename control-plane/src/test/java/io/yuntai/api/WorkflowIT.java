package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.application.Takers;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.application.Workflow.Command;
import io.yuntai.onboarding.application.Workflow.Part;
import io.yuntai.onboarding.application.Workflow.State;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.security.Accounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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

/**
 * The table of the workflow over HTTP: every command in every state as every role, by people who
 * have no duty in the application yet, allowed or refused as the table says.
 */
@ServerTest
class WorkflowIT {

    /** Where each command of people is sent. */
    private static final Map<Command, String> RESOURCES = new EnumMap<>(Command.class);

    static {
        RESOURCES.put(Command.SUBMIT, "submissions");
        RESOURCES.put(Command.APPROVE, "approvals");
        RESOURCES.put(Command.REFER, "referrals");
        RESOURCES.put(Command.OPINE, "opinions");
        RESOURCES.put(Command.RETURN, "returns");
        RESOURCES.put(Command.REJECT, "rejections");
        RESOURCES.put(Command.TRANSFER, "transfers");
        RESOURCES.put(Command.CO_SIGN, "signature-requests");
        RESOURCES.put(Command.SIGN, "signatures");
        RESOURCES.put(Command.WITHDRAW, "withdrawals");
        RESOURCES.put(Command.RETRY, "retries");
        RESOURCES.put(Command.CANCEL, "cancellations");
        RESOURCES.put(Command.CONFIRM, "confirmations");
    }

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private Takers takers;
    @Autowired private Applications applications;
    @Autowired private Deliveries deliveries;

    private final String id = UUID.randomUUID().toString();
    private Town town;
    private String system;

    /** Of each role somebody who has nothing to do with the application yet, by login. */
    private final Map<String, String> fresh = new LinkedHashMap<>();

    private String expert;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
        String unit = town.unit(server, "a");
        String other = UUID.randomUUID().toString().substring(0, 8);
        fresh.put("UNIT_STAFF", person("s-" + other, "UNIT_STAFF", Optional.of(unit)));
        fresh.put("UNIT_OWNER", person("o-" + other, "UNIT_OWNER", Optional.of(unit)));
        fresh.put("PLATFORM_OPERATOR", person("p-" + other, "PLATFORM_OPERATOR", Optional.empty()));
        fresh.put("EXPERT", person("e-" + other, "EXPERT", Optional.empty()));
        fresh.put("BUREAU", person("b-" + other, "BUREAU", Optional.empty()));
        expert = person("x-" + other, "EXPERT", Optional.empty());
    }

    private String person(String login, String role, Optional<String> unit) {
        var person = UUID.randomUUID();
        jdbc.sql("insert into person (id, login, name, unit) values (?, ?, ?, cast(? as uuid))")
                .params(java.util.Arrays.asList(person, login, login, unit.orElse(null)))
                .update();
        jdbc.sql("insert into person_role (person, role) values (?, ?)")
                .params(person, role)
                .update();
        return login;
    }

    private String idOf(String login) {
        return accounts.find(new Login(login)).orElseThrow().person().toString();
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "DRAFT")
    void everyCommandAsEveryRoleIsAnsweredAsTheTableSays(State state) throws Exception {
        reach(state);
        var wrong = new ArrayList<String>();
        for (var command : RESOURCES.keySet()) {
            for (var role : fresh.entrySet()) {
                var answer = say(command, role.getValue(), state, true);
                String expected = expected(state, command, role.getValue());
                String got = code(answer);
                if (!expected.equals(got)) {
                    wrong.add(
                            "%s %s as %s: %s, not %s"
                                    .formatted(state, command, role.getKey(), got, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
        // Nobody has done anything.
        assertThat(application().state()).isEqualTo(state);
    }

    /** What the table says of somebody without a duty. */
    private String expected(State state, Command command, String login) {
        var account = accounts.find(new Login(login)).orElseThrow();
        boolean isGated = command == Command.SUBMIT || command == Command.WITHDRAW;
        if (isGated && !takers.parts(account.person()).contains(Part.APPLICANT)) {
            return "FORBIDDEN";
        }
        var edge = Workflow.edge(state, command).filter(one -> one.part() != Part.CONTROL_PLANE);
        if (edge.isEmpty()) {
            return "ILLEGAL_TRANSITION";
        }
        if (!takers.parts(account.person()).contains(edge.get().part())) {
            return "NOT_YOUR_PART";
        }
        // Nobody has asked him.
        return command == Command.SIGN || command == Command.OPINE ? "NOT_ASKED" : "OK";
    }

    static Stream<Workflow.Edge> edgesOfPeople() {
        return Workflow.EDGES.stream()
                .filter(edge -> edge.part() != Part.CONTROL_PLANE)
                .filter(edge -> edge.from() != State.DRAFT);
    }

    @ParameterizedTest
    @MethodSource("edgesOfPeople")
    void everyEdgeLeadsWhereTheTableSaysAndIsAuditedOnce(Workflow.Edge edge) throws Exception {
        reach(edge.from());
        String login = taker(edge);
        if (edge.command() == Command.SIGN) {
            var asked =
                    send(
                            "signature-requests",
                            who(edge.from()),
                            "{\"to\": \"" + idOf(login) + "\"}",
                            false);
            assertThat(asked.getStatus()).as(asked.getContentAsString()).isEqualTo(200);
        }
        int before = application().version();

        var answer = say(edge.command(), login, edge.from(), false);

        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        var history = history();
        var step = history.steps().stream().filter(one -> one.command() == edge.command()).toList();
        assertThat(step.getLast().from()).contains(edge.from());
        assertThat(step.getLast().to()).isEqualTo(edge.to());
        assertThat(history.application().version()).isGreaterThan(before);
        assertThat(history.application().duties())
                .filteredOn(holding -> holding.person().toString().equals(idOf(login)))
                .extracting(Application.Holding::duty)
                .containsExactlyElementsOf(
                        edge.duty() == Workflow.Duty.NONE ? List.of() : List.of(edge.duty()));
        assertThat(audited()).isEqualTo(history.steps().size());
    }

    @Test
    void whoeverHasADutyIsRefusedEveryOtherAndTheAttemptIsAudited() throws Exception {
        reach(State.TECH_REVIEW);
        String owner = town.owner("a");
        jdbc.sql(
                        "insert into person_role (person, role) select id, 'PLATFORM_OPERATOR' from person where login = ?")
                .param(owner)
                .update();
        var own = say(Command.APPROVE, owner, State.TECH_REVIEW, false);
        assertThat(code(own)).isEqualTo("SEPARATION_OF_DUTIES");
        long refused =
                jdbc.sql(
                                """
                                select count(*) from audit_entry where target = ? and outcome = 'FAILURE'
                                  and action = 'application.approve' and detail like '%SEPARATION_OF_DUTIES%'
                                """)
                        .param("application/" + id)
                        .query(Long.class)
                        .single();
        assertThat(refused).isEqualTo(1);
    }

    /** Somebody who may take an edge and has no duty yet. */
    private String taker(Workflow.Edge edge) {
        return switch (edge.part()) {
            case APPLICANT -> fresh.get("UNIT_STAFF");
            case UNIT_OWNER -> fresh.get("UNIT_OWNER");
            case REVIEWER, OPERATOR -> fresh.get("PLATFORM_OPERATOR");
            // He was asked for an opinion.
            case EXPERT -> expert;
            case BUREAU -> fresh.get("BUREAU");
            case CONTROL_PLANE -> throw new IllegalArgumentException("no person's: " + edge);
        };
    }

    /** Who decides in a state, as he who has taken part. */
    private String who(State state) {
        return switch (state) {
            case DEPT_REVIEW -> town.owner("a");
            case TECH_REVIEW, EXPERT_REVIEW, PARTIAL -> Town.OPERATOR;
            case BUREAU_APPROVAL -> Town.BUREAU;
            default -> throw new IllegalArgumentException("nobody decides in " + state);
        };
    }

    /** Takes a new application to a state, by the API as far as people decide. */
    private void reach(State state) throws Exception {
        var submitted =
                server.perform(
                                put("/api/v1/applications/" + id)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content(order())
                                        .with(as(town.staff("a"))))
                        .andReturn()
                        .getResponse();
        assertThat(submitted.getStatus()).as(submitted.getContentAsString()).isEqualTo(201);
        switch (state) {
            case DRAFT -> throw new IllegalArgumentException("a draft is not submitted");
            case DEPT_REVIEW -> {}
            // Left at once, in the transaction that it is entered in or by the reconciler.
            case PRECHECK, AUTO_APPROVED, APPROVED ->
                    jdbc.sql("update application set state = ? where id = cast(? as uuid)")
                            .params(state.name(), id)
                            .update();
            case TECH_REVIEW -> endorse();
            case EXPERT_REVIEW -> {
                endorse();
                ok(
                        Town.OPERATOR,
                        "referrals",
                        "{\"experts\": [\"" + idOf(expert) + "\"], \"quorum\": 1}");
            }
            case BUREAU_APPROVAL -> review();
            case DELIVERING -> begin();
            case PARTIAL -> {
                begin();
                jdbc.sql(
                                "update application set entered_at = entered_at - interval '1 hour' where id = cast(? as uuid)")
                        .param(id)
                        .update();
                deliveries.stuck(application());
            }
            case DELIVERED -> {
                begin();
                deliveries.observed(application());
            }
            case CLOSED -> {
                begin();
                deliveries.observed(application());
                ok(town.owner("a"), "confirmations", "{}");
            }
            case RETURNED -> ok(town.owner("a"), "returns", "{\"reason\": \"请补充\"}");
            case REJECTED -> ok(town.owner("a"), "rejections", "{\"reason\": \"不需要\"}");
            case WITHDRAWN -> ok(town.staff("a"), "withdrawals", "{}");
            case EXPIRED ->
                    jdbc.sql("update application set state = 'EXPIRED' where id = cast(? as uuid)")
                            .param(id)
                            .update();
        }
        assertThat(application().state()).isEqualTo(state);
    }

    private void endorse() throws Exception {
        ok(town.owner("a"), "approvals", "{}");
    }

    private void review() throws Exception {
        endorse();
        ok(Town.OPERATOR, "approvals", "{}");
    }

    private void approve() throws Exception {
        review();
        ok(Town.BUREAU, "approvals", "{}");
    }

    private void begin() throws Exception {
        approve();
        deliveries.begun(application());
    }

    private void ok(String login, String resource, String body) throws Exception {
        var answer = send(resource, login, body, false);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
    }

    private String order() {
        return """
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学报名", "termMonths": 12,
         "items": [{"kind": "NAMESPACE", "cpu": 1, "memoryGib": 1, "storageGib": 1,
                    "storageClass": "ssd"}]}
        """
                .formatted(system);
    }

    private MockHttpServletResponse say(
            Command command, String login, State state, boolean validateOnly) throws Exception {
        String body =
                switch (command) {
                    case SUBMIT -> order();
                    case REFER ->
                            "{\"experts\": [\"" + idOf(fresh.get("EXPERT")) + "\"], \"quorum\": 1}";
                    case OPINE -> "{\"opinion\": \"FAVOURABLE\", \"reason\": \"可行\"}";
                    case TRANSFER, CO_SIGN -> "{\"to\": \"" + idOf(colleague(state)) + "\"}";
                    default -> "{\"reason\": \"说明\"}";
                };
        boolean approves = command == Command.APPROVE;
        return send(
                String.valueOf(RESOURCES.get(command)),
                login,
                approves ? "{\"note\": \"同意\"}" : body,
                validateOnly);
    }

    /** Somebody who could decide in a state. */
    private String colleague(State state) {
        return switch (state) {
            case DEPT_REVIEW -> town.owner("a");
            case BUREAU_APPROVAL -> Town.BUREAU;
            default -> Town.OPERATOR;
        };
    }

    private MockHttpServletResponse send(
            String resource, String login, String body, boolean validateOnly) throws Exception {
        return server.perform(
                        post("/api/v1/applications/" + id + "/" + resource)
                                .queryParam("validateOnly", Boolean.toString(validateOnly))
                                .header("If-Match", "\"" + application().version() + "\"")
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

    private Application application() {
        return history().application();
    }

    private Application.History history() {
        var operator = accounts.find(new Login(Town.OPERATOR)).orElseThrow();
        return applications.get(operator.actor(), ApplicationId.of(id));
    }

    /** How many deeds of the application are in the audit. */
    private int audited() throws Exception {
        String json =
                server.perform(get("/api/v1/audit").queryParam("q", id).with(as(Town.BUREAU)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        return JsonPath.read(json, "$.total");
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.application.Workflow.Command;
import io.yuntai.onboarding.application.Workflow.Part;
import io.yuntai.onboarding.application.Workflow.State;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/**
 * The table of the workflow over HTTP: every command in every state as every role, by people who
 * have no duty in the application yet and by people who have one and every role, allowed or refused
 * as the table says.
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
        RESOURCES.put(Command.RELEASE, "signature-releases");
        RESOURCES.put(Command.SIGN, "signatures");
        RESOURCES.put(Command.WITHDRAW, "withdrawals");
        RESOURCES.put(Command.RETRY, "retries");
        RESOURCES.put(Command.CANCEL, "cancellations");
        RESOURCES.put(Command.CONFIRM, "confirmations");
    }

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private Applications applications;
    @Autowired private Deliveries deliveries;

    private final String id = UUID.randomUUID().toString();
    private Town town;
    private String system;

    /** Of each role somebody who has nothing to do with the application yet, by login. */
    private final Map<String, String> fresh = new LinkedHashMap<>();

    /** What the roles of people are for, as it was decided; not as the server says. */
    private static final Map<String, Set<Part>> PARTS =
            Map.of(
                    "UNIT_STAFF", Set.of(Part.APPLICANT),
                    "UNIT_OWNER", Set.of(Part.APPLICANT, Part.UNIT_OWNER),
                    "PLATFORM_OPERATOR", Set.of(Part.REVIEWER, Part.OPERATOR),
                    "PLATFORM_REVIEWER", Set.of(Part.REVIEWER),
                    "PLATFORM_EXECUTOR", Set.of(Part.OPERATOR),
                    "EXPERT", Set.of(Part.EXPERT),
                    "BUREAU", Set.of(Part.BUREAU));

    private final Map<String, List<String>> roles = new HashMap<>();
    private String expert;
    private final String some = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
        String unit = town.unit(server, "a");
        String other = some;
        fresh.put("UNIT_STAFF", person("s-" + other, "UNIT_STAFF", Optional.of(unit)));
        fresh.put("UNIT_OWNER", person("o-" + other, "UNIT_OWNER", Optional.of(unit)));
        fresh.put("PLATFORM_OPERATOR", person("p-" + other, "PLATFORM_OPERATOR", Optional.empty()));
        fresh.put(
                "PLATFORM_REVIEWER",
                person("reviewer-" + other, "PLATFORM_REVIEWER", Optional.empty()));
        fresh.put(
                "PLATFORM_EXECUTOR",
                person("executor-" + other, "PLATFORM_EXECUTOR", Optional.empty()));
        fresh.put("EXPERT", person("e-" + other, "EXPERT", Optional.empty()));
        fresh.put("BUREAU", person("b-" + other, "BUREAU", Optional.empty()));
        expert = person("x-" + other, "EXPERT", Optional.empty());
    }

    private Set<Part> parts(String login) {
        return roles.get(login).stream()
                .flatMap(role -> PARTS.get(role).stream())
                .collect(Collectors.toSet());
    }

    private String person(String login, String role, Optional<String> unit) {
        return person(login, List.of(role), unit);
    }

    private String person(String login, Collection<String> roles, Optional<String> unit) {
        var person = UUID.randomUUID();
        jdbc.sql("insert into person (id, login, name, unit) values (?, ?, ?, cast(? as uuid))")
                .params(Arrays.asList(person, login, login, unit.orElse(null)))
                .update();
        this.roles.put(login, List.copyOf(roles));
        for (var role : roles) {
            jdbc.sql("insert into person_role (person, role) values (?, ?)")
                    .params(person, role)
                    .update();
        }
        return login;
    }

    /** Somebody with every role and one duty in the application. */
    private String holder(Workflow.Duty duty) throws Exception {
        String login =
                person(
                        "h%d-%s".formatted(duty.ordinal(), some),
                        fresh.keySet(),
                        Optional.of(town.unit(server, "a")));
        jdbc.sql(
                        """
                        insert into application_duty (application, person, duty)
                        values (cast(? as uuid), cast(? as uuid), ?)
                        """)
                .params(id, idOf(login), duty.name())
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
                String expected = expected(state, command, role.getValue(), Optional.empty());
                String got = code(answer);
                if (!expected.equals(got)) {
                    wrong.add(
                            "%s %s as %s: %s, not %s"
                                    .formatted(state, command, role.getKey(), got, expected));
                }
            }
        }
        for (var duty : Workflow.Duty.values()) {
            if (duty == Workflow.Duty.NONE) {
                continue;
            }
            String login = holder(duty);
            for (var command : RESOURCES.keySet()) {
                String expected = expected(state, command, login, Optional.of(duty));
                String got = code(say(command, login, state, true));
                if (!expected.equals(got)) {
                    wrong.add(
                            "%s %s as %s: %s, not %s"
                                    .formatted(state, command, duty, got, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
        // Nobody has done anything.
        assertThat(application().state()).isEqualTo(state);
    }

    @Test
    void ofADraftNothingCanBeSaidButThatItIsSubmitted() throws Exception {
        server.perform(
                        put("/api/v1/drafts/" + id)
                                .header("If-None-Match", "*")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")
                                .with(as(town.staff("a"))))
                .andExpect(status().is2xxSuccessful());
        var wrong = new ArrayList<String>();
        for (var role : fresh.entrySet()) {
            boolean applies = parts(role.getValue()).contains(Part.APPLICANT);
            for (var command : RESOURCES.keySet()) {
                boolean isGated = command == Command.SUBMIT || command == Command.WITHDRAW;
                var answer =
                        send(
                                String.valueOf(RESOURCES.get(command)),
                                role.getValue(),
                                body(command, State.DRAFT),
                                1,
                                true);
                String expected = isGated && !applies ? "FORBIDDEN" : "APPLICATION_NOT_FOUND";
                if (!expected.equals(code(answer))) {
                    wrong.add("%s as %s: %s".formatted(command, role.getKey(), code(answer)));
                }
            }
            var submitted =
                    server.perform(
                                    put("/api/v1/applications/" + id)
                                            .queryParam("validateOnly", "true")
                                            .contentType(MediaType.APPLICATION_JSON)
                                            .content(order())
                                            .with(as(role.getValue())))
                            .andReturn()
                            .getResponse();
            if (!code(submitted).equals(applies ? "OK" : "FORBIDDEN")) {
                wrong.add("submitted as %s: %s".formatted(role.getKey(), code(submitted)));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BUREAU_APPROVAL, APPROVE",
        "DELIVERED, CONFIRM",
        "TECH_REVIEW, WITHDRAW",
    })
    void theSameCommandTwentyTimesAtOnceIsTakenOnce(State state, Command command) throws Exception {
        reach(state);
        String login =
                switch (command) {
                    case APPROVE -> Town.BUREAU;
                    case CONFIRM -> town.owner("a");
                    default -> town.staff("a");
                };
        int version = application().version();
        var since = history().application().enteredAt();
        var begin = new CountDownLatch(20);
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 20; i++) {
                running.add(
                        threads.submit(() -> {
                            begin.countDown();
                            begin.await();
                            return send(
                                            String.valueOf(RESOURCES.get(command)),
                                            login,
                                            "{}",
                                            version,
                                            false)
                                    .getStatus();
                        }));
            }
            for (var one : running) {
                answers.add(one.get());
            }
        }
        assertThat(answers).containsOnly(200, 412);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        // The control plane goes on with what was approved.
        assertThat(history().steps())
                .filteredOn(step -> step.from().filter(state::equals).isPresent())
                .filteredOn(step -> step.command() == command)
                .hasSize(1);
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from audit_entry
                                        where target = ? and action = ? and at > ?
                                        """)
                                .params(
                                        "application/" + id,
                                        "application." + command.name().toLowerCase(Locale.ROOT),
                                        since.atOffset(ZoneOffset.UTC))
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void whoeverActsForAnotherFindsDecidesSignsAndAdvisesInHisPlace() throws Exception {
        String assigned = fresh.get("PLATFORM_OPERATOR");
        String deputy = person("d-" + some, "PLATFORM_OPERATOR", Optional.empty());
        String signer = person("q-" + some, "PLATFORM_OPERATOR", Optional.empty());
        String hand = person("r-" + some, "PLATFORM_OPERATOR", Optional.empty());
        String adviser = fresh.get("EXPERT");
        delegate(assigned, deputy, Part.REVIEWER);
        // The deputy of two is the deputy of the right one.
        delegate(hand, deputy, Part.REVIEWER);
        delegate(signer, hand, Part.REVIEWER);
        delegate(expert, adviser, Part.EXPERT);
        reach(State.TECH_REVIEW);
        ok(Town.OPERATOR, "transfers", to(assigned));
        assertThat(commandsInInbox(deputy)).contains("APPROVE");
        assertThat(commandsInInbox(hand)).isEmpty();

        ok(deputy, "signature-requests", to(signer));
        assertThat(commandsInInbox(hand)).contains("SIGN");
        assertThat(code(say(Command.APPROVE, deputy, State.TECH_REVIEW, false)))
                .isEqualTo("CO_SIGNATURE_MISSING");
        ok(hand, "signatures", "{}");
        assertThat(commandsInInbox(hand)).isEmpty();
        assertThat(commandsInInbox(signer)).isEmpty();
        // Whoever has signed does not decide, not even where it is his.
        ok(Town.OPERATOR, "transfers", to(hand));
        assertThat(code(say(Command.APPROVE, hand, State.TECH_REVIEW, false)))
                .isEqualTo("ALREADY_SIGNED");
        assertThat(commandsInInbox(hand)).isEmpty();
        ok(Town.OPERATOR, "transfers", to(assigned));

        ok(deputy, "referrals", "{\"experts\": [\"" + idOf(expert) + "\"]}");
        assertThat(commandsInInbox(adviser)).containsExactly("OPINE");
        assertThat(told(adviser)).contains("/applications/" + id);
        ok(adviser, "opinions", "{\"opinion\": \"FAVOURABLE\", \"reason\": \"可行\"}");
        assertThat(commandsInInbox(adviser)).isEmpty();
        var history = history();
        assertThat(history.application().state()).isEqualTo(State.BUREAU_APPROVAL);
        assertThat(history.steps())
                .filteredOn(step -> step.onBehalfOf().isPresent())
                .extracting(
                        Application.Step::command,
                        step -> step.by().orElseThrow().name(),
                        step -> step.onBehalfOf().orElseThrow().name())
                .containsExactly(
                        tuple(Command.CO_SIGN, deputy, assigned),
                        tuple(Command.SIGN, hand, signer),
                        tuple(Command.REFER, deputy, assigned),
                        tuple(Command.OPINE, adviser, expert));
    }

    @Test
    void anInboxShowsWhatItsOwnerCanBringOn() throws Exception {
        String assigned = fresh.get("PLATFORM_OPERATOR");
        String signer = person("q-" + some, "PLATFORM_OPERATOR", Optional.empty());
        reach(State.TECH_REVIEW);
        assertThat(commandsInInbox(signer)).contains("APPROVE");
        ok(Town.OPERATOR, "transfers", to(assigned));
        assertThat(commandsInInbox(signer)).isEmpty();
        ok(assigned, "signature-requests", to(signer));
        assertThat(commandsInInbox(signer)).contains("SIGN").doesNotContain("APPROVE");
        // It is still his who decides, who need not wait for ever.
        assertThat(commandsInInbox(assigned)).contains("RELEASE").doesNotContain("APPROVE");
        ok(assigned, "signature-releases", to(signer));
        assertThat(commandsInInbox(signer)).isEmpty();
        ok(assigned, "signature-requests", to(signer));
        ok(signer, "signatures", "{}");
        assertThat(commandsInInbox(signer)).isEmpty();
        ok(assigned, "approvals", "{}");
        ok(Town.BUREAU, "approvals", "{}");
        deliveries.begun(application());
        jdbc.sql(
                        "update application set entered_at = entered_at - interval '1 hour' where id = cast(? as uuid)")
                .param(id)
                .update();
        deliveries.stuck(application(), "Pending");
        assertThat(application().state()).isEqualTo(State.PARTIAL);
        // The owner, who has approved it, may take it as it is; who reviewed it carries nothing
        // out.
        assertThat(commandsInInbox(town.owner("a"))).containsExactly("CONFIRM");
        assertThat(commandsInInbox(assigned)).isEmpty();
        assertThat(commandsInInbox(person("v-" + some, "PLATFORM_OPERATOR", Optional.empty())))
                .contains("RETRY");
    }

    @Test
    void expertsWhoDoNotAnswerAreReplacedAndTwoOpinionsAreOfTwo() throws Exception {
        String second = fresh.get("EXPERT");
        String third = person("y-" + some, "EXPERT", Optional.empty());
        String opinion = "{\"opinion\": \"FAVOURABLE\", \"reason\": \"可行\"}";
        delegate(third, second, Part.EXPERT);
        reach(State.TECH_REVIEW);
        ok(
                Town.OPERATOR,
                "referrals",
                "{\"experts\": [\"%s\", \"%s\"], \"quorum\": 2}"
                        .formatted(idOf(expert), idOf(second)));
        ok(second, "opinions", opinion);
        assertThat(application().state()).isEqualTo(State.EXPERT_REVIEW);
        // The first does not answer: another one in his place, who has asked the second to act for
        // him; but that would be one person's opinion twice.
        ok(
                Town.OPERATOR,
                "referrals",
                "{\"experts\": [\"%s\"], \"quorum\": 2}".formatted(idOf(third)));
        assertThat(commandsInInbox(expert)).isEmpty();
        assertThat(code(say(Command.OPINE, second, State.EXPERT_REVIEW, false)))
                .isEqualTo("OPINION_GIVEN");
        assertThat(commandsInInbox(second)).isEmpty();
        assertThat(code(say(Command.OPINE, expert, State.EXPERT_REVIEW, false)))
                .isEqualTo("NOT_ASKED");
        ok(third, "opinions", opinion);
        assertThat(application().state()).isEqualTo(State.BUREAU_APPROVAL);
    }

    @Test
    void fewerOpinionsAreEnoughWhenTheReviewerSaysSo() throws Exception {
        String second = fresh.get("EXPERT");
        reach(State.TECH_REVIEW);
        ok(
                Town.OPERATOR,
                "referrals",
                "{\"experts\": [\"%s\", \"%s\"]}".formatted(idOf(expert), idOf(second)));
        ok(second, "opinions", "{\"opinion\": \"UNFAVOURABLE\", \"reason\": \"偏大\"}");
        ok(Town.OPERATOR, "referrals", "{\"experts\": [], \"quorum\": 1}");
        assertThat(application().state()).isEqualTo(State.BUREAU_APPROVAL);
    }

    @Test
    void whereExpertsAreHeardItGoesOnWithTheLastOpinionOrSignature() throws Exception {
        String lead = fresh.get("PLATFORM_OPERATOR");
        String signer = person("q-" + some, "PLATFORM_OPERATOR", Optional.empty());
        String hand = person("r-" + some, "PLATFORM_OPERATOR", Optional.empty());
        String second = person("t-" + some, "PLATFORM_OPERATOR", Optional.empty());
        delegate(signer, hand, Part.REVIEWER);
        reach(State.EXPERT_REVIEW);
        int leadKnew = told(lead).size();
        ok(Town.OPERATOR, "transfers", to(lead));
        assertThat(told(lead)).hasSize(leadKnew + 1);
        assertThat(code(say(Command.REFER, Town.OPERATOR, State.EXPERT_REVIEW, false)))
                .isEqualTo("ASSIGNED_TO_ANOTHER");
        // He leads, and there is nothing that he has to do.
        assertThat(commandsInInbox(lead)).isEmpty();

        int handKnew = told(hand).size();
        ok(lead, "signature-requests", to(signer));
        ok(lead, "signature-requests", to(second));
        assertThat(told(hand)).hasSize(handKnew + 1);
        assertThat(commandsInInbox(hand)).contains("SIGN");
        // Others can be asked meanwhile.
        ok(lead, "referrals", "{\"experts\": [\"" + idOf(expert) + "\"], \"quorum\": 1}");
        ok(expert, "opinions", "{\"opinion\": \"FAVOURABLE\", \"reason\": \"可行\"}");
        assertThat(application().state()).isEqualTo(State.EXPERT_REVIEW);
        ok(hand, "signatures", "{}");
        assertThat(code(say(Command.REFER, signer, State.EXPERT_REVIEW, true)))
                .isEqualTo("ASSIGNED_TO_ANOTHER");
        assertThat(application().state()).isEqualTo(State.EXPERT_REVIEW);
        ok(lead, "signature-releases", to(second));

        assertThat(application().state()).isEqualTo(State.BUREAU_APPROVAL);
        assertThat(application().assignee()).isEmpty();
        ok(Town.BUREAU, "approvals", "{}");
    }

    @Test
    void aSignatureThatCameBeforeTheOpinionHoldsNothingUp() throws Exception {
        String signer = person("q-" + some, "PLATFORM_OPERATOR", Optional.empty());
        reach(State.EXPERT_REVIEW);
        ok(Town.OPERATOR, "signature-requests", to(signer));
        ok(signer, "signatures", "{}");
        // Whoever has signed does not lead.
        assertThat(code(say(Command.REFER, signer, State.EXPERT_REVIEW, false)))
                .isEqualTo("ALREADY_SIGNED");
        assertThat(application().state()).isEqualTo(State.EXPERT_REVIEW);
        ok(expert, "opinions", "{\"opinion\": \"UNFAVOURABLE\", \"reason\": \"偏大\"}");
        assertThat(application().state()).isEqualTo(State.BUREAU_APPROVAL);
    }

    @Test
    void namingSomebodyWhoMayNotIsAnAttemptAndIsAudited() throws Exception {
        reach(State.TECH_REVIEW);
        var named = send("transfers", Town.OPERATOR, to(town.staff("a")), false);
        assertThat(named.getStatus()).isEqualTo(422);
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from audit_entry where target = ?
                                          and action = 'application.transfer'
                                          and outcome = 'FAILURE' and detail = 'MAY_NOT_DECIDE'
                                        """)
                                .param("application/" + id)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    private String to(String login) {
        return "{\"to\": \"" + idOf(login) + "\"}";
    }

    private void delegate(String from, String to, Part part) throws Exception {
        var now = Instant.now();
        var _ = delegate(from, to, part, now.minusSeconds(60), now.plusSeconds(3600));
    }

    /** The path of what was delegated. */
    private String delegate(String from, String to, Part part, Instant begin, Instant until)
            throws Exception {
        String path = "/api/v1/delegations/" + UUID.randomUUID();
        server.perform(
                        put(path)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"to": "%s", "part": "%s", "begin": "%s", "until": "%s",
                                         "reason": "出差"}
                                        """
                                                .formatted(idOf(to), part, begin, until))
                                .with(as(from)))
                .andExpect(status().isOk());
        return path;
    }

    @Test
    void aDelegationHoldsForItsPeriodUntilItIsRevokedAndWhileItsGiverHasThePart() throws Exception {
        reach(State.TECH_REVIEW);
        var giver = fresh.get("PLATFORM_OPERATOR");
        var deputy = fresh.get("EXPERT");
        var now = Instant.now();
        assertThat(mayApprove(deputy)).isFalse();

        var _ =
                delegate(
                        giver, deputy, Part.REVIEWER, now.plusSeconds(7200), now.plusSeconds(9000));
        assertThat(mayApprove(deputy)).as("not begun").isFalse();
        jdbc.sql(
                        """
                        update delegation set from_at = now() - interval '2 h',
                            until_at = now() - interval '1 s'
                        where from_person = cast(? as uuid)
                        """)
                .param(idOf(giver))
                .update();
        assertThat(mayApprove(deputy)).as("over").isFalse();

        var inForce = delegate(giver, deputy, Part.REVIEWER, now, now.plusSeconds(3600));
        assertThat(mayApprove(deputy)).as("in force").isTrue();
        server.perform(post(inForce + "/revocations").with(as(deputy)))
                .andExpect(status().isNotFound());
        assertThat(mayApprove(deputy)).as("revoked by somebody else").isTrue();
        server.perform(post(inForce + "/revocations").with(as(giver)))
                .andExpect(status().is2xxSuccessful());
        assertThat(mayApprove(deputy)).as("revoked").isFalse();

        var _ = delegate(giver, deputy, Part.REVIEWER, now, now.plusSeconds(3600));
        assertThat(mayApprove(deputy)).as("given again").isTrue();
        jdbc.sql("delete from person_role where person = cast(? as uuid)")
                .param(idOf(giver))
                .update();
        assertThat(mayApprove(deputy)).as("by somebody who may not any more").isFalse();
    }

    /** Whether he is let; his inbox says the same. */
    private boolean mayApprove(String login) throws Exception {
        String code = code(send("approvals", login, "{}", true));
        assertThat(code).isIn("OK", "NOT_YOUR_PART");
        assertThat(commandsInInbox(login).contains("APPROVE")).isEqualTo(code.equals("OK"));
        return code.equals("OK");
    }

    /** What somebody may say of the application, if it is in his inbox. */
    private List<String> commandsInInbox(String login) throws Exception {
        String json =
                server.perform(
                                get("/api/v1/applications/inbox")
                                        .queryParam("limit", "100")
                                        .queryParam("q", application().number())
                                        .with(as(login)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        List<List<String>> found = JsonPath.read(json, "$.items[?(@.id == '" + id + "')].commands");
        return found.isEmpty() ? List.of() : found.getFirst();
    }

    private List<String> told(String login) throws Exception {
        String json =
                server.perform(get("/api/v1/notices").with(as(login)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        return JsonPath.read(json, "$.items[*].link");
    }

    /** What the table says of somebody without a duty, or with one. */
    private String expected(
            State state, Command command, String login, Optional<Workflow.Duty> duty) {
        boolean isGated = command == Command.SUBMIT || command == Command.WITHDRAW;
        if (isGated && !parts(login).contains(Part.APPLICANT)) {
            return "FORBIDDEN";
        }
        var edge = Workflow.edge(state, command).filter(one -> one.part() != Part.CONTROL_PLANE);
        if (edge.isEmpty()) {
            return "ILLEGAL_TRANSITION";
        }
        if (!parts(login).contains(edge.get().part())) {
            return "NOT_YOUR_PART";
        }
        boolean free =
                edge.get().duty() == Workflow.Duty.NONE
                        || duty.filter(one -> one != edge.get().duty()).isEmpty();
        if (!free) {
            return "SEPARATION_OF_DUTIES";
        }
        return switch (command) {
            // Nobody has asked him.
            case SIGN, OPINE -> "NOT_ASKED";
            // Nor whom he names.
            case RELEASE -> "INVALID";
            default -> "OK";
        };
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
            var asked = send("signature-requests", who(edge.from()), to(login), false);
            assertThat(asked.getStatus()).as(asked.getContentAsString()).isEqualTo(200);
        }
        if (edge.command() == Command.RELEASE) {
            ok(login, "signature-requests", to(colleague(edge.from())));
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
        // The control plane goes on with what was approved, between one look and the other.
        await().untilAsserted(() -> assertThat(audited()).isEqualTo(history().steps().size()));
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

    @Test
    void whoeverDestroyedWhatItGaveBackTakesNoDutyInItAnyMore() throws Exception {
        reach(State.PARTIAL);
        String destroyer = fresh.get("PLATFORM_OPERATOR");
        assertThat(commandsInInbox(destroyer)).contains("RETRY", "CANCEL");
        destroyed(destroyer);
        assertThat(commandsInInbox(destroyer)).isEmpty();
        for (var command : List.of(Command.RETRY, Command.CANCEL)) {
            var answer = say(command, destroyer, State.PARTIAL, false);
            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat(code(answer)).isEqualTo("SEPARATION_OF_DUTIES");
        }
        String another = person("w-" + some, "PLATFORM_OPERATOR", Optional.empty());
        assertThat(code(say(Command.CANCEL, another, State.PARTIAL, false))).isEqualTo("OK");
    }

    /** Somebody has destroyed a host that the application had moved to the recycle bin. */
    private void destroyed(String by) {
        jdbc.sql(
                        """
                        insert into host (id, application, name, system, pool, cluster, vcpu, memory_bytes,
                            disk_bytes, storage_class, state, life, running, holds_compute,
                            recycled_at, recycled_by, recycled_for_application, destroyed_by)
                        select cast(:host as uuid), a.id, 'gone-' || left(:host, 8), a.system, a.pool, a.cluster,
                            1, 1073741824, 1073741824, 'ssd', 'GONE', 'DESTROYED', false, false,
                            a.entered_at, a.submitted_by, a.id, cast(:by as uuid)
                        from application a where a.id = cast(:id as uuid)
                        """)
                .param("host", UUID.randomUUID().toString())
                .param("by", idOf(by))
                .param("id", id)
                .update();
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
                deliveries.stuck(application(), "Pending");
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
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学报名",
         "items": [{"kind": "NAMESPACE", "cpu": 1, "memoryGib": 1, "storageGib": 1,
                    "storageClass": "ssd"}]}
        """
                .formatted(system);
    }

    private MockHttpServletResponse say(
            Command command, String login, State state, boolean validateOnly) throws Exception {
        return send(
                String.valueOf(RESOURCES.get(command)), login, body(command, state), validateOnly);
    }

    private String body(Command command, State state) {
        return switch (command) {
            case SUBMIT -> order();
            case APPROVE -> "{\"note\": \"同意\"}";
            case REFER -> "{\"experts\": [\"" + idOf(fresh.get("EXPERT")) + "\"], \"quorum\": 1}";
            case OPINE -> "{\"opinion\": \"FAVOURABLE\", \"reason\": \"可行\"}";
            case TRANSFER, CO_SIGN, RELEASE -> to(colleague(state));
            default -> "{\"reason\": \"说明\"}";
        };
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
        return send(resource, login, body, application().version(), validateOnly);
    }

    private MockHttpServletResponse send(
            String resource, String login, String body, int version, boolean validateOnly)
            throws Exception {
        return server.perform(
                        post("/api/v1/applications/" + id + "/" + resource)
                                .queryParam("validateOnly", Boolean.toString(validateOnly))
                                .header("If-Match", "\"" + version + "\"")
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

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class ApplicationIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private final String id = UUID.randomUUID().toString();
    private Town town;
    private String system;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
    }

    private String order(int hosts) {
        return """
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学报名", "termMonths": 12,
         "items": [{"kind": "HOSTS", "count": %d, "vcpu": 4, "memoryGib": 8, "diskGib": 100,
                    "storageClass": "ssd"}]}
        """
                .formatted(system, hosts);
    }

    private MockHttpServletRequestBuilder submission(String json) {
        return put("/api/v1/applications/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .with(as(town.staff("a")));
    }

    private ResultActions submit(int hosts) throws Exception {
        return server.perform(submission(order(hosts)));
    }

    private MockHttpServletRequestBuilder command(String name, int version, String login) {
        return post("/api/v1/applications/" + id + "/" + name)
                .header("If-Match", "\"" + version + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"note\": \"同意\"}")
                .with(as(login));
    }

    private ResultActions audit() throws Exception {
        return server.perform(get("/api/v1/audit").queryParam("q", id).with(as(Town.BUREAU)));
    }

    @Test
    void isSubmittedAndApprovedByFourPeople() throws Exception {
        submit(2)
                .andExpect(status().isCreated())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.state").value("DEPT_REVIEW"))
                .andExpect(jsonPath("$.amounts.cpuMillis").value(8000))
                .andExpect(jsonPath("$.submittedBy.name").value("张三"))
                .andExpect(jsonPath("$.commands", contains("WITHDRAW")));
        server.perform(command("approvals", 1, town.owner("a")))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"3\""))
                .andExpect(jsonPath("$.state").value("TECH_REVIEW"));
        server.perform(command("approvals", 3, Town.OPERATOR))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("BUREAU_APPROVAL"));
        server.perform(command("approvals", 4, Town.BUREAU))
                .andExpect(status().isOk())
                // The control plane may have gone on by the time that the answer is read.
                .andExpect(header().string("ETag", oneOf("\"5\"", "\"6\"")))
                .andExpect(jsonPath("$.state", oneOf("APPROVED", "DELIVERING")))
                .andExpect(jsonPath("$.decidedBy.name").value("数据局"))
                .andExpect(jsonPath("$.delivery.lease.observedEpoch").value((Object) null))
                .andExpect(jsonPath("$.delivery.hosts.length()").value(2))
                .andExpect(jsonPath("$.timeline[1].note").value("同意"));
        audit().andExpect(jsonPath("$.items[*].action", hasItem("application.approve")))
                .andExpect(jsonPath("$.items[*].action", hasItem("application.submit")));
    }

    @Test
    void whatReviewsCutIsGrantedAndNoMore() throws Exception {
        submit(3).andExpect(status().isCreated());
        server.perform(approval(1, town.owner("a"), 2, 4)).andExpect(status().isForbidden());
        server.perform(command("approvals", 1, town.owner("a"))).andExpect(status().isOk());
        server.perform(approval(3, Town.OPERATOR, 4, 4))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/cuts/0"));
        server.perform(approval(3, Town.OPERATOR, 2, 4))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.amounts.cpuMillis").value(8000))
                .andExpect(jsonPath("$.requested.amounts.cpuMillis").value(12_000));
        server.perform(approval(4, Town.BUREAU, 3, 4))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("MORE_THAN_ASKED"));
        server.perform(approval(4, Town.BUREAU, 2, 3))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.amounts.cpuMillis").value(6000))
                .andExpect(jsonPath("$.delivery.hosts.length()").value(2))
                .andExpect(jsonPath("$.delivery.lease.hard.cpuMillis").value(6000))
                .andExpect(jsonPath("$.timeline[*].cuts[*].vcpu", contains(4, 3)));
        server.perform(get("/api/v1/applications/" + id + "/outlook").with(as(Town.OPERATOR)))
                .andExpect(
                        jsonPath(
                                "$.path[?(@.node.kind == 'SYSTEM')].rows[?(@.resource =="
                                        + " 'cpuMillis')].committed",
                                contains(6000)));
        server.perform(get("/api/v1/hosts").queryParam("limit", "10").with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[*].vcpu", contains(3, 3)));
    }

    private MockHttpServletRequestBuilder approval(int version, String login, int count, int vcpu) {
        return command("approvals", version, login)
                .content(
                        """
                        {"cuts": [{"position": 0, "count": %d, "vcpu": %d, "memoryGib": 8,
                                   "storageGib": 100}]}
                        """
                                .formatted(count, vcpu));
    }

    @Test
    void theSameIdWithTheSameContentIsTheSameApplicationAndWithAnotherIsRefused() throws Exception {
        submit(2).andExpect(status().isCreated());
        submit(2).andExpect(status().isOk()).andExpect(jsonPath("$.version").value(1));
        submit(3).andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("ID_REUSED"));
    }

    @Test
    void theSameCommandSentTwentyTimesUnderOneKeyIsTakenOnceAndAlwaysAnswered() throws Exception {
        submit(1).andExpect(status().isCreated());
        var key = UUID.randomUUID().toString();
        var sent = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            sent.add(() ->
                    server.perform(
                                    command("approvals", 1, town.owner("a"))
                                            .header("Idempotency-Key", key))
                            .andReturn()
                            .getResponse()
                            .getStatus());
        }
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : at.invokeAll(sent)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        audit().andExpect(jsonPath("$.items[?(@.action == 'application.approve')]", hasSize(1)));
        // Of a version that was read since it is the same; with other words it is not.
        server.perform(command("approvals", 3, town.owner("a")).header("Idempotency-Key", key))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"3\""));
        server.perform(
                        command("approvals", 3, town.owner("a"))
                                .content("{\"note\": \"不同意\"}")
                                .header("Idempotency-Key", key))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
        server.perform(command("approvals", 3, Town.OPERATOR).header("Idempotency-Key", "mine"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/Idempotency-Key"));
        // What was refused has used up no key.
        var another = UUID.randomUUID().toString();
        server.perform(command("approvals", 1, Town.OPERATOR).header("Idempotency-Key", another))
                .andExpect(status().isPreconditionFailed());
        server.perform(command("approvals", 3, Town.OPERATOR).header("Idempotency-Key", another))
                .andExpect(status().isOk());
    }

    @Test
    void aRevisionIsHandedInOnceAndShowsWhatTheOneBeforeHasAskedFor() throws Exception {
        submit(2).andExpect(status().isCreated());
        server.perform(command("returns", 1, town.owner("a"))).andExpect(status().isOk());
        for (int i = 0; i < 2; i++) {
            server.perform(
                            command("submissions", 2, town.staff("a"))
                                    .content(order(1).replace("开学报名", "秋季招生")))
                    .andExpect(status().isOk())
                    .andExpect(header().string("ETag", "\"3\""))
                    .andExpect(jsonPath("$.revision").value(2));
        }
        server.perform(get("/api/v1/applications/" + id + "/revisions").with(as(town.owner("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].revision", contains(1, 2)))
                .andExpect(jsonPath("$.items[*].items[0].count", contains(2, 1)))
                .andExpect(jsonPath("$.items[*].head.purpose", contains("开学报名", "秋季招生")))
                .andExpect(jsonPath("$.items[0].head.pool").value("extranet-ordinary"))
                .andExpect(jsonPath("$.items[0].head.system.id").isNotEmpty())
                .andExpect(jsonPath("$.items[0].head.termMonths").isNumber());
        server.perform(command("withdrawals", 3, town.staff("a")).content("{\"reason\": \"不再需要\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.timeline[3].note").value("不再需要"));
    }

    @Test
    void onlyHostsThatAreMadeHaveATerm() throws Exception {
        String hosts =
                """
                {"kind": "HOSTS", "count": 1, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                 "storageClass": "ssd"}
                """;
        String room =
                """
                {"kind": "NAMESPACE", "cpu": 1, "memoryGib": 1, "storageGib": 0,
                 "storageClass": "ssd"}
                """;
        String quota = room.replace("NAMESPACE", "QUOTA");
        for (String item : List.of(room, quota, room + "," + quota)) {
            server.perform(submission(order("\"termMonths\": 12,", item)))
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                    .andExpect(jsonPath("$.errors.length()").value(1))
                    .andExpect(jsonPath("$.errors[0].pointer").value("/termMonths"))
                    .andExpect(jsonPath("$.errors[0].code").value("NOTHING_HAS_A_TERM"));
        }
        server.perform(submission(order("", hosts + "," + room)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/termMonths"))
                .andExpect(jsonPath("$.errors[0].code").value("REQUIRED"));
        server.perform(submission(order("", room)))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.termMonths").value((Object) null));
        server.perform(command("returns", 1, town.owner("a"))).andExpect(status().isOk());
        server.perform(
                        command("submissions", 2, town.staff("a"))
                                .content(order("\"termMonths\": 6,", hosts + "," + room)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.termMonths").value(6));
        server.perform(get("/api/v1/applications/" + id + "/revisions").with(as(town.owner("a"))))
                .andExpect(jsonPath("$.items[0].head.termMonths").value((Object) null))
                .andExpect(jsonPath("$.items[1].head.termMonths").value(6));
    }

    private String order(String term, String items) {
        return """
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学报名", %s "items": [%s]}
        """
                .formatted(system, term, items);
    }

    @Test
    void validatingAnswersTheSameAndLeavesNothing() throws Exception {
        server.perform(submission(order(2)).queryParam("validateOnly", "true"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("DEPT_REVIEW"));
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
        audit().andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void validatingARevisionAnswersAsTheRealOneWouldAndLeavesNothing() throws Exception {
        submit(2).andExpect(status().isCreated());
        server.perform(
                        post("/api/v1/applications/" + id + "/returns")
                                .header("If-Match", "\"1\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"请减量\"}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isOk());
        server.perform(
                        post("/api/v1/applications/" + id + "/submissions")
                                .queryParam("validateOnly", "true")
                                .header("If-Match", "\"2\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(order(1))
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("DEPT_REVIEW"))
                .andExpect(jsonPath("$.revision").value(2))
                .andExpect(jsonPath("$.amounts.cpuMillis").value(4000));
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.state").value("RETURNED"))
                .andExpect(jsonPath("$.revision").value(1));
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheLevelThatIsShort() throws Exception {
        submit(30)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(
                        jsonPath("$.shortfalls[?(@.resource == 'cpuMillis')].node.kind")
                                .value("UNIT"))
                .andExpect(
                        jsonPath("$.shortfalls[?(@.resource == 'cpuMillis')].node.name")
                                .value(town.name("a")))
                .andExpect(
                        jsonPath("$.shortfalls[?(@.resource == 'cpuMillis')].missing")
                                .value(20_000));
        audit().andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].outcome").value("FAILURE"));
        server.perform(submission(order(30)).queryParam("validateOnly", "true"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.shortfalls[0].node.name").value(town.name("a")));
    }

    @Test
    void aSystemThatNeedsDomesticProcessorsGetsNoOthers() throws Exception {
        jdbc.sql("update system set xinchuang_required = true where id = cast(? as uuid)")
                .param(system)
                .update();
        submit(1)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("DOMESTIC_REQUIRED"));
    }

    @ParameterizedTest
    @CsvSource({
        "zh-CN, 填写有误, 须在 1 至 200 之间, 必填",
        "en, Something is not filled in correctly, Must be within 1 and 200, Required"
    })
    void everythingWrongIsToldAtOnceByPointer(
            String language, String title, String range, String required) throws Exception {
        server.perform(
                        submission(
                                        """
                                        {"system": "%s", "pool": "extranet-ordinary", "purpose": " ",
                                         "termMonths": 12,
                                         "items": [{"kind": "HOSTS", "count": 0, "vcpu": 4,
                                                    "memoryGib": 8, "diskGib": 100,
                                                    "storageClass": "ssd"}]}
                                        """
                                                .formatted(system))
                                .header("Accept-Language", language))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("INVALID"))
                .andExpect(jsonPath("$.title").value(title))
                .andExpect(jsonPath("$.requestId").isNotEmpty())
                .andExpect(
                        jsonPath("$.errors[?(@.pointer == '/items/0/count')].detail").value(range))
                .andExpect(jsonPath("$.errors[?(@.pointer == '/purpose')].detail").value(required));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/purpose    | {\"purpose\": 7}",
                "/system     | {\"system\": \"none\"}",
                "/items/0/vcpu | {\"items\": [{\"kind\": \"HOSTS\", \"vcpu\": \"four\"}]}",
                "/colour     | {\"colour\": \"red\"}"
            })
    void aMemberOfTheWrongKindIsRefusedByItsPointer(String pointer, String json) throws Exception {
        server.perform(submission(json))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"system\":", "{]", "system=1", "''"})
    void whatIsNoJsonIsRefused(String json) throws Exception {
        server.perform(submission(json))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("MALFORMED"));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String purpose = "x".repeat(2 << 20);
        server.perform(submission("{\"purpose\": \"" + purpose + "\"}"))
                .andExpect(status().isContentTooLarge())
                .andExpect(jsonPath("$.code").value("CONTENT_TOO_LARGE"));
    }

    @Test
    void aChangeNeedsTheVersionItIsMadeOn() throws Exception {
        submit(1).andExpect(status().isCreated());
        server.perform(
                        post("/api/v1/applications/" + id + "/approvals")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isPreconditionRequired())
                .andExpect(jsonPath("$.code").value("PRECONDITION_REQUIRED"));
        server.perform(command("approvals", 7, town.owner("a")))
                .andExpect(status().isPreconditionFailed())
                .andExpect(jsonPath("$.code").value("STALE_VERSION"));
        server.perform(command("rejections", 1, town.owner("a")))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"2\""));
        server.perform(command("approvals", 2, town.owner("a")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ILLEGAL_TRANSITION"));
    }

    @Test
    void whoSubmittedCannotApproveAndTheAttemptIsInTheAudit() throws Exception {
        submit(1).andExpect(status().isCreated());
        server.perform(command("approvals", 1, town.staff("a")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("NOT_YOUR_PART"));
        // Even when somebody gives him the role of those who approve.
        jdbc.sql(
                        """
                        insert into person_role (person, role)
                        select id, 'UNIT_OWNER' from person where login = ?
                        """)
                .param(town.staff("a"))
                .update();
        server.perform(command("approvals", 1, town.staff("a")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("SEPARATION_OF_DUTIES"))
                .andExpect(jsonPath("$.detail", containsString("经办人")));
        audit().andExpect(jsonPath("$.total").value(3))
                .andExpect(jsonPath("$.items[0].action").value("application.approve"))
                .andExpect(jsonPath("$.items[0].target").value("application/" + id))
                .andExpect(jsonPath("$.items[0].outcome").value("FAILURE"))
                .andExpect(jsonPath("$.items[0].actor.name").value("张三"))
                .andExpect(jsonPath("$.items[0].detail", containsString("SEPARATION_OF_DUTIES")))
                .andExpect(jsonPath("$.items[1].detail", containsString("NOT_YOUR_PART")));
    }

    @Test
    void whoHasADutyIsSaidWhereItIsShownAndNotInLists() throws Exception {
        submit(1).andExpect(status().isCreated());
        server.perform(command("approvals", 1, town.owner("a"))).andExpect(status().isOk());
        server.perform(get("/api/v1/applications/" + id).with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.duties.length()").value(2))
                .andExpect(jsonPath("$.duties[0].duty").value("SUBMITTER"))
                .andExpect(jsonPath("$.duties[0].person.name").value("张三"))
                .andExpect(jsonPath("$.duties[1].duty").value("UNIT_APPROVER"));
        server.perform(get("/api/v1/applications").with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[0].duties").isEmpty());
    }

    @Test
    void theDatabaseRefusesWhoSubmittedAsWell() throws Exception {
        submit(1).andExpect(status().isCreated());
        String submitter =
                jdbc.sql("select id from person where login = ?")
                        .param(town.staff("a"))
                        .query(String.class)
                        .single();
        var duty =
                jdbc.sql(
                                """
                                insert into application_duty (application, person, duty)
                                values (cast(:id as uuid), cast(:person as uuid), 'UNIT_APPROVER')
                                """)
                        .param("id", id)
                        .param("person", submitter);
        assertThatThrownBy(duty::update).isInstanceOf(DataIntegrityViolationException.class);
        for (String claimed : new String[] {"UNIT_APPROVER", "SUBMITTER"}) {
            var step =
                    jdbc.sql(
                                    """
                                    insert into application_step (application, version, at, person, duty,
                                        command, from_state, to_state, note)
                                    values (cast(:id as uuid), 2, '2026-11-25T00:00:00Z',
                                        cast(:person as uuid), :duty, 'APPROVE', 'DEPT_REVIEW',
                                        'PRECHECK', '')
                                    """)
                            .param("id", id)
                            .param("person", submitter)
                            .param("duty", claimed);
            assertThatThrownBy(step::update).isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    void anotherTenantsApplicationDoesNotExist() throws Exception {
        submit(1).andExpect(status().isCreated());
        String other = town.staff("b");
        server.perform(get("/api/v1/applications/" + id).with(as(other)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("APPLICATION_NOT_FOUND"));
        server.perform(get("/api/v1/applications").with(as(other)))
                .andExpect(jsonPath("$.total").value(0));
        server.perform(command("withdrawals", 1, other)).andExpect(status().isNotFound());
        audit().andExpect(jsonPath("$.items[0].outcome").value("FAILURE"))
                .andExpect(jsonPath("$.items[0].action").value("application.withdraw"));
        // The id is taken, and what is behind it stays hidden.
        server.perform(
                        submission(order(1).replace(system, town.system(server, "b")))
                                .with(as(other)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
    }

    @Test
    void theOutlookShowsThePoolAfterThisOrder() throws Exception {
        submit(1).andExpect(status().isCreated());
        server.perform(get("/api/v1/applications/" + id + "/outlook").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.pool.id").value("extranet-ordinary"))
                .andExpect(jsonPath("$.rows[?(@.resource == 'cpuMillis')].thisOrder").value(4000))
                .andExpect(jsonPath("$.path[*].node.kind", hasItem("UNIT")));
    }
}

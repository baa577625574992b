package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class NoticeIT {

    private static final Instant AT = Instant.parse("2026-11-26T01:00:00Z");

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private ApplicationEventPublisher events;
    @Autowired private TransactionTemplate transaction;

    private Town town;
    private UnitId unit;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        unit = UnitId.of(town.unit(server, "a"));
    }

    private void tell(To to, String key, Instant at) {
        transaction.executeWithoutResult(_ ->
                events.publishEvent(
                        new Notice(
                                at,
                                to,
                                Notice.Kind.APPLICATION_WAITING,
                                List.of("门户", "审计局"),
                                "/applications/1",
                                key)));
    }

    private To person(String login) {
        return new To.Person(accounts.find(new Login(login)).orElseThrow().person());
    }

    private ResultActions listOf(String login) throws Exception {
        return server.perform(get("/api/v1/notices").with(as(login))).andExpect(status().isOk());
    }

    private ResultActions unreadOf(String login) throws Exception {
        return server.perform(get("/api/v1/notices/unread").with(as(login)));
    }

    @Test
    void whoHoldsARoleOrAPermissionInAUnitIsToldAndNobodyElse() throws Exception {
        tell(new To.Holders("UNIT_OWNER", Optional.of(unit)), "role", AT);
        listOf(town.owner("a")).andExpect(jsonPath("$.total").value(1));
        listOf(town.staff("a")).andExpect(jsonPath("$.total").value(0));
        listOf(town.owner("b")).andExpect(jsonPath("$.total").value(0));
        tell(new To.Holders("APPLICATION_SUBMIT", Optional.of(unit)), "permission", AT);
        listOf(town.staff("a")).andExpect(jsonPath("$.total").value(1));
    }

    @Test
    void oneAndTheSameIsToldOnce() throws Exception {
        tell(person(town.staff("a")), "same", AT);
        tell(person(town.staff("a")), "same", AT.plusSeconds(60));
        tell(new To.Holders("UNIT_STAFF", Optional.of(unit)), "same", AT.plusSeconds(90));
        listOf(town.staff("a")).andExpect(jsonPath("$.total").value(1));
    }

    @Test
    void whatDidNotHappenIsToldToNobody() throws Exception {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            tell(person(town.staff("a")), "undone", AT);
                            throw new IllegalStateException("the deed fails");
                        }))
                .hasMessage("the deed fails");
        assertThatThrownBy(() ->
                        events.publishEvent(
                                new Notice(
                                        AT,
                                        person(town.staff("a")),
                                        Notice.Kind.CALENDAR_DUE,
                                        List.of(),
                                        "/calendars",
                                        "outside")))
                .isInstanceOf(IllegalTransactionStateException.class);
        listOf(town.staff("a")).andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void theLatestComesFirstInTheLanguageOfWhoeverReads() throws Exception {
        tell(person(town.staff("a")), "first", AT);
        tell(person(town.staff("a")), "second", AT.plusSeconds(1));
        String json =
                server.perform(
                                get("/api/v1/notices")
                                        .queryParam("limit", "1")
                                        .header("Accept-Language", "en")
                                        .with(as(town.staff("a"))))
                        .andExpect(jsonPath("$.items[0].at").value("2026-11-26T01:00:01Z"))
                        .andExpect(jsonPath("$.items[0].title").value("Waits for you: 门户"))
                        .andExpect(jsonPath("$.items[0].link").value("/applications/1"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        server.perform(
                        get("/api/v1/notices")
                                .queryParam("limit", "1")
                                .queryParam("cursor", JsonPath.<String>read(json, "$.next"))
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[*].at", contains("2026-11-26T01:00:00Z")))
                .andExpect(jsonPath("$.items[0].title").value("待办：门户"));
    }

    @Test
    void whatIsReadCountsNoMoreAndAnothersDoesNotExist() throws Exception {
        String staff = town.staff("a");
        tell(person(staff), "one", AT);
        tell(person(staff), "two", AT.plusSeconds(1));
        tell(person(staff), "later", AT.plusSeconds(100));
        unreadOf(staff).andExpect(jsonPath("$.count").value(3));
        String id =
                JsonPath.read(
                        listOf(staff).andReturn().getResponse().getContentAsString(),
                        "$.items[1].id");
        for (int twice = 0; twice < 2; twice++) {
            server.perform(put("/api/v1/notices/" + id + "/read").with(as(staff)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.count").value(2));
        }
        server.perform(put("/api/v1/notices/" + id + "/read").with(as(town.owner("a"))))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("NOTICE_NOT_FOUND"));
        server.perform(
                        put("/api/v1/notices/read")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"until\": \"" + AT.plusSeconds(1) + "\"}")
                                .with(as(staff)))
                .andExpect(jsonPath("$.count").value(1));
        server.perform(get("/api/v1/notices").queryParam("unread", "true").with(as(staff)))
                .andExpect(jsonPath("$.total").value(1));
    }

    @Test
    void everybodySaysHowHeWantsToBeTold() throws Exception {
        String staff = town.staff("a");
        server.perform(get("/api/v1/notices/settings").with(as(staff)))
                .andExpect(jsonPath("$.mail").value(true))
                .andExpect(jsonPath("$.language").value("ZH"));
        settings(staff, "{\"mail\": false, \"email\": \"a@example.cn\", \"language\": \"EN\"}")
                .andExpect(status().isOk());
        server.perform(get("/api/v1/notices/settings").with(as(staff)))
                .andExpect(jsonPath("$.email").value("a@example.cn"))
                .andExpect(jsonPath("$.mail").value(false));
        for (String email : List.of("a@b", "a@example.cn,b@example.cn", "A <a@example.cn>")) {
            settings(staff, "{\"mail\": true, \"email\": \"" + email + "\", \"language\": \"EN\"}")
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/email"));
        }
    }

    private ResultActions settings(String login, String json) throws Exception {
        return server.perform(
                put("/api/v1/notices/settings")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .with(as(login)));
    }

    @Test
    void whoListensHearsOfHisOwnNotices() throws Exception {
        var stream =
                server.perform(get("/api/v1/events").with(as(town.staff("a"))))
                        .andExpect(request().asyncStarted())
                        .andReturn();
        var others =
                server.perform(get("/api/v1/events").with(as(town.staff("b"))))
                        .andExpect(request().asyncStarted())
                        .andReturn();
        tell(person(town.staff("a")), "heard", AT);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        stream.getResponse().getContentAsString().contains("event:notice\ndata:1"));
        assertThat(others.getResponse().getContentAsString()).doesNotContain("data:1");
    }

    /** And of hosts nothing, whom he may not read. */
    @Test
    void anExpertHearsOfHisOwnNoticesToo() throws Exception {
        var login = new Login("expert-" + UUID.randomUUID().toString().substring(0, 8));
        accounts.register(new PersonId(UUID.randomUUID()), login, "专家", Role.EXPERT);
        var stream =
                server.perform(
                                get("/api/v1/events")
                                        .header("Last-Event-ID", "none of ours")
                                        .with(as(login.value())))
                        .andExpect(request().asyncStarted())
                        .andReturn();
        tell(person(login.value()), "heard-" + login.value(), AT);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        stream.getResponse().getContentAsString().contains("event:notice\ndata:1"));
        assertThat(stream.getResponse().getContentAsString())
                .doesNotContain("event:host", "event:namespace");
    }

    @Test
    void whatIsSentIsForWhoeverRunsTheServer() throws Exception {
        server.perform(get("/api/v1/dispatches").with(as(Town.OPERATOR)))
                .andExpect(status().isOk());
        server.perform(get("/api/v1/dispatches").with(as(town.staff("a"))))
                .andExpect(status().isForbidden());
        server.perform(
                        post("/api/v1/dispatches/" + UUID.randomUUID() + "/mail/retries")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isConflict());
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.Audited;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class AuditIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private ApplicationEventPublisher events;
    @Autowired private TransactionTemplate transactions;

    private Town town;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
    }

    @Test
    void theLatestComesFirstAndPagesFollow() throws Exception {
        String json =
                server.perform(get("/api/v1/audit").queryParam("limit", "1").with(as(Town.BUREAU)))
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.items[0].action").value("register.import"))
                        .andExpect(jsonPath("$.items[0].actor.name").value("数据局"))
                        .andExpect(jsonPath("$.items[0].outcome").value("SUCCESS"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        var _ = Town.registered(server, accounts);
        String first = JsonPath.read(json, "$.items[0].target");
        server.perform(get("/api/v1/audit").queryParam("q", first).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.total").value(1));
        String cursor =
                JsonPath.read(
                        server.perform(
                                        get("/api/v1/audit")
                                                .queryParam("limit", "1")
                                                .with(as(Town.BUREAU)))
                                .andReturn()
                                .getResponse()
                                .getContentAsString(),
                        "$.next");
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("limit", "1")
                                .queryParam("cursor", cursor)
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].target").value(first));
    }

    @Test
    void whyItWasRefusedIsSaidInTheReadersLanguage() throws Exception {
        var target = "unit/" + UUID.randomUUID();
        transactions.executeWithoutResult(_ ->
                events.publishEvent(
                        new Audited(
                                Instant.now(),
                                Optional.empty(),
                                "unit.test",
                                target,
                                Audited.Outcome.FAILURE,
                                "NOT_YOUR_PART")));
        server.perform(get("/api/v1/audit").queryParam("q", target).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].detail").value("NOT_YOUR_PART"))
                .andExpect(jsonPath("$.items[0].refusal").value("不是您的环节"));
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("q", target)
                                .header("Accept-Language", "en")
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].refusal").value("This is not your part"));
    }

    @Test
    void onlyWhoMayReadsIt() throws Exception {
        server.perform(get("/api/v1/audit").with(as(town.owner("a"))))
                .andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set detail = ''",
                "delete from audit_entry",
                "truncate audit_entry",
                "set session_replication_role = replica; delete from audit_entry"
            })
    void whatIsInItStays(String sql) {
        assertThatThrownBy(jdbc.sql(sql)::update)
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
        // Even for the owner; that the role changed is undone with the rest.
        assertThatThrownBy(jdbc.sql("set role none; " + sql)::update)
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("append-only");
    }

    @Test
    void aDeedOutsideOfATransactionIsRefused() {
        var deed =
                new Audited(
                        Instant.EPOCH,
                        Optional.empty(),
                        "unit.test",
                        "unit/1",
                        Audited.Outcome.SUCCESS,
                        "");
        assertThatThrownBy(() -> events.publishEvent(deed))
                .isInstanceOf(IllegalTransactionStateException.class);
    }
}

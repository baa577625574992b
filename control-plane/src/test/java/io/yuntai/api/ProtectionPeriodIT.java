package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Protection periods over HTTP; all are far ahead, so that nothing else is protected. */
@ServerTest
class ProtectionPeriodIT {

    @Autowired private MockMvc server;
    @Autowired private JdbcClient jdbc;

    private final UUID id = UUID.randomUUID();
    private final String second = "bureau-" + id;

    @BeforeEach
    void declared(@Autowired Accounts accounts) throws Exception {
        Town.people(accounts);
        var person = UUID.randomUUID();
        jdbc.sql("insert into person (id, login, name) values (?, ?, ?)")
                .params(person, second, second)
                .update();
        jdbc.sql("insert into person_role (person, role) values (?, 'BUREAU')")
                .param(person)
                .update();
        server.perform(
                        put("/api/v1/protection-periods/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"name": "重要会议", "basis": "粤办〔2026〕1 号",
                                         "from": "2087-03-01T00:00:00+08:00",
                                         "until": "2087-03-20T00:00:00+08:00"}
                                        """)
                                .with(as(Town.BUREAU)))
                .andExpect(status().isOk());
    }

    @Test
    void oneOfAMistypedYearIsEndedBySomebodyElseOnce() throws Exception {
        end(Town.BUREAU, "年份有误")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("SEPARATION_OF_DUTIES"));
        end(second, "").andExpect(status().isUnprocessableContent());
        server.perform(
                        post("/api/v1/protection-periods/" + id + "/end")
                                .queryParam("validateOnly", "true")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"年份有误\"}")
                                .with(as(second)))
                .andExpect(status().isOk());
        end(second, "年份有误")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.standing").value("OVER"))
                .andExpect(jsonPath("$.ended.by.name").value(second))
                .andExpect(jsonPath("$.ended.reason").value("年份有误"));
        end(second, "年份有误")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("PROTECTION_PERIOD_ENDED"));
        server.perform(get("/api/v1/protection-periods").with(as(Town.OPERATOR)))
                .andExpect(
                        jsonPath("$.items[?(@.id == '%s')].standing".formatted(id)).value("OVER"));
        server.perform(get("/api/v1/audit").queryParam("q", id.toString()).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("protectionPeriod.end"));
    }

    @Test
    void whoeverMayNotApproveTheRulesEndsNoneAndWhatIsNotThereIsNotFound() throws Exception {
        end(Town.OPERATOR, "年份有误").andExpect(status().isForbidden());
        server.perform(
                        post("/api/v1/protection-periods/" + UUID.randomUUID() + "/end")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"年份有误\"}")
                                .with(as(second)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("PROTECTION_PERIOD_NOT_FOUND"));
        server.perform(get("/api/v1/protection-periods").with(as(Town.OPERATOR)))
                .andExpect(
                        jsonPath("$.items[?(@.id == '%s')].standing".formatted(id)).value("AHEAD"));
    }

    private ResultActions end(String login, String reason) throws Exception {
        return server.perform(
                post("/api/v1/protection-periods/" + id + "/end")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"%s\"}".formatted(reason))
                        .with(as(login)));
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.List;
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

/** Declared by the bureau, far from now: within one other tests would be refused. */
@ServerTest
class ProtectionDeclarationIT {

    private static final String ALL = "/api/v1/protection-periods";
    private static final String BODY =
            """
            {"name": "国庆重保", "from": "2061-09-28T00:00:00Z", "until": "2061-10-08T00:00:00Z", "basis": "粤政数〔2061〕1 号"}
            """;

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private final UUID id = UUID.randomUUID();
    private Town town;

    @BeforeEach
    void people() throws Exception {
        town = Town.registered(server, accounts);
    }

    private ResultActions declared(String login, String body) throws Exception {
        return server.perform(
                put(ALL + "/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(as(login)));
    }

    @Test
    void theBureauDeclaresItOnceAndEverybodyReadsIt() throws Exception {
        server.perform(
                        put(ALL + "/" + id)
                                .queryParam("validateOnly", "true")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(BODY)
                                .with(as(Town.BUREAU)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("国庆重保"));
        server.perform(get(ALL).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].id", not(hasItem(id.toString()))));
        for (int i = 0; i < 2; i++) {
            declared(Town.BUREAU, BODY)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.id").value(id.toString()))
                    .andExpect(jsonPath("$.until").value("2061-10-08T00:00:00Z"));
        }
        declared(Town.BUREAU, BODY.replace("国庆", "中秋"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
        for (String login : List.of(Town.OPERATOR, town.staff("a"), town.owner("b"))) {
            server.perform(get(ALL).with(as(login)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.items[*].id", hasItem(id.toString())));
        }
        assertThat(audited("SUCCESS")).isOne();
    }

    @Test
    void nobodyElseDeclaresOneAndAnAttemptIsAudited() throws Exception {
        for (String login : List.of(town.owner("a"), Town.OPERATOR)) {
            declared(login, BODY).andExpect(status().isForbidden());
        }
        assertThat(audited("FAILURE")).isEqualTo(2);
        server.perform(get(ALL).with(as(Persons.withoutARole(jdbc))))
                .andExpect(status().isForbidden());
    }

    private long audited(String outcome) {
        return jdbc.sql(
                        """
                        select count(*) from audit_entry
                        where action = 'protectionPeriod.declare' and target = ? and outcome = ?
                        """)
                .params("protectionPeriod/" + id, outcome)
                .query(Long.class)
                .single();
    }

    @Test
    void allThatIsMissingIsSaidAtOnce() throws Exception {
        declared(Town.BUREAU, "{\"name\": \" \"}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(
                        jsonPath(
                                "$.errors[*].pointer",
                                containsInAnyOrder("/name", "/basis", "/from", "/until")));
    }

    @ParameterizedTest
    @CsvSource({
        "2061-10-08, 2061-09-27",
        "2061-10-08, 2061-09-28",
        "2061-10-08, 2062-09-30",
        "国庆重保, 保",
        "粤政数, 粤"
    })
    void whatIsNoPeriodIsRefused(String text, String instead) throws Exception {
        String other = instead.length() == 1 ? instead.repeat(201) : instead;
        String pointer = instead.equals("保") ? "/name" : instead.equals("粤") ? "/basis" : "/until";
        declared(Town.BUREAU, BODY.replace(text, other))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Proposed for a day far from now: within it other tests would work by them. */
@ServerTest
class WorkRulesIT {

    private static final String ALL = "/api/v1/work-rules";
    private static final String BODY =
            """
            {"effectiveFrom": "2999-01-01", "basis": "文号 4 号",
             "deadlines": {"remindAfter": 2, "escalateAfter": 3, "warnAfter": [8, 4], "deemAfter": 12, "deliverWithin": 15},
             "applications": {"lockDays": 20, "expertsFromVcpu": 64},
             "hosts": {"recycleBinDays": 30, "trialDays": 14, "termNotices": [7, 30], "retireDays": 10},
             "reclaims": {"remindHours": 24, "answerWithin": 4, "evidenceDays": 10, "longestDelay": 90,
                          "p95AtMost": 70, "peakAtMost": 95}}
            """;

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private Town town;

    @BeforeEach
    void people() throws Exception {
        town = Town.registered(server, accounts);
    }

    private ResultActions call(String login, MockHttpServletRequestBuilder request)
            throws Exception {
        return server.perform(request.with(as(login)));
    }

    private ResultActions proposed(String login, String id, String body) throws Exception {
        return call(
                login, put(ALL + "/" + id).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    @Test
    void theyAreProposedByOneApprovedByAnotherAndReadByEverybody() throws Exception {
        call(
                        Town.OPERATOR,
                        put(ALL + "/rules-2")
                                .queryParam("validateOnly", "true")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(BODY))
                .andExpect(status().isOk());
        call(Town.OPERATOR, get(ALL)).andExpect(jsonPath("$.items[*].id", not(hasItem("rules-2"))));
        proposed(Town.OPERATOR, "rules-2", BODY)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("PROPOSED"))
                .andExpect(jsonPath("$.proposedBy.name").value("王平台"))
                .andExpect(jsonPath("$.deadlines.warnAfter[0]").value(4))
                .andExpect(jsonPath("$.hosts.termNotices[0]").value(30));
        proposed(Town.BUREAU, "rules-2", BODY)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("POLICY_EXISTS"));
        var approval = post(ALL + "/rules-2/approval");
        call(Town.OPERATOR, approval).andExpect(status().isForbidden());
        call(Town.BUREAU, post(ALL + "/rules-2/approval"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.approvedBy").value("数据局"));
        call(Town.BUREAU, post(ALL + "/rules-2/rejection"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("POLICY_DECIDED"));
        for (String login : List.of(Town.OPERATOR, Town.BUREAU, town.staff("a"), town.owner("b"))) {
            call(login, get(ALL))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.items[0].id").value("rules-2"))
                    .andExpect(jsonPath("$.items[-1:].id").value("default-1"))
                    .andExpect(jsonPath("$.items[-1:].hosts.trialDays").value(30));
        }
        assertThat(
                        jdbc.sql(
                                        """
                                        select action from audit_entry
                                        where target = 'work-rules/rules-2' and outcome = 'SUCCESS' order by id
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly("workRules.propose", "workRules.approve");
    }

    @Test
    void nobodyApprovesHisOwn() throws Exception {
        proposed(Town.BUREAU, "rules-3", BODY.replace("2999", "2998")).andExpect(status().isOk());
        for (String decision : List.of("approval", "rejection")) {
            call(Town.BUREAU, post(ALL + "/rules-3/" + decision))
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.code").value("SAME_PERSON"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"remindAfter\": 2', '\"remindAfter\": 0', /deadlines/remindAfter",
        "'\"escalateAfter\": 3', '\"escalateAfter\": 2', /deadlines/escalateAfter",
        "'[8, 4]', '[12]', /deadlines/warnAfter",
        "'\"lockDays\": 20', '\"lockDays\": 0', /applications/lockDays",
        "'\"trialDays\": 14', '\"trialDays\": 0', /hosts/trialDays",
        "'[7, 30]', '[0]', /hosts/termNotices",
        "'\"peakAtMost\": 95', '\"peakAtMost\": 60', /reclaims/peakAtMost",
    })
    void aNumberOutOfItsRangeIsRefusedWithItsField(String right, String wrong, String pointer)
            throws Exception {
        proposed(Town.OPERATOR, "rules-4", BODY.replace(right, wrong))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors.length()").value(1))
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer))
                .andExpect(jsonPath("$.errors[0].code").value("OUT_OF_RANGE"));
    }

    @Test
    void whatIsMissingOrTooLateIsRefusedWithItsField() throws Exception {
        proposed(Town.OPERATOR, "rules-5", "{}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors.length()").value(6));
        proposed(Town.OPERATOR, "rules-5", BODY.replace("\"trialDays\": 14, ", ""))
                .andExpect(status().isUnprocessableContent());
        proposed(Town.OPERATOR, "Rules 5", BODY)
                .andExpect(jsonPath("$.errors[0].pointer").value("/id"));
        proposed(Town.OPERATOR, "rules-5", BODY.replace("2999", "2020"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("POLICY_TOO_LATE"))
                .andExpect(jsonPath("$.errors[0].pointer").value("/effectiveFrom"));
        proposed(town.owner("a"), "rules-5", BODY).andExpect(status().isForbidden());
        call(town.owner("a"), post(ALL + "/default-1/rejection")).andExpect(status().isForbidden());
        call(Town.BUREAU, post(ALL + "/default-1/rejection"))
                .andExpect(jsonPath("$.code").value("POLICY_DECIDED"));
        call(Town.BUREAU, post(ALL + "/none/approval")).andExpect(status().isNotFound());
    }
}

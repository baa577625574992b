package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.oneOf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class BulkApprovalIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private Town town;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
    }

    private String submitted(String unit) throws Exception {
        String id = UUID.randomUUID().toString();
        server.perform(
                        put("/api/v1/applications/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"system": "%s", "pool": "extranet-ordinary", "purpose": "扩容",
                                         "termMonths": 12,
                                         "items": [{"kind": "HOSTS", "count": 2, "vcpu": 4,
                                                    "memoryGib": 8, "diskGib": 40,
                                                    "storageClass": "ssd"}]}
                                        """
                                                .formatted(town.system(server, unit)))
                                .with(as(town.staff(unit))))
                .andExpect(status().isCreated());
        return id;
    }

    private static MockHttpServletRequestBuilder bulk(String login, String... chosen) {
        return post("/api/v1/applications/bulk-approvals")
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        Stream.of(chosen)
                                .collect(
                                        Collectors.joining(
                                                ",", "{\"note\": \"同意\", \"items\": [", "]}")))
                .with(as(login));
    }

    private static String at(String id, int version) {
        return "{\"id\": \"%s\", \"version\": %d}".formatted(id, version);
    }

    private ResultActions state(String id) throws Exception {
        return server.perform(get("/api/v1/applications/" + id).with(as(Town.BUREAU)));
    }

    @Test
    void judgesEachByItselfAndTellsOfEach() throws Exception {
        String first = submitted("a");
        String another = submitted("b");
        String second = submitted("a");
        server.perform(bulk(town.owner("a"), at(first, 1), at(another, 1), at(second, 9)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].state").value("TECH_REVIEW"))
                .andExpect(jsonPath("$.items[0].version").value(3))
                .andExpect(jsonPath("$.items[1].problem.code").value("APPLICATION_NOT_FOUND"))
                .andExpect(jsonPath("$.items[2].problem.code").value("STALE_VERSION"))
                .andExpect(jsonPath("$.items[2].problem.status").value(412));
        state(first).andExpect(jsonPath("$.state").value("TECH_REVIEW"));
        state(another).andExpect(jsonPath("$.state").value("DEPT_REVIEW"));
        state(second).andExpect(jsonPath("$.state").value("DEPT_REVIEW"));
        server.perform(get("/api/v1/audit").queryParam("q", another).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("application.approve"))
                .andExpect(jsonPath("$.items[0].outcome").value("FAILURE"));
        server.perform(get("/api/v1/audit").queryParam("q", first).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", hasItem("application.approve")));
    }

    @Test
    void triesWithoutLeavingAnything() throws Exception {
        String first = submitted("a");
        server.perform(bulk(town.owner("a"), at(first, 1)).queryParam("validateOnly", "true"))
                .andExpect(jsonPath("$.items[0].state").value("TECH_REVIEW"));
        state(first).andExpect(jsonPath("$.state").value("DEPT_REVIEW"));
    }

    @Test
    void takesAHundredAtMostAndNoneTwice() throws Exception {
        String many =
                Stream.generate(() -> at(UUID.randomUUID().toString(), 1))
                        .limit(101)
                        .collect(Collectors.joining(","));
        server.perform(bulk(town.owner("a"), many))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("TOO_MANY"));
        String one = at(UUID.randomUUID().toString(), 1);
        server.perform(bulk(town.owner("a"), one, one))
                .andExpect(jsonPath("$.errors[0].pointer").value("/items/1/id"));
    }

    @Test
    void showsTheReviewerWhatWasGrantedBeforeAndWhatLessWouldLeave() throws Exception {
        String granted = submitted("a");
        server.perform(bulk(town.owner("a"), at(granted, 1)));
        server.perform(bulk(Town.OPERATOR, at(granted, 3)));
        server.perform(bulk(Town.BUREAU, at(granted, 4)))
                .andExpect(
                        jsonPath("$.items[0].state", oneOf("APPROVED", "DELIVERING", "DELIVERED")));
        String asked = submitted("a");
        String path = "/api/v1/applications/" + asked;
        server.perform(get(path + "/similar").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].id").value(granted))
                .andExpect(jsonPath("$.items[0].amounts.cpuMillis").value(8000));
        String cpu = "$.rows[?(@.resource == 'cpuMillis')].thisOrder";
        server.perform(get(path + "/outlook").with(as(Town.OPERATOR)))
                .andExpect(jsonPath(cpu).value(8000));
        server.perform(
                        get(path + "/outlook")
                                .queryParam("cut", "0:1:4:8:40")
                                .with(as(Town.OPERATOR)))
                .andExpect(jsonPath(cpu).value(4000));
        server.perform(
                        get(path + "/outlook")
                                .queryParam("cut", "0:3:4:8:40")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent());
        server.perform(get(path + "/outlook").queryParam("cut", "all").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.errors[0].pointer").value("/cut/0"));
    }
}

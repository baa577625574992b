package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** More quota for a unit, applied for by its staff and granted by the bureau. */
@ServerTest
class QuotaRaiseIT {

    private static final long GIB = 1L << 30;

    /** More than half of what the pool has of storage. */
    private static final int MOST = 4_600_000;

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private final String id = UUID.randomUUID().toString();
    private Town town;

    @BeforeEach
    void aTown() throws Exception {
        town = Town.registered(server, accounts);
    }

    @Test
    void whatTheBureauApprovesTheUnitIsPromisedAndMayHold() throws Exception {
        submit("a", id, 50, 0)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.items[0].kind").value("QUOTA"))
                .andExpect(jsonPath("$.amounts").isEmpty());
        approve(town.owner("a"), id, "{}").andExpect(status().isOk());
        server.perform(get("/api/v1/applications/" + id + "/outlook").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.raise", hasSize(1)))
                .andExpect(jsonPath("$.raise[0].resource").value("cpuMillis"))
                .andExpect(jsonPath("$.raise[0].ceiling").value(100_000))
                .andExpect(jsonPath("$.raise[0].ceilingAfter").value(150_000))
                .andExpect(jsonPath("$.raise[0].missing").value(0));
        approve(
                        Town.OPERATOR,
                        id,
                        """
                        {"cuts": [{"position": 0, "count": 1, "vcpu": 30, "memoryGib": 0, "storageGib": 0}]}
                        """)
                .andExpect(status().isOk());
        assertThat(limit("a", "cpuMillis", "ceiling")).isEqualTo(100_000);
        // What was handed in or reviewed by somebody is approved by another.
        approve(Town.OPERATOR, id, "{}").andExpect(status().isForbidden());
        approve(Town.BUREAU, id, "{}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state", oneOf("APPROVED", "DELIVERING", "DELIVERED")));

        assertThat(limit("a", "cpuMillis", "ceiling")).isEqualTo(130_000);
        assertThat(limit("a", "cpuMillis", "guaranteed")).isEqualTo(130_000);
        assertThat(limit("a", "memoryBytes", "ceiling")).isEqualTo(200 * GIB);
        server.perform(get("/api/v1/audit").queryParam("q", "quota.limit").with(as(Town.BUREAU)))
                .andExpect(
                        jsonPath(
                                "$.items[*].detail",
                                hasItem(number() + ": cpuMillis 100000/100000 → 130000/130000")));
    }

    @Test
    void whatTheLevelsAboveCannotPromiseIsNotTaken() throws Exception {
        submit("a", id, 0, 9_000_000)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(jsonPath("$.shortfalls[0].node.kind").value("POOL"))
                .andExpect(jsonPath("$.shortfalls[0].missing").isNotEmpty());
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
    }

    @Test
    void whoComesSecondForWhatIsLeftIsRefusedWithWhatIsShortAndNothingHasChanged()
            throws Exception {
        String other = UUID.randomUUID().toString();
        submit("a", id, 0, MOST).andExpect(status().isCreated());
        submit("b", other, 10, MOST).andExpect(status().isCreated());
        town.approve(server, "a", id);
        approve(town.owner("b"), other, "{}").andExpect(status().isOk());
        approve(Town.OPERATOR, other, "{}").andExpect(status().isOk());
        server.perform(get("/api/v1/applications/" + other + "/outlook").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.raise[1].missing").value(greaterThan(0L)));

        approve(Town.BUREAU, other, "{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(jsonPath("$.shortfalls[0].node.kind").value("POOL"));
        assertThat(limit("b", "cpuMillis", "ceiling")).isEqualTo(100_000);
        server.perform(get("/api/v1/applications/" + other).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.state").value("BUREAU_APPROVAL"));
    }

    @Test
    void moreOfNothingIsNoApplication() throws Exception {
        submit("a", id, 0, 0)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/items/0/cpu"));
    }

    private ResultActions submit(String unit, String application, int cpu, int storageGib)
            throws Exception {
        return server.perform(
                put("/api/v1/applications/" + application)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"system": "%s", "pool": "extranet-ordinary", "purpose": "扩容",
                                 "items": [{"kind": "QUOTA", "cpu": %d, "memoryGib": 0, "storageGib": %d,
                                            "storageClass": "ssd"}]}
                                """
                                        .formatted(town.system(server, unit), cpu, storageGib))
                        .with(as(town.staff(unit))));
    }

    private ResultActions approve(String login, String application, String json) throws Exception {
        String etag =
                server.perform(get("/api/v1/applications/" + application).with(as(login)))
                        .andReturn()
                        .getResponse()
                        .getHeader("ETag");
        return server.perform(
                post("/api/v1/applications/" + application + "/approvals")
                        .header("If-Match", String.valueOf(etag))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .with(as(login)));
    }

    private String number() throws Exception {
        return JsonPath.read(
                body(server.perform(get("/api/v1/applications/" + id).with(as(Town.BUREAU)))),
                "$.number");
    }

    /** Of the unit, in the pool. */
    private long limit(String unit, String resource, String which) throws Exception {
        String json =
                body(
                        server.perform(
                                get("/api/v1/systems/" + town.system(server, unit) + "/quota")
                                        .queryParam("pool", "extranet-ordinary")
                                        .with(as(Town.BUREAU))));
        List<Number> found =
                JsonPath.read(
                        json,
                        "$.path[?(@.node.kind == 'UNIT')].rows[?(@.resource == '%s')].%s"
                                .formatted(resource, which));
        return found.getFirst().longValue();
    }

    private static String body(ResultActions answer) throws Exception {
        return answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An earlier application is applied for again with what it is told to have asked for, as the
 * console does: under a new id, and as anything else that is handed in.
 */
@ServerTest
class ApplicationCopyIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private final String earlier = UUID.randomUUID().toString();
    private final String copy = UUID.randomUUID().toString();
    private Town town;
    private String host;

    /** Two hosts of three are granted, with a file and a load, and one that was there goes back. */
    @BeforeEach
    void wasGrantedOnce() throws Exception {
        town = Town.registered(server, accounts);
        String system = town.system(server, "a");
        String first = UUID.randomUUID().toString();
        submit(
                        first,
                        "a",
                        order(
                                system,
                                """
                                {"kind": "HOSTS", "count": 1, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                                 "storageClass": "ssd"}
                                """))
                .andExpect(status().isCreated());
        town.approve(server, "a", first);
        host = JsonPath.read(told("/api/v1/hosts?system=" + system), "$.items[0].id");

        server.perform(
                        put("/api/v1/drafts/" + earlier)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"purpose\": \"开学\"}")
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
        server.perform(
                        put("/api/v1/applications/" + earlier + "/attachments/" + UUID.randomUUID())
                                .queryParam("name", "测算.pdf")
                                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                                .content("%PDF-1.7".getBytes(ISO_8859_1))
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
        submit(
                        earlier,
                        "a",
                        order(
                                system,
                                """
                                {"kind": "HOSTS", "count": 3, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                                 "storageClass": "ssd", "userData": "#cloud-config\\npassword: x"},
                                {"kind": "RETURN", "host": "%s"}
                                """
                                        .formatted(host)))
                .andExpect(status().isCreated());
        approve(town.owner("a"), 1, "");
        approve(
                Town.OPERATOR,
                3,
                """
                {"position": 0, "count": 2, "vcpu": 2, "memoryGib": 4, "storageGib": 40}
                """);
        approve(Town.BUREAU, 4, "");
        Town.awaitDelivery(server, earlier);
    }

    @Test
    void asksForWhatWasAskedForAndHasNothingOfWhatWasDecided() throws Exception {
        var before = JSON.readTree(told("/api/v1/applications/" + earlier));
        assertThat(before.at("/items/0/count").asInt()).isEqualTo(2);
        var order = (ObjectNode) asked(before);
        assertThat(before.at("/requested/items/0/userData").isNull())
                .as("what may hold secrets is never told")
                .isTrue();
        // What was given back then cannot be given back again.
        var onlyNew = order.deepCopy();
        onlyNew.putArray("items").add(order.at("/items/0"));

        submit(copy, "a", onlyNew.toString()).andExpect(status().isCreated());
        var after = JSON.readTree(told("/api/v1/applications/" + copy));
        assertThat(after.at("/items/0/count").asInt()).isEqualTo(3);
        for (var same : List.of("/system", "/pool", "/purpose", "/expectedLoad", "/termMonths")) {
            assertThat(after.at(same)).as(same).isEqualTo(before.at(same));
        }
        assertThat(after.at("/number")).isNotEqualTo(before.at("/number"));
        assertThat(after.at("/state").asString()).isEqualTo("DEPT_REVIEW");
        assertThat(after.at("/requested").isNull()).isTrue();
        assertThat(after.at("/delivery").isNull()).isTrue();
        assertThat(after.at("/decidedBy").isNull()).isTrue();
        assertThat(after.at("/timeline").size()).isEqualTo(1);
        assertThat(after.at("/duties").size()).isEqualTo(1);
        assertThat(after.at("/duties/0/duty").asString()).isEqualTo("SUBMITTER");
        assertThat(files(copy)).isEmpty();
        assertThat(files(earlier)).containsExactly("测算.pdf");
        assertThat(JSON.readTree(told("/api/v1/applications/" + earlier)).at("/version"))
                .isEqualTo(before.at("/version"));
    }

    @Test
    void saysAtItsPlaceWhatIsNoLongerPossible() throws Exception {
        var order = asked(JSON.readTree(told("/api/v1/applications/" + earlier)));
        submit(copy, "a", order.toString())
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors.length()").value(1))
                .andExpect(jsonPath("$.errors[0].pointer").value("/items/1/host"))
                .andExpect(jsonPath("$.errors[0].code").value("HOST_GIVEN_BACK"))
                .andExpect(jsonPath("$.errors[0].detail").isNotEmpty());
        server.perform(get("/api/v1/applications/" + copy).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
    }

    @Test
    void isNothingThatAnotherUnitCanBeginWith() throws Exception {
        for (var path : List.of("", "/attachments", "/revisions")) {
            server.perform(get("/api/v1/applications/" + earlier + path).with(as(town.staff("b"))))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.code").value("APPLICATION_NOT_FOUND"));
        }
        var order = (ObjectNode) asked(JSON.readTree(told("/api/v1/applications/" + earlier)));
        submit(copy, "b", order.toString())
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("NO_SUCH_HOST"));
        var onlyNew = order.deepCopy();
        onlyNew.putArray("items").add(order.at("/items/0"));
        submit(copy, "b", onlyNew.toString())
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("SYSTEM_NOT_FOUND"));
    }

    /** What the form of a copy is filled with, and sends. */
    private static JsonNode asked(JsonNode application) {
        var requested = application.at("/requested/items");
        var order = JSON.createObjectNode();
        order.set("system", application.at("/system/id"));
        for (var member : List.of("pool", "purpose", "termMonths", "expectedLoad")) {
            order.set(member, application.path(member));
        }
        order.set("items", requested.isArray() ? requested : application.path("items"));
        return order;
    }

    private static String order(String system, String items) {
        return """
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学", "termMonths": 12,
         "expectedLoad": "每日 3 万人次", "items": [%s]}
        """
                .formatted(system, items);
    }

    private ResultActions submit(String id, String unit, String order) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(order)
                        .with(as(town.staff(unit))));
    }

    private void approve(String login, int version, String cuts) throws Exception {
        server.perform(
                        post("/api/v1/applications/" + earlier + "/approvals")
                                .header("If-Match", "\"" + version + "\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"cuts\": [" + cuts + "]}")
                                .with(as(login)))
                .andExpect(status().isOk());
    }

    private List<String> files(String application) throws Exception {
        return JsonPath.read(
                told("/api/v1/applications/" + application + "/attachments"), "$.items[*].name");
    }

    private String told(String path) throws Exception {
        return server.perform(get(path).with(as(town.staff("a"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What is counted beside processors, memory and storage, ordered for a namespace over HTTP. */
@ServerTest
class ExtrasIT {

    private static final String NODES = "/api/v1/quota/nodes/";
    private static final String ADDRESSES = "[?(@.resource == 'publicIps')]";

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

    /** Gives the unit so much of a resource, and the pool enough of it. */
    private void promise(String resource, int amount) throws Exception {
        String units =
                json(get("/api/v1/quota/units/" + town.unit(server, "a") + "/nodes"), "$.items[0]");
        String unit = JsonPath.read(units, "$.node.id");
        String pool = json(get(NODES + unit), "$.path[0].node.id");
        limit(pool, resource, 1000).andExpect(status().isOk());
        limit(unit, resource, amount).andExpect(status().isOk());
    }

    private ResultActions limit(String node, String resource, int amount) throws Exception {
        var found = server.perform(get(NODES + node).with(as(Town.OPERATOR))).andReturn();
        return server.perform(
                put(NODES + node + "/limits/" + UUID.randomUUID())
                        .header("If-Match", found.getResponse().getHeader("ETag"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"limits": {"%s": {"guaranteed": %d, "ceiling": %d}}}
                                """
                                        .formatted(resource, amount, amount))
                        .with(as(Town.OPERATOR)));
    }

    private String json(MockHttpServletRequestBuilder request, String path) throws Exception {
        String body =
                server.perform(request.with(as(Town.OPERATOR)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        Object found = JsonPath.read(body, path);
        return found instanceof String text ? text : JsonPath.parse(found).jsonString();
    }

    private String order(String room) {
        return """
        {"system": "%s", "pool": "extranet-ordinary", "purpose": "上云",
         "items": [{"kind": "NAMESPACE", "storageClass": "ssd", %s}]}
        """
                .formatted(system, room);
    }

    private ResultActions submit(String room) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(order(room))
                        .with(as(town.staff("a"))));
    }

    private ResultActions command(String name, int version, String login, String body)
            throws Exception {
        return server.perform(
                post("/api/v1/applications/" + id + "/" + name)
                        .header("If-Match", "\"" + version + "\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(as(login)));
    }

    @Test
    void areReservedCutAndGrantedAndTheUnitIsChargedForThem() throws Exception {
        promise("publicIps", 5);
        promise("gpus/a10", 4);
        submit(
                        """
                        "cpu": 4, "memoryGib": 8, "storageGib": 20,
                        "extras": {"publicIps": 3, "gpus/a10": 2}
                        """)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.items[0].extras.publicIps").value(3))
                .andExpect(jsonPath("$.amounts['gpus/a10']").value(2));
        outlook("")
                .andExpect(jsonPath("$.rows" + ADDRESSES + ".thisOrder").value(3))
                .andExpect(
                        jsonPath("$.path[?(@.node.kind == 'UNIT')].rows" + ADDRESSES + ".free")
                                .value(2));
        outlook("0:1:4:8:20:publicIps=1")
                .andExpect(jsonPath("$.rows" + ADDRESSES + ".thisOrder").value(1))
                .andExpect(jsonPath("$.rows[?(@.resource == 'gpus/a10')].thisOrder").value(0));
        outlook("0:1:4:8:20:-").andExpect(jsonPath("$.rows" + ADDRESSES + ".thisOrder").value(0));
        outlook("0:1:4:8:20:publicIps=4").andExpect(status().isUnprocessableContent());
        outlook("0:1:4:8:20:publicIps").andExpect(status().isUnprocessableContent());

        command("approvals", 1, town.owner("a"), "{}").andExpect(status().isOk());
        command("approvals", 3, Town.OPERATOR, cut("\"publicIps\": 4, \"gpus/a10\": 2"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("MORE_THAN_ASKED"));
        command("approvals", 3, Town.OPERATOR, cut("\"publicIps\": -1"))
                .andExpect(jsonPath("$.errors[0].pointer").value("/cuts/0/extras/publicIps"));
        command("approvals", 3, Town.OPERATOR, cut("\"publicIps\": 2, \"gpus/a10\": 2"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].extras.publicIps").value(2))
                .andExpect(jsonPath("$.requested.items[0].extras.publicIps").value(3));
        command("approvals", 4, Town.BUREAU, cut("\"publicIps\": 3"))
                .andExpect(jsonPath("$.errors[0].code").value("MORE_THAN_ASKED"));
        command("approvals", 4, Town.BUREAU, "{}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.delivery.lease.hard.publicIps").value(2))
                .andExpect(jsonPath("$.delivery.lease.hard['gpus/a10']").value(2))
                .andExpect(jsonPath("$.timeline[*].cuts[*].extras.publicIps", contains(2)));
        server.perform(
                        get("/api/v1/systems/" + system + "/quota")
                                .queryParam("pool", "extranet-ordinary")
                                .with(as(town.staff("a"))))
                .andExpect(
                        jsonPath("$.path[?(@.node.kind == 'UNIT')].rows" + ADDRESSES + ".free")
                                .value(3));
    }

    private static String cut(String extras) {
        return """
        {"cuts": [{"position": 0, "count": 1, "vcpu": 4, "memoryGib": 8, "storageGib": 20,
                   "extras": {%s}}]}
        """
                .formatted(extras);
    }

    private ResultActions outlook(String cut) throws Exception {
        var request = get("/api/v1/applications/" + id + "/outlook").with(as(Town.OPERATOR));
        return server.perform(cut.isEmpty() ? request : request.queryParam("cut", cut));
    }

    @Test
    void areRefusedWhereThereAreNoneWithWhatIsMissingAndHowManyWouldFit() throws Exception {
        promise("publicIps", 2);
        submit("\"cpu\": 1, \"memoryGib\": 1, \"storageGib\": 0, \"extras\": {\"publicIps\": 3}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(jsonPath("$.shortfalls.length()").value(1))
                .andExpect(jsonPath("$.shortfalls[0].resource").value("publicIps"))
                .andExpect(jsonPath("$.shortfalls[0].node.name").value(town.name("a")))
                .andExpect(jsonPath("$.shortfalls[0].missing").value(1))
                .andExpect(jsonPath("$.wayOut.items[0].cpu").value(1))
                .andExpect(jsonPath("$.wayOut.items[0].extras.publicIps").value(2));
        // Of what nobody has given the pool it has nothing.
        submit("\"cpu\": 1, \"memoryGib\": 1, \"storageGib\": 0, \"extras\": {\"gpus/t4\": 1}")
                .andExpect(status().isConflict())
                .andExpect(
                        jsonPath(
                                "$.shortfalls[?(@.node.kind == 'POOL')].resource",
                                contains("gpus/t4")))
                .andExpect(jsonPath("$.wayOut.items[0].extras").value((Object) null));
    }

    @Test
    void areOrderedByThemselvesTooAndARevisionShowsWhatItHasChanged() throws Exception {
        promise("publicIps", 5);
        submit(only("\"publicIps\": 1")).andExpect(status().isCreated());
        command("returns", 1, town.owner("a"), "{\"reason\": \"多要一个\"}").andExpect(status().isOk());
        command("submissions", 2, town.staff("a"), order(only("\"publicIps\": 2")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.amounts.publicIps").value(2));
        server.perform(get("/api/v1/applications/" + id + "/revisions").with(as(town.owner("a"))))
                .andExpect(jsonPath("$.items[*].items[0].extras.publicIps", contains(1, 2)));
    }

    private static String only(String extras) {
        return "\"cpu\": 0, \"memoryGib\": 0, \"storageGib\": 0, \"extras\": {%s}"
                .formatted(extras);
    }

    @Test
    void onlyWhatALeaseCanBeWrittenOfIsOrderedAndNothingIsNoOrder() throws Exception {
        submit(
                        only(
                                """
                                "licences": 1, "gpus/none": 1, "pods": 0, "cpuMillis": 1,
                                "storageBytes/ssd": 1, "Bad!": 1, "services": null
                                """))
                .andExpect(status().isUnprocessableContent())
                .andExpect(
                        jsonPath(
                                "$.errors[?(@.code == 'UNKNOWN_RESOURCE')].pointer",
                                containsInAnyOrder(
                                        "/items/0/extras/licences", "/items/0/extras/gpus~1none")))
                .andExpect(
                        jsonPath(
                                "$.errors[?(@.code == 'NOT_AN_EXTRA')].pointer",
                                containsInAnyOrder(
                                        "/items/0/extras/cpuMillis",
                                        "/items/0/extras/storageBytes~1ssd")))
                .andExpect(
                        jsonPath(
                                "$.errors[?(@.code == 'OUT_OF_RANGE')].pointer",
                                containsInAnyOrder(
                                        "/items/0/extras/pods", "/items/0/extras/services")))
                .andExpect(
                        jsonPath(
                                "$.errors[?(@.code == 'PATTERN')].pointer",
                                contains("/items/0/extras/Bad!")));
        submit(only(""))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/items/0/cpu"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                "kind": "HOSTS", "count": 1, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                "storageClass": "ssd"
                """,
                """
                "kind": "QUOTA", "cpu": 1, "storageClass": "ssd"
                """,
                """
                "kind": "NAMESPACE_RETURN", "cluster": "north", "whole": true
                """,
                """
                "kind": "RETURN", "host": "0199eeee-0000-7000-8000-000000000001"
                """,
                """
                "kind": "ZONE", "fromZone": "internet"
                """
            })
    void areRefusedAtTheirPlaceInAnItemThatHasNone(String item) throws Exception {
        submitItem(item + ", \"extras\": {\"publicIps\": 1}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(
                        jsonPath(
                                "$.errors[?(@.code == 'ONLY_OF_NAMESPACES')].pointer",
                                contains("/items/0/extras")));
        submitItem(item + ", \"extras\": {}")
                .andExpect(content().string(not(containsString("ONLY_OF_NAMESPACES"))));
    }

    private ResultActions submitItem(String item) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + id)
                        .queryParam("validateOnly", "true")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"system": "%s", "pool": "extranet-ordinary", "purpose": "上云",
                                 "items": [{%s}]}
                                """
                                        .formatted(system, item))
                        .with(as(town.staff("a"))));
    }

    @Test
    void theDatabaseRefusesToGrantMoreOfThemThanWasAskedFor() throws Exception {
        promise("publicIps", 5);
        submit(only("\"publicIps\": 2")).andExpect(status().isCreated());
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        update application_item set approved_count = 1,
                                            approved_vcpu = 0, approved_memory_gib = 0,
                                            approved_storage_gib = 0,
                                            approved_extras = '{"publicIps": 3}'
                                        where application = cast(? as uuid)
                                        """)
                                .param(id)
                                .update())
                .hasMessageContaining("approved_no_more");
    }
}

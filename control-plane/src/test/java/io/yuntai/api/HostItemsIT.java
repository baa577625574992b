package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

/**
 * Items about hosts that are there, by the API; their cluster is down, so they only wait for it.
 */
@ServerTest
class HostItemsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private final String id = UUID.randomUUID().toString();
    private Town town;
    private String system;
    private List<String> hosts;

    @BeforeEach
    void hostsThatStandStill() throws Exception {
        town = Town.registered(server, accounts, new Town().ofTwoPools());
        system = town.system(server, "a");
        var first = UUID.randomUUID().toString();
        submit(
                        first,
                        "extranet-ordinary",
                        """
                        {"kind": "HOSTS", "count": 4, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                         "storageClass": "ssd"}
                        """)
                .andExpect(status().isCreated());
        town.approve(server, "a", first);
        hosts =
                JsonPath.read(
                        body(
                                server.perform(
                                        get("/api/v1/hosts")
                                                .queryParam("system", system)
                                                .with(as(town.staff("a"))))),
                        "$.items[*].id");
        for (var host : hosts) {
            command(host, version(host), "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}");
            command(host, version(host), "{\"kind\":\"RESTORE\"}");
        }
    }

    @Test
    void whatIsToldOfAnItemCanBeHandedInAgain() throws Exception {
        String told =
                body(
                        submit(
                                        id,
                                        "extranet-ordinary",
                                        """
                                        {"kind": "HOSTS", "count": 1, "vcpu": 2, "memoryGib": 4,
                                         "diskGib": 40, "storageClass": "ssd"},
                                        {"kind": "DISK", "host": "%s", "diskGib": 10,
                                         "storageClass": "ssd"},
                                        {"kind": "RESIZE", "host": "%s", "vcpu": 4, "memoryGib": 8},
                                        {"kind": "RETURN", "host": "%s"},
                                        {"kind": "RENEWAL", "host": "%s", "months": 6},
                                        {"kind": "NAMESPACE", "cpu": 4, "memoryGib": 8, "storageGib": 10,
                                         "storageClass": "ssd"}
                                        """
                                                .formatted(
                                                        hosts.get(3),
                                                        hosts.get(0),
                                                        hosts.get(1),
                                                        hosts.get(2)))
                                .andExpect(status().isCreated()));
        assertHandedInAgain(told, "extranet-ordinary");
    }

    @Test
    void whatBecameOfEachItemIsToldWhereNothingNewIsMadeToo() throws Exception {
        submit(
                        id,
                        "extranet-ordinary",
                        """
                        {"kind": "RETURN", "host": "%s"},
                        {"kind": "RETURN", "host": "%s"}
                        """
                                .formatted(hosts.get(0), hosts.get(1)))
                .andExpect(status().isCreated());
        town.approve(server, "a", id);
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.delivery.cluster").value((Object) null))
                .andExpect(jsonPath("$.delivery.lease").value((Object) null))
                .andExpect(jsonPath("$.delivery.items.length()").value(2))
                .andExpect(jsonPath("$.delivery.items[0].host.id").value(hosts.get(0)))
                .andExpect(jsonPath("$.delivery.items[1].position").value(1))
                .andExpect(jsonPath("$.delivery.items[1].kind").value("RETURN"))
                .andExpect(jsonPath("$.delivery.items[1].host.id").value(hosts.get(1)))
                .andExpect(jsonPath("$.delivery.items[1].state").value("PENDING"))
                .andExpect(jsonPath("$.delivery.items[1].missing").value(1));
    }

    @Test
    void aReviewLeavesOutAnItemOfAnyKind() throws Exception {
        submit(
                        id,
                        "extranet-ordinary",
                        """
                        {"kind": "RESIZE", "host": "%s", "vcpu": 4, "memoryGib": 8},
                        {"kind": "RETURN", "host": "%s"},
                        {"kind": "RENEWAL", "host": "%s", "months": 6},
                        {"kind": "DISK", "host": "%s", "diskGib": 10, "storageClass": "ssd"},
                        {"kind": "NAMESPACE", "cpu": 4, "memoryGib": 8, "storageGib": 10,
                         "storageClass": "ssd"}
                        """
                                .formatted(hosts.toArray()))
                .andExpect(status().isCreated());
        approve(1, town.owner("a"), "{\"position\": 0, \"count\": 0}")
                .andExpect(status().isForbidden());
        approve(1, town.owner("a"), "").andExpect(status().isOk());
        approve(3, Town.OPERATOR, "{\"position\": 4, \"count\": 2}")
                .andExpect(jsonPath("$.errors[*].code", hasItem("REQUIRED")));
        approve(
                        3,
                        Town.OPERATOR,
                        """
                        {"position": 0, "count": 0},
                        {"position": 1, "count": 0, "vcpu": 0, "memoryGib": 0, "storageGib": 0},
                        {"position": 2, "count": 1, "vcpu": 0, "memoryGib": 0, "storageGib": 0},
                        {"position": 3, "count": 0}
                        """)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].kind", contains("RENEWAL", "NAMESPACE")))
                .andExpect(jsonPath("$.amounts.cpuMillis").value(4000))
                .andExpect(jsonPath("$.requested.items.length()").value(5));
        approve(4, Town.BUREAU, "{\"position\": 2, \"count\": 0}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].kind", contains("NAMESPACE")));
    }

    @Test
    void hostsAreFoundByWhatAnApplicationCanAskOfThem() throws Exception {
        assertThat(found("RESIZE", "extranet-ordinary")).isEqualTo(hosts);
        assertThat(found("RESIZE", "extranet-domestic")).isEmpty();
        assertThat(found("RETURN", "extranet-ordinary")).isEqualTo(hosts);
        // Into the pool of the application, and out of it nothing.
        assertThat(found("MOVE", "extranet-domestic")).isEqualTo(hosts);
        assertThat(found("MOVE", "extranet-ordinary")).isEmpty();
        // None of them was confirmed, so no term of theirs has begun.
        assertThat(found("RENEWAL", "extranet-ordinary")).isEmpty();
        jdbc.sql(
                        """
                        update host set delivered_at = :at, confirmed_at = :at,
                            ends_at = :at + interval '1 year'
                        where id = cast(:id as uuid)
                        """)
                .param("at", OffsetDateTime.parse("2026-11-01T00:00:00Z"))
                .param("id", hosts.get(1))
                .update();
        assertThat(found("RENEWAL", "extranet-ordinary")).containsExactly(hosts.get(1));
        jdbc.sql(
                        """
                        insert into host_disk (host, position, bytes, storage_class)
                        select cast(? as uuid), n, 1024 * 1024 * 1024, 'ssd' from generate_series(1, 15) n
                        """)
                .param(hosts.get(2))
                .update();
        assertThat(found("DISK", "extranet-ordinary"))
                .containsExactly(hosts.get(0), hosts.get(1), hosts.get(3));
        command(hosts.get(3), version(hosts.get(3)), "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}");
        for (var change : List.of("RESIZE", "RETURN")) {
            assertThat(found(change, "extranet-ordinary")).doesNotContain(hosts.get(3)).hasSize(3);
        }
        assertThat(found("MOVE", "extranet-domestic")).doesNotContain(hosts.get(3)).hasSize(3);
        submit(id, "extranet-domestic", move(hosts.getFirst())).andExpect(status().isCreated());
        town.approve(server, "a", id);
        assertThat(found("MOVE", "extranet-domestic")).doesNotContain(hosts.getFirst());
        server.perform(get("/api/v1/hosts").queryParam("change", "LIFT").with(as(town.staff("a"))))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/change"));
    }

    private List<String> found(String change, String pool) throws Exception {
        return JsonPath.read(
                body(
                        server.perform(
                                get("/api/v1/hosts")
                                        .queryParam("system", system)
                                        .queryParam("change", change)
                                        .queryParam("pool", pool)
                                        .with(as(town.staff("a"))))),
                "$.items[*].id");
    }

    private ResultActions approve(int version, String login, String cuts) throws Exception {
        return server.perform(
                post("/api/v1/applications/" + id + "/approvals")
                        .header("If-Match", "\"" + version + "\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"cuts\": [" + cuts + "]}")
                        .with(as(login)));
    }

    @Test
    void aHostMovesAsItIsAndIsToldWithWhereItIs() throws Exception {
        var disk = UUID.randomUUID().toString();
        submit(
                        disk,
                        "extranet-ordinary",
                        """
                        {"kind": "DISK", "host": "%s", "diskGib": 10, "storageClass": "ssd"}
                        """
                                .formatted(hosts.getFirst()))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.amounts['storageBytes/ssd']").value(10L << 30));
        town.approve(server, "a", disk);
        String told =
                body(
                        submit(id, "extranet-domestic", move(hosts.getFirst()))
                                .andExpect(status().isCreated())
                                .andExpect(jsonPath("$.items[0].kind").value("MOVE"))
                                .andExpect(
                                        jsonPath("$.items[0].fromPool").value("extranet-ordinary"))
                                .andExpect(jsonPath("$.items[0].vcpu").value(2))
                                .andExpect(jsonPath("$.items[0].diskGib").value(40))
                                .andExpect(
                                        jsonPath("$.items[0].disks[0].storageClass").value("ssd"))
                                .andExpect(jsonPath("$.amounts.hosts").value(1))
                                .andExpect(jsonPath("$.amounts.cpuMillis").value(2000))
                                .andExpect(
                                        jsonPath("$.amounts['storageBytes/ssd']")
                                                .value(50L << 30)));
        assertHandedInAgain(told, "extranet-domestic");
        town.approve(server, "a", id);
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.delivery.hosts.length()").value(1));
        server.perform(get("/api/v1/hosts/" + hosts.getFirst()).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.life").value("CHANGING"));
    }

    @Test
    void aUnitMakesNothingLargerByCommand() throws Exception {
        int before = version(hosts.getFirst());
        for (var larger :
                List.of(
                        "{\"kind\":\"RESIZE\",\"vcpu\":128,\"memoryGib\":4}",
                        "{\"kind\":\"ADD_DISK\",\"diskGib\":10,\"storageClass\":\"ssd\"}")) {
            say(hosts.getFirst(), before, larger)
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.code").value("APPLICATION_REQUIRED"))
                    .andExpect(jsonPath("$.detail").isNotEmpty());
        }
        server.perform(get("/api/v1/hosts/" + hosts.getFirst()).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.version").value(before))
                .andExpect(jsonPath("$.commands", hasItem("RESIZE")))
                .andExpect(jsonPath("$.commands", not(hasItem("ADD_DISK"))));
        command(hosts.getFirst(), before, "{\"kind\":\"RESIZE\",\"vcpu\":1,\"memoryGib\":4}");
    }

    @Test
    void whatCannotMoveIsRefusedAtItsPlace() throws Exception {
        submit(id, "extranet-ordinary", move(hosts.getFirst()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/items/0/host"))
                .andExpect(jsonPath("$.errors[0].code").value("SAME_POOL"));
        submit(id, "extranet-domestic", move(UUID.randomUUID().toString()))
                .andExpect(jsonPath("$.errors[0].code").value("NO_SUCH_HOST"));
        command(
                hosts.getFirst(),
                version(hosts.getFirst()),
                "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}");
        submit(id, "extranet-domestic", move(hosts.getFirst()))
                .andExpect(jsonPath("$.errors[*].code", hasItem("NOT_MOVABLE")));
        submit(id, "extranet-domestic", move(hosts.get(1)) + "," + move(hosts.get(1)))
                .andExpect(jsonPath("$.errors[0].code").value("DUPLICATE"));
    }

    private static String move(String host) {
        return "{\"kind\": \"MOVE\", \"host\": \"%s\"}".formatted(host);
    }

    /** Returned, and handed in with the items just as they are told. */
    private void assertHandedInAgain(String told, String pool) throws Exception {
        server.perform(
                        post("/api/v1/applications/" + id + "/returns")
                                .header("If-Match", "\"1\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"请说明\"}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isOk());
        var items = JSON.readTree(told).path("items");
        var again =
                body(
                        server.perform(
                                        post("/api/v1/applications/" + id + "/submissions")
                                                .header("If-Match", "\"2\"")
                                                .contentType(MediaType.APPLICATION_JSON)
                                                .content(order(pool, items.toString()))
                                                .with(as(town.staff("a"))))
                                .andExpect(status().isOk())
                                .andExpect(jsonPath("$.revision").value(2)));
        assertThat(JSON.readTree(again).path("items")).isEqualTo(items);
    }

    private ResultActions submit(String application, String pool, String items) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + application)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(order(pool, "[" + items + "]"))
                        .with(as(town.staff("a"))));
    }

    private String order(String pool, String items) {
        boolean makesHosts = items.contains("HOSTS") || items.contains("MOVE");
        return """
        {"system": "%s", "pool": "%s", "purpose": "测试", %s "items": %s}
        """
                .formatted(system, pool, makesHosts ? "\"termMonths\": 12," : "", items);
    }

    private int version(String host) throws Exception {
        return JsonPath.read(
                body(server.perform(get("/api/v1/hosts/" + host).with(as(town.staff("a"))))),
                "$.version");
    }

    private void command(String host, int version, String json) throws Exception {
        say(host, version, json).andExpect(status().isOk());
    }

    private ResultActions say(String host, int version, String json) throws Exception {
        return server.perform(
                put("/api/v1/hosts/" + host + "/commands/" + UUID.randomUUID())
                        .header("If-Match", "\"" + version + "\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .with(as(town.staff("a"))));
    }

    private static String body(ResultActions answer) throws Exception {
        return answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
    }
}

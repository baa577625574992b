package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Hosts by the API; their cluster is down, so they only ever wait for it. */
@ServerTest
class HostIT {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl z@city";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private Town town;
    private String system;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
    }

    @Test
    void isMadeOfASizeAndAnImageOfTheCatalogue() throws Exception {
        String code = "g" + UUID.randomUUID().toString().substring(0, 8);
        size(Town.OPERATOR, code, 0, false).andExpect(status().isOk());
        size(Town.OPERATOR, code, 0, false).andExpect(jsonPath("$.ref.version").value(1));
        image(code).andExpect(status().isOk());
        submit(UUID.randomUUID(), item(code, 100, "#cloud-config\nruncmd: [ls]\n", KEY))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.items[0].vcpu").value(2))
                .andExpect(jsonPath("$.items[0].size").value(code))
                .andExpect(jsonPath("$.items[0].userData").value((Object) null));
        size(Town.OPERATOR, code, 1, true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ref.version").value(2));
        submit(UUID.randomUUID(), item(code, 10, "", KEY))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[*].code", hasItem("RETIRED")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/items/0/diskGib")));
        size(Town.OPERATOR, code, 1, false).andExpect(status().isPreconditionFailed());
        size(town.staff("a"), code, 2, false).andExpect(status().isForbidden());
    }

    @Test
    void badInputIsToldAtItsPlaceAndNothingIsDone() throws Exception {
        String long1 = "#cloud-config\\n# " + "a".repeat(1_000_000);
        var id = UUID.randomUUID();
        submit(id, item("none", 100, long1, "ssh-ed25519 AAAA"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[*].code", hasItem("USER_DATA_TOO_LARGE")))
                .andExpect(jsonPath("$.errors[*].code", hasItem("NOT_SSH_KEY")))
                .andExpect(jsonPath("$.errors[*].code", hasItem("UNKNOWN_SIZE")))
                .andExpect(jsonPath("$.errors[*].code", hasItem("UNKNOWN_IMAGE")));
        submit(id, item("none", 100, "#cloud-config\\na: [", KEY))
                .andExpect(jsonPath("$.errors[*].code", hasItem("NOT_YAML")));
        submit(id, item("none", 100, "#!/bin/sh", KEY))
                .andExpect(jsonPath("$.errors[*].code", hasItem("NOT_CLOUD_CONFIG")));
        server.perform(
                        put("/api/v1/catalogue/sizes/x")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        "{\"version\":0,\"retired\":false,\"vcpu\":2,\"memoryGib\":4,\"name\":\""
                                                + "云".repeat(200)
                                                + "\"}")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/name"))
                .andExpect(jsonPath("$.errors[0].code").value("TOO_LONG"));
        server.perform(
                        put("/api/v1/catalogue/sizes/x")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        "{\"version\":0,\"retired\":false,\"vcpu\":2,\"memoryGib\":4,"
                                                + "\"name\":\"图形\",\"gpus\":1,\"gpuModel\":\"unheard\"}")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/gpuModel"))
                .andExpect(jsonPath("$.errors[0].code").value("UNKNOWN_RESOURCE"));
        server.perform(get("/api/v1/applications/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
    }

    private ResultActions proposed(String host, String login) throws Exception {
        return server.perform(
                put("/api/v1/hosts/" + host + "/destruction-proposals/" + UUID.randomUUID())
                        .header("If-Match", "\"2\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\":\"到期\"}")
                        .with(as(login)));
    }

    @Test
    void isOperatedByItsUnitAndByNobodyElse() throws Exception {
        String host = host();
        command(town.staff("b"), host, 1, "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}")
                .andExpect(status().isNotFound());
        command(Town.BUREAU, host, 1, "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}")
                .andExpect(status().isForbidden());
        command(town.staff("a"), host, 1, "{\"kind\":\"RECYCLE\"}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/reason"));
        command(town.staff("a"), host, 1, "{\"kind\":\"RECYCLE\",\"reason\":\"不用了\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.life").value("RECYCLE_BIN"))
                .andExpect(jsonPath("$.commands", contains("RESTORE")));
        command(town.staff("a"), host, 1, "{\"kind\":\"RESTORE\"}")
                .andExpect(status().isPreconditionFailed());
        server.perform(
                        put("/api/v1/hosts/" + host + "/destructions/" + UUID.randomUUID())
                                .header("If-Match", "\"2\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\":\"到期\"}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isForbidden());
        proposed(host, town.owner("a")).andExpect(status().isForbidden());
        proposed(host, Town.OPERATOR)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("STILL_RESTORABLE"));
        server.perform(get("/api/v1/hosts/" + host + "/steps").with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[0].command").value("RECYCLE"))
                .andExpect(jsonPath("$.items[0].by.name").value("张三"))
                .andExpect(jsonPath("$.items[0].note").value("不用了"));
        server.perform(get("/api/v1/hosts/" + host + "/certificate").with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
        server.perform(
                        get("/api/v1/hosts")
                                .queryParam("life", "RECYCLE_BIN")
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.total").value(1));
        server.perform(
                        get("/api/v1/hosts")
                                .queryParam("phase", "RECYCLE_BIN")
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].phase").value("RECYCLE_BIN"));
        server.perform(
                        get("/api/v1/hosts")
                                .queryParam("phase", "EXPIRING")
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.total").value(0));
        server.perform(get("/api/v1/audit").queryParam("q", host).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", hasItem("host.recycle")));
    }

    @Test
    void tellsItsUnitOfEachChangeAndNobodyElse() throws Exception {
        String host = host();
        var mine = listen(town.staff("a"));
        var others = listen(town.staff("b"));
        command(town.staff("a"), host, 1, "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}")
                .andExpect(status().isOk());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> mine.getResponse().getContentAsString().contains(host));
        assertThat(mine.getResponse().getContentAsString()).contains("event:host", "id:");
        assertThat(others.getResponse().getContentAsString()).doesNotContain(host);
        // Whoever comes back with what he has seen last is told what he has missed.
        String first = mine.getResponse().getContentAsString();
        String last =
                first.substring(
                        first.indexOf("id:") + 3, first.indexOf('\n', first.indexOf("id:")));
        command(town.staff("a"), host, 2, "{\"kind\":\"RESTORE\"}").andExpect(status().isOk());
        var again =
                server.perform(
                                get("/api/v1/events")
                                        .header("Last-Event-ID", last)
                                        .with(as(town.staff("a"))))
                        .andExpect(request().asyncStarted())
                        .andReturn();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> again.getResponse().getContentAsString().contains(host));
    }

    private org.springframework.test.web.servlet.MvcResult listen(String login) throws Exception {
        return server.perform(get("/api/v1/events").with(as(login)))
                .andExpect(status().isOk())
                .andExpect(request().asyncStarted())
                .andReturn();
    }

    private ResultActions command(String login, String host, int version, String json)
            throws Exception {
        return server.perform(
                put("/api/v1/hosts/" + host + "/commands/" + UUID.randomUUID())
                        .header("If-Match", "\"" + version + "\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .with(as(login)));
    }

    /** One that was granted to the first unit. */
    private String host() throws Exception {
        var id = UUID.randomUUID();
        submit(
                        id,
                        """
                        {"kind": "HOSTS", "count": 1, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                         "storageClass": "ssd"}
                        """)
                .andExpect(status().isCreated());
        town.approve(server, "a", id.toString());
        String json =
                server.perform(
                                get("/api/v1/hosts")
                                        .queryParam("system", system)
                                        .with(as(town.staff("a"))))
                        .andExpect(jsonPath("$.items[0].life").value("PROVISIONING"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        return JsonPath.read(json, "$.items[0].id");
    }

    private ResultActions submit(UUID id, String item) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"system": "%s", "pool": "extranet-ordinary", "purpose": "测试",
                                 "termMonths": 12, "items": [%s]}
                                """
                                        .formatted(system, item))
                        .with(as(town.staff("a"))));
    }

    private static String item(String code, int diskGib, String userData, String key) {
        return """
        {"kind": "HOSTS", "count": 1, "diskGib": %d, "storageClass": "ssd", "size": "%s",
         "image": "%s", "userData": "%s", "sshKeys": ["%s"]}
        """
                .formatted(diskGib, code, code, userData.replace("\n", "\\n"), key);
    }

    private ResultActions size(String login, String code, int version, boolean retired)
            throws Exception {
        return server.perform(
                put("/api/v1/catalogue/sizes/" + code)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"version": %d, "name": "通用 2 核", "vcpu": 2, "memoryGib": 4,
                                 "retired": %s}
                                """
                                        .formatted(version, retired))
                        .with(as(login)));
    }

    private ResultActions image(String code) throws Exception {
        return server.perform(
                put("/api/v1/catalogue/images/" + code)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"version": 0, "name": "openEuler", "os": "openEuler 24.03",
                                 "family": "LINUX", "source": "REGISTRY", "minimumDiskGib": 40,
                                 "location": "registry.city.gov.cn/openeuler:24.03", "retired": false}
                                """)
                        .with(as(Town.OPERATOR)));
    }

    @Test
    void manyAreStartedAtOnceAndEachSaysWhatBecameOfIt() throws Exception {
        String host = host();
        server.perform(
                        put("/api/v1/host-starts/" + UUID.randomUUID())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"hosts\":[\"" + host + "\"]}")
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].code").value(containsString("ILLEGAL")));
        command(town.staff("a"), host, 1, "{\"kind\":\"RECYCLE\",\"reason\":\"x\"}");
        command(town.staff("a"), host, 2, "{\"kind\":\"RESTORE\"}");
        server.perform(
                        put("/api/v1/host-starts/" + UUID.randomUUID())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"hosts\":[\"" + host + "\"]}")
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[0].code").value((Object) null));
        server.perform(get("/api/v1/hosts/" + host).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.life").value("CHANGING"));
    }
}

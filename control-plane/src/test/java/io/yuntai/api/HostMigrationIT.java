package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
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

/**
 * Live migrations by the API. The clusters are down, so that each stays as it was ordered; that a
 * host runs, which only they could say, is written.
 */
@ServerTest
class HostMigrationIT {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-09-20T01:02:03Z");

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private Town town;
    private String host = "";

    @BeforeEach
    void aHostThatRuns() throws Exception {
        town = Town.registered(server, accounts);
        host = host("a");
    }

    @Test
    void isOrderedByThePlatformAndByNoUnit() throws Exception {
        var id = UUID.randomUUID();
        order(town.staff("a"), host, id, false).andExpect(status().isForbidden());
        order(town.owner("a"), host, id, false).andExpect(status().isForbidden());
        order(Town.BUREAU, host, id, false).andExpect(status().isForbidden());
        order(Town.OPERATOR, UUID.randomUUID().toString(), id, false)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("HOST_NOT_FOUND"));
        order(Town.OPERATOR, host, id, true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("CLOSING"));
        all(Town.OPERATOR, "q", name()).andExpect(jsonPath("$.total").value(0));
        order(Town.OPERATOR, host, id, false)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.surge.cpuMillis").value(2000))
                .andExpect(jsonPath("$.from").value((Object) null));
        order(Town.OPERATOR, host, id, false)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(id.toString()));
        order(Town.OPERATOR, host, UUID.randomUUID(), false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("MIGRATION_UNDER_WAY"));
        server.perform(get("/api/v1/audit").queryParam("q", host).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", contains("host.migrate")));
    }

    @Test
    void isSeenByTheUnitWhoseHostItIsAndByNoOther() throws Exception {
        var id = UUID.randomUUID();
        order(Town.OPERATOR, host, id, false).andExpect(status().isOk());
        for (var login : List.of(town.staff("a"), Town.OPERATOR)) {
            of(login)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.items[0].id").value(id.toString()));
            all(login, "q", name())
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(jsonPath("$.items[0].host.id").value(host))
                    .andExpect(jsonPath("$.items[0].system.name").isNotEmpty())
                    .andExpect(jsonPath("$.items[0].cluster").isNotEmpty())
                    .andExpect(jsonPath("$.items[0].namespace").isNotEmpty())
                    .andExpect(jsonPath("$.items[0].state").value("CLOSING"))
                    .andExpect(jsonPath("$.items[0].charged").value(false))
                    .andExpect(jsonPath("$.items[0].surge.cpuMillis").value(2000))
                    .andExpect(jsonPath("$.items[0].since").isNotEmpty());
        }
        of(town.staff("b"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("HOST_NOT_FOUND"));
        all(town.staff("b"), "q", name()).andExpect(jsonPath("$.total").value(0));
        server.perform(get("/api/v1/migrations")).andExpect(status().isUnauthorized());
    }

    @Test
    void areFilteredSortedAndPaged() throws Exception {
        var first = UUID.randomUUID();
        order(Town.OPERATOR, host, first, false).andExpect(status().isOk());
        // As its cluster would have told.
        jdbc.sql(
                        """
                        update host_migration set state = 'ENDED', gate = '', reason = 'Succeeded',
                            source_node = 'node-7', target_node = 'node-9' where id = ?
                        """)
                .param(first)
                .update();
        var second = UUID.randomUUID();
        order(Town.OPERATOR, host, second, false).andExpect(status().isOk());
        String staff = town.staff("a");
        all(staff, "limit", "1")
                .andExpect(jsonPath("$.items[*].id", contains(second.toString())))
                .andExpect(jsonPath("$.next").isNotEmpty());
        all(staff, "sort", "orderedAt")
                .andExpect(
                        jsonPath("$.items[*].id", contains(first.toString(), second.toString())));
        all(staff, "underWay", "true")
                .andExpect(jsonPath("$.items[*].id", contains(second.toString())));
        all(staff, "state", "ENDED")
                .andExpect(jsonPath("$.items[*].id", contains(first.toString())))
                .andExpect(jsonPath("$.items[0].from").value("node-7"))
                .andExpect(jsonPath("$.items[0].to").value("node-9"))
                .andExpect(jsonPath("$.items[0].reason").value("Succeeded"));
        all(staff, "q", "node-9").andExpect(jsonPath("$.total").value(1));
        all(staff, "cluster", "nowhere").andExpect(jsonPath("$.items", hasSize(0)));
        all(staff, "sort", "reason")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/sort"));
        all(staff, "state", "LOST").andExpect(status().is4xxClientError());
    }

    private ResultActions order(String login, String of, UUID id, boolean trial) throws Exception {
        return server.perform(
                put("/api/v1/hosts/" + of + "/migrations/" + id)
                        .queryParam("validateOnly", String.valueOf(trial))
                        .with(as(login)));
    }

    private ResultActions of(String login) throws Exception {
        return server.perform(get("/api/v1/hosts/" + host + "/migrations").with(as(login)));
    }

    private ResultActions all(String login, String param, String value) throws Exception {
        return server.perform(get("/api/v1/migrations").queryParam(param, value).with(as(login)));
    }

    private String name() {
        return jdbc.sql("select name from host where id = ?")
                .param(UUID.fromString(host))
                .query(String.class)
                .single();
    }

    /** One that was granted to a unit. */
    private String host(String of) throws Exception {
        String system = town.system(server, of);
        var id = UUID.randomUUID();
        server.perform(
                        put("/api/v1/applications/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"system": "%s", "pool": "extranet-ordinary", "purpose": "测试",
                                         "termMonths": 12, "items": [{"kind": "HOSTS", "count": 1,
                                         "vcpu": 2, "memoryGib": 4, "diskGib": 40,
                                         "storageClass": "ssd"}]}
                                        """
                                                .formatted(system))
                                .with(as(town.staff(of))))
                .andExpect(status().isCreated());
        town.approve(server, of, id.toString());
        Town.awaitDelivery(server, id.toString());
        String json =
                server.perform(
                                get("/api/v1/hosts")
                                        .queryParam("system", system)
                                        .with(as(town.staff(of))))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        String granted = JsonPath.read(json, "$.items[0].id");
        jdbc.sql(
                        """
                        update host set state = 'RUNNING', life = 'TRIAL', delivered_at = ?
                        where id = ?
                        """)
                .params(AT, UUID.fromString(granted))
                .update();
        return granted;
    }
}

package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServerTest
class NamespaceIT {

    private static final Instant AT = Instant.parse("2026-09-20T01:02:03Z");

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private Namespaces namespaces;
    @Autowired private Drifts drifts;
    @Autowired private Leases leases;

    private Town town;
    private String system = "";
    private LeaseId lease = new LeaseId("north", "none");

    @BeforeEach
    void aSystemWithANamespace() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
        lease = new LeaseId("north", new NamespaceName(town.code("a") + "-extranet-o").value());
        jdbc.sql(
                        """
                        insert into lease (cluster, namespace, system, pool, epoch, enforced_epoch)
                        values (?, ?, ?, 'extranet-ordinary', 0, 0)
                        """)
                .params(lease.cluster(), lease.namespace(), UUID.fromString(system))
                .update();
    }

    private String path() {
        return "/api/v1/systems/" + system + "/namespaces";
    }

    private ResultActions grant(String login, String grants, String query) throws Exception {
        return grants(
                login,
                "extranet-ordinary",
                query,
                "{\"grants\": [%s], \"reason\": \"对外门户\"}".formatted(grants));
    }

    private ResultActions grants(String login, String pool, String query, String body)
            throws Exception {
        return server.perform(
                put(path() + "/" + pool + "/grants" + query)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(as(login)));
    }

    @Test
    void aSystemsNamespacesAreShownWithWhatStandsInTheirWay() throws Exception {
        namespaces.refused(lease, "admission webhook \"x\" denied the request");
        server.perform(get(path()).with(as(town.staff("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].cluster").value("north"))
                .andExpect(jsonPath("$.items[0].namespace").value(lease.namespace()))
                .andExpect(jsonPath("$.items[0].enforced").value(false))
                .andExpect(
                        jsonPath("$.items[0].reason")
                                .value("admission webhook \"x\" denied the request"));
        namespaces.accepted(lease);
        server.perform(get(path()).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[0].reason").value((Object) null));
        server.perform(get(path()).with(as(town.staff("b"))))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("SYSTEM_NOT_FOUND"));
    }

    @Test
    void grantsAreGivenAndTakenBackTogetherWithAReason() throws Exception {
        grant(Town.OPERATOR, "\"node-ports\"", "?validateOnly=true")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].grants", contains("node-ports")));
        server.perform(get(path()).with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[0].grants", empty()));
        grant(Town.OPERATOR, "\"node-ports\", \"external-ips\"", "").andExpect(status().isOk());
        grant(Town.OPERATOR, "\"node-ports\", \"external-ips\"", "")
                .andExpect(jsonPath("$.items[0].grants", contains("external-ips", "node-ports")));
        grant(Town.OPERATOR, "\"load-balancers\", \"external-ips\"", "")
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.items[0].grants", contains("external-ips", "load-balancers")));
        server.perform(get("/api/v1/audit").queryParam("q", system).with(as(Town.BUREAU)))
                .andExpect(
                        jsonPath(
                                "$.items[*].action",
                                containsInAnyOrder(
                                        "namespace.revoke",
                                        "namespace.grant",
                                        "namespace.grant",
                                        "namespace.grant")))
                .andExpect(jsonPath("$.items[*].detail", everyItem(endsWith(": 对外门户"))));
    }

    @Test
    void whatIsWrongWithGrantsIsSaidAndNoneOfThemIsGiven() throws Exception {
        grant(Town.OPERATOR, "\"node-ports\", \"everything\"", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/grants/1"));
        grants(
                        Town.OPERATOR,
                        "extranet-domestic",
                        "",
                        "{\"grants\": [\"node-ports\"], \"reason\": \"x\"}")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("NAMESPACE_NOT_FOUND"));
        for (String reason : List.of("", ", \"reason\": \" \"", ", \"reason\": \"a\\u0000b\"")) {
            grants(Town.OPERATOR, "extranet-ordinary", "", "{\"grants\": []" + reason + "}")
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/reason"));
        }
        grant(town.owner("a"), "\"node-ports\"", "").andExpect(status().isForbidden());
        server.perform(get(path()).with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[0].grants", empty()));
    }

    @Test
    void whatWasPutRightOfALeaseIsFoundByItsCluster() throws Exception {
        var edited =
                new LeaseRepair(LeaseRepair.Kind.EDITED, "{cpuMillis=9000}", "{}", "uid@" + system);
        for (int server = 1; server <= 2; server++) {
            leases.repairing(lease, edited, AT);
            leases.repaired(lease, edited, AT);
        }
        var removed = new LeaseRepair(LeaseRepair.Kind.SECOND_QUOTA, "second", "-", system);
        leases.repairing(lease, removed, AT);
        leases.repaired(lease, removed, AT);
        leases.repaired(lease, removed, AT);
        drifts(town.staff("a"), "north")
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].action").value("REMOVED"))
                .andExpect(jsonPath("$.items[0].before").value("second"))
                .andExpect(jsonPath("$.items[1].kind").value("ResourceQuota"))
                .andExpect(jsonPath("$.items[1].cluster").value("north"))
                .andExpect(jsonPath("$.items[1].field").value("/spec/hard"))
                .andExpect(jsonPath("$.items[1].before").value("{cpuMillis=9000}"))
                .andExpect(jsonPath("$.items[1].after").value("{}"))
                .andExpect(jsonPath("$.items[1].action").value("REPAIRED"));
        drifts(Town.OPERATOR, "south").andExpect(jsonPath("$.total").value(0));
        drifts(town.staff("b"), "north").andExpect(jsonPath("$.total").value(0));
    }

    private ResultActions drifts(String login, String cluster) throws Exception {
        return server.perform(
                get("/api/v1/drifts")
                        .queryParam("cluster", cluster)
                        .queryParam("system", system)
                        .with(as(login)));
    }

    @Test
    void driftsAreSeenByThoseWhoSeeTheSystem() throws Exception {
        drifts.record(
                List.of(
                        new Drift(
                                AT,
                                lease,
                                "NetworkPolicy",
                                "yuntai",
                                "",
                                "-",
                                "yuntai",
                                Drift.Action.REMADE)));
        for (var login : List.of(town.staff("a"), Town.OPERATOR)) {
            server.perform(get("/api/v1/drifts").queryParam("system", system).with(as(login)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(jsonPath("$.items[0].kind").value("NetworkPolicy"))
                    .andExpect(jsonPath("$.items[0].action").value("REMADE"))
                    .andExpect(jsonPath("$.items[0].field").value((Object) null))
                    .andExpect(jsonPath("$.items[0].at").value("2026-09-20T01:02:03Z"));
        }
        server.perform(get("/api/v1/drifts").queryParam("system", system).with(as(town.staff("b"))))
                .andExpect(jsonPath("$.total").value(0));
    }
}

package io.yuntai.mainjob;

import static io.yuntai.mainjob.Api.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.security.Role;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Instant approval through the HTTP API on a real PostgreSQL and a real API server: once the unit's
 * own owner has approved, nobody does anything more, and the hosts run.
 */
class InstantDeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Bureau BUREAU = new Bureau(UUID.randomUUID().toString().substring(0, 8));
    private static final String RULE = "/instant-rules/" + id();

    private static MainJobServer server;
    private static TenantCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        var kubeconfig = TestCluster.shared().kubeconfig();
        cluster = new TenantCluster(kubeconfig);
        server = MainJobServer.start(kubeconfig, BUREAU);
        server.person("bureau2", Role.BUREAU);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            cluster.delete(BUREAU.namespace("a"));
            cluster.close();
        }
    }

    @Test
    void fromTheOwnersApprovalToTheRunningHostsThereIsNoHuman() {
        proposeAndApprove();
        String path = "/applications/" + id();
        var submitted = server.as("staff-a").put(path, order(2));
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        var approved = server.as("owner-a").post(path + "/approvals", submitted.etag(), "{}");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        // The control plane may have gone on by the time that the answer is read.
        assertThat(approved.json().path("state").asString()).isIn("AUTO_APPROVED", "DELIVERING");

        await().atMost(PATIENCE)
                .until(() -> read("staff-a", path).path("state").asString().equals("DELIVERED"));
        assertThat(cluster.quotas(BUREAU.namespace("a"))).hasSize(1);
        var people = new ArrayList<String>();
        for (var step : read("staff-a", path).path("timeline")) {
            if (step.path("actor").isObject()) {
                people.add(step.path("actor").path("name").asString());
            }
        }
        assertThat(people).containsExactly("staff-a", "owner-a");

        // The unit sees why; another one sees nothing.
        var evidence = read("staff-a", path + "/precheck").path("items").get(0);
        assertThat(evidence.path("passed").asBoolean()).isTrue();
        assertThat(evidence.path("rule").path("basis").asString()).isEqualTo("江数〔2026〕12号");
        assertThat(evidence.path("findings")).hasSizeGreaterThan(5);
        assertThat(evidence.path("facts")).hasSizeGreaterThan(20);
        assertThat(server.as("staff-b").get(path + "/precheck").status()).isEqualTo(404);

        // The second one is beyond what a system may be granted in 30 days.
        String next = "/applications/" + id();
        var more = server.as("staff-a").put(next, order(1));
        var left = server.as("owner-a").post(next + "/approvals", more.etag(), "{}");
        assertThat(left.json().path("state").asString()).isEqualTo("TECH_REVIEW");

        audited(path.substring("/applications/".length()));
    }

    /** All that pass are in the sample here. */
    private static void audited(String application) {
        String audit = "/instant-audits/" + application;
        assertThat(server.as("staff-a").get("/instant-audits").status()).isEqualTo(403);
        assertThat(read("bureau", "/instant-audits?open=true").path("items")).hasSize(1);
        var failed = server.as("bureau").put(audit, "{\"passed\": false, \"reason\": \"用途不实\"}");
        assertThat(failed.status()).as(failed.toString()).isEqualTo(200);
        var own = server.as("bureau").post(audit + "/lifts", "*", "{\"reason\": \"再看\"}");
        assertThat(own.code()).isEqualTo("SEPARATION_OF_DUTIES");
        var lifted = server.as("bureau2").post(audit + "/lifts", "*", "{\"reason\": \"已整改\"}");
        assertThat(lifted.status()).as(lifted.toString()).isEqualTo(200);
        assertThat(read("bureau", "/instant-audits?open=true").path("items")).isEmpty();
    }

    private static void proposeAndApprove() {
        assertThat(server.as("staff-a").get("/instant-rules").status()).isEqualTo(403);
        var faulty = server.as("bureau").put(RULE, rule("order.vcup <= 4"));
        assertThat(faulty.status()).as(faulty.toString()).isEqualTo(422);
        var fault = faulty.json().path("errors").get(0);
        assertThat(fault.path("pointer").asString()).isEqualTo("/predicates/0/expression");
        assertThat(fault.path("detail").asString()).contains("order");

        var proposed = server.as("bureau").put(RULE, rule("order.vcpu <= limit.vcpu"));
        assertThat(proposed.status()).as(proposed.toString()).isEqualTo(200);
        var trial = read("bureau2", RULE + "/trial");
        assertThat(trial.path("applications").asInt(-1)).isZero();
        var own = server.as("bureau").post(RULE + "/approvals", "*", "{}");
        assertThat(own.code()).isEqualTo("SEPARATION_OF_DUTIES");
        var approved = server.as("bureau2").post(RULE + "/approvals", "*", "{}");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(approved.json().path("inForce").asBoolean()).isTrue();
    }

    private static String rule(String small) {
        return """
        {"predicates": [
           {"name": "small", "expression": "%s"},
           {"name": "registered", "expression": "system.registered && system.filed"},
           {"name": "zone", "expression": "pool.zone == 'extranet'"},
           {"name": "quota", "expression": "unit.left_vcpu >= 0 && pool.left_vcpu >= 0"}],
         "vcpu": 4, "memoryGib": 16, "storageGib": 200, "auditPercent": 100,
         "effectiveFrom": "2026-01-01T00:00:00Z", "basis": "江数〔2026〕12号"}
        """
                .formatted(small);
    }

    private static String order(int hosts) {
        String system = read("staff-a", "/systems").path("items").get(0).path("id").asString();
        return """
        {"system": "%s", "pool": "%s", "purpose": "办事大厅", "termMonths": 12, "items": [
          {"kind": "HOSTS", "count": %d, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
           "storageClass": "ssd"}]}
        """
                .formatted(system, Bureau.POOL, hosts);
    }

    private static JsonNode read(String login, String path) {
        var answer = server.as(login).get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}

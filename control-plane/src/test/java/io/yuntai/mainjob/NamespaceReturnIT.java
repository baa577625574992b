package io.yuntai.mainjob;

import static io.yuntai.mainjob.Api.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.security.Role;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Room of a namespace, and then the namespace, handed back through the HTTP API, on a real
 * PostgreSQL and a real API server: down to the lease there and to the ledger.
 */
class NamespaceReturnIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Bureau BUREAU = new Bureau(UUID.randomUUID().toString().substring(0, 8));
    private static final String NAMESPACE = BUREAU.namespace("a");

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
            cluster.delete(NAMESPACE);
            cluster.close();
        }
    }

    @Test
    void aUnitHandsBackWhatItDoesNotUseAndInTheEndTheNamespace() {
        delivered(approved(submitted(room())));
        assertThat(hard("requests.cpu")).isEqualTo(8);
        assertThat(cluster.createPod(NAMESPACE, "web", "2", "2Gi")).isEqualTo("created");
        awaitUsed(2000);

        // Never below what is used.
        var tooMuch = submit(part(7, 4));
        assertThat(tooMuch.status()).as(tooMuch.toString()).isEqualTo(409);
        assertThat(tooMuch.code()).isEqualTo("NAMESPACE_IN_USE");
        var fault = tooMuch.json().path("errors").get(0);
        assertThat(fault.path("pointer").asString()).isEqualTo("/items/0/cpu");
        assertThat(fault.path("code").asString()).isEqualTo("ROOM_IN_USE");
        assertThat(fault.path("detail").asString()).contains("2").contains("6");
        assertThat(submit(WHOLE).json().path("errors").get(0).path("code").asString())
                .isEqualTo("NAMESPACE_NOT_EMPTY");

        // What was free when it was applied for need not be so when it is approved.
        var overtaken = submitted(part(5, 8));
        approve("owner-a", overtaken, 200);
        approve("operator", overtaken, 200);
        assertThat(cluster.createPod(NAMESPACE, "db", "2", "2Gi")).isEqualTo("created");
        awaitUsed(4000);
        assertThat(approve("bureau", overtaken, 409).code()).isEqualTo("NAMESPACE_IN_USE");
        assertThat(hard("requests.cpu")).isEqualTo(8);

        var shrunk = delivered(approved(submitted(part(3, 8))));
        assertThat(hard("requests.cpu")).isEqualTo(5);
        assertThat(hard("requests.memory")).isEqualTo(8L << 30);
        awaitCommitted(shrunk, 5000);

        // All of it, by rule: once its owner has approved nobody else is asked.
        cluster.deletePods(NAMESPACE);
        awaitUsed(0);
        allowReturnsByRule();
        var whole = submitted(WHOLE);
        assertThat(approve("owner-a", whole, 200).json().path("state").asString())
                .isEqualTo("AUTO_APPROVED");
        awaitCredit()
                .until(() -> read("staff-a", whole).path("state").asString().equals("DELIVERED"));
        assertThat(cluster.isThere(NAMESPACE)).isFalse();
        assertThat(read("staff-a", "/systems/" + system() + "/namespaces").path("items")).isEmpty();
        awaitCommitted(whole, 0);
        confirm(whole);
        assertThat(read("staff-a", whole).path("timeline"))
                .extracting(step -> step.path("command").asString())
                .containsSubsequence("SUBMIT", "APPROVE", "PASS", "OBSERVE", "CONFIRM");

        // Whoever needs it again applies again.
        delivered(approved(submitted(room())));
        assertThat(cluster.isThere(NAMESPACE)).isTrue();
        assertThat(hard("requests.cpu")).isEqualTo(8);
    }

    private static String room() {
        return """
        {"kind": "NAMESPACE", "cpu": 8, "memoryGib": 16, "storageGib": 0, "storageClass": "ssd"}
        """;
    }

    private static String part(int cpu, int memoryGib) {
        return """
        {"kind": "NAMESPACE_RETURN", "cluster": "real", "cpu": %d, "memoryGib": %d,
         "storageClass": "ssd"}
        """
                .formatted(cpu, memoryGib);
    }

    private static final String WHOLE =
            """
            {"kind": "NAMESPACE_RETURN", "cluster": "real", "whole": true}
            """;

    private static Api.Answer submit(String item) {
        return submit("/applications/" + id(), item);
    }

    private static Api.Answer submit(String path, String item) {
        return server.as("staff-a")
                .put(
                        path,
                        """
                        {"system": "%s", "pool": "%s", "purpose": "办事大厅",
                         "items": [%s]}
                        """
                                .formatted(system(), Bureau.POOL, item));
    }

    private static String submitted(String item) {
        String path = "/applications/" + id();
        var answer = submit(path, item);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return path;
    }

    private static String approved(String path) {
        for (String login : List.of("owner-a", "operator", "bureau")) {
            approve(login, path, 200);
        }
        return path;
    }

    private static Api.Answer approve(String login, String path, int status) {
        var seen = server.as(login).get(path);
        var answer = server.as(login).post(path + "/approvals", seen.etag(), "{}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }

    private static void confirm(String path) {
        var seen = server.as("owner-a").get(path);
        var answer = server.as("owner-a").post(path + "/confirmations", seen.etag(), "{}");
        assertThat(answer.json().path("state").asString())
                .as(answer.toString())
                .isEqualTo("CLOSED");
    }

    private static String delivered(String path) {
        await().atMost(PATIENCE)
                .until(() -> read("staff-a", path).path("state").asString().equals("DELIVERED"));
        return path;
    }

    /** The clock goes on now and then, for what is credited has to have been seen for a while. */
    private static ConditionFactory awaitCredit() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(3))
                .conditionEvaluationListener(
                        _ -> server.clock().set(server.clock().instant().plusSeconds(50)));
    }

    private static void awaitUsed(long millis) {
        await().atMost(PATIENCE)
                .until(() ->
                        read("staff-a", "/systems/" + system() + "/namespaces")
                                        .path("items")
                                        .get(0)
                                        .path("room")
                                        .path("used")
                                        .path("cpuMillis")
                                        .asLong(0)
                                == millis);
    }

    /** Of the processors of the system's node, as the ledger has them. */
    private static void awaitCommitted(String application, long millis) {
        awaitCredit()
                .until(() -> {
                    var path = read("bureau", application + "/outlook").path("path");
                    for (var row : path.get(path.size() - 1).path("rows")) {
                        if (row.path("resource").asString().equals("cpuMillis")) {
                            return row.path("committed").asLong() == millis;
                        }
                    }
                    return false;
                });
    }

    private static long hard(String name) {
        return cluster.quotas(NAMESPACE)
                .getFirst()
                .getStatus()
                .getHard()
                .get(name)
                .getNumericalAmount()
                .longValueExact();
    }

    private static void allowReturnsByRule() {
        String rule = "/instant-rules/" + id();
        var proposed =
                server.as("bureau")
                        .put(
                                rule,
                                """
                                {"predicates": [{"name": "returns",
                                   "expression": "order.kinds == ['NAMESPACE_RETURN']"}],
                                 "vcpu": 4, "memoryGib": 16, "storageGib": 200, "auditPercent": 0,
                                 "effectiveFrom": "2026-01-01T00:00:00Z", "basis": "江数〔2026〕12号"}
                                """);
        assertThat(proposed.status()).as(proposed.toString()).isEqualTo(200);
        var approved = server.as("bureau2").post(rule + "/approvals", "*", "{}");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    }

    private static String system() {
        return read("staff-a", "/systems").path("items").get(0).path("id").asString();
    }

    private static JsonNode read(String login, String path) {
        var answer = server.as(login).get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}

package io.yuntai.mainjob;

import static io.yuntai.mainjob.Api.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Public addresses, devices and numbers of objects, from the pool's capacity over the order to what
 * the cluster enforces: through the HTTP API on a real PostgreSQL and a real API server.
 */
class ExtrasDeliveryIT {

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
    void whatWasOrderedIsEnforcedAndWhatThePoolHasNotIsRefused() {
        var none = server.as("staff-a").put("/applications/" + id(), order(2, 4, extras(1, 1)));
        assertThat(none.code()).as(none.toString()).isEqualTo("QUOTA_SHORT");
        assertThat(none.json().path("shortfalls").valueStream())
                .extracting(shortfall -> shortfall.path("resource").asString())
                .contains("publicIps", "gpus/a10", "services");
        limits(poolNode(), Map.of("publicIps", 3, "gpus/a10", 2, "services", 100));

        deliver(order(2, 4, extras(2, 1)));
        awaitHard(Map.of("services.loadbalancers", "2", A10, "1", "count/services", "10"));
        assertThat(cluster.createBalancer(NAMESPACE, "one")).isEqualTo("created");
        assertThat(cluster.createBalancer(NAMESPACE, "two")).isEqualTo("created");
        assertThat(cluster.createBalancer(NAMESPACE, "three"))
                .contains("exceeded quota", "services.loadbalancers=1");

        // More of an existing one, and of nothing else.
        deliver(order(0, 0, "\"publicIps\": 1"));
        awaitHard(Map.of("services.loadbalancers", "3", A10, "1", "requests.cpu", "2"));
        assertThat(cluster.createBalancer(NAMESPACE, "three")).isEqualTo("created");

        var last =
                server.as("staff-a").put("/applications/" + id(), order(0, 0, "\"publicIps\": 1"));
        assertThat(last.code()).as(last.toString()).isEqualTo("QUOTA_SHORT");
        var shortfall = last.json().path("shortfalls").get(0);
        assertThat(shortfall.path("resource").asString()).isEqualTo("publicIps");
        assertThat(shortfall.path("missing").asLong()).isEqualTo(1);
    }

    private static final String A10 = "requests.nvidia.com/GA102GL_A10";

    private static String extras(int addresses, int gpus) {
        return "\"publicIps\": %d, \"gpus/a10\": %d, \"services\": 10".formatted(addresses, gpus);
    }

    private static void awaitHard(Map<String, String> expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    var hard = cluster.quotas(NAMESPACE).getFirst().getStatus().getHard();
                    expected.forEach((name, amount) ->
                            assertThat(hard).containsEntry(name, new Quantity(amount)));
                });
    }

    /** From the submission by the unit's people, the platform and the bureau to the delivery. */
    private static void deliver(String order) {
        String path = "/applications/" + id();
        var said = server.as("staff-a").put(path, order);
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        for (String login : new String[] {"owner-a", "operator", "bureau"}) {
            said = server.as(login).post(path + "/approvals", said.etag(), "{}");
            assertThat(said.status()).as(said.toString()).isEqualTo(200);
        }
        await().atMost(PATIENCE)
                .until(() -> read("staff-a", path).path("state").asString().equals("DELIVERED"));
    }

    private static String poolNode() {
        return read("operator", "/quota/nodes?pool=" + Bureau.POOL)
                .path("items")
                .get(0)
                .path("node")
                .path("id")
                .asString();
    }

    private static void limits(String node, Map<String, Integer> amounts) {
        String path = "/quota/nodes/" + node;
        var members = new StringBuilder();
        amounts.forEach((resource, amount) ->
                members.append(members.isEmpty() ? "" : ", ")
                        .append(
                                "\"%s\": {\"guaranteed\": %d, \"ceiling\": %d}"
                                        .formatted(resource, amount, amount)));
        var limited =
                server.as("operator")
                        .put(
                                path + "/limits/" + id(),
                                server.as("operator").get(path).etag(),
                                "{\"limits\": {" + members + "}}");
        assertThat(limited.status()).as(limited.toString()).isEqualTo(200);
    }

    private static String order(int cpu, int memory, String extras) {
        String system = read("staff-a", "/systems").path("items").get(0).path("id").asString();
        return """
        {"system": "%s", "pool": "%s", "purpose": "办事大厅", "items": [
          {"kind": "NAMESPACE", "cpu": %d, "memoryGib": %d, "storageGib": 0,
           "storageClass": "ssd", "extras": {%s}}]}
        """
                .formatted(system, Bureau.POOL, cpu, memory, extras);
    }

    private static JsonNode read(String login, String path) {
        var answer = server.as(login).get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}

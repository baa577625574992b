package io.yuntai.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart as Helm itself sees it: linted, rendered, and refused with wrong values. */
class ChartTest {

    private static final Path CHART = Path.of("yuntai");

    private static final String VALUES =
            """
            image: {repository: registry.example/yuntai}
            database: {url: "jdbc:postgresql://database.example:5432/yuntai"}
            oidc: {issuer: "https://id.example/city", authorizationUri: "https://id.example/auth", \
            tokenUri: "https://id.example/token", jwkSetUri: "https://id.example/certs"}
            """;

    @TempDir Path directory;

    @Test
    void isCleanWhenLinted() {
        var result = new Helm(CHART).lint().strict().quiet().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(m -> m.contains("[WARNING]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "database", "oidc"})
    void asksForWhatHasNoDefault(String missing) {
        var without = VALUES.lines().filter(line -> !line.startsWith(missing + ":")).toList();

        assertThatThrownBy(() -> render(String.join("\n", without)))
                .hasMessageContaining("is required");
    }

    @Test
    void holdsNoPasswordOfItsOwn() throws IOException {
        assertThat(render(VALUES)).noneMatch(object -> "Secret".equals(object.get("kind")));
        for (var entry : environment().entrySet()) {
            if (entry.getKey().matches(".*(PASSWORD|SECRET|USERNAME|CLIENT_ID)$")) {
                assertThat(entry.getValue()).as(entry.getKey()).containsOnlyKeys("valueFrom");
            }
        }
        assertThat(environment())
                .containsKeys(
                        "SPRING_DATASOURCE_PASSWORD",
                        "SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_YUNTAI_CLIENT_SECRET");
    }

    @Test
    void runsAsNobodyOnAFileSystemThatItCannotWrite() throws IOException {
        assertThat(at(pod(), "securityContext"))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
        assertThat(at(container(), "securityContext"))
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(pod()).containsEntry("automountServiceAccountToken", false);
    }

    @Test
    void isProbedAndBounded() throws IOException {
        assertThat(container()).containsKeys("startupProbe", "livenessProbe", "readinessProbe");
        assertThat(at(at(container(), "resources"), "limits")).containsKey("memory");
    }

    @Test
    void makesTheObjectsOfADefaultReleaseAndNoMore() throws IOException {
        assertThat(render(VALUES))
                .extracting(object -> object.get("kind"))
                .containsExactlyInAnyOrder(
                        "ConfigMap",
                        "Deployment",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "Service",
                        "ServiceAccount");
    }

    @Test
    void mayReachOnlyNamesDatabaseAndHttps() throws IOException {
        var egress = list(at(only("NetworkPolicy", VALUES), "spec").get("egress"));

        assertThat(egress)
                .flatExtracting(rule -> list(rule.get("ports")))
                .extracting(port -> port.get("port"))
                .containsExactly(53, 53, 5432, 443, 6443);
    }

    @Test
    void grantsInAMemberClusterNothingBeyondItsWork() throws IOException {
        var role = only("ClusterRole", VALUES + "member: {enabled: true}\n");

        assertThat(list(role.get("rules")))
                .flatExtracting(rule -> List.<Object>copyOf((List<?>) rule.get("resources")))
                .doesNotContain("*", "pods/exec", "roles", "clusterrolebindings");
        assertThat(list(role.get("rules")))
                .filteredOn(rule -> ((List<?>) rule.get("resources")).contains("secrets"))
                .flatExtracting(rule -> List.<Object>copyOf((List<?>) rule.get("verbs")))
                .doesNotContain("get", "list", "watch", "update");
        assertThat(list(role.get("rules")))
                .flatExtracting(rule -> List.<Object>copyOf((List<?>) rule.get("verbs")))
                .doesNotContain("*", "escalate", "impersonate");
        assertThat(list(role.get("rules")))
                .filteredOn(rule -> List.of("clusterroles").equals(rule.get("resources")))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.get("verbs")).isEqualTo(List.of("bind"));
                    assertThat(rule.get("resourceNames")).isEqualTo(List.of("edit", "view"));
                });
    }

    @Test
    void handsInEachMemberClusterWithItsPools() throws IOException {
        var deployment =
                only(
                        "Deployment",
                        VALUES
                                + """
                                clusters:
                                  members:
                                    - {name: north, pools: [extranet-ordinary, internet-ordinary]}
                                    - {name: south, pools: [extranet-domestic]}
                                """);

        assertThat(list(containerOf(deployment).get("env")))
                .contains(
                        Map.of("name", "YUNTAI_CLUSTERS_1_NAME", "value", "south"),
                        Map.of(
                                "name",
                                "YUNTAI_CLUSTERS_0_POOLS",
                                "value",
                                "extranet-ordinary,internet-ordinary"),
                        Map.of(
                                "name",
                                "YUNTAI_CLUSTERS_0_KUBECONFIG",
                                "value",
                                "/etc/yuntai/clusters/north"));
    }

    @Test
    void handsInTheReportsKeyWhenThereIsOne() throws IOException {
        assertThat(environment()).doesNotContainKey("YUNTAI_REPORT_KEYFILE");
        var deployment = only("Deployment", VALUES + "report: {secretName: yuntai-report}\n");

        assertThat(list(containerOf(deployment).get("env")))
                .contains(
                        Map.of(
                                "name",
                                "YUNTAI_REPORT_KEYFILE",
                                "value",
                                "/etc/yuntai/report/key.pem"));
        assertThat(list(containerOf(deployment).get("volumeMounts")))
                .contains(
                        Map.of(
                                "name",
                                "report",
                                "mountPath",
                                "/etc/yuntai/report",
                                "readOnly",
                                true));
    }

    @Test
    void reachesWhatUseIsReadFromWithItsToken() throws IOException {
        var values = VALUES + "metering: {secretName: yuntai-metering, ports: [9090]}\n";
        assertThat(list(containerOf(only("Deployment", values)).get("volumeMounts")))
                .contains(
                        Map.of(
                                "name",
                                "metering",
                                "mountPath",
                                "/etc/yuntai/metering",
                                "readOnly",
                                true));
        var pod = at(at(at(only("Deployment", values), "spec"), "template"), "spec");
        assertThat(list(pod.get("volumes")))
                .filteredOn(volume -> "metering".equals(volume.get("name")))
                .singleElement()
                .satisfies(volume ->
                        assertThat(at(volume, "secret"))
                                .containsEntry("secretName", "yuntai-metering"));
        assertThat(list(at(only("NetworkPolicy", values), "spec").get("egress")))
                .flatExtracting(rule -> list(rule.get("ports")))
                .extracting(port -> port.get("port"))
                .containsExactly(53, 53, 5432, 443, 6443, 9090);
    }

    @Test
    void rendersAnIngressWhenAsked() throws IOException {
        var ingress =
                only(
                        "Ingress",
                        VALUES
                                + "ingress: {enabled: true, host: cloud.example, className: nginx,"
                                + " tlsSecretName: cloud-tls}\n");

        assertThat(at(ingress, "spec")).containsEntry("ingressClassName", "nginx");
        assertThat(list(at(ingress, "spec").get("tls"))).hasSize(1);
    }

    @Test
    void prefersTheDigestOverTheTag() throws IOException {
        var digest = "sha256:" + "ab".repeat(32);
        var deployment =
                only(
                        "Deployment",
                        VALUES.replace("yuntai}", "yuntai, tag: v1, digest: \"" + digest + "\"}"));

        assertThat(containerOf(deployment))
                .containsEntry("image", "registry.example/yuntai@" + digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 2",
                "replicas: many",
                "replica: 1",
                "service: {port: 0}",
                "service: {type: HostPort}",
                "ingress: {enabled: true}",
                "image: {repository: a, tag: latest}",
                "image: {repository: a, digest: abc}",
                "database: {url: \"mysql://database.example/yuntai\"}",
                "database: {url: \"jdbc:postgresql://d/y?password=secret\"}",
                "database: {url: \"jdbc:postgresql://d/y\", password: secret}",
                "oidc: {tokenUri: id.example}",
                "oidc: {scopes: [profile]}",
                "networkPolicy: {httpsPorts: []}",
                "podAnnotations: {a: 1}",
                "clusters: {members: [{name: North, pools: []}]}",
                "clusters: {members: [{name: north, pools: [extranet]}]}",
                "clusters: {members: [{name: north}]}",
                "report: {secretName: Not_A_Name}",
                "metering: {ports: [0]}",
                "metering: {tokenFile: a}",
            })
    void refusesAWrongValue(String wrong) {
        var key = wrong.substring(0, wrong.indexOf(':'));
        var values = VALUES.lines().filter(line -> !line.startsWith(key + ":")).toList();
        var all = String.join("\n", values) + "\n" + wrong + "\n";

        assertThatThrownBy(() -> render(all)).hasMessageContaining("values don't meet");
    }

    private Map<String, Map<String, Object>> environment() throws IOException {
        var environment = new HashMap<String, Map<String, Object>>();
        for (var entry : list(container().get("env"))) {
            var copy = new HashMap<>(entry);
            environment.put((String) copy.remove("name"), copy);
        }
        return environment;
    }

    private Map<String, Object> pod() throws IOException {
        return at(at(at(only("Deployment", VALUES), "spec"), "template"), "spec");
    }

    private Map<String, Object> container() throws IOException {
        return containerOf(only("Deployment", VALUES));
    }

    private static Map<String, Object> containerOf(Map<String, Object> deployment) {
        var pod = at(at(at(deployment, "spec"), "template"), "spec");
        return list(pod.get("containers")).getFirst();
    }

    private Map<String, Object> only(String kind, String values) throws IOException {
        var objects = render(values).stream().filter(o -> kind.equals(o.get("kind"))).toList();
        assertThat(objects).hasSize(1);
        return objects.getFirst();
    }

    private List<Map<String, Object>> render(String values) throws IOException {
        var file = Files.writeString(directory.resolve("values.yaml"), values);
        var text =
                new Helm(CHART)
                        .template()
                        .withName("city")
                        .withNamespace("yuntai")
                        .withKubeVersion("1.36.3")
                        .withValuesFile(file)
                        .call();
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                .filter(object -> object != null)
                .map(ChartTest::map)
                .toList();
    }

    private static Map<String, Object> at(Map<String, Object> object, String key) {
        return map(object.get(key));
    }

    @SuppressWarnings("unchecked") // what YAML calls a mapping with text keys
    private static Map<String, Object> map(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<String, Object>) value;
    }

    private static List<Map<String, Object>> list(Object value) {
        return ((List<?>) value).stream().map(ChartTest::map).toList();
    }
}

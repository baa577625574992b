package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.cluster.ClusterRoster;
import io.yuntai.security.Accounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real cluster is registered while the server runs, in steps that stand on each other; those that
 * refuse come first, while nothing is registered.
 */
@ServerTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterRegistrationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "member-" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private ClusterRoster roster;

    @BeforeEach
    void people() throws Exception {
        Town.registered(server, accounts);
    }

    private ResultActions put(String path, Map<String, Object> body, boolean validateOnly)
            throws Exception {
        return server.perform(
                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put(
                                "/api/v1/clusters/" + path)
                        .queryParam("validateOnly", Boolean.toString(validateOnly))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(JsonMapper.shared().writeValueAsString(body))
                        .header("Accept-Language", "en")
                        .with(as(Town.OPERATOR)));
    }

    private ResultActions register(String name, String kubeconfig, boolean validateOnly)
            throws Exception {
        return put(
                name,
                Map.of(
                        "displayName",
                        "江门一号集群",
                        "pools",
                        List.of("extranet-ordinary"),
                        "kubeconfig",
                        kubeconfig),
                validateOnly);
    }

    private void nothingIsKept() {
        assertThat(
                        jdbc.sql("select count(*) from cluster where name = ?")
                                .param(NAME)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static String check(String subject) {
        return "$.checks[?(@.subject == '" + subject + "')]";
    }

    @Test
    @Order(1)
    void aKubeconfigThatRunsAProgramNamesAFileOrTrustsAnybodyIsRefused() throws Exception {
        String program =
                MemberKubeconfigs.admin()
                        .replace(
                                "users:\n",
                                "users:\n- {name: x, user: {exec: {apiVersion: v1, command: id}}}\n");
        for (String bad : List.of(program, "{", "a: 1", "x".repeat(70_000))) {
            register(NAME, bad, false)
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/kubeconfig"));
        }
        register(NAME, program, false)
                .andExpect(jsonPath("$.errors[0].code").value("KUBECONFIG_RUNS_PROGRAM"));
        nothingIsKept();
    }

    @Test
    @Order(2)
    void whatIsMissingIsSaidBeforeAnybodyIsAsked() throws Exception {
        put(NAME, Map.of("pools", List.of("extranet-ordinary")), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/displayName"));
        put(NAME, Map.of("displayName", "二百".repeat(100)), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/displayName"));
        put(NAME, Map.of("displayName", "x", "pools", List.of("extranet-ordinary")), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/kubeconfig"));
        nothingIsKept();
    }

    @Test
    @Order(3)
    void aUserWithoutRightsIsRefusedAndToldEachThatIsMissing() throws Exception {
        register(NAME, MemberKubeconfigs.withoutRights(), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("CLUSTER_CHECKS_FAILED"))
                .andExpect(jsonPath(check("REACH") + ".outcome", contains("PASSED")))
                .andExpect(jsonPath(check("PERMISSIONS") + ".outcome", contains("FAILED")))
                .andExpect(
                        jsonPath(
                                check("PERMISSIONS") + ".text",
                                contains(containsString("resourcequotas (create"))))
                .andExpect(
                        jsonPath(
                                check("PERMISSIONS") + ".todo",
                                contains(containsString("ClusterRole"))));
        nothingIsKept();
    }

    @Test
    @Order(4)
    void aCertificateThatHasEndedIsRefusedAndSinceWhenIsSaid(@TempDir Path folder)
            throws Exception {
        register(NAME, MemberKubeconfigs.expired(folder), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(
                        jsonPath(check("CREDENTIALS") + ".code", contains("CERTIFICATE_EXPIRED")))
                .andExpect(
                        jsonPath(
                                check("CREDENTIALS") + ".text",
                                contains(containsString("expired 20"))))
                .andExpect(jsonPath(check("NODES") + ".outcome", contains("SKIPPED")));
        nothingIsKept();
    }

    @Test
    @Order(5)
    void oneThatGivesNoAnswerIsRefused() throws Exception {
        register(
                        NAME,
                        """
                        apiVersion: v1
                        kind: Config
                        current-context: gone
                        clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
                        users: [{name: somebody, user: {token: any}}]
                        contexts: [{name: gone, context: {cluster: gone, user: somebody}}]
                        """,
                        false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath(check("REACH") + ".code", contains("NO_ANSWER")));
        nothingIsKept();
    }

    @Test
    @Order(6)
    void aStrangersAuthorityIsNotTrusted(@TempDir Path folder) throws Exception {
        String own = MemberKubeconfigs.expired(folder);
        String other = own.replaceAll("(?s).*client-certificate-data: ([A-Za-z0-9+/=]+).*", "$1");
        register(
                        NAME,
                        MemberKubeconfigs.withoutRights()
                                .replaceAll(
                                        "certificate-authority-data: [A-Za-z0-9+/=]+",
                                        "certificate-authority-data: " + other),
                        false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath(check("REACH") + ".code", contains("TLS_UNTRUSTED")));
        nothingIsKept();
    }

    @Test
    @Order(7)
    void aPoolThatIsNotThereAndANameThatIsTakenAreRefused() throws Exception {
        put(
                        NAME,
                        Map.of(
                                "displayName",
                                "x",
                                "pools",
                                List.of("moon-ordinary"),
                                "kubeconfig",
                                MemberKubeconfigs.admin()),
                        false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/pools"));
        register("north", MemberKubeconfigs.admin(), false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("CLUSTER_EXISTS"));
        nothingIsKept();
    }

    @Test
    @Order(8)
    void lookingOnlyShowsEveryCheckAndKeepsNothing() throws Exception {
        register(NAME, MemberKubeconfigs.admin(), true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.checks[*].subject", hasItem("KUBEVIRT")))
                .andExpect(jsonPath("$.checks[*].outcome", everyItem(not(is("FAILED")))))
                .andExpect(jsonPath(check("IDENTITY") + ".code", contains("IDENTITY_NEW")));
        nothingIsKept();
    }

    @Test
    @Order(9)
    void isRegisteredKeptSealedAndJoinsAtOnce() throws Exception {
        register(NAME, MemberKubeconfigs.admin(), false)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.cluster.registered").value(true))
                .andExpect(jsonPath("$.cluster.displayName").value("江门一号集群"));
        byte[] kept =
                jdbc.sql("select kubeconfig from cluster_registration where cluster = ?")
                        .param(NAME)
                        .query(byte[].class)
                        .single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain("apiVersion")
                .doesNotContain("token");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(jsonPath("$.connected").value(true))
                                .andExpect(jsonPath("$.reachable").value(true))
                                .andExpect(jsonPath("$.pools", contains("extranet-ordinary")))
                                .andExpect(jsonPath("$.capacity.nodes").isNumber()));
        server.perform(get("/api/v1/audit").queryParam("q", NAME).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", hasItem("cluster.register")));
    }

    @Test
    @Order(10)
    void theSameAgainChangesNothingAndNoClusterIsRegisteredTwice() throws Exception {
        register(NAME, MemberKubeconfigs.admin(), false).andExpect(status().isOk());
        assertThat(
                        jdbc.sql("select version from cluster_registration where cluster = ?")
                                .param(NAME)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        register(NAME + "-2", MemberKubeconfigs.admin(), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath(check("IDENTITY") + ".code", contains("IDENTITY_TAKEN")))
                .andExpect(jsonPath(check("IDENTITY") + ".text", contains(containsString(NAME))));
    }

    @Test
    @Order(11)
    void isLookedIntoAgainByCommand() throws Exception {
        server.perform(post("/api/v1/clusters/" + NAME + "/checks").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.passed").value(true))
                .andExpect(jsonPath(check("IDENTITY") + ".code", contains("IDENTITY_SAME")));
        server.perform(post("/api/v1/clusters/north/checks").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.passed").value(false));
    }

    @Test
    @Order(12)
    void theKubeconfigIsReplacedByAnotherOfTheSameClusterOnly() throws Exception {
        var other = Map.<String, Object>of("kubeconfig", MemberKubeconfigs.admin() + "\n# new\n");
        put(NAME + "/kubeconfig", Map.of("kubeconfig", MemberKubeconfigs.withoutRights()), false)
                .andExpect(status().isUnprocessableContent());
        put(NAME + "/kubeconfig", other, false).andExpect(status().isOk());
        assertThat(
                        jdbc.sql("select version from cluster_registration where cluster = ?")
                                .param(NAME)
                                .query(Long.class)
                                .single())
                .isEqualTo(2);
        put("north/kubeconfig", other, false).andExpect(status().isUnprocessableContent());
        String uid =
                jdbc.sql("select uid from cluster where name = ?")
                        .param(NAME)
                        .query(String.class)
                        .single();
        jdbc.sql("update cluster set uid = 'another' where name = ?").param(NAME).update();
        put(NAME + "/kubeconfig", other, false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath(check("IDENTITY") + ".code", contains("IDENTITY_OTHER")));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(
                                        jsonPath(
                                                "$.health.symptoms[*].kind",
                                                hasItem("IDENTITY_CHANGED"))));
        var accept = NAME + "/identities/" + UUID.randomUUID();
        put(accept, Map.of("uid", "another", "reason", "etcd 丢失"), true)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("IDENTITY_CHANGED_AGAIN"));
        put(accept, Map.of("uid", uid, "reason", "etcd 丢失"), true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.remade.namespaces").value(0))
                .andExpect(jsonPath("$.cluster.state").value("READMITTING"));
        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.state").value("ACTIVE"))
                .andExpect(jsonPath("$.identity.known").value("another"))
                .andExpect(jsonPath("$.identity.found").value(uid));
        server.perform(
                        org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put(
                                        "/api/v1/clusters/" + accept)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isForbidden());
        put(accept, Map.of("reason", "etcd 丢失"), false)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/uid"));
        for (int i = 0; i < 2; i++) {
            put(accept, Map.of("uid", uid, "reason", "etcd 丢失"), false).andExpect(status().isOk());
        }
        put(NAME + "/identities/" + UUID.randomUUID(), Map.of("uid", uid, "reason", "x"), false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("IDENTITY_UNCHANGED"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(jsonPath("$.state").value("ACTIVE")));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(
                                        jsonPath(
                                                "$.health.symptoms[*].kind",
                                                not(hasItem("IDENTITY_CHANGED")))));
    }

    @Test
    @Order(13)
    void whatItOffersIsDeclaredApartAndTheDifferenceIsShown() throws Exception {
        put(
                        NAME + "/declarations/" + UUID.randomUUID(),
                        Map.of("amounts", Map.of("cpuMillis", 7_000), "reason", "一台在维修"),
                        false)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.declared.amounts.cpuMillis").value(7_000))
                .andExpect(jsonPath("$.declared.reason").value("一台在维修"));
        String json =
                server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8);
        // The tests' node may say nothing of its processors.
        long read =
                JsonMapper.shared().readTree(json).at("/capacity/allocatable/cpuMillis").asLong(0);
        Number difference = JsonPath.read(json, "$.differences.cpuMillis");
        assertThat(difference.longValue()).isEqualTo(7_000 - read);
        put(
                        NAME + "/declarations/" + UUID.randomUUID(),
                        Map.of("amounts", Map.of("cpuMillis", 1)),
                        false)
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    @Order(14)
    void itsPoolsAreChanged() throws Exception {
        put(
                        NAME + "/profile",
                        Map.of(
                                "displayName",
                                "一号",
                                "pools",
                                List.of("extranet-domestic", "extranet-ordinary")),
                        false)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.pools.length()").value(2));
        put(
                        "north/profile",
                        Map.of("displayName", "x", "pools", List.of("extranet-ordinary")),
                        false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("CLUSTER_NOT_REGISTERED"));
    }

    @Test
    @Order(15)
    void isCordonedDrainedAndOpenedAgain() throws Exception {
        for (var step :
                List.of(
                        List.of("cordons", "CORDONED"),
                        List.of("drains", "DRAINING"),
                        List.of("uncordons", "OPEN"))) {
            String path = NAME + "/" + step.get(0) + "/" + UUID.randomUUID();
            put(path, Map.of("reason", "维护"), true)
                    .andExpect(jsonPath("$.scheduling").value(step.get(1)));
            put(path, Map.of("reason", "维护"), false)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.scheduling").value(step.get(1)))
                    .andExpect(jsonPath("$.state").value("ACTIVE"));
        }
        put(NAME + "/uncordons/" + UUID.randomUUID(), Map.of("reason", "维护"), false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ILLEGAL_TRANSITION"));
        server.perform(get("/api/v1/clusters/" + NAME + "/progress").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.namespaces").value(0));
        server.perform(get("/api/v1/clusters/" + NAME + "/occupants").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items").isEmpty());
    }

    @Test
    @Order(16)
    void noAnswerEverHoldsASecretAndOnlyWhoRunsThePlatformRegisters() throws Exception {
        String token = MemberKubeconfigs.admin().replaceAll("(?s).*token: (\\S+).*", "$1");
        String all =
                server.perform(get("/api/v1/clusters").with(as(Town.BUREAU)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8);
        assertThat(all)
                .contains(NAME)
                .doesNotContain(token)
                .doesNotContain("certificate-authority");
        server.perform(
                        org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put(
                                        "/api/v1/clusters/other")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isForbidden());
        roster.join();
    }

    @Test
    @Order(17)
    void isDeregisteredAndItsKubeconfigGoesAndItMayBeRegisteredAgain() throws Exception {
        put("north/deregistrations/" + UUID.randomUUID(), Map.of("reason", "退役"), false)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("CLUSTER_NOT_REGISTERED"));
        String path = NAME + "/deregistrations/" + UUID.randomUUID();
        put(path, Map.of(), false).andExpect(status().isUnprocessableContent());
        put(path, Map.of("reason", "退役"), true)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.remaining.hosts").value(0))
                .andExpect(jsonPath("$.cluster.state").value("DEREGISTERED"));
        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.state").value("ACTIVE"))
                .andExpect(jsonPath("$.health.stale").value(false))
                .andExpect(jsonPath("$.health.observations[0].server").isNotEmpty());
        for (int i = 0; i < 2; i++) {
            put(path, Map.of("reason", "退役"), false)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.cluster.registered").value(false));
        }
        assertThat(
                        jdbc.sql("select count(*) from cluster_registration where cluster = ?")
                                .param(NAME)
                                .query(Long.class)
                                .single())
                .isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(jsonPath("$.connected").value(false))
                                .andExpect(jsonPath("$.health.observations").isEmpty()));
        register(NAME, MemberKubeconfigs.admin(), false).andExpect(status().isOk());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        server.perform(get("/api/v1/clusters/" + NAME).with(as(Town.BUREAU)))
                                .andExpect(jsonPath("$.connected").value(true))
                                .andExpect(jsonPath("$.state").value("ACTIVE")));
    }
}

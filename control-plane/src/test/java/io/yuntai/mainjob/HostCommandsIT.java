package io.yuntai.mainjob;

import static io.yuntai.mainjob.Api.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.yuntai.mainjob.Api.Answer;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of hosts through the HTTP API, down to what a real API server holds then. The units
 * have 20 vCPU each; a stopped host keeps its disks only.
 */
class HostCommandsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GUEST = "spec.template.spec.domain";
    private static final Bureau BUREAU = new Bureau(UUID.randomUUID().toString().substring(0, 8));

    private static MainJobServer server;
    private static TenantCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        var kubeconfig = TestCluster.shared().kubeconfig();
        cluster = new TenantCluster(kubeconfig);
        server =
                MainJobServer.start(
                        kubeconfig,
                        BUREAU,
                        "yuntai.hosts.stopped=KEEPS_DISKS",
                        "yuntai.hosts.direct-growth=PLATFORM");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            List.of("a", "b", "c").forEach(unit -> cluster.delete(BUREAU.namespace(unit)));
            cluster.close();
        }
    }

    @Test
    void aStoppedHostStandsStillAndAStartedOneRuns() {
        var host = delivered("a", 1, 2).getFirst();
        host.say("staff-a", "{\"kind\": \"STOP\"}");
        until(() -> host.seen().path("state").asString().equals("STOPPED"));
        assertThat(host.machine("spec.runStrategy")).isEqualTo("Halted");
        assertThat(host.seen().path("life").asString()).isEqualTo("STOPPED");
        host.say("staff-a", "{\"kind\": \"START\"}");
        host.untilLife("TRIAL");
        assertThat(host.machine("spec.runStrategy")).isEqualTo("Always");
        assertThat(host.machine("status.printableStatus")).isEqualTo("Running");
        assertThat(host.steps()).containsExactly("DELIVER", "STOP", "START", "SETTLE_ON_TRIAL");
    }

    @Test
    void aRestartEndsWhatRunsOfThatHostAlone() {
        var hosts = delivered("a", 2, 1);
        var host = hosts.getFirst();
        String ended = cluster.startInstance(host.namespace(), host.name());
        String other = cluster.startInstance(host.namespace(), hosts.getLast().name());
        host.say("staff-a", "{\"kind\": \"RESTART\"}");
        until(() -> cluster.instance(host.namespace(), host.name()).isEmpty());
        assertThat(host.seen().path("life").asString()).isEqualTo("CHANGING");
        String next = cluster.startInstance(host.namespace(), host.name());
        assertThat(next).isNotEqualTo(ended);
        host.untilLife("TRIAL");
        assertThat(cluster.instance(host.namespace(), host.name())).contains(next);
        assertThat(cluster.instance(host.namespace(), hosts.getLast().name())).contains(other);
    }

    @Test
    void aResizeIsWrittenToTheMachineAndToItsLease() {
        var host = delivered("a", 1, 2).getFirst();
        long before = leased(host.namespace());
        var larger = host.asked("staff-a", resize(4, 8));
        assertThat(larger.status()).isEqualTo(403);
        assertThat(larger.code()).isEqualTo("APPLICATION_REQUIRED");
        assertThat(host.machine(GUEST + ".cpu.cores")).isEqualTo(2);
        host.say("operator", resize(4, 8));
        host.untilLife("TRIAL");
        assertThat(host.machine(GUEST + ".cpu.cores")).isEqualTo(4);
        assertThat(host.machine(GUEST + ".memory.guest")).isEqualTo(Long.toString(8L << 30));
        assertThat(leased(host.namespace())).isEqualTo(before + 2);
        host.say("staff-a", resize(1, 8));
        host.untilLife("TRIAL");
        assertThat(host.machine(GUEST + ".cpu.cores")).isEqualTo(1);
        until(() -> leased(host.namespace()) == before - 1);
        var same = host.asked("staff-a", resize(1, 8));
        assertThat(same.code()).isEqualTo("SAME_SIZE");
    }

    @Test
    void aDiskIsAddedAndARebuildMakesNoneButTheSystemDiskAnew() {
        var host = delivered("b", 1, 2).getFirst();
        var disk = "{\"kind\": \"ADD_DISK\", \"diskGib\": 30, \"storageClass\": \"ssd\"}";
        assertThat(host.asked("staff-b", disk).code()).isEqualTo("APPLICATION_REQUIRED");
        host.say("operator", disk);
        host.untilLife("TRIAL");
        String data = host.name() + "-data1";
        var added = cluster.disk(host.namespace(), data).orElseThrow();
        assertThat(added.getSpec().getResources().getRequests().get("storage").toString())
                .isEqualTo(Long.toString(30L << 30));
        assertThat(host.machine("spec.template.spec.volumes").toString()).contains(data);
        assertThat(host.asked("staff-b", "{\"kind\": \"REBUILD\"}").code())
                .as("of one that runs")
                .isEqualTo("ILLEGAL_TRANSITION");
        host.say("staff-b", "{\"kind\": \"STOP\"}");
        until(() -> host.seen().path("state").asString().equals("STOPPED"));
        String system = uid(cluster.disk(host.namespace(), host.name()).orElseThrow());
        host.say("staff-b", "{\"kind\": \"REBUILD\"}");
        host.untilLife("STOPPED");
        assertThat(cluster.disk(host.namespace(), host.name()).map(HostCommandsIT::uid))
                .isPresent()
                .isNotEqualTo(Optional.of(system));
        assertThat(cluster.disk(host.namespace(), data).map(HostCommandsIT::uid))
                .contains(uid(added));
    }

    @Test
    void theRecycleBinGivesBackAndWhatIsDestroyedIsCertified() {
        var hosts = delivered("b", 2, 1);
        var host = hosts.getFirst();
        host.say("staff-b", "{\"kind\": \"RECYCLE\", \"reason\": \"不再使用\"}");
        until(() -> "Halted".equals(host.machine("spec.runStrategy")));
        host.untilLife("RECYCLE_BIN");
        assertThat(host.destroyed("operator").code()).isEqualTo("STILL_RESTORABLE");
        host.say("staff-b", "{\"kind\": \"RESTORE\"}");
        host.untilLife("STOPPED");
        host.say("staff-b", "{\"kind\": \"RECYCLE\", \"reason\": \"不再使用\"}");
        later(Duration.ofDays(15).plusSeconds(1));
        assertThat(host.destroyed("staff-b").status()).isEqualTo(403);
        assertThat(cluster.host(host.namespace(), host.name())).isPresent();
        var destroyed = host.destroyed("operator");
        assertThat(destroyed.status()).as(destroyed.toString()).isEqualTo(200);
        host.untilLife("DESTROYED");
        assertThat(cluster.host(host.namespace(), host.name())).isEmpty();
        until(() -> cluster.disk(host.namespace(), host.name()).isEmpty());
        var other = hosts.getLast();
        assertThat(other.machine("status.printableStatus")).isEqualTo("Running");
        assertThat(cluster.disk(other.namespace(), other.name())).isPresent();
        var certificate = server.as("staff-b").get(host.path() + "/certificate");
        assertThat(certificate.status()).isEqualTo(200);
        assertThat(certificate.json().path("number").asLong()).isPositive();
        assertThat(certificate.json().path("content").asString())
                .contains("不再使用", "operator", host.name(), "\"VANISH\"");
        assertThat(server.as("staff-a").get(host.path() + "/certificate").status()).isEqualTo(404);
    }

    @Test
    void ofABatchAsManyStartAsFitAndTheOthersSayWhyThemselves() {
        var four = delivered("c", 4, 2);
        String namespace = four.getFirst().namespace();
        four.forEach(host -> host.say("staff-c", "{\"kind\": \"STOP\"}"));
        until(() ->
                four.stream()
                        .allMatch(host -> host.seen().path("state").asString().equals("STOPPED")));
        later(Duration.ofMinutes(5));
        until(() -> committed("c") == 0);
        // Others take 16 of the 20 meanwhile: there is room for two.
        var _ = delivered("c", 4, 4);
        var started =
                server.as("staff-c")
                        .put(
                                "/host-starts/" + id(),
                                four.stream()
                                        .map(host -> '"' + host.id() + '"')
                                        .collect(Collectors.joining(",", "{\"hosts\": [", "]}")));
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        var codes = new ArrayList<String>();
        started.json().path("items").forEach(one -> codes.add(one.path("code").asString("")));
        assertThat(codes).containsExactly("", "", "QUOTA_SHORT", "QUOTA_SHORT");
        assertThat(committed("c")).isEqualTo(20_000);
        four.subList(0, 2).forEach(host -> host.untilLife("TRIAL"));
        assertThat(cluster.runningHosts(namespace)).isEqualTo(6);
        for (var host : four.subList(2, 4)) {
            var refusal = host.seen().path("refusal");
            assertThat(refusal.path("resource").asString()).isEqualTo("cpuMillis");
            assertThat(refusal.path("asked").asLong()).isEqualTo(2000);
            assertThat(refusal.path("free").asLong(-1)).isZero();
            assertThat(refusal.path("level").path("name").asString()).isEqualTo(BUREAU.name("c"));
            assertThat(host.machine("spec.runStrategy")).isEqualTo("Halted");
        }
        // Nobody has to look for a pod that was refused: there was none.
        assertThat(cluster.pods(namespace)).isZero();
    }

    /** One that was granted to a unit. */
    private record Granted(String unit, String id, String name, String namespace) {

        String path() {
            return "/hosts/" + id;
        }

        JsonNode seen() {
            return server.as("staff-" + unit).get(path()).json();
        }

        Answer asked(String login, String command) {
            int version = seen().path("version").asInt();
            return server.as(login).put(path() + "/commands/" + Api.id(), version, command);
        }

        void say(String login, String command) {
            // Nobody says two in the same moment, nor one in that in which it is delivered.
            later(Duration.ofSeconds(1));
            var said = asked(login, command);
            assertThat(said.status()).as(said.toString()).isEqualTo(200);
        }

        Answer destroyed(String login) {
            int version = seen().path("version").asInt();
            return server.as(login)
                    .put(path() + "/destructions/" + Api.id(), version, "{\"reason\": \"到期\"}");
        }

        void untilLife(String life) {
            until(() -> seen().path("life").asString().equals(life));
        }

        List<String> steps() {
            var steps = new ArrayList<String>();
            server.as("staff-" + unit)
                    .get(path() + "/steps")
                    .json()
                    .path("items")
                    .forEach(step -> steps.add(step.path("command").asString()));
            return steps;
        }

        /** What its machine says there now. */
        Object machine(String field) {
            return cluster.host(namespace, name).orElseThrow().get((Object[]) field.split("\\."));
        }
    }

    /** Hosts that were applied for, approved, and run. */
    private static List<Granted> delivered(String unit, int count, int vcpu) {
        String application = "/applications/" + id();
        var submitted = server.as("staff-" + unit).put(application, order(unit, count, vcpu));
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        for (String login : List.of("owner-" + unit, "operator", "bureau")) {
            var person = server.as(login);
            var approved =
                    person.post(
                            application + "/approvals",
                            person.get(application).etag(),
                            "{\"note\": \"同意\"}");
            assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        }
        var staff = server.as("staff-" + unit);
        until(() -> staff.get(application).json().path("state").asString().equals("DELIVERED"));
        var delivery = staff.get(application).json().path("delivery");
        String namespace = delivery.path("namespace").asString();
        var hosts = new ArrayList<Granted>();
        for (var host : delivery.path("hosts")) {
            hosts.add(
                    new Granted(
                            unit,
                            host.path("id").asString(),
                            host.path("name").asString(),
                            namespace));
        }
        assertThat(hosts).hasSize(count);
        return hosts;
    }

    private static String order(String unit, int count, int vcpu) {
        return """
        {"system": "%s", "pool": "%s", "purpose": "一网通办", "termMonths": 12, "items": [
          {"kind": "HOSTS", "count": %d, "vcpu": %d, "memoryGib": 4, "diskGib": 40,
           "storageClass": "ssd"}]}
        """
                .formatted(system(unit), Bureau.POOL, count, vcpu);
    }

    private static String resize(int vcpu, int memoryGib) {
        return "{\"kind\": \"RESIZE\", \"vcpu\": %d, \"memoryGib\": %d}".formatted(vcpu, memoryGib);
    }

    private static String system(String unit) {
        var systems = server.as("staff-" + unit).get("/systems").json().path("items");
        return systems.get(0).path("id").asString();
    }

    /** Thousandths of a processor that a unit is charged. */
    private static long committed(String unit) {
        var path =
                server.as("staff-" + unit)
                        .get("/systems/" + system(unit) + "/quota?pool=" + Bureau.POOL)
                        .json()
                        .path("path");
        for (var level : path) {
            for (var row : level.path("rows")) {
                if (level.path("node").path("kind").asString().equals("UNIT")
                        && row.path("resource").asString().equals("cpuMillis")) {
                    return row.path("committed").asLong();
                }
            }
        }
        throw new AssertionError("no unit on the path: " + path);
    }

    /** Processors that the lease of a namespace has. */
    private static long leased(String namespace) {
        var lease = cluster.quotas(namespace).getFirst();
        return lease.getSpec().getHard().get("requests.cpu").getNumericalAmount().longValueExact();
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    private static void later(Duration time) {
        server.clock().set(server.clock().instant().plus(time));
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}

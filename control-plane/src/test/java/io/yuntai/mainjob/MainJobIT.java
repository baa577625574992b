package io.yuntai.mainjob;

import static io.yuntai.mainjob.Api.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yuntai.api.spreadsheet.Format;
import io.yuntai.mainjob.Api.Answer;
import io.yuntai.metering.DayVerdicts;
import io.yuntai.security.Role;
import io.yuntai.testkit.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The main job from the register to the month's ranking, through the HTTP API, on a real PostgreSQL
 * and a real API server. Each step stands on those before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ORDER =
            """
            {"kind": "HOSTS", "count": %d, "vcpu": 2, "memoryGib": 4, "diskGib": 40,
             "storageClass": "ssd"}
            """;
    private static final String ROOM =
            """
            {"kind": "NAMESPACE", "cpu": 4, "memoryGib": 8, "storageGib": 20, "storageClass": "ssd"}
            """;

    private static final Bureau BUREAU = new Bureau(UUID.randomUUID().toString().substring(0, 8));
    private static final byte[] REGISTER = BUREAU.file();
    private static final String APPLICATION = id();

    private static MainJobServer server;
    private static TenantCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        var kubeconfig = TestCluster.shared().kubeconfig();
        cluster = new TenantCluster(kubeconfig);
        server = MainJobServer.start(kubeconfig);
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
    @Order(1)
    void theBureauImportsItsRegister() {
        String path = "/imports/" + id() + "?fileName=" + Api.encoded("台账.xlsx");
        var trial = upload("bureau", path + "&validateOnly=true");
        assertThat(trial.status()).as(trial.toString()).isEqualTo(200);
        assertThat(systems("bureau")).isEmpty();
        var done = upload("bureau", path);
        assertThat(done.status()).as(done.toString()).isEqualTo(201);
        assertThat(upload("bureau", path).status()).isEqualTo(200);
        assertThat(systems("bureau")).hasSize(3);
        assertThat(systems("staff-a")).hasSize(1);
        assertThat(upload("staff-a", path).status()).isEqualTo(403);
    }

    @Test
    @Order(2)
    void aTrialSaysWhetherItFitsAndLeavesNothing() {
        var trial =
                server.as("staff-a")
                        .put(application(APPLICATION) + "?validateOnly=true", order("a", 4, true));
        assertThat(trial.status()).as(trial.toString()).isEqualTo(200);
        assertThat(server.as("staff-a").get(application(APPLICATION)).status()).isEqualTo(404);
        assertThat(unitRow("a", "cpuMillis").path("locked").asLong(-1)).isZero();
    }

    @Test
    @Order(3)
    void whatIsTooLargeIsRefusedWithTheLevelAndWhatItIsShortOf() {
        var trial =
                server.as("staff-a")
                        .put(application(id()) + "?validateOnly=true", order("a", 11, false));
        assertThat(trial.status()).isEqualTo(409);
        assertThat(trial.code()).isEqualTo("QUOTA_SHORT");
        var hosts = shortfall(trial, "hosts");
        assertThat(hosts.path("missing").asLong()).isEqualTo(1);
        assertThat(hosts.path("node").path("kind").asString()).isEqualTo("UNIT");
        assertThat(hosts.path("node").path("name").asString()).isEqualTo(BUREAU.name("a"));
        assertThat(shortfall(trial, "cpuMillis").path("missing").asLong()).isEqualTo(2000);
    }

    @Test
    @Order(4)
    void whoSubmittedCannotApproveNotEvenAsAnOperator() {
        var submitted = server.as("staff-a").put(application(APPLICATION), order("a", 4, true));
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        assertThat(submitted.json().path("state").asString()).isEqualTo("DEPT_REVIEW");
        assertThat(unitRow("a", "cpuMillis").path("locked").asLong()).isEqualTo(12_000);
        String approvals = application(APPLICATION) + "/approvals";
        assertThat(server.as("staff-a").post(approvals, submitted.etag(), "{}").status())
                .isEqualTo(403);
        server.grant("staff-a", Role.UNIT_OWNER);
        var own = server.as("staff-a").post(approvals, submitted.etag(), "{}");
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("SEPARATION_OF_DUTIES");
        assertThatThrownBy(() ->
                        server.get(JdbcClient.class)
                                .sql(
                                        """
                                        insert into application_step (application, version, at, person, duty,
                                            command, from_state, to_state, note)
                                        values (?, 2, ?, ?, 'UNIT_APPROVER', 'APPROVE', 'DEPT_REVIEW', 'PRECHECK', '')
                                        """)
                                .params(
                                        UUID.fromString(APPLICATION),
                                        Instant.EPOCH.atOffset(ZoneOffset.UTC),
                                        server.personOf("staff-a").value())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(state(APPLICATION)).isEqualTo("DEPT_REVIEW");
    }

    @Test
    @Order(5)
    void theOperatorSeesThePoolAfterThisOrderAndApproves() {
        var operator = server.as("operator");
        var outlook = operator.get(application(APPLICATION) + "/outlook").json();
        var cpu = row(outlook.path("rows"), "cpuMillis");
        assertThat(cpu.path("capacity").asLong()).isEqualTo(200_000);
        assertThat(cpu.path("thisOrder").asLong()).isEqualTo(12_000);
        assertThat(cpu.path("freeNow").asLong() - cpu.path("freeAfterThis").asLong())
                .isEqualTo(12_000);
        approve("a", APPLICATION);
        var after = unitRow("a", "cpuMillis");
        assertThat(after.path("committed").asLong()).isEqualTo(12_000);
        assertThat(after.path("locked").asLong()).isZero();
    }

    @Test
    @Order(6)
    void itIsDeliveredWhenTheClusterShowsIt() {
        awaitDelivered(APPLICATION, "a", 4);
        var lease = cluster.quotas(BUREAU.namespace("a"));
        assertThat(lease).hasSize(1);
        var hard = lease.getFirst().getStatus().getHard();
        assertThat(hard).isEqualTo(lease.getFirst().getSpec().getHard());
        assertThat(hard.get("requests.cpu").getNumericalAmount()).isEqualByComparingTo("12");
        assertThat(hard.get("count/virtualmachines.kubevirt.io").getNumericalAmount())
                .isEqualByComparingTo("4");
        var delivery = server.as("staff-a").get(application(APPLICATION)).json().path("delivery");
        assertThat(delivery.path("namespace").asString()).isEqualTo(BUREAU.namespace("a"));
        assertThat(delivery.path("hosts")).hasSize(4);
        assertThat(server.as("staff-b").get(application(APPLICATION)).status()).isEqualTo(404);
    }

    /** Somebody else's namespace has the name: nothing can be brought there. */
    @Test
    @Order(7)
    void untilTheClusterHasItItIsNeverDelivered() throws InterruptedException {
        cluster.createForeign(BUREAU.namespace("b"));
        String id = ordered("b", 4);
        await().atMost(PATIENCE).until(() -> state(id).equals("DELIVERING"));
        for (int i = 0; i < 30; i++) {
            assertThat(state(id)).isEqualTo("DELIVERING");
            Thread.sleep(100);
        }
        assertThat(cluster.quotas(BUREAU.namespace("b"))).isEmpty();
        cluster.delete(BUREAU.namespace("b"));
        awaitDelivered(id, "b", 4);
        confirm("b", id);
    }

    @Test
    @Order(9)
    void theClusterItselfRefusesWhatGoesPastTheLease() {
        String namespace = BUREAU.namespace("a");
        assertThat(cluster.createPod(namespace, "fits", "4", "8Gi")).isEqualTo("created");
        assertThat(cluster.createPod(namespace, "too-large", "30", "1Gi"))
                .contains("403", "exceeded quota: yuntai");
        assertThat(cluster.copyHost(namespace, "one-more"))
                .contains("403", "exceeded quota: yuntai");
    }

    @Test
    @Order(8)
    void aSecondOneThatIsTooLargeIsRefusedByWhatIsLeft() {
        var answer = server.as("staff-a").put(application(id()), order("a", 5, false));
        assertThat(answer.status()).isEqualTo(409);
        var cpu = shortfall(answer, "cpuMillis");
        assertThat(cpu.path("asked").asLong()).isEqualTo(10_000);
        assertThat(cpu.path("free").asLong()).isEqualTo(8000);
        assertThat(cpu.path("missing").asLong()).isEqualTo(2000);
        assertThat(unitRow("a", "cpuMillis").path("committed").asLong()).isEqualTo(12_000);
    }

    @Test
    @Order(10)
    void theMonthsUseIsReadAndRankedByTheJobs() throws Exception {
        confirm("a", APPLICATION);
        String few = ordered("c", 1);
        awaitDelivered(few, "c", 1);
        confirm("c", few);
        assertThat(allocated()).containsExactly("A局 4 8", "B局 4 8", "C局 1 2");
        server.clock().set(Instant.parse("2026-10-31T16:30:00Z")); // November in Shanghai
        // Nobody is judged by use that is not read yet.
        assertThat(server.get(DayVerdicts.class).judgeMissing()).isZero();
        run("metering");
        await().atMost(PATIENCE).until(() -> hoursRead() == 9 * (31 * 24 + 39));
        assertThat(server.get(DayVerdicts.class).judgeMissing()).isEqualTo(9);
        run("ranking");
        await().atMost(PATIENCE)
                .until(() ->
                        server.as("staff-a").get("/rankings/2026-10?pool=all").status() == 200);
    }

    @Test
    @Order(11)
    void theBoardShowsTiesAndWhoIsNotRankedAndWhy() {
        var months = server.as("bureau").get("/rankings").json().path("items");
        assertThat(months.get(0).path("month").asString()).isEqualTo("2026-10");
        var board = server.as("staff-c").get("/rankings/2026-10?board=SCORE&pool=all").json();
        assertThat(board.path("ranked")).hasSize(2);
        for (var ranked : board.path("ranked")) {
            assertThat(ranked.path("rank").asInt()).isEqualTo(1);
            assertThat(ranked.path("tied").asBoolean()).isTrue();
            assertThat(ranked.path("score").asString()).isEqualTo("80.00");
            assertThat(ranked.path("cpu").asString()).isEqualTo("15.00");
            assertThat(ranked.path("coverage").asString()).isEqualTo("100.00");
        }
        assertThat(board.path("ranked").get(0).path("unit").path("code").asString())
                .isEqualTo(BUREAU.uscc("a"));
        assertThat(board.path("notRanked")).hasSize(1);
        var not = board.path("notRanked").get(0);
        assertThat(not.path("unit").path("name").asString()).isEqualTo(BUREAU.name("c"));
        assertThat(not.path("reasons").get(0).asString()).isEqualTo("FEWER_THAN_3_HOSTS");
        assertThat(board.path("summary").path("hosts").asInt()).isEqualTo(9);
    }

    @Test
    @Order(12)
    void theBureauExportsTheBoardAndItReadsTheSame() throws IOException {
        String path = "/rankings/2026-10/export?board=SCORE&pool=all&format=xlsx";
        assertThat(server.as("staff-c").get(path).status()).isEqualTo(403);
        var file = server.as("bureau").get(path);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Disposition").orElseThrow()).contains(".xlsx");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file.bytes()))) {
            var ranked = book.getSheet(1).orElseThrow().read();
            assertThat(texts(ranked, 2)).containsExactly(BUREAU.uscc("a"), BUREAU.uscc("b"));
            assertThat(ranked.get(1).getCellAsNumber(4).orElseThrow())
                    .isEqualByComparingTo("80.00");
            var notRanked = book.getSheet(2).orElseThrow().read();
            assertThat(texts(notRanked, 1)).containsExactly(BUREAU.name("c"));
            assertThat(notRanked.get(1).getCellText(2)).contains("已计量主机不足 3 台");
        }
    }

    @Test
    @Order(13)
    void everyStepLeftItsRowInTheAudit() {
        var actions =
                server.get(JdbcClient.class)
                        .sql("select action from audit_entry where target = ? order by id")
                        .param("application/" + APPLICATION)
                        .query(String.class)
                        .list();
        assertThat(actions)
                .contains(
                        "application.submit",
                        "application.approve",
                        "application.deliver",
                        "application.observe",
                        "application.confirm");
    }

    @Test
    @Order(14)
    void theFrozenMonthIsGivenByTheDatabaseAndEveryHandInItIsNamed() throws Exception {
        server.clock().set(Instant.parse("2026-11-04T01:00:00Z"));
        var frozen = server.as("bureau").put("/reports/2026-10", "");
        assertThat(frozen.status()).as(frozen.toString()).isEqualTo(200);
        var file = server.as("bureau").get("/reports/2026-10/versions/1/file").bytes();
        var hands = new HandsInTheDatabase(server.databaseUrl());
        hands.saysNothingOfWhatCameLater(file);
        hands.areNamedWithBothFigures(file);
    }

    @Test
    @Order(15)
    void theMeterKnowsOfAStopFromTheCommandToTheNextStart() {
        var staff = server.as("staff-a");
        String host = staff.get("/hosts").json().path("items").get(0).path("id").asString();
        say(host, "STOP");
        await().atMost(PATIENCE).until(() -> stops(host).size() == 1);
        assertThat(stops(host)).containsExactly("open");
        server.clock().set(Instant.parse("2026-11-04T05:00:00Z"));
        say(host, "START");
        await().atMost(PATIENCE).until(() -> stops(host).equals(List.of("ended")));
    }

    @Test
    @Order(16)
    void daysAreReadAgainWhenTheOperatorAsksForItAndTheFrozenMonthStays() {
        var operator = server.as("operator");
        var sources = operator.get("/usage-readings/sources").json().path("items");
        assertThat(sources.get(0).path("name").asString()).isEqualTo("evenUse");
        String id = id();
        String path = "/usage-readings/" + id;
        String days =
                """
                {"source": "evenUse", "from": "2026-10-10T16:00:00Z", "to": "2026-10-12T16:00:00Z"}
                """;
        assertThat(server.as("bureau").put(path, days).status()).isEqualTo(403);
        assertThat(operator.put(path + "?validateOnly=true", days).status()).isEqualTo(200);
        assertThat(rereading(id)).isEmpty();
        var wrong = operator.put(path, days.replace("16:00:00Z\"}", "16:30:00Z\"}"));
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("NOT_WHOLE_HOURS");
        var asked = operator.put(path, days);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> rereading(id).filter(one -> one.path("done").asBoolean()).isPresent());
        var done = rereading(id).orElseThrow();
        assertThat(done.path("hours").asInt()).isEqualTo(9 * 48);
        assertThat(done.path("changed").asInt()).isZero();
        assertThat(
                        server.get(JdbcClient.class)
                                .sql(
                                        "select count(*) from audit_entry where action = 'usage.reread' and outcome = 'SUCCESS'")
                                .query(Long.class)
                                .single())
                .isOne();
    }

    private static Optional<JsonNode> rereading(String id) {
        var items = server.as("operator").get("/usage-readings").json().path("items");
        return items.valueStream().filter(one -> one.path("id").asString().equals(id)).findAny();
    }

    private static void say(String host, String what) {
        var staff = server.as("staff-a");
        int version = staff.get("/hosts/" + host).json().path("version").asInt();
        var said = staff.command("/hosts/" + host + "/commands/" + id(), version, what);
        assertThat(said.status()).as(said.toString()).isEqualTo(200);
    }

    private static List<String> stops(String host) {
        return server.get(JdbcClient.class)
                .sql(
                        """
                        select case when upper_inf(during) then 'open' else 'ended' end
                        from host_stop where host = ?
                        """)
                .param(UUID.fromString(host))
                .query(String.class)
                .list();
    }

    private static String application(String id) {
        return "/applications/" + id;
    }

    private static Answer upload(String login, String path) {
        return server.as(login).put(path, Format.XLSX.mediaType(), REGISTER);
    }

    private static JsonNode systems(String login) {
        return server.as(login).get("/systems").json().path("items");
    }

    private static String system(String unit) {
        return systems("staff-" + unit).get(0).path("id").asString();
    }

    private static String order(String unit, int hosts, boolean room) {
        String items = ORDER.formatted(hosts) + (room ? "," + ROOM : "");
        return """
        {"system": "%s", "pool": "%s", "purpose": "一网通办", "termMonths": 12, "items": [%s]}
        """
                .formatted(system(unit), Bureau.POOL, items);
    }

    /** Submitted by the unit's staff and approved. */
    private static String ordered(String unit, int hosts) {
        String id = id();
        var submitted = server.as("staff-" + unit).put(application(id), order(unit, hosts, false));
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        approve(unit, id);
        return id;
    }

    /** By everybody who has to: the unit's owner, the platform, the bureau. */
    private static void approve(String unit, String id) {
        for (String login : List.of("owner-" + unit, "operator", "bureau")) {
            var person = server.as(login);
            var seen = person.get(application(id));
            var approved =
                    person.post(application(id) + "/approvals", seen.etag(), "{\"note\": \"同意\"}");
            assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        }
    }

    private static void confirm(String unit, String id) {
        var owner = server.as("owner-" + unit);
        var seen = owner.get(application(id));
        var confirmed = owner.post(application(id) + "/confirmations", seen.etag(), "{}");
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("CLOSED");
    }

    /** Whenever it reads DELIVERED, the cluster must show everything at that moment. */
    private static void awaitDelivered(String id, String unit, int hosts) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(id).equals("DELIVERED"));
        assertThat(cluster.runningHosts(BUREAU.namespace(unit))).isEqualTo(hosts);
        assertThat(cluster.quotas(BUREAU.namespace(unit))).hasSize(1);
    }

    private static String state(String id) {
        return server.as("operator").get(application(id)).json().path("state").asString();
    }

    /** The unit's row of a resource on the path of its system. */
    private static JsonNode unitRow(String unit, String resource) {
        var path =
                server.as("staff-" + unit)
                        .get("/systems/" + system(unit) + "/quota?pool=" + Bureau.POOL)
                        .json()
                        .path("path");
        for (var level : path) {
            if (level.path("node").path("kind").asString().equals("UNIT")) {
                return row(level.path("rows"), resource);
            }
        }
        throw new AssertionError("no unit on the path: " + path);
    }

    private static JsonNode shortfall(Answer answer, String resource) {
        return row(answer.json().path("shortfalls"), resource);
    }

    private static JsonNode row(JsonNode rows, String resource) {
        for (var row : rows) {
            if (row.path("resource").asString().equals(resource)) {
                return row;
            }
        }
        throw new AssertionError("nothing of " + resource + " in " + rows);
    }

    private static void run(String job) throws Exception {
        server.get(Scheduler.class).triggerJob(new JobKey(job, "yuntai"));
    }

    /** Of each unit: its name, how many hosts the meter has and with how many vCPU. */
    private static List<String> allocated() {
        return server.get(JdbcClient.class)
                .sql(
                        """
                        select concat_ws(' ', p.name, count(*), sum(a.vcpu))
                        from allocation a join party p on p.unit = a.unit
                        group by p.name order by p.name
                        """)
                .query(String.class)
                .list();
    }

    private static long hoursRead() {
        return server.get(JdbcClient.class)
                .sql("select count(*) from usage_hour")
                .query(Long.class)
                .single();
    }

    private static List<String> texts(List<Row> rows, int column) {
        return rows.stream().skip(1).map(row -> row.getCellText(column)).toList();
    }
}

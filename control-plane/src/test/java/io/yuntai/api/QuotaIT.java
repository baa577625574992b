package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** The quota tree over HTTP: what it shows, to whom, its past, and new limits. */
@ServerTest
class QuotaIT {

    private static final String NODES = "/api/v1/quota/nodes";
    private static final String POOL = "extranet-ordinary";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private Town town;
    private String unit = "";
    private String application = "";

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        unit = node("a", Town.OPERATOR);
        application = UUID.randomUUID().toString();
    }

    private String node(String of, String login) throws Exception {
        return read(
                get("/api/v1/quota/units/" + town.unit(server, of) + "/nodes").with(as(login)),
                "$.items[0].node.id");
    }

    private String read(
            org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder request,
            String path)
            throws Exception {
        String json =
                server.perform(request)
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        return JsonPath.read(json, path).toString();
    }

    private ResultActions ask(String path, String login, String... query) throws Exception {
        var request = get(path).with(as(login));
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return server.perform(request);
    }

    private void submit(String id, int hosts) throws Exception {
        server.perform(order(id, hosts)).andExpect(status().isCreated());
    }

    private org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder order(
            String id, int hosts) throws Exception {
        return put("/api/v1/applications/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"system": "%s", "pool": "%s", "purpose": "扩容", "termMonths": 12,
                         "items": [{"kind": "HOSTS", "count": %d, "vcpu": 4, "memoryGib": 8,
                                    "diskGib": 100, "storageClass": "ssd"}]}
                        """
                                .formatted(town.system(server, "a"), POOL, hosts))
                .with(as(town.staff("a")));
    }

    private void approve() throws Exception {
        town.approve(server, "a", application);
    }

    @Test
    void aUnitStandsWithItsPromiseItsCeilingAndWhatIsTakenBelowIt() throws Exception {
        submit(application, 2);
        ask(NODES + "/" + unit, Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.path[0].node.kind").value("POOL"))
                .andExpect(jsonPath("$.path[0].node.name").value(POOL))
                .andExpect(jsonPath("$.path[1].node.name").value("江门市"))
                .andExpect(jsonPath("$.node.node.name").value(town.name("a")))
                .andExpect(jsonPath("$.node.children").value(1))
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].guaranteed")
                                .value(100_000))
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].ceiling").value(100_000))
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].committed")
                                .value(100_000))
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].handedOut").value(8000))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].locked").value(8000))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].granted").value(0))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].free").value(92_000));
        approve();
        ask(NODES + "/" + unit, town.staff("a"))
                .andExpect(jsonPath("$.path.length()").value(1))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].locked").value(0))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].granted").value(8000));
    }

    @Test
    void nodesAreListedLevelByLevelAndFoundByNameFromAbove() throws Exception {
        ask(NODES, Town.OPERATOR, "pool", POOL)
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].node.kind").value("POOL"))
                .andExpect(jsonPath("$.items[0].parent").value((Object) null));
        ask(NODES, Town.OPERATOR, "pool", POOL, "deep", "true", "q", town.name("a"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].node.id").value(unit));
        submit(application, 1);
        ask(NODES, Town.OPERATOR, "parent", unit, "sort", "-used", "resource", "memoryBytes")
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].node.kind").value("SYSTEM"))
                .andExpect(jsonPath("$.items[0].parent").value(unit));
        for (String sort :
                new String[] {"name", "guaranteed", "ceiling", "committed", "free", "granted"}) {
            ask(NODES, Town.OPERATOR, "deep", "true", "sort", "-" + sort, "limit", "2")
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.items.length()").value(2))
                    .andExpect(jsonPath("$.next").isNotEmpty());
        }
    }

    @Test
    void aTenantSeesItsOwnSubtreeAndAnotherTenantsNodeIsNotThere() throws Exception {
        String staff = town.staff("a");
        ask(NODES, staff)
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].node.id").value(unit));
        ask(NODES, staff, "deep", "true", "q", town.name("b"))
                .andExpect(jsonPath("$.total").value(0));
        String other = node("b", Town.OPERATOR);
        String pool =
                read(
                        get(NODES).queryParam("pool", POOL).with(as(Town.OPERATOR)),
                        "$.items[0].node.id");
        for (String hidden : new String[] {other, pool, UUID.randomUUID().toString()}) {
            for (String what :
                    new String[] {"", "/leases", "/locks", "/movements", "/held", "/held/series"}) {
                ask(NODES + "/" + hidden + what, staff)
                        .andExpect(status().isNotFound())
                        .andExpect(jsonPath("$.code").value("QUOTA_NODE_NOT_FOUND"));
            }
            ask(NODES, staff, "parent", hidden).andExpect(status().isNotFound());
        }
        ask("/api/v1/quota/units/" + town.unit(server, "b") + "/nodes", staff)
                .andExpect(jsonPath("$.items.length()").value(0));
    }

    @Test
    void aNodesLeasesAreShownWithWhatTheyMayUseAndWhereTheyStand() throws Exception {
        submit(application, 2);
        ask(NODES + "/" + unit + "/locks", town.staff("a"))
                .andExpect(jsonPath("$.items[0].application.id").value(application))
                .andExpect(jsonPath("$.items[0].amounts.cpuMillis").value(8000))
                .andExpect(jsonPath("$.items[0].upTo.cpuMillis").value(8000));
        submit(UUID.randomUUID().toString(), 1);
        ask(NODES + "/" + unit + "/locks?limit=1", town.staff("a"))
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items.length()").value(1));
        ask(NODES + "/" + unit + "/locks", town.staff("a"))
                .andExpect(jsonPath("$.items[1].amounts.cpuMillis").value(4000))
                .andExpect(jsonPath("$.items[1].upTo.cpuMillis").value(12000));
        approve();
        ask(NODES + "/" + unit + "/locks", town.staff("a")).andExpect(jsonPath("$.total").value(1));
        ask(NODES + "/" + unit + "/leases", town.staff("a"), "sort", "-granted")
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].cluster").value("north"))
                .andExpect(jsonPath("$.items[0].state").value("GROWING"))
                .andExpect(jsonPath("$.items[0].epoch").value(1))
                .andExpect(jsonPath("$.items[0].enforcedEpoch").value((Object) null))
                .andExpect(jsonPath("$.items[0].floor.hosts").value(2))
                .andExpect(jsonPath("$.items[0].headroom.hosts").value(2));
        jdbc.sql("update cluster set state = 'FENCED' where name = 'north'").update();
        ask(NODES + "/" + unit + "/leases", town.staff("a"))
                .andExpect(jsonPath("$.items[0].state").value("FENCED"));
        jdbc.sql("update cluster set state = 'ACTIVE' where name = 'north'").update();
        ask("/api/v1/quota/systems/" + town.system(server, "a") + "/nodes", town.staff("a"))
                .andExpect(jsonPath("$.items[0].node.kind").value("SYSTEM"))
                .andExpect(jsonPath("$.items[0].pool").value(POOL));
    }

    @Test
    void thePastOfANodeIsToldWithTheOrdersAndAnyMomentCanBeAsked() throws Exception {
        Instant before = Instant.now();
        submit(application, 2);
        String second = UUID.randomUUID().toString();
        submit(second, 1);
        server.perform(
                        post("/api/v1/applications/" + second + "/withdrawals")
                                .header("If-Match", "\"1\"")
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
        Instant after = Instant.now();
        ask(NODES + "/" + unit + "/movements", town.staff("a"), "resource", "cpuMillis")
                .andExpect(jsonPath("$.total").value(4))
                .andExpect(jsonPath("$.items[3].phase").value("LIMIT"))
                .andExpect(jsonPath("$.items[3].limits.before.guaranteed").value(0))
                .andExpect(jsonPath("$.items[3].limits.after.ceiling").value(100_000))
                .andExpect(jsonPath("$.items[0].limits").value((Object) null))
                .andExpect(jsonPath("$.items[0].phase").value("VOID"))
                .andExpect(jsonPath("$.items[0].amount").value(-4000))
                .andExpect(jsonPath("$.items[0].held").value(8000))
                .andExpect(jsonPath("$.items[0].application.id").value(second))
                .andExpect(jsonPath("$.items[1].ended").value("VOID"))
                .andExpect(jsonPath("$.items[2].ended").value((Object) null))
                .andExpect(jsonPath("$.items[2].leaf.kind").value("SYSTEM"))
                .andExpect(jsonPath("$.items[2].application.number").isNotEmpty());
        ask(NODES + "/" + unit + "/movements", town.staff("a"), "to", before.toString())
                .andExpect(jsonPath("$.items[?(@.phase!='LIMIT')]").isEmpty());
        ask(NODES + "/" + unit + "/held", town.staff("a"), "at", before.toString())
                .andExpect(jsonPath("$.limits.cpuMillis.ceiling").value(100_000))
                .andExpect(jsonPath("$.held.cpuMillis").doesNotExist());
        ask(NODES + "/" + unit + "/held", town.staff("a"), "at", after.toString())
                .andExpect(jsonPath("$.held.cpuMillis").value(8000));
        ask(
                        NODES + "/" + unit + "/held/series",
                        town.staff("a"),
                        "points",
                        "3",
                        "to",
                        after.toString())
                .andExpect(jsonPath("$.points.length()").value(3))
                .andExpect(jsonPath("$.points[0].held.cpuMillis").doesNotExist())
                .andExpect(jsonPath("$.points[2].held.cpuMillis").value(8000));
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes?sort=colour, /sort",
        "/nodes?cursor=x, /cursor",
        "/nodes?limit=0, /limit",
        "/nodes?pool=nowhere, /pool",
        "/nodes?parent=7, /parent",
        "/nodes?resource=CPU%20!, /resource",
        "/nodes/{unit}/movements?from=yesterday, /from",
        "/nodes/{unit}/movements?to=-999999-01-01T00:00:00Z, /to",
        "/nodes/{unit}/movements?cursor=eA, /cursor",
        "/nodes/{unit}/held?at=10000-01-01T00:00:00Z, /at",
        "/nodes/{unit}/held/series?points=61, /points",
        "/nodes/{unit}/held/series?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z, /from",
        "/nodes/{unit}/leases?sort=colour, /sort",
    })
    void whatCannotBeAskedIsRefusedByItsPointer(String path, String pointer) throws Exception {
        server.perform(
                        get(java.net.URI.create("/api/v1/quota" + path.replace("{unit}", unit)))
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
    }

    @Test
    void theTreeIsExportedFlatAsFarAsTheCallerMaySeeIt() throws Exception {
        submit(application, 2);
        String csv =
                ask("/api/v1/quota/export", town.staff("a"), "format", "csv")
                        .andExpect(status().isOk())
                        .andExpect(header().string("Content-Type", "text/csv;charset=UTF-8"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(csv)
                .contains("资源池,层级,上级,名称,资源,计量单位")
                .contains("政务外网 · 通用处理器,单位,," + town.name("a") + ",处理器,vCPU,100,100,100,0,8,0,92")
                .doesNotContain(town.name("b"));
        ask("/api/v1/quota/export", Town.OPERATOR, "pool", POOL)
                .andExpect(status().isOk())
                .andExpect(
                        header().string(
                                        "Content-Disposition",
                                        org.hamcrest.Matchers.containsString("xlsx")));
        ask("/api/v1/quota/export", Town.OPERATOR, "format", "pdf")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/format"));
    }

    private ResultActions limit(String body, String login, String... query) throws Exception {
        return limitOf(unit, body, login, query);
    }

    private ResultActions limitOf(String node, String body, String login, String... query)
            throws Exception {
        String version = read(get(NODES + "/" + node).with(as(Town.OPERATOR)), "$.node.version");
        var request =
                put(NODES + "/" + node + "/limits/" + UUID.randomUUID())
                        .header("If-Match", "\"" + version + "\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(as(login));
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return server.perform(request);
    }

    private static String cpu(long guaranteed, long ceiling) {
        return "{\"limits\": {\"cpuMillis\": {\"guaranteed\": %d, \"ceiling\": %d}}}"
                .formatted(guaranteed, ceiling);
    }

    @Test
    void aCeilingUnderWhatIsHandedOutIsRefusedWithWhoHoldsItAndExactlyToItPasses()
            throws Exception {
        submit(application, 2);
        limit(cpu(0, 7999), Town.OPERATOR)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(jsonPath("$.shortfalls[0].node.id").value(unit))
                .andExpect(jsonPath("$.shortfalls[0].asked").value(8000))
                .andExpect(jsonPath("$.shortfalls[0].free").value(7999))
                .andExpect(jsonPath("$.shortfalls[0].holders[0].amount").value(8000))
                .andExpect(jsonPath("$.shortfalls[0].holders[0].node.kind").value("SYSTEM"))
                .andExpect(jsonPath("$.wayOut.limits.cpuMillis.ceiling").value(8000));
        limit(cpu(0, 8000), Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].ceiling").value(8000))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].free").value(0))
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='memoryBytes')].ceiling").isNotEmpty());
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("q", unit)
                                .queryParam("limit", "10")
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].action").value("quota.limit"))
                .andExpect(jsonPath("$.items[*].outcome", hasItem("FAILURE")));
    }

    @Test
    void atALeafItsLeasesAndLocksAreNamed() throws Exception {
        submit(application, 2);
        approve();
        submit(UUID.randomUUID().toString(), 1);
        String leaf =
                read(
                        get("/api/v1/quota/systems/" + town.system(server, "a") + "/nodes")
                                .with(as(Town.OPERATOR)),
                        "$.items[0].node.id");
        limitOf(leaf, cpu(0, 11_999), Town.OPERATOR)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.shortfalls[0].node.kind").value("SYSTEM"))
                .andExpect(jsonPath("$.shortfalls[0].holders").isEmpty())
                .andExpect(jsonPath("$.shortfalls[0].leases[0].amount").value(8000))
                .andExpect(jsonPath("$.shortfalls[0].leases[0].namespace").isNotEmpty())
                .andExpect(jsonPath("$.shortfalls[0].locks[0].amount").value(4000))
                .andExpect(jsonPath("$.shortfalls[0].locks[0].application.number").isNotEmpty());
    }

    @Test
    void whatWasRefusedCanBeReadWithWhatWasShort() throws Exception {
        server.perform(order(application, 30)).andExpect(status().isConflict());
        ask(NODES + "/" + unit + "/refusals", town.staff("a"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].phase").value("PENDING"))
                .andExpect(jsonPath("$.items[0].asked[*].amounts.hosts", hasItem(30)))
                .andExpect(jsonPath("$.items[0].shortfalls[*].resource", hasItem("cpuMillis")))
                .andExpect(
                        jsonPath("$.items[0].shortfalls[?(@.resource=='hosts')].asked").value(30));
        ask(NODES + "/" + unit + "/refusals?phase=PENDING", town.staff("a"))
                .andExpect(jsonPath("$.total").value(1));
        ask(NODES + "/" + unit + "/refusals?phase=LEASE", town.staff("a"))
                .andExpect(jsonPath("$.total").value(0));
        ask(NODES + "/" + unit + "/refusals?phase=POST", town.staff("a"))
                .andExpect(status().isUnprocessableContent());
        ask(NODES + "/" + unit + "/refusals", town.staff("b")).andExpect(status().isNotFound());
        // It is no answer for ever: the same application is asked anew.
        submit(application, 1);
    }

    @Test
    void whoHeldWhatAtALeafWhenItWasRefusedCanBeReadAsItWas() throws Exception {
        submit(application, 2);
        approve();
        submit(UUID.randomUUID().toString(), 1);
        String leaf =
                read(
                        get("/api/v1/quota/systems/" + town.system(server, "a") + "/nodes")
                                .with(as(Town.OPERATOR)),
                        "$.items[0].node.id");
        limitOf(leaf, cpu(0, 12_000), Town.OPERATOR).andExpect(status().isOk());
        String late = UUID.randomUUID().toString();
        server.perform(order(late, 1)).andExpect(status().isConflict());
        limitOf(leaf, cpu(0, 20_000), Town.OPERATOR).andExpect(status().isOk());
        submit(late, 1);

        String then = "$.items[0].shortfalls[0]";
        ask(NODES + "/" + leaf + "/refusals", town.staff("a"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath(then + ".node.kind").value("SYSTEM"))
                .andExpect(jsonPath(then + ".leases.length()").value(1))
                .andExpect(jsonPath(then + ".leases[0].amount").value(8000))
                .andExpect(jsonPath(then + ".leases[0].namespace").isNotEmpty())
                .andExpect(jsonPath(then + ".locks.length()").value(1))
                .andExpect(jsonPath(then + ".locks[0].amount").value(4000))
                .andExpect(jsonPath(then + ".locks[0].application.number").isNotEmpty())
                .andExpect(jsonPath(then + ".others").value(0));
    }

    @Test
    void whatIfChangesNothing() throws Exception {
        limit(cpu(50_000, 60_000), Town.OPERATOR, "validateOnly", "true")
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].ceiling").value(60_000));
        ask(NODES + "/" + unit, Town.OPERATOR)
                .andExpect(
                        jsonPath("$.node.rows[?(@.resource=='cpuMillis')].ceiling").value(100_000));
    }

    @Test
    void aPromiseThatTheLevelsAboveCannotGiveIsRefusedWithTheMostThatFits() throws Exception {
        limit(cpu(2_000_000_000L, 2_000_000_000L), Town.OPERATOR, "validateOnly", "true")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.shortfalls[0].node.kind").value("POOL"))
                .andExpect(jsonPath("$.wayOut.limits.cpuMillis.guaranteed").isNumber())
                .andExpect(jsonPath("$.wayOut.limits.cpuMillis.ceiling").value(2_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {} | /limits
                    {"limits": {}} | /limits
                    {"limits": {"CPU!": {"guaranteed": 1}}} | /limits/CPU!
                    {"limits": {"gpus/unheard": {"guaranteed": 1}}} | /limits/gpus~1unheard
                    {"limits": {"cpuMillis": {"guaranteed": -1}}} | /limits/cpuMillis/guaranteed
                    {"limits": {"cpuMillis": {"ceiling": 2000000000000000000}}} | /limits/cpuMillis/ceiling
                    {"limits": {"storageBytes/ssd": {"guaranteed": 2, "ceiling": 1}}} | /limits/storageBytes~1ssd/ceiling
                    {"limits": {"cpuMillis": {"guaranteed": "1"}}} | /limits/cpuMillis/guaranteed
                    {"colour": 1} | /colour
                    """)
    void limitsThatCannotBeAreRefusedByTheirPointers(String body, String pointer) throws Exception {
        limit(body, Town.OPERATOR)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
    }

    @Test
    void whatQuotaIsCountedInIsKnownAndWhatALeaseHasNoNameForIsRefused() throws Exception {
        ask("/api/v1/quota/resources", Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[?(@.code=='cpuMillis')].classes").value(false))
                .andExpect(jsonPath("$.items[?(@.code=='storageBytes')].classes").value(true));
        limit("{\"limits\": {\"storageBytes\": {\"guaranteed\": 1}}}", Town.OPERATOR)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("UNKNOWN_RESOURCE"));
        limit("{\"limits\": {\"gpus/t4\": {\"guaranteed\": 0}}}", Town.OPERATOR)
                .andExpect(status().isOk());
    }

    @Test
    void ofTwentySubmissionsAtOnceForTheLastEightProcessorsOnePasses() throws Exception {
        limit(cpu(0, 8000), Town.OPERATOR).andExpect(status().isOk());
        var answers = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            for (int i = 0; i < 20; i++) {
                var order = order(UUID.randomUUID().toString(), 2);
                answers.add(
                        threads.submit(() -> {
                            start.await();
                            return server.perform(order).andReturn().getResponse().getStatus();
                        }));
            }
            start.countDown();
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(one -> one == 201).hasSize(1);
        assertThat(statuses).filteredOn(one -> one == 409).hasSize(19);
        ask(NODES + "/" + unit, Town.OPERATOR)
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].locked").value(8000))
                .andExpect(jsonPath("$.node.rows[?(@.resource=='cpuMillis')].free").value(0));
    }

    @Test
    void limitsThatWereSentAgainAreAnsweredAsTheFirstTimeAndStandOnce() throws Exception {
        String version = read(get(NODES + "/" + unit).with(as(Town.OPERATOR)), "$.node.version");
        var change = UUID.randomUUID();
        for (int time = 0; time < 2; time++) {
            server.perform(limits(change, version, cpu(40_000, 60_000)))
                    .andExpect(status().isOk())
                    .andExpect(
                            jsonPath("$.node.rows[?(@.resource=='cpuMillis')].ceiling")
                                    .value(60_000));
        }
        server.perform(limits(change, version, cpu(40_000, 70_000)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
        ask(NODES + "/" + unit + "/movements", Town.OPERATOR, "resource", "cpuMillis")
                .andExpect(jsonPath("$.items[?(@.transfer=='%s')]".formatted(change), hasSize(1)));
    }

    private org.springframework.test.web.servlet.RequestBuilder limits(
            UUID change, String version, String body) {
        return put(NODES + "/" + unit + "/limits/" + change)
                .header("If-Match", "\"" + version + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .with(as(Town.OPERATOR));
    }

    @Test
    void limitsAreThePlatformsAndMeantForWhatWasSeen() throws Exception {
        limit(cpu(1, 1), town.staff("a")).andExpect(status().isForbidden());
        limit(cpu(1, 1), Town.BUREAU).andExpect(status().isForbidden());
        var stale =
                put(NODES + "/" + unit + "/limits/" + UUID.randomUUID())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(cpu(50_000, 50_000));
        server.perform(stale.with(as(Town.OPERATOR))).andExpect(status().isPreconditionRequired());
        server.perform(stale.header("If-Match", "\"1\"").with(as(Town.OPERATOR)))
                .andExpect(status().isPreconditionFailed())
                .andExpect(jsonPath("$.code").value("STALE_VERSION"));
    }

    @Test
    void aRefusedOrderIsToldHowMuchFitsAndWhoIsIdle() throws Exception {
        submit(application, 15);
        approve();
        var _ =
                jdbc.sql("update lease set enforced_epoch = epoch where epoch > enforced_epoch")
                        .update();
        var _ =
                jdbc.sql("update lease_amount set floor = 0 where namespace like ?")
                        .param(town.code("a") + "%")
                        .update();
        server.perform(order(UUID.randomUUID().toString(), 30))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.wayOut.fits.hosts").value(5))
                .andExpect(jsonPath("$.wayOut.items[0].count").value(5))
                .andExpect(
                        jsonPath("$.shortfalls[?(@.resource=='hosts')].idle.leases[0].amount")
                                .value(15))
                .andExpect(jsonPath("$.shortfalls[?(@.resource=='hosts')].idle.others").value(0))
                .andExpect(jsonPath("$.idleAsked").value(true))
                .andExpect(jsonPath("$.detail").isNotEmpty());
        server.perform(order(UUID.randomUUID().toString(), 30).queryParam("validateOnly", "true"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.idleAsked").doesNotExist());
    }
}

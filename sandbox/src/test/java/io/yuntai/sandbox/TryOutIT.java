package io.yuntai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.sandbox.tryout.DataFolder;
import io.yuntai.sandbox.tryout.SampleUser;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The try-out as a user has it: one process, one folder, one city. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TryOutIT {

    private Path data;
    private TryOutProcess server;

    @BeforeAll
    void start(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) Path folder)
            throws Exception {
        data = folder.resolve("data");
        server = TryOutProcess.start(data).ready();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        try (var folder = java.nio.file.Files.walk(data.getParent())) {
            for (var file : folder.sorted(java.util.Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.deleteIfExists(file);
            }
        }
    }

    @Test
    @Order(1)
    void saysThatNothingHereIsReal() throws Exception {
        var environment = server.environment();

        assertThat(environment.at("/mode").asString()).isEqualTo("TRYOUT");
        assertThat(environment.at("/preparing/step").asString()).isEqualTo("DONE");
        assertThat(environment.at("/clusters"))
                .isNotEmpty()
                .allSatisfy(cluster -> assertThat(cluster.at("/simulated").asBoolean()).isTrue());
    }

    @Test
    @Order(1)
    void printsOneAddressAndEachUserOnce() throws Exception {
        assertThat(server.output()).containsOnlyOnce(server.url() + "/");
        for (var user : users()) {
            assertThat(server.output()).containsOnlyOnce(user.password());
        }
        assertThat(users().stream().map(user -> user.role().code()).distinct())
                .containsExactlyInAnyOrder(
                        "UNIT_STAFF", "UNIT_OWNER", "PLATFORM_OPERATOR", "BUREAU", "EXPERT");
        assertThat(
                        users().stream()
                                .filter(user -> user.role().code().equals("UNIT_STAFF"))
                                .map(SampleUser::unit)
                                .distinct())
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @Order(1)
    void everySampleUserSignsInByThePage() throws Exception {
        for (var user : users()) {
            try (var browser = SignedIn.as(server.url(), user.login(), user.password())) {
                assertThat(browser.landed()).hasToString(server.url() + "/");
                var me = browser.get("/api/v1/me");
                assertThat(me.at("/name").asString()).isEqualTo(user.name());
                assertThat(me.at("/roles/0").asString()).isEqualTo(user.role().code());
            }
        }
    }

    @Test
    @Order(1)
    void aWrongPasswordLeadsBackToThePage() throws Exception {
        var user = users().getFirst();
        try (var browser = SignedIn.as(server.url(), user.login(), "wrong")) {
            assertThat(browser.landed()).hasPath("/sign-in");
            assertThat(browser.page()).contains("登录名或口令错误");
        }
    }

    @Test
    @Order(1)
    void theCityIsThereAndDelivered() throws Exception {
        try (var bureau = signIn("BUREAU")) {
            assertThat(bureau.get("/api/v1/units?limit=1").at("/total").asInt()).isEqualTo(105);
            assertThat(bureau.get("/api/v1/systems?limit=1").at("/total").asInt()).isEqualTo(302);
            assertThat(bureau.get("/api/v1/hosts?state=RUNNING&limit=1").at("/total").asInt())
                    .isGreaterThanOrEqualTo(1350);
            for (String state : List.of("TECH_REVIEW", "REJECTED", "WITHDRAWN", "DELIVERED")) {
                assertThat(
                                bureau.get("/api/v1/applications?limit=1&state=" + state)
                                        .at("/total")
                                        .asInt())
                        .as(state)
                        .isPositive();
            }
        }
    }

    @Test
    @Order(1)
    void lastMonthIsRankedWithTiesAndWithReasons() throws Exception {
        try (var bureau = signIn("BUREAU")) {
            var months = bureau.get("/api/v1/rankings");
            assertThat(months.at("/items/0/month").asString()).isEqualTo(lastMonth().toString());

            var board = bureau.get("/api/v1/rankings/" + lastMonth() + "?board=SCORE&pool=all");

            assertThat(board.at("/ranked")).hasSizeGreaterThan(50);
            assertThat(board.at("/ranked"))
                    .anySatisfy(row -> assertThat(row.at("/tied").asBoolean()).isTrue());
            assertThat(board.at("/notRanked"))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(row -> assertThat(row.at("/reasons")).isNotEmpty());
        }
    }

    @Test
    @Order(1)
    void staffSeeTheirOwnUnitOnly() throws Exception {
        try (var staff = signIn("UNIT_STAFF")) {
            assertThat(staff.get("/api/v1/units?limit=10").at("/total").asInt()).isOne();
        }
    }

    @Test
    @Order(1)
    void isRefusedOnDataThatAreInUseAndOnAPortThatIsTaken(@TempDir Path other) throws Exception {
        try (var second = TryOutProcess.start(data)) {
            assertThat(second.exit()).isOne();
            assertThat(second.output().strip()).contains("is running").hasLineCount(1);
        }
        try (var second = TryOutProcess.start(other.resolve("data"), server.port())) {
            assertThat(second.exit()).isOne();
            assertThat(second.output().strip()).contains("is taken").hasLineCount(1);
        }
        try (var second =
                TryOutProcess.start(other.resolve("data"), "--kubernetes", "/nowhere/config")) {
            assertThat(second.exit()).isOne();
            assertThat(second.output().strip()).contains("/nowhere/config").hasLineCount(1);
        }
    }

    @Test
    @Order(2)
    void comesBackWithItsDataAfterAKill() throws Exception {
        server.kill();

        server = TryOutProcess.start(data).ready();

        try (var bureau = signIn("BUREAU")) {
            assertThat(bureau.get("/api/v1/units?limit=1").at("/total").asInt()).isEqualTo(105);
            // The simulated clusters were empty: the reconciler has them run again.
            long end = System.nanoTime() + 120_000_000_000L;
            while (bureau.get("/api/v1/hosts?state=RUNNING&limit=1").at("/total").asInt() < 1350) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(500);
            }
        }
    }

    private SignedIn signIn(String role) throws Exception {
        var user = users().stream().filter(one -> one.role().code().equals(role)).findFirst();
        return SignedIn.as(server.url(), user.orElseThrow().login(), user.get().password());
    }

    private List<SampleUser> users() throws Exception {
        return DataFolder.sampleUsers(data);
    }

    static YearMonth lastMonth() {
        return YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1);
    }
}

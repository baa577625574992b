package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger on a real PostgreSQL: what is decided, what is stored, and who wins a race. */
class LedgerIT {

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final UnitId UNIT = new UnitId(UuidCreator.getTimeOrderedEpoch());
    private static final SystemId SYSTEM = new SystemId(UuidCreator.getTimeOrderedEpoch());
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;
    private static Ledger ledger;
    private static QuotaTree tree;
    private static QuotaViews views;
    private NodeId leaf;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        var data = postgres.getPostgresDatabase();
        Flyway.configure()
                .dataSource(data)
                .locations("classpath:db/migration/onboarding")
                .load()
                .migrate();
        jdbc = JdbcClient.create(data);
        transaction = new TransactionTemplate(new JdbcTransactionManager(data));
        ledger = new Ledger(new Settlement(new LedgerStore(new JdbcTemplate(data))));
        tree = new QuotaTree(jdbc, ledger, Clock.fixed(NOW, ZoneOffset.UTC));
        views = new QuotaViews(jdbc);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void aUnitWith100OfAPoolOf1000() {
        jdbc.sql(
                        """
                        set session_replication_role = replica;
                        truncate region, pool, unit, system, quota_transfer, quota_entry, quota_locked, quota_node cascade;
                        set session_replication_role = origin;
                        insert into region values ('440700', '江门市');
                        insert into pool values ('extranet-ordinary', 'extranet', 'ordinary');
                        """)
                .update();
        jdbc.sql(
                        "insert into unit (id, uscc, name, region, funding, created_at) values (?, ?, ?, ?, '', ?)")
                .params(
                        UNIT.value(),
                        "11440700007080000X",
                        "市政务服务数据管理局",
                        "440700",
                        java.sql.Timestamp.from(NOW))
                .update();
        jdbc.sql(
                        """
                        insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                            mlps_filing, builder, created_at)
                        values (?, 'portal', '门户', 'extranet', false, 2, 'x', 'y', ?)
                        """)
                .params(SYSTEM.value(), java.sql.Timestamp.from(NOW))
                .update();
        jdbc.sql("insert into system_owner values (?, ?, tstzrange(?, null))")
                .params(SYSTEM.value(), UNIT.value(), java.sql.Timestamp.from(NOW))
                .update();
        leaf =
                within(() -> {
                    assertGranted(tree.ensurePool(POOL, cpu(1000)));
                    assertGranted(tree.ensureUnit(POOL, UNIT, "440700", cpu(100)));
                    return tree.ensureSystem(POOL, SYSTEM, UNIT).orElseThrow();
                });
    }

    @Test
    void locksThenGrants() {
        var id = id();
        assertGranted(reserve(id, 30));
        assertThat(standing()).containsExactly(100L, 0L, 30L, 70L);

        within(() -> {
            ledger.post(id(), id, NOW);
            return id;
        });
        assertThat(standing()).containsExactly(100L, 30L, 0L, 70L);
    }

    @Test
    void givesBackWhatIsVoided() {
        var id = id();
        assertGranted(reserve(id, 30));
        within(() -> {
            ledger.voidPending(id(), id, NOW);
            return id;
        });
        assertThat(standing()).containsExactly(100L, 0L, 0L, 100L);
    }

    @Test
    void endsAPendingTransferOnce() {
        var id = id();
        assertGranted(reserve(id, 30));
        within(() -> {
            ledger.post(id(), id, NOW);
            return id;
        });
        assertThatThrownBy(() ->
                        within(() -> {
                            ledger.voidPending(id(), id, NOW);
                            return id;
                        }))
                .isInstanceOf(Refused.class)
                .hasMessage("NOT_PENDING");
    }

    @Test
    void answersTheSameIdWithTheFirstAnswer() {
        var granted = id();
        var denied = id();
        assertGranted(reserve(granted, 60));
        var no = reserve(denied, 60);
        assertThat(no).isInstanceOf(Decision.Denied.class);

        assertGranted(reserve(granted, 60));
        assertThat(reserve(denied, 60)).isEqualTo(no);
        assertThat(standing()).containsExactly(100L, 0L, 60L, 40L);
        assertThatThrownBy(() -> reserve(granted, 61)).hasMessage("ID_REUSED");
    }

    @Test
    void deniesNamingTheLevelAndWhoHoldsTheRest() {
        assertGranted(reserve(id(), 60));

        assertThat(reserve(id(), 41))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> {
                            var shortfall = denied.shortfalls().getFirst();
                            assertThat(shortfall.asked()).isEqualTo(41);
                            assertThat(shortfall.free()).isEqualTo(40);
                            assertThat(shortfall.holders())
                                    .containsExactly(new Shortfall.Holder(leaf, 60));
                            assertThat(
                                            views.named(List.of(shortfall.node()))
                                                    .get(shortfall.node())
                                                    .name())
                                    .isEqualTo("市政务服务数据管理局");
                        });
    }

    @Test
    void promisesAUnitNoMoreThanThePoolHas() {
        var other = new UnitId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql(
                        "insert into unit (id, uscc, name, region, funding, created_at) values (?, ?, ?, ?, '', ?)")
                .params(
                        other.value(),
                        "114407000070800001",
                        "另一局",
                        "440700",
                        java.sql.Timestamp.from(NOW))
                .update();
        assertThat(within(() -> tree.ensureUnit(POOL, other, "440700", cpu(901))))
                .isInstanceOf(Decision.Denied.class);
        assertGranted(within(() -> tree.ensureUnit(POOL, other, "440700", cpu(900))));
    }

    @Test
    void ofTwentyAtOnceForTheLastEightOnePasses() throws Exception {
        assertGranted(reserve(id(), 92));
        var outcomes = atOnce(20, () -> reserve(id(), 8));

        assertThat(outcomes).filteredOn(Decision.Granted.class::isInstance).hasSize(1);
        assertThat(standing()).containsExactly(100L, 0L, 100L, 0L);
    }

    @Test
    void twoIdenticalCommandsAtOnceMoveOnce() throws Exception {
        var id = id();
        var outcomes =
                atOnce(
                        2,
                        () -> {
                            try {
                                return reserve(id, 30);
                            } catch (DataAccessException e) {
                                // The loser of the race for the id; its caller asks again.
                                return reserve(id, 30);
                            }
                        });
        assertThat(outcomes).allSatisfy(LedgerIT::assertGranted);
        assertThat(standing()).containsExactly(100L, 0L, 30L, 70L);
    }

    @Test
    void theDatabaseRefusesToChangeHistory() {
        assertGranted(reserve(id(), 30));
        for (String sql :
                List.of(
                        "update quota_entry set amount = amount + 1",
                        "delete from quota_transfer",
                        "update quota_leg set amount = 1",
                        "truncate quota_shortfall")) {
            assertThatThrownBy(() -> jdbc.sql(sql).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseRefusesWhatIsOverTheCeilingOrUnbalanced() {
        assertThatThrownBy(() ->
                        jdbc.sql("update quota_account set held = 1001 where ceiling = 1000")
                                .update())
                .hasMessageContaining("never_over_the_ceiling");
        var id = id();
        assertGranted(reserve(id, 30));
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        insert into quota_entry
                                            (transfer, node, resource, side, amount, balance, at)
                                        select transfer, node, 'gpus', 'HELD', 1, 1, at
                                        from quota_entry where transfer = ? limit 1
                                        """)
                                .param(id.value())
                                .update())
                .hasMessageContaining("does not balance");
    }

    private Decision reserve(TransferId id, long amount) {
        return within(() -> ledger.reserve(id, List.of(new Leg(leaf, cpu(amount))), NOW));
    }

    /** Ceiling, committed, locked and free of the unit, in CPU. */
    private static List<Long> standing() {
        var row =
                views.path(POOL, SYSTEM).stream()
                        .filter(level -> level.node().kind() == NodeRef.Kind.UNIT)
                        .findAny()
                        .orElseThrow()
                        .rows()
                        .getFirst();
        return List.of(
                row.ceiling().orElseThrow(),
                row.committed(),
                row.locked(),
                row.free().orElseThrow());
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var futures = new ArrayList<java.util.concurrent.Future<T>>();
            for (int i = 0; i < callers; i++) {
                futures.add(
                        threads.submit(() -> {
                            start.await();
                            return call.call();
                        }));
            }
            start.countDown();
            var outcomes = new ArrayList<T>();
            for (var future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    private static <T> T within(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
    }

    private static Amounts cpu(long millis) {
        return Amounts.of(Resource.CPU, millis);
    }

    private static TransferId id() {
        return new TransferId(UuidCreator.getTimeOrderedEpoch());
    }
}

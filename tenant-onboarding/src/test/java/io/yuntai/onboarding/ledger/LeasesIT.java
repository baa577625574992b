package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The leases on a real PostgreSQL. */
class LeasesIT extends LeaseBookContract {

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final UnitId UNIT = new UnitId(UuidCreator.getTimeOrderedEpoch());

    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;
    private static Ledger ledger;
    private static QuotaTree tree;
    private static Leases leases;
    private static LeaseBook book;
    private static final List<Object> PUBLISHED = new ArrayList<>();
    private static final ApplicationEventPublisher EVENTS = PUBLISHED::add;

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
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        tree = new QuotaTree(jdbc, ledger, clock);
        leases =
                new Leases(
                        new LeaseStore(jdbc, new JdbcTemplate(data)),
                        new LearningStore(jdbc, clock),
                        new ClusterStateStore(jdbc),
                        ledger,
                        EVENTS);
        book = InTransactions.of(leases, transaction);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void twoSystemsOfAUnitWith100OfAPoolOf1000() {
        jdbc.sql(
                        """
                        set session_replication_role = replica;
                        truncate region, pool, unit, system, quota_transfer, quota_entry, quota_locked, quota_node, quota_learning
                            cascade;
                        set session_replication_role = origin;
                        insert into region values ('440700', '江门市');
                        insert into pool values ('extranet-ordinary', 'extranet', 'ordinary');
                        """)
                .update();
        jdbc.sql(
                        """
                        insert into unit (id, uscc, name, region, funding, created_at)
                        values (?, '11440700007080000X', '市政务服务数据管理局', '440700', '', ?)
                        """)
                .params(UNIT.value(), NOW.atOffset(ZoneOffset.UTC))
                .update();
        within(() -> {
            assertGranted(tree.ensurePool(POOL, cpu(1000)));
            assertGranted(tree.ensureUnit(POOL, UNIT, "440700", cpu(100)));
            return UNIT;
        });
        for (int number : new int[] {1, 2}) {
            system(number);
        }
    }

    private void system(int number) {
        jdbc.sql(
                        """
                        insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                            mlps_filing, builder, created_at)
                        values (?, ?, '门户', 'extranet', false, 2, 'x', 'y', ?)
                        """)
                .params(id(number).value(), "s" + number, NOW.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("insert into system_owner values (?, ?, tstzrange(?, null))")
                .params(id(number).value(), UNIT.value(), NOW.atOffset(ZoneOffset.UTC))
                .update();
        within(() -> tree.ensureSystem(POOL, id(number), UNIT).orElseThrow());
        within(() -> {
            leases.place(lease(number), id(number), POOL);
            return lease(number);
        });
    }

    @Test
    void whatWasPutRightIsAudited() {
        PUBLISHED.clear();
        var repair = new LeaseRepair(LeaseRepair.Kind.EDITED, "{cpuMillis=900}", "{cpuMillis=60}");
        book.repaired(lease(1), repair, NOW);
        assertThat(PUBLISHED)
                .containsExactly(
                        new Audited(
                                NOW,
                                Optional.empty(),
                                "lease.edited",
                                "lease/one/s1",
                                Audited.Outcome.SUCCESS,
                                "{cpuMillis=900} → {cpuMillis=60}"));
    }

    @Test
    void entriesAddUpToZeroAndToTheBalances() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(20))));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(1, new LeaseChange.Credit(cpu(20))));
        assertThat(
                        jdbc.sql("select coalesce(sum(amount), 0) from quota_entry")
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(
                        jdbc.sql("select sum(amount) from quota_entry where side = 'HELD'")
                                .query(Long.class)
                                .single())
                .isEqualTo(20);
    }

    @Override
    protected LeaseBook book() {
        return book;
    }

    @Override
    protected LeaseId lease(int system) {
        return new LeaseId("one", "s" + system);
    }

    @Override
    protected NodeId unit() {
        return new NodeId(
                jdbc.sql("select id from quota_node where kind = 'UNIT'")
                        .query(UUID.class)
                        .single());
    }

    @Override
    protected long held(NodeId node) {
        return jdbc.sql("select held from quota_account where node = ? and resource = 'cpuMillis'")
                .param(node.value())
                .query(Long.class)
                .single();
    }

    @Override
    protected void order(LeaseId lease, Amounts more, Amounts forGood) {
        within(() -> {
            var system = book().find(lease).orElseThrow().system();
            var leaf = tree.ensureSystem(POOL, system, UNIT).orElseThrow();
            var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
            assertGranted(ledger.reserve(id, List.of(new Leg(leaf, more)), NOW));
            ledger.post(new TransferId(UuidCreator.getTimeOrderedEpoch()), id, NOW);
            return leases.grant(lease, system, POOL, new LeaseChange.Grant(more, forGood));
        });
    }

    private static SystemId id(int number) {
        return new SystemId(new UUID(7, number));
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
    }

    private static <T> T within(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }
}

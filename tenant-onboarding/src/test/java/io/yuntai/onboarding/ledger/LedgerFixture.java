package io.yuntai.onboarding.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own with the ledger in it, and a pool of 1,000 with a region for units. */
final class LedgerFixture {

    static final PoolId POOL = PoolId.of("extranet-ordinary");
    static final String REGION = "440700";
    static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    private static final Object TEMPLATE_LOCK = new Object();
    private static TestPostgres.Database template;

    final DataSource data;
    final JdbcClient jdbc;
    final JdbcTransactionManager transactions;
    final TransactionTemplate transaction;
    final LedgerStore store;
    final Settlement settlement;
    final Ledger ledger;
    final QuotaTree tree;
    final QuotaViews views;
    final TreeMoves moves;
    final LedgerAudits audits;
    private int units;

    LedgerFixture() {
        data = TestPostgres.copyOf(template()).source();
        jdbc = JdbcClient.create(data);
        transactions = new JdbcTransactionManager(data);
        transaction = new TransactionTemplate(transactions);
        store = new LedgerStore(new JdbcTemplate(data));
        settlement = new Settlement(store);
        ledger = new Ledger(settlement);
        tree = new QuotaTree(jdbc, ledger, Clock.fixed(NOW, ZoneOffset.UTC));
        views = new QuotaViews(jdbc);
        moves = new TreeMoves(store, new TreeMoveStore(jdbc));
        audits = new LedgerAudits(jdbc);
        jdbc.sql(
                        """
                        insert into region values ('440700', '江门市'), ('440800', '湛江市');
                        insert into pool values ('extranet-ordinary', 'extranet', 'ordinary');
                        """)
                .update();
        granted(within(() -> tree.ensurePool(POOL, cpu(1000))));
    }

    private static TestPostgres.Database template() {
        synchronized (TEMPLATE_LOCK) {
            if (template == null) {
                template = TestPostgres.empty();
                Flyway.configure()
                        .dataSource(template.source())
                        .locations("classpath:db/migration/onboarding")
                        .load()
                        .migrate();
            }
            return template;
        }
    }

    /** A unit that is promised this much and no more. */
    UnitId unit(long quota) {
        var id = new UnitId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql(
                        """
                        insert into unit (id, uscc, name, region, funding, created_at)
                        values (?, ?, ?, '440700', '', '2026-01-01Z')
                        """)
                .params(id.value(), "1144070000000%05d".formatted(++units), "第" + units + "局")
                .update();
        granted(within(() -> tree.ensureUnit(POOL, id, REGION, cpu(quota))));
        return id;
    }

    /** A system of a unit. */
    SystemId system(UnitId unit) {
        var id = new SystemId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql(
                        """
                        insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                            mlps_filing, builder, created_at)
                        values (?, ?, '门户', 'extranet', false, 2, '', '', '2026-01-01Z')
                        """)
                .params(id.value(), "s" + ++units)
                .update();
        jdbc.sql("insert into system_owner values (?, ?, tstzrange('2026-01-01Z', null))")
                .params(id.value(), unit.value())
                .update();
        return id;
    }

    NodeId leaf(SystemId system, UnitId unit) {
        return within(() -> tree.ensureSystem(POOL, system, unit)).orElseThrow();
    }

    NodeId leafOf(UnitId unit) {
        return leaf(system(unit), unit);
    }

    LedgerCommitter committer() {
        return new LedgerCommitter(settlement, transactions);
    }

    <T> T within(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    /** Guaranteed, ceiling (-1: none) and held of a node in CPU. */
    List<Long> account(NodeId node) {
        return jdbc.sql(
                        """
                        select guaranteed, coalesce(ceiling, -1), held from quota_account
                        where node = ? and resource = 'cpuMillis'
                        """)
                .param(node.value())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    NodeId unitNode(UnitId unit) {
        return new NodeId(
                jdbc.sql("select id from quota_node where unit = ? and pool = ?")
                        .params(unit.value(), POOL.toString())
                        .query(java.util.UUID.class)
                        .single());
    }

    static LedgerCommand.Reserve reserve(TransferId id, NodeId leaf, long amount) {
        return new LedgerCommand.Reserve(
                id, List.of(new Leg(leaf, cpu(amount))), Optional.empty(), NOW);
    }

    static Amounts cpu(long millis) {
        return Amounts.of(Resource.CPU, millis);
    }

    static TransferId id() {
        return new TransferId(UuidCreator.getTimeOrderedEpoch());
    }

    static Decision.Granted granted(Decision decision) {
        return switch (decision) {
            case Decision.Granted granted -> granted;
            case Decision.Denied denied -> throw new AssertionError(denied);
        };
    }

    /** What became of calls that all begin at once. */
    static <T> List<T> atOnce(int callers, IntFunction<T> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                futures.add(
                        threads.submit(() -> {
                            start.await();
                            return call.apply(number);
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
}

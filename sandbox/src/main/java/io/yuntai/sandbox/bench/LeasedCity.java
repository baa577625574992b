package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.LedgerCommand;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.WriteBudget;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.LeasePolicy;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the tree and the leases of a storm, by the ledger and the keeper of production: four units
 * that are promised nothing and may have {@value #CEILING_PERCENT} % of the pool each; and systems
 * to which, over the years, four times as much was granted as the pool has. It lies idle and has
 * gone back, so that each lease begins with little and may grow to a sixth of the pool.
 */
final class LeasedCity {

    static final PoolId POOL = PoolId.of("extranet-ordinary");

    private static final int UNITS = 4;
    private static final int CEILING_PERCENT = 60;
    private static final int YEARS = 4;
    private static final long GIB_PER_CPU = 2;
    private static final long HOSTS = 40;
    private static final int MOST_VISITS = 200;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final ApplicationContext spring;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Demand.Size size;

    LeasedCity(ApplicationContext spring, Demand.Size size) {
        this.spring = spring;
        this.jdbc = spring.getBean(JdbcClient.class);
        this.transaction =
                new TransactionTemplate(spring.getBean(PlatformTransactionManager.class));
        this.size = size;
    }

    /**
     * Makes everything; the leases are on the clusters and enforced when it returns.
     *
     * @param clusters by number
     * @return the leases by the number of their namespace, spread over the clusters
     */
    List<LeaseId> make(List<String> clusters) throws Exception {
        register();
        boundUnits();
        var leases = new ArrayList<LeaseId>();
        var making = new ArrayList<Callable<Void>>();
        for (int number = 0; number < size.namespaces(); number++) {
            var code = BenchRegister.systemCode(number);
            var lease = new LeaseId(clusters.get(number % clusters.size()), code + "-extranet-o");
            leases.add(lease);
            making.add(() -> {
                grantOverTheYears(lease, code);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(making)) {
                done.get();
            }
        }
        return leases;
    }

    private void register() {
        var person = new PersonId(UuidCreator.getTimeOrderedEpoch());
        var _ =
                jdbc.sql("insert into person (id, login, name) values (?, 'storm', 'storm')")
                        .param(person.value())
                        .update();
        var outcome =
                spring.getBean(Registers.class)
                        .importRegister(
                                new Actor(person, "storm", new Actor.Scope.All()),
                                new ImportId(UuidCreator.getTimeOrderedEpoch()),
                                "storm.zip",
                                "0".repeat(64),
                                BenchRegister.tables(
                                        UNITS, size.namespaces(), size.poolMillis() / 1000),
                                false);
        if (!(outcome instanceof ImportOutcome.Imported)) {
            throw new IllegalStateException("the register was not imported: " + outcome);
        }
    }

    private void boundUnits() {
        var pool = new HashMap<Resource, Long>();
        jdbc.sql(
                        """
                        select a.resource, a.ceiling from quota_account a
                        join quota_node n on n.id = a.node where n.kind = 'POOL'
                        """)
                .query(row -> {
                    pool.put(new Resource(row.getString(1)), row.getLong(2));
                });
        var limits = new HashMap<Resource, Limit>();
        pool.forEach((resource, has) ->
                limits.put(resource, new Limit(0, OptionalLong.of(has / 100 * CEILING_PERCENT))));
        var units =
                jdbc.sql("select id from quota_node where kind = 'UNIT'")
                        .query((row, _) -> new NodeId(row.getObject(1, UUID.class)))
                        .list();
        for (var unit : units) {
            granted(
                    new LedgerCommand.SetLimits(
                            transfer(), unit, limits, Clock.systemUTC().instant()));
        }
    }

    private void grantOverTheYears(LeaseId lease, String code) throws InterruptedException {
        var owner = owner(code);
        var slice =
                Amounts.of(
                        Map.of(
                                Resource.CPU,
                                size.slice(),
                                Resource.MEMORY,
                                (size.slice() / 1000 * GIB_PER_CPU) << 30));
        var hosts = Amounts.of(Resource.HOSTS, HOSTS);
        for (int year = 0; year < YEARS; year++) {
            var forGood = year == 0 ? hosts : Amounts.NONE;
            grant(lease, owner, slice.plus(forGood), forGood);
            giveBack(lease);
        }
    }

    private record Owner(SystemId system, UnitId unit) {}

    private Owner owner(String code) {
        return jdbc.sql(
                        """
                        select s.id, o.unit from system s
                        join system_owner o on o.system = s.id and upper_inf(o.during)
                        where s.code = ?
                        """)
                .param(code)
                .query((row, _) ->
                        new Owner(
                                new SystemId(row.getObject(1, UUID.class)),
                                new UnitId(row.getObject(2, UUID.class))))
                .single();
    }

    private void grant(LeaseId lease, Owner owner, Amounts more, Amounts forGood) {
        transaction.executeWithoutResult(_ -> {
            var leaf =
                    spring.getBean(QuotaTree.class)
                            .ensureSystem(POOL, owner.system(), owner.unit())
                            .orElseThrow();
            var at = Clock.systemUTC().instant();
            granted(new LedgerCommand.Transfer(transfer(), List.of(new Leg(leaf, more)), at));
            var _ =
                    spring.getBean(Leases.class)
                            .grant(
                                    lease,
                                    owner.system(),
                                    POOL,
                                    new LeaseChange.Grant(more, forGood));
        });
    }

    private void granted(LedgerCommand command) {
        var decision = transaction.execute(_ -> spring.getBean(Ledger.class).carryOut(command));
        if (!(decision instanceof Decision.Granted)) {
            throw new IllegalStateException("the ledger says no: " + decision);
        }
    }

    private static TransferId transfer() {
        return new TransferId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Nobody is there yet: nothing has to settle, and what is idle goes back at once. */
    private void giveBack(LeaseId lease) throws InterruptedException {
        var ours = LeasePolicy.DEFAULT;
        var atOnce =
                new LeasePolicy(
                        ours.reservePercent(),
                        ours.leastReserve(),
                        ours.stepPercent(),
                        ours.scarcePercent(),
                        Duration.ZERO,
                        Duration.ZERO);
        var book = spring.getBean(Leases.class);
        var keeper = new LeaseKeeper(book, atOnce, new WriteBudget(1000, 1000), Clock.systemUTC());
        var cluster =
                spring.getBean(Clusters.class)
                        .named(new ClusterName(lease.cluster()))
                        .orElseThrow();
        for (int visits = 0; visits < MOST_VISITS; visits++) {
            var _ = keeper.visit(cluster, lease, Amounts.NONE, true);
            if (book.find(lease).filter(this::isIdle).isPresent()) {
                return;
            }
            Thread.sleep(BETWEEN);
        }
        throw new IllegalStateException(lease + " does not give back: " + book.find(lease));
    }

    private boolean isIdle(Lease lease) {
        var account = lease.account();
        return account.settled()
                && account.surplus().isZero()
                && account.granted().get(Resource.CPU) < size.slice() / 4;
    }
}

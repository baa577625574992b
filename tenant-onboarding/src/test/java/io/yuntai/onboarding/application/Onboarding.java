package io.yuntai.onboarding.application;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.OnboardingParts;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostRecycled;
import io.yuntai.onboarding.host.HostRestored;
import io.yuntai.onboarding.host.HostRuns;
import io.yuntai.onboarding.host.HostStopped;
import io.yuntai.onboarding.host.HostsDelivered;
import io.yuntai.onboarding.host.HostsResized;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterConnection;
import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.reconcile.NamespaceObserver;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Onboarding on a real PostgreSQL with one unit of 20 vCPU and a pool on one cluster or several.
 * Nothing wakes the reconciler: a test takes its steps one by one.
 */
final class Onboarding implements AutoCloseable {

    static final PoolId POOL = PoolId.of("extranet-ordinary");

    /** Only of {@link #ofTwoPools}. */
    static final PoolId DOMESTIC = PoolId.of("extranet-domestic");

    /** Only where {@link #ofTwoPools} is asked for it. */
    static final PoolId INTERNET = PoolId.of("internet-ordinary");

    static final Instant NOW = Instant.parse("2026-09-20T01:02:03.456Z");

    private static final String UNIT = code("11440700006900001");

    private final String code;
    private final TestPostgres.Database database;
    private final HikariDataSource data;
    private final AnnotationConfigApplicationContext spring;

    private Onboarding(
            String code,
            TestPostgres.Database database,
            HikariDataSource data,
            AnnotationConfigApplicationContext spring) {
        this.code = code;
        this.database = database;
        this.data = data;
        this.spring = spring;
    }

    /**
     * @param code of the first system; its namespace is named after it, and each other system after
     *     that
     * @param clusters serve the one pool; closed at the end
     */
    static Onboarding of(String code, Cluster... clusters) {
        return of(code, List.of(), clusters);
    }

    /**
     * As the other, configured.
     *
     * @param settings lines of {@code name=value}
     */
    static Onboarding of(String code, List<String> settings, Cluster... clusters) {
        return of(code, settings, 20, clusters);
    }

    /** As the others, but the unit has 90 vCPU and may have 45 hosts. */
    static Onboarding large(String code, Cluster... clusters) {
        return of(code, List.of(), 90, clusters);
    }

    /** As the other, with a pool and a unit of so many processors. */
    static Onboarding of(String code, List<String> settings, int vcpu, Cluster... clusters) {
        var database = TestPostgres.empty();
        var data = pool(database);
        Flyway.configure()
                .dataSource(data)
                .locations("classpath:db/migration/onboarding")
                .load()
                .migrate();
        var onboarding =
                new Onboarding(
                        code, database, data, server(data, settings, Set.of(POOL), clusters));
        onboarding.register(tables(code, vcpu));
        return onboarding;
    }

    private static HikariDataSource pool(TestPostgres.Database database) {
        var config = new HikariConfig();
        config.setDataSource(database.source());
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    /** Goes on with what another one has left, see {@link #ended}. */
    static Onboarding on(TestPostgres.Database database, String code, Cluster... clusters) {
        var data = pool(database);
        return new Onboarding(
                code, database, data, server(data, List.of(), Set.of(POOL), clusters));
    }

    /** Ends it; its database, to which nobody is connected any more. */
    TestPostgres.Database ended() {
        close();
        return database;
    }

    /** As the first, with the pool of domestic processors, and as much quota in that. */
    static Onboarding ofTwoPools(String code, Cluster... clusters) {
        return ofTwoPools(code, DOMESTIC, clusters);
    }

    /** As the first, with a second pool, and as much quota in that. */
    static Onboarding ofTwoPools(String code, PoolId second, Cluster... clusters) {
        var first = of(code);
        first.register(
                List.of(
                        table(
                                RegisterTable.POOLS,
                                second.zone().code(),
                                second.processor().code(),
                                "100",
                                "400",
                                "9000",
                                "0",
                                "50"),
                        table(
                                RegisterTable.QUOTAS,
                                UNIT,
                                second.toString(),
                                "20",
                                "80",
                                "2000",
                                "",
                                "10")));
        first.closeServer();
        return new Onboarding(
                code,
                first.database,
                first.data,
                server(first.data, List.of(), Set.of(POOL, second), clusters));
    }

    private static AnnotationConfigApplicationContext server(
            HikariDataSource data, List<String> settings, Set<PoolId> pools, Cluster... clusters) {
        var spring = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "yuntai.cluster-keys.current=test",
                        "yuntai.cluster-keys.keys.test=" + "A".repeat(43) + "=")
                .applyTo(spring);
        TestPropertyValues.of(settings).applyTo(spring);
        // Of the test, not of one control plane.
        spring.registerBean(
                DataSource.class, () -> data, definition -> definition.setDestroyMethodName(""));
        spring.registerBean(
                ClusterConnections.class,
                () ->
                        new ClusterConnections(
                                Stream.of(clusters)
                                        .map(one -> new ClusterConnection(one, pools))
                                        .toList()));
        spring.register(Parts.class, Delivered.class);
        spring.refresh();
        spring.getBean(ReconcileQueue.class).stop();
        spring.getBean(NamespaceObserver.class).stop();
        return spring;
    }

    /** A second server on the same database, with clusters of its own. */
    Onboarding another(Cluster... clusters) {
        return new Onboarding(
                code, database, data, server(data, List.of(), Set.of(POOL), clusters));
    }

    /** Ends this server alone. */
    void closeServer() {
        spring.close();
    }

    private void register(List<Table> tables) {
        var outcome =
                get(Registers.class)
                        .importRegister(
                                bureau(),
                                new ImportId(UuidCreator.getTimeOrderedEpoch()),
                                "city.zip",
                                "0".repeat(64),
                                tables,
                                false);
        if (!(outcome instanceof ImportOutcome.Imported)) {
            throw new IllegalStateException("the register was not imported: " + outcome);
        }
    }

    private static List<Table> tables(String code, int vcpu) {
        String pool = POOL.toString();
        String most = Integer.toString(5 * vcpu);
        String hosts = Integer.toString(vcpu / 2);
        return List.of(
                table(RegisterTable.REGIONS, "440700", "江门市", ""),
                table(
                        RegisterTable.POOLS,
                        "extranet",
                        "ordinary",
                        most,
                        Integer.toString(20 * vcpu),
                        Integer.toString(450 * vcpu),
                        "0",
                        Integer.toString(5 * vcpu / 2)),
                table(RegisterTable.UNITS, UNIT, "江门市大数据局", "440700", ""),
                table(RegisterTable.CONTACTS, UNIT, "张三", "0750-1234567", "z@example.cn", "", ""),
                new Table(
                        RegisterTable.SYSTEMS.code(),
                        RegisterTable.SYSTEMS.columns().stream()
                                .map(RegisterTable.Column::code)
                                .toList(),
                        List.of(system(2, code, "一网通办"), system(3, code + "-2", "办事大厅"))),
                table(
                        RegisterTable.QUOTAS,
                        UNIT,
                        pool,
                        Integer.toString(vcpu),
                        Integer.toString(4 * vcpu),
                        Integer.toString(100 * vcpu),
                        "",
                        hosts));
    }

    /** As many more systems of the first unit as it takes to have so many; by code. */
    List<SystemId> withSystems(int count) {
        register(
                List.of(
                        new Table(
                                RegisterTable.SYSTEMS.code(),
                                RegisterTable.SYSTEMS.columns().stream()
                                        .map(RegisterTable.Column::code)
                                        .toList(),
                                IntStream.rangeClosed(3, count)
                                        .mapToObj(n -> system(n, code + "-" + n, "业务系统" + n))
                                        .toList())));
        return systems();
    }

    private static Table.Row system(int line, String code, String name) {
        return new Table.Row(line, List.of(code, name, UNIT, "extranet", "no", "2", "", ""));
    }

    /** A second unit, with the same quota as the first. */
    UnitId otherUnit() {
        String uscc = code("11440700006900002");
        register(
                List.of(
                        table(RegisterTable.UNITS, uscc, "江门市教育局", "440700", ""),
                        table(
                                RegisterTable.CONTACTS,
                                uscc,
                                "李四",
                                "0750-7654321",
                                "l@example.cn",
                                "",
                                ""),
                        table(
                                RegisterTable.QUOTAS,
                                uscc,
                                POOL.toString(),
                                "20",
                                "80",
                                "2000",
                                "",
                                "10")));
        return jdbc().sql("select id from unit where uscc = ?")
                .param(uscc)
                .query((row, _) -> new UnitId(row.getObject("id", UUID.class)))
                .single();
    }

    private static Table table(RegisterTable table, String... cells) {
        return new Table(
                table.code(),
                table.columns().stream().map(RegisterTable.Column::code).toList(),
                List.of(new Table.Row(2, List.of(cells))));
    }

    private static String code(String seventeen) {
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    /** Of the first system. */
    String code() {
        return code;
    }

    /** From now on nobody gets at it. */
    void closeDatabase() {
        data.close();
    }

    <T> T get(Class<T> type) {
        return spring.getBean(type);
    }

    JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    SystemId system() {
        return systems().getFirst();
    }

    /** The two systems, by code. */
    List<SystemId> systems() {
        return jdbc().sql("select id from system order by code").query(UUID.class).list().stream()
                .map(SystemId::new)
                .toList();
    }

    /** Somebody new of the platform, who sees everything. */
    Actor person(String login) {
        var id = new PersonId(UuidCreator.getTimeOrderedEpoch());
        jdbc().sql("insert into person (id, login, name) values (?, ?, ?)")
                .params(id.value(), login, login)
                .update();
        return new Actor(id, login, new Actor.Scope.All());
    }

    /** Somebody as he comes in. */
    Taker taker(Actor actor) {
        return new Taker(actor, get(Takers.class).parts(actor.person()));
    }

    private Actor bureau() {
        return jdbc().sql("select id from person where login = 'bureau'")
                .query(UUID.class)
                .optional()
                .map(id -> new Actor(new PersonId(id), "bureau", new Actor.Scope.All()))
                .orElseGet(() -> person("bureau"));
    }

    /** An order of so many hosts of 2 vCPU, 4 GiB and 40 GiB each. */
    Order order(int hosts) {
        return order(system(), hosts);
    }

    Order order(SystemId system, int hosts) {
        return new Order(system, POOL, "测试", 12, List.of(new Item.Hosts(hosts, 2, 4, 40, "ssd")));
    }

    /** An order that changes something. */
    Order order(Item... items) {
        return new Order(system(), POOL, "变更", 12, List.of(items));
    }

    /** A host as an item for it has it. */
    static Item.Subject subject(Host host) {
        return new Item.Subject(
                host.id(),
                host.name(),
                host.storageClass(),
                new Item.Size(host.vcpu(), (int) (host.memoryBytes() >> 30)));
    }

    Application submitted(Actor by, int hosts) {
        return submitted(by, order(hosts));
    }

    Application submitted(Actor by, Order order) {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        return switch (get(Applications.class).submit(by, id, order)) {
            case Submission.Accepted(var application, _) -> application;
            case Submission.TooLarge(var shortfalls, _, _) ->
                    throw new IllegalStateException("too large: " + shortfalls);
        };
    }

    /** Approves what was submitted, by everybody who has to. */
    Application approved(Application submitted) {
        return approvals().approve(submitted.id(), Optional.empty());
    }

    Approvals approvals() {
        return new Approvals(spring);
    }

    /** What the system's node of the quota tree has committed of its processors. */
    long committedCpu() {
        return account("committed");
    }

    /** What is locked there by orders that nobody has decided. */
    long lockedCpu() {
        return account("locked");
    }

    private long account(String column) {
        return cpu(POOL, column.equals("locked") ? Level.Row::locked : Level.Row::committed);
    }

    /** Of the processors of the system's node in a pool. */
    long cpu(PoolId pool, ToLongFunction<Level.Row> figure) {
        return get(QuotaViews.class).path(pool, system()).getLast().rows().stream()
                .filter(row -> row.resource().equals(Resource.CPU))
                .mapToLong(figure)
                .sum();
    }

    /** Every host that was announced as delivered, as often as it was. */
    List<String> announced() {
        return get(Delivered.class).hosts;
    }

    /** All that the audit was told. */
    List<Audited> audited() {
        return get(Delivered.class).audited;
    }

    /** All that people were told, as often as it was. */
    List<Notice> noticed() {
        return get(Delivered.class).noticed;
    }

    @Override
    public void close() {
        spring.close();
        data.close();
    }

    /** What its clock says. */
    Instant now() {
        return get(Ahead.class).instant();
    }

    /** From here on it is so much later. */
    void later(Duration by) {
        var clock = get(Ahead.class);
        clock.by = clock.by.plus(by);
    }

    /** The real time, and what a test has let pass. */
    static class Ahead extends Clock {

        private final Clock real = Clock.systemUTC();
        private volatile Duration by = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return real.instant().plus(by);
        }
    }

    static class Delivered {
        final List<String> hosts = new CopyOnWriteArrayList<>();
        final List<Audited> audited = new CopyOnWriteArrayList<>();

        /** What the meter is told of hosts that were delivered. */
        final List<String> metered = new CopyOnWriteArrayList<>();

        final List<Notice> noticed = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Notice event) {
            noticed.add(event);
        }

        @EventListener
        void on(Audited event) {
            audited.add(event);
        }

        @EventListener
        void on(HostStopped event) {
            metered.add("stopped");
        }

        @EventListener
        void on(HostRuns event) {
            metered.add("runs");
        }

        @EventListener
        void on(HostRecycled event) {
            metered.add("recycled " + event.host().plan().holdsCompute());
        }

        @EventListener
        void on(HostRestored event) {
            metered.add("restored");
        }

        @EventListener
        void on(HostsResized event) {
            event.hosts()
                    .forEach(host ->
                            metered.add(
                                    host.vcpu()
                                            + " vCPU, "
                                            + host.plan().disks().size()
                                            + " data disks"));
        }

        @EventListener
        void on(HostsDelivered event) {
            event.hosts().forEach(host -> hosts.add(host.name()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OnboardingParts.class)
    static class Parts {

        @Bean
        Ahead clock() {
            return new Ahead();
        }
    }

    /** Runs all at the same moment and gives what became of each: a value, or what it threw. */
    static List<Object> atOnce(List<Callable<?>> work) throws Exception {
        var begin = new CountDownLatch(work.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    work.stream()
                            .map(one ->
                                    threads.submit(() -> {
                                        begin.countDown();
                                        begin.await();
                                        return one.call();
                                    }))
                            .toList();
            return IntStream.range(0, running.size())
                    .mapToObj(at -> {
                        try {
                            return (Object) running.get(at).get();
                        } catch (ExecutionException e) {
                            return e.getCause();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }
}

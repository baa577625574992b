package io.yuntai.onboarding.reorganization;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.OnboardingParts;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Approvals;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.kubernetes.ClusterConnection;
import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
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
import io.yuntai.quota.NodeId;
import io.yuntai.testkit.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A registered city on a real PostgreSQL: a province with two cities and a district, a pool of 100
 * vCPU, a bureau of 40 with a centre of 15 in it, the police with 30 in the other city, and a
 * system of each. The cluster gives no answer; time stands until it is set.
 */
final class City implements AutoCloseable {

    static final PoolId POOL = PoolId.of("extranet-ordinary");
    static final PoolId HEALTH = PoolId.of("health-ordinary");
    static final String BUREAU = code("11440700006900001");
    static final String CENTRE = code("11440700006900002");
    static final String POLICE = code("11440800006900003");
    static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    private final HikariDataSource data;
    private final AnnotationConfigApplicationContext spring;

    City() {
        var config = new HikariConfig();
        config.setDataSource(TestPostgres.empty().source());
        config.setMaximumPoolSize(12);
        data = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(data)
                .locations("classpath:db/migration/onboarding")
                .load()
                .migrate();
        spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> data);
        spring.registerBean(
                ClusterConnections.class,
                () ->
                        new ClusterConnections(
                                List.of(
                                        new ClusterConnection(
                                                UnreachableCluster.named("gone"),
                                                Set.of(POOL, HEALTH)))));
        spring.register(Parts.class, Events.class);
        spring.refresh();
        spring.getBean(ReconcileQueue.class).stop();
        imported(whole());
    }

    private static String code(String seventeen) {
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    /** The file; the part stands above its whole. */
    static Map<RegisterTable, List<List<String>>> whole() {
        var file = new LinkedHashMap<RegisterTable, List<List<String>>>();
        for (var table : RegisterTable.values()) {
            file.put(table, new ArrayList<>());
        }
        row(file, RegisterTable.REGIONS, "440703", "蓬江区", "440700");
        row(file, RegisterTable.REGIONS, "440000", "广东省", "");
        row(file, RegisterTable.REGIONS, "440700", "江门市", "440000");
        row(file, RegisterTable.REGIONS, "440800", "湛江市", "440000");
        row(file, RegisterTable.POOLS, "extranet", "ordinary", "100", "400", "9000", "", "100");
        row(file, RegisterTable.UNITS, CENTRE, "卫生信息中心", "440703", "", BUREAU);
        row(file, RegisterTable.UNITS, BUREAU, "卫生局", "440703", "", "");
        row(file, RegisterTable.UNITS, POLICE, "公安局", "440800", "");
        row(file, RegisterTable.SYSTEMS, "health", "健康档案", BUREAU, "extranet", "no", "2", "", "");
        row(file, RegisterTable.SYSTEMS, "beds", "床位", CENTRE, "extranet", "no", "2", "", "");
        row(file, RegisterTable.SYSTEMS, "cases", "案件", POLICE, "extranet", "no", "3", "", "");
        row(file, RegisterTable.QUOTAS, CENTRE, "extranet-ordinary", "15", "60", "900", "", "15");
        row(file, RegisterTable.QUOTAS, BUREAU, "extranet-ordinary", "40", "160", "3000", "", "40");
        row(file, RegisterTable.QUOTAS, POLICE, "extranet-ordinary", "30", "120", "2000", "", "30");
        return file;
    }

    static void row(
            Map<RegisterTable, List<List<String>>> file, RegisterTable table, String... cells) {
        file.get(table).add(Arrays.asList(cells));
    }

    void imported(Map<RegisterTable, List<List<String>>> file) {
        var outcome = imports(file);
        if (!(outcome instanceof ImportOutcome.Imported)) {
            throw new IllegalStateException("not imported: " + outcome);
        }
    }

    ImportOutcome imports(Map<RegisterTable, List<List<String>>> file) {
        var tables = new ArrayList<Table>();
        file.forEach((table, rows) -> {
            var numbered = new ArrayList<Table.Row>();
            rows.forEach(cells -> numbered.add(new Table.Row(numbered.size() + 2, cells)));
            tables.add(
                    new Table(
                            table.code(),
                            table.columns().stream().map(RegisterTable.Column::code).toList(),
                            numbered));
        });
        return get(Registers.class)
                .importRegister(
                        person("bureau" + UuidCreator.getTimeOrderedEpoch().hashCode()),
                        new ImportId(UuidCreator.getTimeOrderedEpoch()),
                        "city.zip",
                        "0".repeat(64),
                        tables,
                        false);
    }

    <T> T get(Class<T> type) {
        return spring.getBean(type);
    }

    JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    <T> List<T> events(Class<T> type) {
        return get(Events.class).all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Somebody new of the bureau or the platform, who sees everything. */
    Actor person(String login) {
        var id = new PersonId(UuidCreator.getTimeOrderedEpoch());
        String name = login.replaceAll("[^a-z0-9]", "");
        jdbc().sql("insert into person (id, login, name) values (?, ?, ?)")
                .params(id.value(), name, login)
                .update();
        return new Actor(id, login, new Actor.Scope.All());
    }

    void at(Instant now) {
        get(Time.class).now = now;
    }

    UnitId unit(String uscc) {
        return new UnitId(
                jdbc().sql("select id from unit where uscc = ?")
                        .param(uscc)
                        .query(UUID.class)
                        .single());
    }

    SystemId system(String code) {
        return new SystemId(
                jdbc().sql("select id from system where code = ?")
                        .param(code)
                        .query(UUID.class)
                        .single());
    }

    NodeId node(PoolId pool, Object of) {
        return new NodeId(
                jdbc().sql(
                                """
                                select id from quota_node where pool = ?
                                and coalesce(region, unit::text, system::text, kind) = ?
                                """)
                        .params(pool.toString(), of.toString())
                        .query(UUID.class)
                        .single());
    }

    /** Guaranteed and held of a node in vCPU. */
    List<Long> cpu(NodeId node) {
        return jdbc().sql(
                        """
                        select guaranteed / 1000, held / 1000 from quota_account
                        where node = ? and resource = 'cpuMillis'
                        """)
                .param(node.value())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(List.of(0L, 0L));
    }

    /** An order of so many hosts of 1 vCPU, 2 GiB and 20 GiB, not yet decided. */
    Application submitted(Actor by, String system, int hosts) {
        return switch (submit(by, system, hosts, POOL)) {
            case Submission.Accepted(var application, _) -> application;
            case Submission.TooLarge large ->
                    throw new IllegalStateException("too large: " + large);
        };
    }

    Submission submit(Actor by, String system, int hosts, PoolId pool) {
        return get(Applications.class)
                .submit(
                        by,
                        new ApplicationId(UuidCreator.getTimeOrderedEpoch()),
                        new Order(
                                system(system),
                                pool,
                                "测试",
                                12,
                                List.of(new Item.Hosts(hosts, 1, 2, 20, "ssd"))));
    }

    /** Hosts of a system that run since some moment, without a cluster. */
    void delivered(Actor by, String system, int hosts, Instant at) {
        var application = submitted(by, system, hosts);
        var _ = approvals().approve(application.id(), Optional.empty());
        jdbc().sql("update host set state = 'RUNNING', delivered_at = ? where application = ?")
                .params(at.atOffset(ZoneOffset.UTC), application.id().value())
                .update();
    }

    Approvals approvals() {
        return new Approvals(spring);
    }

    @Override
    public void close() {
        spring.close();
        data.close();
    }

    static class Events {
        final List<Object> all = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Object event) {
            all.add(event);
        }
    }

    /** A clock that is set. */
    static class Time extends Clock {
        volatile Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OnboardingParts.class)
    static class Parts {

        @Bean
        Time clock() {
            return new Time();
        }
    }
}

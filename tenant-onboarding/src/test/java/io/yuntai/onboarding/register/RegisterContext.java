package io.yuntai.onboarding.register;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The register's services on a real PostgreSQL. */
final class RegisterContext implements AutoCloseable {

    private static final List<String> TABLES =
            List.of(
                    "region",
                    "pool",
                    "pool_capacity",
                    "unit",
                    "unit_contact",
                    "person",
                    "system",
                    "system_owner",
                    "unit_quota");

    private final EmbeddedPostgres postgres;
    private final AnnotationConfigApplicationContext spring;

    private RegisterContext(EmbeddedPostgres postgres, AnnotationConfigApplicationContext spring) {
        this.postgres = postgres;
        this.spring = spring;
    }

    static RegisterContext start() throws Exception {
        var postgres = EmbeddedPostgres.start();
        var data = postgres.getPostgresDatabase();
        Flyway.configure()
                .dataSource(data)
                .locations("classpath:db/migration/onboarding")
                .load()
                .migrate();
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> data);
        spring.register(Parts.class, Events.class);
        spring.refresh();
        return new RegisterContext(postgres, spring);
    }

    <T> T get(Class<T> type) {
        return spring.getBean(type);
    }

    JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    <T> List<T> events(Class<T> type) {
        return get(Events.class).published.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    void empty() {
        // As a replica: the ledger's triggers refuse even a test's truncate; one of them always.
        jdbc().sql(
                        """
                        alter table quota_limit_change disable trigger append_only;
                        set session_replication_role = replica;
                        truncate register_import, %s cascade;
                        alter table quota_limit_change enable always trigger append_only
                        """
                                .formatted(String.join(", ", TABLES)))
                .update();
        get(Events.class).published.clear();
    }

    /** Every row of the register, as text. */
    TreeMap<String, List<String>> everything() {
        var all = new TreeMap<String, List<String>>();
        for (String table : TABLES) {
            all.put(
                    table,
                    jdbc().sql("select t::text from " + table + " t order by 1")
                            .query(String.class)
                            .list());
        }
        return all;
    }

    @Override
    public void close() throws Exception {
        spring.close();
        postgres.close();
    }

    static class Events {
        final List<Object> published = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Object event) {
            published.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @ComponentScan({
        "io.yuntai.onboarding.ledger",
        "io.yuntai.onboarding.region",
        "io.yuntai.onboarding.unit",
        "io.yuntai.onboarding.system",
        "io.yuntai.onboarding.register"
    })
    static class Parts {

        @Bean
        JdbcTemplate jdbcTemplate(DataSource data) {
            return new JdbcTemplate(data);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource data) {
            return new JdbcTransactionManager(data);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-24T01:02:03.123456789Z"), ZoneOffset.UTC);
        }
    }
}

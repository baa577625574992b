package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The meter and the ranking of production on a PostgreSQL that flushes to disk. */
final class BillingServer implements AutoCloseable {

    /** All months of the benchmarks have ended. */
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    private final BenchDatabase database;
    private final AnnotationConfigApplicationContext spring;

    private BillingServer(BenchDatabase database, AnnotationConfigApplicationContext spring) {
        this.database = database;
        this.spring = spring;
    }

    static BillingServer start() throws IOException {
        var database = BenchDatabase.start("billing", 3);
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, database::pool);
        spring.register(Parts.class);
        spring.refresh();
        return new BillingServer(database, spring);
    }

    <T> T service(Class<T> type) {
        return spring.getBean(type);
    }

    JdbcTemplate jdbc() {
        return spring.getBean(JdbcTemplate.class);
    }

    @Override
    public void close() throws IOException {
        spring.close();
        database.close();
    }

    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan({"io.yuntai.billing.metering", "io.yuntai.billing.ranking"})
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
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }
}

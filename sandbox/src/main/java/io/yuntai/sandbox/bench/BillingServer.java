package io.yuntai.sandbox.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.util.FileSystemUtils;

/** The meter and the ranking of production on a PostgreSQL that flushes to disk. */
final class BillingServer implements AutoCloseable {

    /** All months of the benchmarks have ended. */
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    private final Path folder;
    private final PostgresServer postgres;
    private final HikariDataSource pool;
    private final AnnotationConfigApplicationContext spring;

    private BillingServer(
            Path folder,
            PostgresServer postgres,
            HikariDataSource pool,
            AnnotationConfigApplicationContext spring) {
        this.folder = folder;
        this.postgres = postgres;
        this.pool = pool;
        this.spring = spring;
    }

    static BillingServer start() throws IOException {
        var folder = Files.createTempDirectory("yuntai-bench-month");
        var postgres = PostgresServer.kept(folder);
        var pool = new HikariDataSource();
        pool.setDataSource(postgres.database("postgres"));
        pool.setMaximumPoolSize(3);
        var _ =
                Flyway.configure()
                        .dataSource(pool)
                        .locations("classpath:db/migration/billing")
                        .load()
                        .migrate();
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> pool);
        spring.register(Parts.class);
        spring.refresh();
        return new BillingServer(folder, postgres, pool, spring);
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
        pool.close();
        postgres.close();
        var _ = FileSystemUtils.deleteRecursively(folder);
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

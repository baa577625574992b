package io.yuntai.billing;

import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.report.CityNames;
import io.yuntai.billing.report.SigningKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Billing's services on a real PostgreSQL, one server for the test JVM and one database a test. */
public final class BillingDatabase implements AutoCloseable {

    /** The moment at which tests compute. */
    public static final Instant NOW = Instant.parse("2026-11-02T01:00:00Z");

    private static final EmbeddedPostgres SERVER = start();

    private static final Path KEY = key();

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final DataSource dataSource;
    private final AnnotationConfigApplicationContext context;

    public BillingDatabase() {
        var name = "t" + System.nanoTime();
        var admin = new JdbcTemplate(SERVER.getPostgresDatabase());
        admin.execute("create database " + name);
        dataSource = SERVER.getDatabase("postgres", name);
        var _ =
                Flyway.configure()
                        .dataSource(dataSource)
                        .locations("classpath:db/migration/billing")
                        .load()
                        .migrate();
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> dataSource);
        InstantSource clock = now::get;
        context.registerBean(Clock.class, () -> clock.withZone(ZoneOffset.UTC));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "test", Map.of("yuntai.report.key-file", KEY.toString())));
        context.register(Services.class);
        context.refresh();
    }

    public <T> T service(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient sql() {
        return context.getBean(JdbcClient.class);
    }

    /** From now on it is that moment; before, it is {@link #NOW}. */
    public void moveTo(Instant moment) {
        now.set(moment);
    }

    @Override
    public void close() {
        context.close();
    }

    /** What a command outside of the server would connect to. */
    public DataSource source() {
        return dataSource;
    }

    private static Path key() {
        try {
            var file = Files.createTempFile("report", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, SigningKey.generate().toPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    @Configuration
    @EnableTransactionManagement
    @ComponentScan("io.yuntai.billing")
    static class Services {

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        CityNames cities() {
            return () -> Map.of("440700", "江门市", "440300", "深圳市");
        }

        @Bean
        PoolBooks books() {
            return new TownBooks();
        }
    }
}

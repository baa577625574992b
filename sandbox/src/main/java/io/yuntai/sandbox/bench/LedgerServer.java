package io.yuntai.sandbox.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.onboarding.ledger.LedgerCommitter;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The committer of production on a PostgreSQL that flushes to disk. */
final class LedgerServer implements AutoCloseable {

    private final Path folder;
    private final PostgresServer postgres;
    private final HikariDataSource pool;
    private final AnnotationConfigApplicationContext spring;

    private LedgerServer(
            Path folder,
            PostgresServer postgres,
            HikariDataSource pool,
            AnnotationConfigApplicationContext spring) {
        this.folder = folder;
        this.postgres = postgres;
        this.pool = pool;
        this.spring = spring;
    }

    static LedgerServer start() throws IOException {
        var folder = Files.createTempDirectory("yuntai-bench-ledger");
        var postgres = PostgresServer.kept(folder);
        var pool = new HikariDataSource();
        pool.setDataSource(postgres.database("postgres"));
        // Two batches at once, and a look at what is not known yet.
        pool.setMaximumPoolSize(3);
        var _ =
                Flyway.configure()
                        .dataSource(pool)
                        .locations("classpath:db/migration/onboarding")
                        .load()
                        .migrate();
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> pool);
        spring.register(Parts.class);
        spring.refresh();
        return new LedgerServer(folder, postgres, pool, spring);
    }

    LedgerCommitter committer() {
        return spring.getBean(LedgerCommitter.class);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    /** Connections of their own, not of the pool. */
    DataSource connections() {
        return postgres.database("postgres");
    }

    @Override
    public void close() throws IOException {
        spring.close();
        pool.close();
        postgres.close();
        var _ =
                Files.walkFileTree(
                        folder,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                                    throws IOException {
                                Files.delete(file);
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult postVisitDirectory(
                                    Path visited, @Nullable IOException e) throws IOException {
                                Files.delete(visited);
                                return FileVisitResult.CONTINUE;
                            }
                        });
    }

    @ComponentScan(
            value = "io.yuntai.onboarding.ledger",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*\\.(LedgerCommitter|Settlement|LedgerStore)"))
    static class Parts {

        @Bean
        JdbcTemplate jdbcTemplate(DataSource data) {
            return new JdbcTemplate(data);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource data) {
            return new JdbcTransactionManager(data);
        }
    }
}

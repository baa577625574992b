package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.ledger.LedgerCommitter;
import java.io.IOException;
import javax.sql.DataSource;
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

    private final BenchDatabase database;
    private final AnnotationConfigApplicationContext spring;

    private LedgerServer(BenchDatabase database, AnnotationConfigApplicationContext spring) {
        this.database = database;
        this.spring = spring;
    }

    static LedgerServer start() throws IOException {
        // Two batches at once, and a look at what is not known yet.
        var database = BenchDatabase.start("onboarding", 3);
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, database::pool);
        spring.register(Parts.class);
        spring.refresh();
        return new LedgerServer(database, spring);
    }

    LedgerCommitter committer() {
        return spring.getBean(LedgerCommitter.class);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database.pool());
    }

    void checkpoint() {
        var _ = jdbc().sql("checkpoint").update();
    }

    /** Connections of their own, not of the pool. */
    DataSource connections() {
        return database.connections();
    }

    @Override
    public void close() throws IOException {
        spring.close();
        database.close();
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

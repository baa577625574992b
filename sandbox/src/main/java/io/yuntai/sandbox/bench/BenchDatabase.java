package io.yuntai.sandbox.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A PostgreSQL of a benchmark's own that flushes to disk, migrated, with a pool before it. */
record BenchDatabase(Path folder, PostgresServer postgres, HikariDataSource pool)
        implements AutoCloseable {

    private static final String NAME = "postgres";

    /**
     * Starts one with the tables of one module.
     *
     * @param module the folder of its migrations
     * @param connections how many the pool holds at most
     */
    static BenchDatabase start(String module, int connections) throws IOException {
        var folder = Files.createTempDirectory("yuntai-bench-" + module);
        var postgres = PostgresServer.kept(folder);
        var pool = new HikariDataSource();
        pool.setDataSource(postgres.database(NAME));
        pool.setMaximumPoolSize(connections);
        var _ =
                Flyway.configure()
                        .dataSource(pool)
                        .locations("classpath:db/migration/" + module)
                        .load()
                        .migrate();
        return new BenchDatabase(folder, postgres, pool);
    }

    /** Connections of their own, not of the pool. */
    DataSource connections() {
        return postgres.database(NAME);
    }

    @Override
    public void close() throws IOException {
        pool.close();
        postgres.close();
        Folders.delete(folder);
    }
}

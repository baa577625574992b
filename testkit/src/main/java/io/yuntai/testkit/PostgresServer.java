package io.yuntai.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a free loopback port, its time zone UTC. It ends with {@link #close()} or
 * with the JVM; if the JVM was killed, the next start in the same folder (or of any temporary one)
 * stops it first, in order.
 */
public final class PostgresServer implements AutoCloseable {

    /** The superuser; there is no password. */
    public static final String USER = "postgres";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Workspace workspace;
    private final EmbeddedPostgres postgres;
    private final Thread hook = new Thread(this::stop, "stop-postgres");
    private boolean ownedByCaller;

    private PostgresServer(Workspace workspace, EmbeddedPostgres postgres) {
        this.workspace = workspace;
        this.postgres = postgres;
    }

    /**
     * Starts one whose data stay, and that waits for the disk at every commit.
     *
     * @throws IllegalStateException when another process uses the folder
     */
    public static PostgresServer kept(Path folder) {
        return start(Workspace.open(folder), true);
    }

    /** Starts one whose data are deleted at the end, and that does not wait for the disk. */
    public static PostgresServer temporary() {
        return start(Workspace.temporary("postgres"), false);
    }

    private static PostgresServer start(Workspace workspace, boolean durable) {
        try {
            PostgresServer server = new PostgresServer(workspace, postgres(workspace, durable));
            Runtime.getRuntime().addShutdownHook(server.hook);
            return server;
        } catch (IOException e) {
            workspace.close();
            throw new UncheckedIOException("cannot start PostgreSQL in " + workspace.folder(), e);
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    private static EmbeddedPostgres postgres(Workspace workspace, boolean durable)
            throws IOException {
        String onOff = durable ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setDataDirectory(Files.createDirectories(workspace.resolve("data")))
                .setOverrideWorkingDirectory(
                        Files.createDirectories(workspace.resolve("program")).toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(Ports.free(1).getFirst())
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", onOff)
                .setServerConfig("synchronous_commit", onOff)
                .setServerConfig("full_page_writes", onOff)
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setServerConfig("max_connections", "200")
                .setLocaleConfig("encoding", "UTF8")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
    }

    /**
     * From now on only {@link #close()} ends it, also when the JVM ends: for an owner who has to
     * end something else before.
     */
    public PostgresServer endedByOwner() {
        ownedByCaller = Runtime.getRuntime().removeShutdownHook(hook);
        return this;
    }

    /** Where a database is, for JDBC. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
    }

    /** Connections to a database that exists; not pooled. */
    public DataSource database(String name) {
        return postgres.getDatabase(USER, name);
    }

    /** Ends the server; a temporary folder is deleted. */
    @Override
    public void close() {
        if (ownedByCaller) {
            stop();
            return;
        }
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending: the hook does the rest.
            return;
        }
        stop();
    }

    private void stop() {
        @Nullable IOException failure = null;
        try {
            postgres.close();
        } catch (IOException e) {
            failure = e;
        }
        workspace.close();
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
    }
}

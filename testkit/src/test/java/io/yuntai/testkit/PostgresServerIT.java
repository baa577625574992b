package io.yuntai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @Test
    void everyDatabaseIsNewAndInUtc() throws SQLException {
        TestPostgres.Database one = TestPostgres.empty();
        execute(one.source(), "CREATE TABLE unit (name text)");
        execute(one.source(), "INSERT INTO unit VALUES ('江门市自然资源局')");

        TestPostgres.Database copy = TestPostgres.copyOf(one);
        TestPostgres.Database other = TestPostgres.empty();

        assertThat(text(copy.source(), "SELECT name FROM unit")).isEqualTo("江门市自然资源局");
        assertThatThrownBy(() -> text(other.source(), "SELECT name FROM unit"))
                .isInstanceOf(SQLException.class);
        // The driver sets its own zone for a session; a log line and a job of the server have this
        // one.
        assertThat(text(other.source(), "SHOW log_timezone")).isEqualTo("UTC");
        assertThat(text(other.source(), "SHOW server_version")).startsWith("18.");
    }

    @Test
    void whatWasCommittedIsThereAfterItsOwnerWasKilled(@TempDir Path folder) throws Exception {
        try (PostgresServer first = PostgresServer.kept(folder)) {
            execute(first.database("postgres"), "CREATE TABLE unit AS SELECT '卫健委' AS name");
            assertThat(text(first.database("postgres"), "SHOW fsync")).isEqualTo("on");
        }
        Process owner = KilledOwner.start(folder, "postgres");
        long postmaster =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("data/postmaster.pid"))
                                .getFirst()
                                .strip());
        owner.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(postmaster)).as("it outlives its owner").isPresent();

        try (PostgresServer second = PostgresServer.kept(folder)) {
            assertThat(text(second.database("postgres"), "SELECT name FROM unit")).isEqualTo("卫健委");
            assertThat(ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void aFolderInUseIsRefused(@TempDir Path folder) {
        try (PostgresServer _ = PostgresServer.kept(folder)) {
            assertThatThrownBy(() -> PostgresServer.kept(folder)).hasMessageContaining("in use");
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}

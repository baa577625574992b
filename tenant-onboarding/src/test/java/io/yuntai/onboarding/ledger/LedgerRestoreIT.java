package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that goes on from an earlier time is found out, whoever restored it. */
class LedgerRestoreIT {

    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    @Test
    void aStartIsNoRestoreAndARecoveryFromABackupIs(@TempDir Path folder) throws IOException {
        try (var first = PostgresServer.kept(folder)) {
            Flyway.configure()
                    .dataSource(first.database("postgres"))
                    .locations("classpath:db/migration/onboarding")
                    .load()
                    .migrate();
            assertThat(at(first, NOW).since()).isEmpty();
        }
        try (var again = PostgresServer.kept(folder)) {
            assertThat(at(again, NOW).since()).isEmpty();
        }
        recoverAtNextStart(folder.resolve("data"));
        try (var restored = PostgresServer.kept(folder)) {
            awaitEndOfRecovery(restored);
            assertThat(at(restored, NOW).since()).contains(NOW);
            assertThat(at(restored, NOW.plus(Duration.ofHours(1))).since())
                    .as("it began when it was found out")
                    .contains(NOW);
            at(restored, NOW).learnt();
        }
        try (var learnt = PostgresServer.kept(folder)) {
            assertThat(at(learnt, NOW).since()).isEmpty();
        }
    }

    @Test
    void aDumpReadIntoAnotherServerIs(@TempDir Path folder) {
        try (var other = PostgresServer.kept(folder)) {
            Flyway.configure()
                    .dataSource(other.database("postgres"))
                    .locations("classpath:db/migration/onboarding")
                    .load()
                    .migrate();
            var _ =
                    JdbcClient.create(other.database("postgres"))
                            .sql("update quota_origin set server = server - 1")
                            .update();

            assertThat(at(other, NOW).since()).isEqualTo(Optional.of(NOW));
        }
    }

    /** What a recovery from an archive begins with. */
    private static void recoverAtNextStart(Path data) throws IOException {
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "restore_command = 'false'\n",
                StandardOpenOption.APPEND);
        Files.createFile(data.resolve("recovery.signal"));
    }

    /** It answers questions before it takes changes. */
    private static void awaitEndOfRecovery(PostgresServer server) {
        var jdbc = JdbcClient.create(server.database("postgres"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !jdbc.sql("select pg_is_in_recovery()").query(Boolean.class).single());
    }

    private static LearningStore at(PostgresServer server, Instant now) {
        return new LearningStore(
                JdbcClient.create(server.database("postgres")), Clock.fixed(now, ZoneOffset.UTC));
    }
}

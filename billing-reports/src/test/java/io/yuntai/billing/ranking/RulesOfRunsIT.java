package io.yuntai.billing.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs that were there before it was kept by which rules they were made. */
class RulesOfRunsIT {

    @Test
    void aPublishedRunSaysWhatItsReportSaysAndAnotherWhatAReportWithoutRulesIsReadAs()
            throws Exception {
        try (var server = EmbeddedPostgres.builder().start()) {
            var database = server.getPostgresDatabase();
            var _ = flyway(database).target("20261127.0360").load().migrate();
            var sql = JdbcClient.create(database);
            run(sql, "2026-07-01");
            run(sql, "2026-08-01");
            publish(
                    sql,
                    "2026-08-01",
                    "report\tformat=2\tmonth=2026-08\t#1\nhost\tname=x\trules=4\t#2\n");
            run(sql, "2026-09-01");
            publish(
                    sql,
                    "2026-09-01",
                    "report\tformat=2\tmonth=2026-09\trules=3\t#1\nhost\tname=局\t#2\n");
            var _ = flyway(database).load().migrate();
            assertThat(
                            sql.sql("select rules from ranking order by month")
                                    .query(Integer.class)
                                    .list())
                    .isEqualTo(List.of(2, 2, 3));
            assertThatThrownBy(() -> sql.sql("update ranking set rules = 4").update())
                    .hasMessageContaining("append-only");
        }
    }

    private static FluentConfiguration flyway(DataSource database) {
        return Flyway.configure().dataSource(database).locations("classpath:db/migration/billing");
    }

    private static void run(JdbcClient sql, String month) {
        var _ =
                sql.sql(
                                """
                                insert into ranking (month, run, policy, computed_at)
                                values (cast(? as date), 1, 'default-1', now())
                                """)
                        .param(month)
                        .update();
    }

    private static void publish(JdbcClient sql, String month, String document) {
        var _ = sql.sql("insert into frozen_month values (cast(? as date))").param(month).update();
        var _ =
                sql.sql(
                                """
                                insert into report (month, version, run, frozen_at, policy, input_digest, digest,
                                    document, public_key, signature)
                                values (cast(? as date), 1, 1, now(), 'default-1', repeat('a', 64), repeat('b', 64), ?,
                                    '', '')
                                """)
                        .params(month, document.getBytes(StandardCharsets.UTF_8))
                        .update();
    }
}

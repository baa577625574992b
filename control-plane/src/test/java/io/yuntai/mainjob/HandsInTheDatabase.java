package io.yuntai.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.metering.ReportChecks;
import io.yuntai.testkit.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Changes a database behind the server's back, past every trigger, and looks whether the check of a
 * published month tells. What was changed is rolled back.
 */
final class HandsInTheDatabase {

    /** What is changed, and what must be said of it. */
    private record Change(String statement, String... said) {}

    private static final String CPU = "pool extranet-ordinary cpuMillis: ";

    private static final List<Change> CHANGES =
            List.of(
                    new Change(
                            "update allocation set vcpu = vcpu + 1",
                            "balance extranet-ordinary VCPU: before is \"18\" and should be \"27\"",
                            "balance extranet-ordinary VCPU: after is \"18\" and should be \"27\"",
                            "vcpu is \"2\" and should be \"3\""),
                    new Change(
                            """
                            update allocation set during = tstzrange('2026-10-02T00:00:00Z', upper(during))
                            """,
                            "balance extranet-ordinary DISK: opened is \"0\" and should be"),
                    new Change(
                            """
                            insert into report select (month - interval '1 month')::date, version, run, frozen_at,
                                policy, input_digest, digest, document, public_key, signature from report;
                            insert into closing_balance (month, version, pool, measure, amount)
                                select (month - interval '1 month')::date, version, pool, measure, 7 from closing_balance
                            """,
                            "is missing: earlier\tmonth=2026-09\tversion=1",
                            "balance extranet-ordinary VCPU: before is \"18\" and should be \"7\"",
                            "balance extranet-ordinary VCPU: difference is \"0\" and should be \"11\""),
                    new Change(
                            """
                            update quota_entry set amount = amount + 1 where side = 'HELD' and resource = 'cpuMillis'
                                and position = (select min(position) from quota_entry where side = 'HELD'
                                    and resource = 'cpuMillis' and amount > 0)
                            """,
                            CPU + "units is",
                            CPU + "difference is \"0\" and should be \"-1\""),
                    new Change(
                            "update quota_transfer set at = '2026-11-20T00:00:00Z' where phase = 'POST'",
                            CPU + "locked is \"0\" and should be",
                            CPU + "allocated is"),
                    new Change(
                            """
                            insert into quota_past_debt (node, resource, at, debt)
                                select id, 'cpuMillis', '2026-10-20T00:00:00Z', 5000 from quota_node where kind = 'POOL'
                            """,
                            CPU + "debt is \"0\" and should be \"5000\"",
                            CPU + "capacity is \"200000\" and should be \"195000\""),
                    new Change(
                            """
                            update application set submitted_at = '2026-10-08T01:00:00Z', delivered_at = '2026-10-20T01:00:00Z'
                                where delivered_at is not null
                            """,
                            "delivered 4: count is \"0\" and should be \"3\""),
                    new Change(
                            """
                            update quota_entry set balance = 900000000 where side = 'HELD' and resource = 'cpuMillis'
                            """,
                            "taken extranet-ordinary cpuMillis: weekly is",
                            "forecast extranet-ordinary cpuMillis: outcome is \"NOT_ENOUGH_HISTORY\""
                                    + " and should be \"EXHAUSTED\""));

    private final String url;

    HandsInTheDatabase(String url) {
        this.url = url;
    }

    /** Whether nothing is said while nobody has changed anything that counted at the freeze. */
    void saysNothingOfWhatCameLater(byte[] report) throws SQLException {
        var later =
                """
                update quota_past_debt set debt = debt;
                insert into quota_past_debt (node, resource, at, debt)
                    select id, 'cpuMillis', '2026-11-20T00:00:00Z', 5000 from quota_node where kind = 'POOL';
                insert into calendar_version (id, year, version, file_name, digest, basis, reason, imported_by, imported_at)
                    select gen_random_uuid(), 2026, 1, 'f', repeat('0', 64), 'b', '', id, '2026-11-20T00:00:00Z'
                    from person limit 1;
                insert into calendar_day (year, version, day, kind, name)
                    values (2026, 1, '2026-09-29', 'HOLIDAY', 'h')
                """;
        assertThat(said(report, "select 1", 0)).contains("database   gives the same");
        assertThat(said(report, later, 0)).contains("database   gives the same");
    }

    /** Whether each part that was changed is named, with what was published and what should be. */
    void areNamedWithBothFigures(byte[] report) throws SQLException {
        for (var change : CHANGES) {
            assertThat(said(report, change.statement(), 1))
                    .as(change.statement())
                    .contains(change.said());
        }
    }

    private String said(byte[] report, String statement, int code) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (var sql = connection.createStatement()) {
                sql.execute("set local session_replication_role = replica; " + statement);
            }
            var out = new ByteArrayOutputStream();
            int ended =
                    ReportChecks.check(
                            report,
                            new SingleConnectionDataSource(connection, true),
                            new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(ended).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(code);
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}

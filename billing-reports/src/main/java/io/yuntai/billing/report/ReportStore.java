package io.yuntai.billing.report;

import io.yuntai.billing.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns report and restatement. */
@Repository
class ReportStore {

    private final JdbcClient sql;

    ReportStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(
            ReportContent content,
            int run,
            ReportFile.Document document,
            byte[] publicKey,
            byte[] signature,
            Optional<UUID> restatement) {
        var correction = content.correction();
        var _ =
                sql.sql(
                                """
                                insert into report (month, version, run, frozen_at, policy, input_digest, digest, document,
                                    public_key, signature, restatement, reason, author, author_name, approver, approver_name)
                                values (:month, :version, :run, :at, :policy, :input, :digest, :document,
                                    :key, :signature, :restatement, :reason, :author, :authorName, :approver, :approverName)
                                """)
                        .param("month", content.figures().month().atDay(1))
                        .param("version", content.version())
                        .param("run", run)
                        .param("at", content.frozenAt().atOffset(ZoneOffset.UTC))
                        .param("policy", content.figures().policy().id())
                        .param("input", content.input().sm3())
                        .param("digest", document.digest())
                        .param("document", document.bytes())
                        .param("key", publicKey)
                        .param("signature", signature)
                        .param("restatement", restatement.orElse(null))
                        .param("reason", correction.map(c -> c.reason()).orElse(null))
                        .param("author", correction.map(c -> c.author().id()).orElse(null))
                        .param("authorName", correction.map(c -> c.author().name()).orElse(null))
                        .param("approver", correction.map(c -> c.approver().id()).orElse(null))
                        .param(
                                "approverName",
                                correction.map(c -> c.approver().name()).orElse(null))
                        .update();
    }

    /** The latest month first, and of a month the latest version. */
    List<Report> all() {
        return sql.sql(
                        """
                        select month, version, frozen_at, policy, input_digest, digest, public_key,
                            reason, author, author_name, approver, approver_name
                        from report order by month desc, version desc
                        """)
                .query((row, _) -> report(row))
                .list();
    }

    /** The latest version first. */
    List<Report> of(YearMonth month) {
        return all().stream().filter(report -> report.month().equals(month)).toList();
    }

    Optional<byte[]> file(YearMonth month, int version) {
        return sql.sql(
                        """
                        select document, public_key, signature from report
                        where month = :month and version = :version
                        """)
                .param("month", month.atDay(1))
                .param("version", version)
                .query((row, _) ->
                        ReportFile.signed(
                                row.getBytes("document"),
                                row.getBytes("public_key"),
                                row.getBytes("signature")))
                .optional();
    }

    /** Whether it was added: there is one at a time, and each id once. */
    boolean add(Restatement restatement) {
        return sql.sql(
                                """
                                insert into restatement (id, month, reason, author, author_name, requested_at)
                                values (:id, :month, :reason, :author, :name, :at) on conflict do nothing
                                """)
                        .param("id", restatement.id())
                        .param("month", restatement.month().atDay(1))
                        .param("reason", restatement.reason())
                        .param("author", restatement.author().id())
                        .param("name", restatement.author().name())
                        .param("at", restatement.requestedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Whether it was still to be decided. */
    boolean decide(UUID id, Restatement.State state, Person by, Instant at) {
        return sql.sql(
                                """
                                update restatement set state = :state, decided_by = :by, decided_by_name = :name,
                                    decided_at = :at
                                where id = :id and state = 'REQUESTED'
                                """)
                        .param("id", id)
                        .param("state", state.name())
                        .param("by", by.id())
                        .param("name", by.name())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Restatement> restatement(UUID id) {
        return sql.sql("select * from restatement where id = ?")
                .param(id)
                .query((row, _) -> restatement(row))
                .optional();
    }

    /** The latest first. */
    List<Restatement> restatements(YearMonth month) {
        return sql.sql("select * from restatement where month = ? order by requested_at desc, id")
                .param(month.atDay(1))
                .query((row, _) -> restatement(row))
                .list();
    }

    private static Report report(ResultSet row) throws SQLException {
        var author = row.getObject("author", UUID.class);
        return new Report(
                month(row),
                row.getInt("version"),
                instant(row, "frozen_at"),
                row.getString("policy"),
                row.getString("input_digest"),
                row.getString("digest"),
                Sm3.hexOf(row.getBytes("public_key")),
                author == null
                        ? Optional.empty()
                        : Optional.of(
                                new Report.Correction(
                                        row.getString("reason"),
                                        new Person(author, row.getString("author_name")),
                                        new Person(
                                                row.getObject("approver", UUID.class),
                                                row.getString("approver_name")))));
    }

    private static Restatement restatement(ResultSet row) throws SQLException {
        var by = row.getObject("decided_by", UUID.class);
        return new Restatement(
                row.getObject("id", UUID.class),
                month(row),
                row.getString("reason"),
                new Person(row.getObject("author", UUID.class), row.getString("author_name")),
                instant(row, "requested_at"),
                Restatement.State.valueOf(row.getString("state")),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new Restatement.Decision(
                                        new Person(by, row.getString("decided_by_name")),
                                        instant(row, "decided_at"))));
    }

    private static YearMonth month(ResultSet row) throws SQLException {
        return YearMonth.from(row.getObject("month", LocalDate.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

package io.yuntai.audit;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the audit: rows are added and read, and nothing else. */
@Repository
class AuditStore {

    private static final String MATCHING =
            """
            from audit_entry
            where (:all or person_name like :pattern or action like :pattern
                   or target like :pattern or detail like :pattern)
            """;

    private final JdbcClient jdbc;

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Audited deed, String detail, String request) {
        var _ =
                jdbc.sql(
                                """
                                insert into audit_entry (at, person, person_name, action, target, outcome, detail, request)
                                values (:at, :person, :name, :action, :target, :outcome, :detail, :request)
                                """)
                        .param("at", deed.at().atOffset(ZoneOffset.UTC))
                        .param("person", deed.actor().map(a -> a.person().value()).orElse(null))
                        .param("name", deed.actor().map(Actor::name).orElse(null))
                        .param("action", deed.action())
                        .param("target", deed.target())
                        .param("outcome", deed.outcome().name())
                        .param("detail", detail)
                        .param("request", request)
                        .update();
    }

    /** Up to limit + 1 rows from the cursor on, the latest first. */
    List<AuditEntry> page(PageQuery query) {
        long before = query.cursor().map(Cursor::asOffset).orElse(Long.MAX_VALUE);
        return jdbc.sql(
                        "select id, at, person, person_name, action, target, outcome, detail "
                                + MATCHING
                                + "and id < :before order by id desc"
                                + query.atMost())
                .param("pattern", query.pattern())
                .param("all", query.q().isEmpty())
                .param("before", before)
                .query(AuditStore::entry)
                .list();
    }

    long count(PageQuery query) {
        return jdbc.sql("select count(*) " + MATCHING)
                .param("pattern", query.pattern())
                .param("all", query.q().isEmpty())
                .query(Long.class)
                .single();
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        var person = row.getObject("person", UUID.class);
        return new AuditEntry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                person == null
                        ? Optional.empty()
                        : Optional.of(
                                new AuditEntry.Person(
                                        new PersonId(person), row.getString("person_name"))),
                row.getString("action"),
                row.getString("target"),
                Audited.Outcome.valueOf(row.getString("outcome")),
                row.getString("detail"));
    }
}

package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of drafts and of who has written in them. */
@Repository
class DraftStore {

    private static final String SELECT =
            """
            select d.*, p.name as saved_by_name, a.number, a.submitted_at from application_draft d
            join person p on p.id = d.saved_by
            left join application a on a.id = d.id
            """;

    private final JdbcClient jdbc;

    DraftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Draft> find(ApplicationId id) {
        return jdbc.sql(SELECT + "where d.id = ?")
                .param(id.value())
                .query(DraftStore::draft)
                .optional();
    }

    List<Draft> of(UnitId unit) {
        return jdbc.sql(SELECT + "where d.unit = ? order by d.saved_at desc limit ?")
                .params(unit.value(), Draft.MAX_OF_UNIT)
                .query(DraftStore::draft)
                .list();
    }

    /** Locks a draft until the end of the transaction; of which unit it is. */
    Optional<UnitId> hold(ApplicationId id) {
        return jdbc.sql("select unit from application_draft where id = ? for update")
                .param(id.value())
                .query((row, _) -> new UnitId(row.getObject("unit", UUID.class)))
                .optional();
    }

    int count(UnitId unit) {
        return jdbc.sql("select count(*) from application_draft where unit = ?")
                .param(unit.value())
                .query(Integer.class)
                .single();
    }

    /** Whether there was none of this id. */
    boolean insert(ApplicationId id, UnitId unit, String content, PersonId by, Instant at) {
        return jdbc.sql(
                                """
                                insert into application_draft (id, version, unit, content, saved_by, saved_at)
                                values (?, 1, ?, ?::jsonb, ?, ?) on conflict (id) do nothing
                                """)
                        .params(
                                id.value(),
                                unit.value(),
                                content,
                                by.value(),
                                at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when it is no longer at this version. */
    boolean update(ApplicationId id, int version, String content, PersonId by, Instant at) {
        return jdbc.sql(
                                """
                                update application_draft set version = version + 1, content = ?::jsonb,
                                    saved_by = ?, saved_at = ?
                                where id = ? and version = ?
                                """)
                        .params(
                                content,
                                by.value(),
                                at.atOffset(ZoneOffset.UTC),
                                id.value(),
                                version)
                        .update()
                == 1;
    }

    void addEditor(ApplicationId id, PersonId person) {
        var _ =
                jdbc.sql(
                                """
                                insert into application_draft_editor (draft, person) values (?, ?)
                                on conflict do nothing
                                """)
                        .params(id.value(), person.value())
                        .update();
    }

    /** Everybody who has ever saved it. */
    List<PersonId> editors(ApplicationId id) {
        return jdbc.sql("select person from application_draft_editor where draft = ?")
                .param(id.value())
                .query((row, _) -> new PersonId(row.getObject("person", UUID.class)))
                .list();
    }

    void delete(ApplicationId id) {
        var _ = jdbc.sql("delete from application_draft where id = ?").param(id.value()).update();
    }

    private static Draft draft(ResultSet row, int number) throws SQLException {
        return new Draft(
                new ApplicationId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("content"),
                new Application.Participant(
                        new PersonId(row.getObject("saved_by", UUID.class)),
                        row.getString("saved_by_name")),
                row.getObject("saved_at", OffsetDateTime.class).toInstant(),
                row.getObject("submitted_at") == null
                        ? Optional.empty()
                        : Optional.of(ApplicationRows.reference(row).number()));
    }
}

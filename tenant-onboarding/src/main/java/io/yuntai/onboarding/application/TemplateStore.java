package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of templates. */
@Repository
class TemplateStore {

    private static final String SELECT =
            """
            select t.*, p.name as saved_by_name from application_template t
            join person p on p.id = t.saved_by
            """;

    private final JdbcClient jdbc;

    TemplateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Template> find(TemplateId id) {
        return jdbc.sql(SELECT + "where t.id = ?")
                .param(id.value())
                .query(TemplateStore::template)
                .optional();
    }

    /** Those for everybody, and then the unit's; by name. */
    List<Template> of(Optional<UnitId> unit) {
        return jdbc.sql(
                        SELECT
                                + """
                                where t.unit is null or t.unit = cast(:unit as uuid)
                                order by t.unit is not null, t.name limit :most
                                """)
                .param("unit", unit.map(UnitId::value).orElse(null))
                .param("most", 2 * Template.MAX_OF_UNIT)
                .query(TemplateStore::template)
                .list();
    }

    int count(Optional<UnitId> unit) {
        return jdbc.sql(
                        """
                        select count(*) from application_template
                        where unit is not distinct from cast(:unit as uuid)
                        """)
                .param("unit", unit.map(UnitId::value).orElse(null))
                .query(Integer.class)
                .single();
    }

    /** Whether there was none of this id. */
    boolean insert(Template template) {
        return jdbc.sql(
                                """
                                insert into application_template (id, version, unit, name, content,
                                                                  saved_by, saved_at)
                                values (:id, 1, :unit, :name, cast(:content as jsonb), :by, :at)
                                on conflict (id) do nothing
                                """)
                        .param("id", template.id().value())
                        .param("unit", template.unit().map(UnitId::value).orElse(null))
                        .param("name", template.name())
                        .param("content", template.content())
                        .param("by", template.savedBy().id().value())
                        .param("at", template.savedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when the version before is no longer the current one. */
    boolean update(Template template) {
        return jdbc.sql(
                                """
                                update application_template
                                set version = :version, name = :name,
                                    content = cast(:content as jsonb), saved_by = :by, saved_at = :at
                                where id = :id and version = :version - 1
                                """)
                        .param("id", template.id().value())
                        .param("version", template.version())
                        .param("name", template.name())
                        .param("content", template.content())
                        .param("by", template.savedBy().id().value())
                        .param("at", template.savedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    boolean hasContent(TemplateId id, String content) {
        return jdbc.sql(
                        """
                        select content = cast(? as jsonb) from application_template where id = ?
                        """)
                .params(content, id.value())
                .query(Boolean.class)
                .single();
    }

    void delete(TemplateId id) {
        var _ =
                jdbc.sql("delete from application_template where id = ?")
                        .param(id.value())
                        .update();
    }

    private static Template template(ResultSet row, int number) throws SQLException {
        return new Template(
                new TemplateId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                Optional.ofNullable(row.getObject("unit", UUID.class)).map(UnitId::new),
                row.getString("name"),
                row.getString("content"),
                new Application.Participant(
                        new PersonId(row.getObject("saved_by", UUID.class)),
                        row.getString("saved_by_name")),
                row.getObject("saved_at", OffsetDateTime.class).toInstant());
    }
}

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

/** The SQL of attached files. */
@Repository
class AttachmentStore {

    private static final String SELECT =
            """
            select f.id, f.application, f.unit, f.name, f.type, f.size, f.digest, f.added_by,
                   f.added_at, f.left_out, p.name as added_by_name
            from application_attachment f join person p on p.id = f.added_by
            """;

    private final JdbcClient jdbc;

    AttachmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that are handed in with it now, the oldest first. */
    List<AttachedFile> of(ApplicationId application) {
        return jdbc.sql(
                        SELECT
                                + """
                                where f.application = ? and f.removed_at is null
                                order by f.added_at, f.id
                                """)
                .param(application.value())
                .query(AttachmentStore::file)
                .list();
    }

    /** Those that an earlier revision had and a later one has left out, the oldest first. */
    List<AttachedFile> leftOut(ApplicationId application) {
        return jdbc.sql(
                        SELECT
                                + """
                                where f.application = ? and f.left_out
                                order by f.added_at, f.id
                                """)
                .param(application.value())
                .query(AttachmentStore::file)
                .list();
    }

    Optional<AttachedFile> find(AttachedFileId id) {
        return jdbc.sql(SELECT + "where f.id = ?")
                .param(id.value())
                .query(AttachmentStore::file)
                .optional();
    }

    byte[] content(AttachedFileId id) {
        return jdbc.sql("select content from application_attachment where id = ?")
                .param(id.value())
                .query(byte[].class)
                .single();
    }

    /** How many bytes a unit has attached that it has not handed in yet. */
    long ofDrafts(UnitId unit) {
        return jdbc.sql(
                        """
                        select coalesce(sum(size), 0) from application_attachment
                        where unit = ? and not handed_in
                        """)
                .param(unit.value())
                .query(Long.class)
                .single();
    }

    void insert(AttachedFile file, byte[] content) {
        var _ =
                jdbc.sql(
                                """
                                insert into application_attachment (id, application, unit, name, type, size,
                                                                    digest, content, added_by, added_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                file.id().value(),
                                file.application().value(),
                                file.unit().value(),
                                file.name(),
                                file.type().name(),
                                file.size(),
                                file.digest(),
                                content,
                                file.addedBy().id().value(),
                                file.addedAt().atOffset(ZoneOffset.UTC))
                        .update();
    }

    /** Takes a file away; what was once handed in stays in the database. */
    void remove(AttachedFile file, Instant at) {
        if (deleteUnsubmitted("id = ?", file.id().value()) == 0) {
            var _ =
                    jdbc.sql("update application_attachment set removed_at = ? where id = ?")
                            .params(at.atOffset(ZoneOffset.UTC), file.id().value())
                            .update();
        }
    }

    /** The draft is handed in: its files as they are now are what stands. */
    void handIn(ApplicationId application) {
        var _ =
                jdbc.sql(
                                """
                                update application_attachment
                                set handed_in = true, left_out = removed_at is not null
                                where application = ?
                                """)
                        .param(application.value())
                        .update();
    }

    /** The draft is thrown away: the files are as they were handed in last. */
    void discard(ApplicationId application) {
        var _ = deleteUnsubmitted("application = ?", application.value());
        var _ =
                jdbc.sql(
                                """
                                update application_attachment set removed_at = null
                                where application = ? and not left_out
                                """)
                        .param(application.value())
                        .update();
    }

    private int deleteUnsubmitted(String which, UUID id) {
        return jdbc.sql("delete from application_attachment where " + which + " and not handed_in")
                .param(id)
                .update();
    }

    private static AttachedFile file(ResultSet row, int number) throws SQLException {
        return new AttachedFile(
                new AttachedFileId(row.getObject("id", UUID.class)),
                new ApplicationId(row.getObject("application", UUID.class)),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("name"),
                FileType.valueOf(row.getString("type")),
                row.getInt("size"),
                row.getString("digest"),
                new Application.Participant(
                        new PersonId(row.getObject("added_by", UUID.class)),
                        row.getString("added_by_name")),
                row.getObject("added_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("left_out"));
    }
}

package io.yuntai.billing.metering;

import io.yuntai.billing.Person;
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

/** Owns usage_import. */
@Repository
class UsageImportStore {

    private final JdbcClient sql;

    UsageImportStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(UsageImport done) {
        var _ =
                sql.sql(
                                """
                                insert into usage_import (id, file_name, digest, imported_by, importer_name, imported_at,
                                    from_hour, to_hour, hosts, hours, samples, quarantined, aside)
                                values (:id, :fileName, :digest, :by, :name, :at,
                                    :from, :to, :hosts, :hours, :samples, :quarantined, :aside)
                                """)
                        .param("id", done.id())
                        .param("fileName", done.fileName())
                        .param("digest", done.digest())
                        .param("by", done.by().id())
                        .param("name", done.by().name())
                        .param("at", done.at().atOffset(ZoneOffset.UTC))
                        .param("from", done.period().from().atOffset(ZoneOffset.UTC))
                        .param("to", done.period().to().atOffset(ZoneOffset.UTC))
                        .param("hosts", done.taken().hosts())
                        .param("hours", done.taken().hours())
                        .param("samples", done.taken().samples())
                        .param("quarantined", done.taken().quarantined())
                        .param("aside", done.taken().aside())
                        .update();
    }

    Optional<UsageImport> find(UUID id) {
        return sql.sql("select * from usage_import where id = ?")
                .param(id)
                .query((row, _) -> done(row))
                .optional();
    }

    /** The latest first. */
    List<UsageImport> page(long offset, int most) {
        return sql.sql(
                        """
                        select * from usage_import order by imported_at desc, id limit :most offset :offset
                        """)
                .param("most", most)
                .param("offset", offset)
                .query((row, _) -> done(row))
                .list();
    }

    long count() {
        return sql.sql("select count(*) from usage_import").query(Long.class).single();
    }

    private static UsageImport done(ResultSet row) throws SQLException {
        return new UsageImport(
                row.getObject("id", UUID.class),
                row.getString("file_name"),
                row.getString("digest"),
                new Person(
                        row.getObject("imported_by", UUID.class), row.getString("importer_name")),
                instant(row, "imported_at"),
                new Period(instant(row, "from_hour"), instant(row, "to_hour")),
                new UsageImport.Counts(
                        row.getInt("hosts"),
                        row.getInt("hours"),
                        row.getInt("samples"),
                        row.getInt("quarantined"),
                        row.getInt("aside")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

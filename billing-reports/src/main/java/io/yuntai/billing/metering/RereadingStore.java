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

/** Owns usage_rereading. */
@Repository
class RereadingStore {

    private final JdbcClient sql;

    RereadingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** False when there is one with this id. */
    boolean add(Rereading asked) {
        return sql.sql(
                                """
                                insert into usage_rereading (id, source, from_hour, to_hour, asked_by, asker_name,
                                    asked_at, read_to)
                                values (:id, :source, :from, :to, :by, :name, :at, :from)
                                on conflict (id) do nothing
                                """)
                        .param("id", asked.id())
                        .param("source", asked.source())
                        .param("from", asked.period().from().atOffset(ZoneOffset.UTC))
                        .param("to", asked.period().to().atOffset(ZoneOffset.UTC))
                        .param("by", asked.by().map(Person::id).orElse(null))
                        .param("name", asked.by().map(Person::name).orElse(null))
                        .param("at", asked.askedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Rereading> find(UUID id) {
        return sql.sql("select * from usage_rereading where id = ?")
                .param(id)
                .query(RereadingStore::rereading)
                .optional();
    }

    /** Those of which not all was read, the first that was asked for first. */
    List<UUID> open() {
        return sql.sql(
                        """
                        select id from usage_rereading where read_to < to_hour order by asked_at, id
                        """)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** How many that people asked for are among them. */
    int countAsked() {
        return sql.sql(
                        """
                        select count(*) from usage_rereading
                        where read_to < to_hour and asked_by is not null
                        """)
                .query(Integer.class)
                .single();
    }

    /** Whether one that is done each day is among them, of a source. */
    boolean isDailyOpen(String source) {
        return sql.sql(
                        """
                        select exists (select from usage_rereading
                            where source = ? and read_to < to_hour and asked_by is null)
                        """)
                .param(source)
                .query(Boolean.class)
                .single();
    }

    /** As it is now, with its row locked for the rest of the transaction. */
    Rereading lock(UUID id) {
        return sql.sql("select * from usage_rereading where id = ? for update")
                .param(id)
                .query(RereadingStore::rereading)
                .single();
    }

    void advance(UUID id, Instant to, HoursRead read) {
        var _ =
                sql.sql(
                                """
                                update usage_rereading
                                set read_to = :to, hours = hours + :hours, changed = changed + :changed
                                where id = :id
                                """)
                        .param("id", id)
                        .param("to", to.atOffset(ZoneOffset.UTC))
                        .param("hours", read.hours())
                        .param("changed", read.changed())
                        .update();
    }

    /** The latest first. */
    List<Rereading> page(long offset, int most) {
        return sql.sql(
                        """
                        select * from usage_rereading order by asked_at desc, id
                        limit :most offset :offset
                        """)
                .param("most", most)
                .param("offset", offset)
                .query(RereadingStore::rereading)
                .list();
    }

    long count() {
        return sql.sql("select count(*) from usage_rereading").query(Long.class).single();
    }

    private static Rereading rereading(ResultSet row, int number) throws SQLException {
        String name = row.getString("asker_name");
        return new Rereading(
                row.getObject("id", UUID.class),
                row.getString("source"),
                new Period(at(row, "from_hour"), at(row, "to_hour")),
                Optional.ofNullable(row.getObject("asked_by", UUID.class))
                        .map(by -> new Person(by, name)),
                at(row, "asked_at"),
                at(row, "read_to"),
                row.getLong("hours"),
                row.getLong("changed"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

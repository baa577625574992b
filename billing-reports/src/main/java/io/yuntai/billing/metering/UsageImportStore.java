package io.yuntai.billing.metering;

import io.yuntai.billing.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
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

    /** Notes which hours of which hosts stood in a file. */
    void addHours(UUID id, Map<MeteredHostId, List<Instant>> hours) {
        add(Optional.of(id), Optional.empty(), hours);
    }

    /** Notes which hours of hosts of files were measured by a source after all. */
    void addMeasured(Instant at, Map<MeteredHostId, List<Instant>> hours) {
        if (!hours.isEmpty()) {
            add(Optional.empty(), Optional.of(at), hours);
        }
    }

    /** Whose hours in a period stood in some file. */
    Set<MeteredHostId> hostsIn(Period period) {
        return sql.sql(
                        """
                        select distinct h.host from usage_import i join usage_import_host h on h.import = i.id
                        where i.from_hour < :to and i.to_hour > :from and h.hours && tstzrange(:from, :to)
                        """)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new MeteredHostId(row.getObject("host", UUID.class)))
                .set();
    }

    private void add(
            Optional<UUID> file,
            Optional<Instant> measured,
            Map<MeteredHostId, List<Instant>> hours) {
        var host = new ArrayList<UUID>();
        var hour = new ArrayList<OffsetDateTime>();
        hours.forEach((of, each) ->
                each.forEach(at -> {
                    host.add(of.value());
                    hour.add(at.atOffset(ZoneOffset.UTC));
                }));
        var _ =
                sql.sql(
                                """
                                insert into usage_import_host (import, measured_at, host, hours)
                                select cast(:id as uuid), cast(:measured as timestamptz), host, range_agg(tstzrange(hour, hour + interval '1 hour'))
                                from unnest(:hosts::uuid[], :hours::timestamptz[]) h (host, hour)
                                group by host
                                """)
                        .param("id", file.orElse(null))
                        .param(
                                "measured",
                                measured.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                        .param("hosts", new SqlArrayValue("uuid", host.toArray()))
                        .param("hours", new SqlArrayValue("timestamptz", hour.toArray()))
                        .update();
    }

    /**
     * The file that each hour of a host comes from, by hour: the last that it stood in, unless a
     * source has measured it since. What came after a month was frozen stands aside until a version
     * is published after it.
     */
    Map<Instant, UsageImport> of(MeteredHostId host, YearMonth month) {
        var period = Period.of(month);
        var found = new TreeMap<Instant, UsageImport>();
        sql.sql(
                        """
                        select distinct on (at.hour) at.hour, i.*
                        from usage_import_host h left join usage_import i on i.id = h.import
                        cross join lateral unnest(h.hours) during
                        cross join lateral generate_series(greatest(lower(during), :from),
                            least(upper(during), :to) - interval '1 hour', interval '1 hour') at (hour)
                        where h.host = :host and (not exists (select from frozen_month f where f.month = :month)
                            or exists (select from report r where r.month = :month and r.frozen_at >= coalesce(i.imported_at, h.measured_at)))
                        order by at.hour, h.position desc
                        """)
                .param("host", host.value())
                .param("month", month.atDay(1))
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    if (row.getObject("id") != null) {
                        found.put(instant(row, "hour"), done(row));
                    }
                });
        return found;
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

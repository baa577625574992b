package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of calendars. What is in it stays as it is. */
@Repository
class CalendarStore {

    private static final String VERSIONS =
            """
            select v.id, v.year, v.version, v.file_name, v.digest, v.basis, v.reason,
                   v.imported_by, p.name as importer, v.imported_at, d.day, d.kind, d.name
            from calendar_version v
            join person p on p.id = v.imported_by
            join calendar_day d on d.year = v.year and d.version = v.version
            """;

    private static final String IN_ORDER = " order by v.year, v.version desc, d.day";

    private final JdbcClient jdbc;

    CalendarStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One import after the other, so that each knows which version it is. */
    void lock() {
        // Not the table: whoever may only append may not lock it.
        Exclusive.CALENDAR.hold(jdbc);
    }

    Optional<CalendarVersion> find(CalendarVersionId id) {
        return read(VERSIONS + "where v.id = :id" + IN_ORDER, Map.of("id", id.value())).stream()
                .findFirst();
    }

    /** Every version of a year, the latest first. */
    List<CalendarVersion> versions(int year) {
        return read(VERSIONS + "where v.year = :year" + IN_ORDER, Map.of("year", year));
    }

    /** The latest version of every year, by year. */
    List<CalendarVersion> latest() {
        return read(
                VERSIONS
                        + """
                        where v.version = (
                            select max(w.version) from calendar_version w where w.year = v.year)
                        """
                        + IN_ORDER,
                Map.of());
    }

    /** The version of every year that was the latest at a moment, by year. */
    List<CalendarVersion> latestAt(Instant moment) {
        return read(
                VERSIONS
                        + """
                        where v.version = (
                            select max(w.version) from calendar_version w
                            where w.year = v.year and w.imported_at <= :moment)
                        """
                        + IN_ORDER,
                Map.of("moment", moment.atOffset(ZoneOffset.UTC)));
    }

    /** Which version of a year is the latest; 0: nobody has imported it. */
    int latestVersion(int year) {
        return jdbc.sql("select coalesce(max(version), 0) from calendar_version where year = ?")
                .param(year)
                .query(Integer.class)
                .single();
    }

    void insert(CalendarVersion version, Actor actor) {
        var source = version.source();
        var days = version.year().days();
        jdbc.sql(
                        """
                        insert into calendar_version (id, year, version, file_name, digest, basis,
                            reason, imported_by, imported_at)
                        values (:id, :year, :version, :fileName, :digest, :basis, :reason, :by, :at)
                        """)
                .param("id", version.id().value())
                .param("year", version.year().year())
                .param("version", version.version())
                .param("fileName", source.fileName())
                .param("digest", source.digest())
                .param("basis", source.basis())
                .param("reason", source.reason())
                .param("by", actor.person().value())
                .param("at", version.importedAt().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        """
                        insert into calendar_day (year, version, day, kind, name)
                        select :year, :version, * from unnest(
                            :days::date[], :kinds::text[], :names::text[])
                        """)
                .param("year", version.year().year())
                .param("version", version.version())
                .param("days", Columns.of(days, CalendarDay::date))
                .param("kinds", Columns.of(days, CalendarDay::kind))
                .param("names", Columns.of(days, CalendarDay::name))
                .update();
    }

    /** A row a day; those of one version stand together. */
    private List<CalendarVersion> read(String sql, Map<String, ?> params) {
        var rows = jdbc.sql(sql).params(params).query((row, _) -> dated(row)).list();
        var byVersion = new LinkedHashMap<UUID, List<Dated>>();
        rows.forEach(row -> byVersion.computeIfAbsent(row.id(), _ -> new ArrayList<>()).add(row));
        return byVersion.values().stream().map(CalendarStore::version).toList();
    }

    private record Dated(
            UUID id,
            int year,
            int version,
            CalendarSource source,
            PersonId by,
            String importer,
            Instant at,
            CalendarDay day) {}

    private static Dated dated(ResultSet row) throws SQLException {
        return new Dated(
                row.getObject("id", UUID.class),
                row.getInt("year"),
                row.getInt("version"),
                new CalendarSource(
                        row.getString("file_name"),
                        row.getString("digest"),
                        row.getString("basis"),
                        row.getString("reason")),
                new PersonId(row.getObject("imported_by", UUID.class)),
                row.getString("importer"),
                row.getObject("imported_at", OffsetDateTime.class).toInstant(),
                new CalendarDay(
                        row.getObject("day", LocalDate.class),
                        CalendarDay.Kind.valueOf(row.getString("kind")),
                        row.getString("name")));
    }

    private static CalendarVersion version(List<Dated> days) {
        var any = days.getFirst();
        return new CalendarVersion(
                new CalendarVersionId(any.id()),
                any.version(),
                new CalendarYear(any.year(), days.stream().map(Dated::day).toList()),
                any.source(),
                any.by(),
                any.importer(),
                any.at());
    }
}

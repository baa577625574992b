package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.Application.Participant;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of protection periods. What is in it stays as it is. */
@Repository
class ProtectionStore {

    private static final String SELECT =
            """
            select p.*, d.name as declared_by_name, e.ended_at, e.ended_by,
                   b.name as ended_by_name, e.reason
            from protection_period p join person d on d.id = p.declared_by
            left join protection_period_end e on e.period = p.id
            left join person b on b.id = e.ended_by
            """;

    private final JdbcClient jdbc;

    ProtectionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isOn(Instant moment) {
        return jdbc.sql(
                        """
                        select exists (
                            select from protection_period p
                            where p.from_at <= :at and :at < p.until_at
                              and not exists (
                                  select from protection_period_end e
                                  where e.period = p.id and e.ended_at <= :at))
                        """)
                .param("at", moment.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The latest first. */
    List<DeclaredPeriod> latest(int limit) {
        return jdbc.sql(SELECT + "order by p.from_at desc, p.id limit ?")
                .param(limit)
                .query(ProtectionStore::period)
                .list();
    }

    Optional<DeclaredPeriod> find(UUID id) {
        return jdbc.sql(SELECT + "where p.id = ?")
                .param(id)
                .query(ProtectionStore::period)
                .optional();
    }

    /** False: it was ended before. */
    boolean end(DeclaredPeriod declared, Actor by, String reason, Instant at) {
        return jdbc.sql(
                                """
                                insert into protection_period_end (period, declared_by, ended_at,
                                    ended_by, reason)
                                values (?, ?, ?, ?, ?) on conflict (period) do nothing
                                """)
                        .params(
                                declared.period().id(),
                                declared.declaredBy().id().value(),
                                at.atOffset(ZoneOffset.UTC),
                                by.person().value(),
                                reason)
                        .update()
                == 1;
    }

    /** False: there is one of this id. */
    boolean insert(ProtectionPeriod period, Actor by, Instant at) {
        return jdbc.sql(
                                """
                                insert into protection_period (id, name, from_at, until_at, basis,
                                    declared_by, declared_at)
                                values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
                                """)
                        .params(
                                period.id(),
                                period.name(),
                                period.from().atOffset(ZoneOffset.UTC),
                                period.until().atOffset(ZoneOffset.UTC),
                                period.basis(),
                                by.person().value(),
                                at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static DeclaredPeriod period(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new DeclaredPeriod(
                new ProtectionPeriod(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("until_at", OffsetDateTime.class).toInstant(),
                        row.getString("basis")),
                person(row, "declared_by"),
                ended == null
                        ? Optional.empty()
                        : Optional.of(
                                new DeclaredPeriod.End(
                                        ended.toInstant(),
                                        person(row, "ended_by"),
                                        row.getString("reason"))));
    }

    private static Participant person(ResultSet row, String column) throws SQLException {
        return new Participant(
                new PersonId(row.getObject(column, UUID.class)), row.getString(column + "_name"));
    }
}

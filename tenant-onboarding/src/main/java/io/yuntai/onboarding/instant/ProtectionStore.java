package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of protection periods. What is in it stays as it is. */
@Repository
class ProtectionStore {

    private final JdbcClient jdbc;

    ProtectionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isOn(Instant moment) {
        var at = moment.atOffset(ZoneOffset.UTC);
        return jdbc.sql(
                                "select count(*) from protection_period where from_at <= ? and ? < until_at")
                        .params(at, at)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The latest first. */
    List<ProtectionPeriod> latest(int limit) {
        return jdbc.sql("select * from protection_period order by from_at desc, id limit ?")
                .param(limit)
                .query(ProtectionStore::period)
                .list();
    }

    List<ProtectionPeriod> find(UUID id) {
        return jdbc.sql("select * from protection_period where id = ?")
                .param(id)
                .query(ProtectionStore::period)
                .list();
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

    private static ProtectionPeriod period(ResultSet row, int number) throws SQLException {
        return new ProtectionPeriod(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                row.getObject("until_at", OffsetDateTime.class).toInstant(),
                row.getString("basis"));
    }
}

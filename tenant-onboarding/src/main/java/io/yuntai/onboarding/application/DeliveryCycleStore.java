package io.yuntai.onboarding.application;

import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of how long deliveries took. */
@Repository
class DeliveryCycleStore {

    private final JdbcClient jdbc;

    DeliveryCycleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(
            Application.Reference application,
            String purpose,
            String unitName,
            Instant submittedAt,
            Optional<Instant> deliveredAt) {

        /** With its days, and without where it lay. */
        DeliveryCycle cycle(WorkingCalendar calendar, Instant now) {
            var end = deliveredAt.orElse(now);
            return new DeliveryCycle(
                    application,
                    purpose,
                    unitName,
                    submittedAt,
                    deliveredAt,
                    calendar.workingDaysTaken(
                            submittedAt, end.isBefore(submittedAt) ? submittedAt : end),
                    Optional.empty());
        }
    }

    /** What was delivered from one moment to another, and what is on its way now. */
    List<Row> between(Optional<UnitId> unit, Instant from, Instant to, int limit) {
        return jdbc.sql(
                        """
                        select a.id, a.number, a.purpose, a.submitted_at, a.delivered_at,
                               u.name as unit_name
                        from application a join unit u on u.id = a.unit
                        where (cast(:unit as uuid) is null or a.unit = cast(:unit as uuid))
                          and (a.delivered_at >= :from and a.delivered_at < :to
                               or a.delivered_at is null and a.state not in
                                   ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'))
                        order by a.submitted_at, a.id limit :limit
                        """)
                .param("unit", unit.map(UnitId::value).orElse(null))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(DeliveryCycleStore::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                ApplicationRows.reference(row),
                row.getString("purpose"),
                row.getString("unit_name"),
                row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("delivered_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}

package io.yuntai.onboarding.application;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
            Workflow.State state,
            Instant submittedAt,
            Optional<Instant> deliveredAt) {

        /** How many working days it has taken, until now if it was not delivered. */
        int days(WorkingCalendar calendar, Instant now) {
            var end = deliveredAt.orElse(now);
            return calendar.workingDaysTaken(
                    submittedAt, end.isBefore(submittedAt) ? submittedAt : end);
        }
    }

    /** That an application came to a state. */
    record Arrival(Instant at, Workflow.State state) {}

    /**
     * Which rows are asked for.
     *
     * @param scope whose the caller may see; empty: everybody's
     * @param from what was delivered from this moment on
     * @param to and before this one; besides what is on its way now
     * @param q a number as a whole, or a part of what an application is found by; may be empty
     * @param counting which of them count
     */
    record Asked(
            Optional<UnitId> scope,
            Optional<UnitId> unit,
            Instant from,
            Instant to,
            List<Workflow.State> states,
            String q,
            DeliveryCycles.Counting counting) {

        /** Of every unit. */
        static Asked ofAll(Instant from, Instant to, DeliveryCycles.Counting counting) {
            return new Asked(Optional.empty(), Optional.empty(), from, to, List.of(), "", counting);
        }
    }

    /** In the order of their submission. */
    List<Row> rows(Asked asked, int limit) {
        var number = ApplicationNumber.of(asked.q());
        var text = Optional.of(asked.q()).filter(q -> !q.isEmpty() && number.isEmpty());
        return jdbc.sql(
                        """
                        select a.id, a.number, a.purpose, a.state, a.submitted_at, a.delivered_at,
                               u.name as unit_name
                        from application a join unit u on u.id = a.unit
                        where (cast(:scope as uuid) is null or a.unit = cast(:scope as uuid))
                          and (cast(:unit as uuid) is null or a.unit = cast(:unit as uuid))
                          and (a.delivered_at >= :from and a.delivered_at < :to
                               or a.delivered_at is null and a.state not in
                                   ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'))
                          and (cardinality(cast(:states as text[])) = 0
                               or a.state = any(cast(:states as text[])))
                          and (cast(:number as bigint) is null
                               or a.number = cast(:number as bigint)
                                  and extract(year from a.submitted_at at time zone 'Asia/Shanghai')
                                      = cast(:year as int))
                          and (cast(:pattern as text) is null
                               or exists (select from application_search f
                                          where f.application = a.id and f.text like lower(cast(:pattern as text))))
                          and (cast(:everything as boolean)
                               or exists (select from application_item i
                                          left join application_given_up g using (application, revision, position)
                                          where i.application = a.id and i.revision = a.revision
                                            and i.kind in ('HOSTS', 'NAMESPACE', 'RESIZE', 'DISK', 'MOVE')
                                            and coalesce(i.approved_count, i.count) > coalesce(g.missing, 0)))
                        order by a.submitted_at, a.id limit :limit
                        """)
                .param("scope", asked.scope().map(UnitId::value).orElse(null))
                .param("unit", asked.unit().map(UnitId::value).orElse(null))
                .param("from", asked.from().atOffset(ZoneOffset.UTC))
                .param("to", asked.to().atOffset(ZoneOffset.UTC))
                .param("states", asked.states().stream().map(Enum::name).toArray(String[]::new))
                .param("number", number.map(ApplicationNumber::number).orElse(null))
                .param("year", number.map(ApplicationNumber::year).orElse(null))
                .param("pattern", text.map(PageQuery::pattern).orElse(null))
                .param("everything", asked.counting() == DeliveryCycles.Counting.EVERY_ORDER)
                .param("limit", limit)
                .query(DeliveryCycleStore::row)
                .list();
    }

    /** When each of these came to which state, one after the other. */
    Map<ApplicationId, List<Arrival>> arrivals(Collection<ApplicationId> applications) {
        var arrivals = new HashMap<ApplicationId, List<Arrival>>();
        jdbc.sql(
                        """
                        select application, at, to_state from application_step
                        where application = any(:ids) order by application, version
                        """)
                .param("ids", applications.stream().map(ApplicationId::value).toArray(UUID[]::new))
                .query(row -> {
                    arrivals.computeIfAbsent(
                                    new ApplicationId(row.getObject("application", UUID.class)),
                                    _ -> new ArrayList<>())
                            .add(
                                    new Arrival(
                                            row.getObject("at", OffsetDateTime.class).toInstant(),
                                            Workflow.State.valueOf(row.getString("to_state"))));
                });
        return arrivals;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                ApplicationRows.reference(row),
                row.getString("purpose"),
                row.getString("unit_name"),
                Workflow.State.valueOf(row.getString("state")),
                row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("delivered_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}

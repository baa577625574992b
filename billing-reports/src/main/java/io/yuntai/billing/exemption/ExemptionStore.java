package io.yuntai.billing.exemption;

import io.yuntai.billing.Person;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns exemption. */
@Repository
class ExemptionStore {

    /** A host as it is today. */
    record Host(String name, PartyId unit) {}

    private final JdbcClient sql;

    ExemptionStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Waits for whoever decides, and lets nobody until the transaction ends. */
    void hold() {
        var _ = sql.sql("lock table exemption in share mode").update();
    }

    Optional<Host> host(MeteredHostId host) {
        return sql.sql(
                        "select host_name, unit from allocation where host = ? and upper_inf(during)")
                .param(host.value())
                .query((row, _) ->
                        new Host(
                                row.getString("host_name"),
                                new PartyId(row.getObject("unit", UUID.class))))
                .optional();
    }

    boolean add(Exemption exemption) {
        return sql.sql(
                                """
                                insert into exemption (id, host, host_name, unit, kind, reason, from_day, until_day,
                                    applicant, applicant_name, applied_at)
                                values (:id, :host, :hostName, :unit, :kind, :reason, :from, :until, :by, :name, :at)
                                on conflict (id) do nothing
                                """)
                        .param("id", exemption.id())
                        .param("host", exemption.host().value())
                        .param("hostName", exemption.hostName())
                        .param("unit", exemption.unit().value())
                        .param("kind", exemption.kind().name())
                        .param("reason", exemption.reason())
                        .param("from", exemption.from())
                        .param("until", exemption.until())
                        .param("by", exemption.applicant().id())
                        .param("name", exemption.applicant().name())
                        .param("at", exemption.appliedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Whether it was still to be decided. */
    boolean decide(UUID id, Exemption.State state, Person by, Instant at, String reason) {
        return sql.sql(
                                """
                                update exemption set state = :state, decided_by = :by, decided_by_name = :name,
                                    decided_at = :at, decision_reason = :reason
                                where id = :id and state = 'APPLIED'
                                """)
                        .param("id", id)
                        .param("state", state.name())
                        .param("by", by.id())
                        .param("name", by.name())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("reason", reason)
                        .update()
                == 1;
    }

    void end(UUID id, Exemption.End end) {
        var _ =
                sql.sql(
                                """
                                update exemption set ended_on = :on, ended_by = :by, ended_by_name = :name,
                                    ended_at = :at, ended_reason = :reason
                                where id = :id and ended_on is null
                                """)
                        .param("id", id)
                        .param("on", end.on())
                        .param("by", end.by().id())
                        .param("name", end.by().name())
                        .param("at", end.at().atOffset(ZoneOffset.UTC))
                        .param("reason", end.reason())
                        .update();
    }

    Optional<Exemption> find(UUID id) {
        return sql.sql("select * from exemption where id = ?")
                .param(id)
                .query((row, _) -> exemption(row))
                .optional();
    }

    private static final String FILTERED =
            """
            from exemption
            where (cast(:unit as uuid) is null or unit = :unit)
              and (cast(:state as text) is null or state = :state)
              and (cast(:day as date) is null or state = 'APPROVED'
                  and :day between from_day and coalesce(ended_on, until_day))
              and position(lower(:host) in lower(host_name)) > 0
            """;

    List<Exemption> page(Exemptions.Filter filter, Exemptions.Order order, long offset, int most) {
        return filtered(
                        filter,
                        "select * "
                                + FILTERED
                                + "order by %s%s, applied_at desc, id limit :most offset :offset"
                                        .formatted(
                                                order.by().expression(),
                                                order.descending() ? " desc" : ""))
                .param("most", most)
                .param("offset", offset)
                .query((row, _) -> exemption(row))
                .list();
    }

    long count(Exemptions.Filter filter) {
        return filtered(filter, "select count(*) " + FILTERED).query(Long.class).single();
    }

    private JdbcClient.StatementSpec filtered(Exemptions.Filter filter, String select) {
        return sql.sql(select)
                .param("unit", filter.unit().map(PartyId::value).orElse(null))
                .param("state", filter.state().map(Enum::name).orElse(null))
                .param("day", filter.inForceOn().orElse(null))
                .param("host", filter.host());
    }

    /** Those in force on a day that end until another, the first to end first. */
    List<Exemption> ending(LocalDate day, LocalDate until) {
        return sql.sql(
                        """
                        select * from exemption
                        where state = 'APPROVED' and from_day <= :day
                          and ended_on is null and until_day between :day and :until
                        order by until_day, id
                        """)
                .param("day", day)
                .param("until", until)
                .query((row, _) -> exemption(row))
                .list();
    }

    /** The hosts that are exempt on a day. */
    List<MeteredHostId> exemptOn(LocalDate day) {
        return sql.sql(
                        """
                        select distinct host from exemption
                        where state = 'APPROVED' and ? between from_day and coalesce(ended_on, until_day)
                        """)
                .param(day)
                .query((row, _) -> new MeteredHostId(row.getObject("host", UUID.class)))
                .list();
    }

    private static Exemption exemption(ResultSet row) throws SQLException {
        var by = row.getObject("decided_by", UUID.class);
        return new Exemption(
                row.getObject("id", UUID.class),
                new MeteredHostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                new PartyId(row.getObject("unit", UUID.class)),
                Exemption.Kind.valueOf(row.getString("kind")),
                row.getString("reason"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                new Person(row.getObject("applicant", UUID.class), row.getString("applicant_name")),
                row.getObject("applied_at", OffsetDateTime.class).toInstant(),
                Exemption.State.valueOf(row.getString("state")),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new Exemption.Decision(
                                        new Person(by, row.getString("decided_by_name")),
                                        row.getObject("decided_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getString("decision_reason"))),
                end(row));
    }

    private static Optional<Exemption.End> end(ResultSet row) throws SQLException {
        var by = row.getObject("ended_by", UUID.class);
        return by == null
                ? Optional.empty()
                : Optional.of(
                        new Exemption.End(
                                row.getObject("ended_on", LocalDate.class),
                                new Person(by, row.getString("ended_by_name")),
                                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                                row.getString("ended_reason")));
    }
}

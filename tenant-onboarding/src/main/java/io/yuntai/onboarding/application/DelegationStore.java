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

/** The SQL of delegations. */
@Repository
class DelegationStore {

    private static final String SELECT =
            """
            select d.*, f.name as from_name, t.name as to_name from delegation d
            join person f on f.id = d.from_person join person t on t.id = d.to_person
            """;

    private final JdbcClient jdbc;

    DelegationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether there was none of this id. */
    boolean insert(Delegation delegation, Instant at) {
        return jdbc.sql(
                                """
                                insert into delegation (id, from_person, to_person, part, from_at, until_at,
                                                        reason, created_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
                                """)
                        .params(
                                delegation.id().value(),
                                delegation.from().id().value(),
                                delegation.to().id().value(),
                                delegation.part().name(),
                                delegation.begin().atOffset(ZoneOffset.UTC),
                                delegation.until().atOffset(ZoneOffset.UTC),
                                delegation.reason(),
                                at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Delegation> find(DelegationId id) {
        return jdbc.sql(SELECT + "where d.id = ?")
                .param(id.value())
                .query(DelegationStore::delegation)
                .optional();
    }

    /** What is delegated to a person at a moment, the oldest first. */
    List<Delegation> to(PersonId person, Instant at) {
        return jdbc.sql(
                        SELECT
                                + """
                                where d.to_person = :person and d.from_at <= :at and d.until_at > :at
                                  and d.revoked_at is null
                                order by d.created_at, d.id
                                """)
                .param("person", person.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(DelegationStore::delegation)
                .list();
    }

    /** What a person has delegated of a part at a moment. */
    List<Delegation> from(PersonId person, Workflow.Part part, Instant at) {
        return jdbc.sql(
                        SELECT
                                + """
                                where d.from_person = :person and d.part = :part and d.from_at <= :at
                                  and d.until_at > :at and d.revoked_at is null
                                order by d.created_at, d.id
                                """)
                .param("person", person.value())
                .param("part", part.name())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(DelegationStore::delegation)
                .list();
    }

    /**
     * What anybody has delegated of a part at a moment.
     *
     * @param unit only people of this unit; empty: of any, and of none
     */
    List<Delegation> of(Workflow.Part part, Optional<UnitId> unit, Instant at) {
        return jdbc.sql(
                        SELECT
                                + """
                                where d.part = :part and d.until_at > :at and d.from_at <= :at
                                  and d.revoked_at is null
                                  and (cast(:unit as uuid) is null or f.unit = cast(:unit as uuid))
                                order by d.created_at, d.id
                                """)
                .param("part", part.name())
                .param("unit", unit.map(UnitId::value).orElse(null))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(DelegationStore::delegation)
                .list();
    }

    /** What a person has delegated or was delegated, over or not; the latest first. */
    List<Delegation> of(PersonId person, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                                where d.from_person = :person or d.to_person = :person
                                order by d.created_at desc, d.id limit :limit
                                """)
                .param("person", person.value())
                .param("limit", limit)
                .query(DelegationStore::delegation)
                .list();
    }

    void revoke(DelegationId id, Instant at) {
        var _ =
                jdbc.sql("update delegation set revoked_at = ? where id = ? and revoked_at is null")
                        .params(at.atOffset(ZoneOffset.UTC), id.value())
                        .update();
    }

    private static Delegation delegation(ResultSet row, int number) throws SQLException {
        return new Delegation(
                new DelegationId(row.getObject("id", UUID.class)),
                participant(row, "from"),
                participant(row, "to"),
                Workflow.Part.valueOf(row.getString("part")),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                row.getObject("until_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static Application.Participant participant(ResultSet row, String which)
            throws SQLException {
        return new Application.Participant(
                new PersonId(row.getObject(which + "_person", UUID.class)),
                row.getString(which + "_name"));
    }
}

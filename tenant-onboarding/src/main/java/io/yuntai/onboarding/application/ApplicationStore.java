package io.yuntai.onboarding.application;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of applications, their items, steps and duties. */
@Repository
class ApplicationStore {

    private static final String MATCHING =
            """
            where (cast(:scope as uuid) is null or a.unit = cast(:scope as uuid))
              and (cast(:unit as uuid) is null or a.unit = cast(:unit as uuid))
              and (cast(:system as uuid) is null or a.system = cast(:system as uuid))
              and (cast(:submittedBy as uuid) is null or submit.person = cast(:submittedBy as uuid))
              and (:anyState or a.state = any(:states))
              and (a.purpose like :pattern or s.name like :pattern or s.code like :pattern
                   or u.name like :pattern)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    ApplicationStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Has whoever submits under the same id wait for the end of this transaction. */
    void claim(ApplicationId id) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(id.toString())
                .query(_ -> {});
    }

    /** The digest of what was submitted under an id, if anything was. */
    Optional<String> digest(ApplicationId id) {
        return jdbc.sql("select digest from application where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    void insert(ApplicationId id, Order order, UnitId unit, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into application (id, version, state, system, unit, pool, purpose,
                                                         term_months, submitted_at, digest)
                                values (:id, 1, 'TECH_REVIEW', :system, :unit, :pool, :purpose, :term,
                                        :at, :digest)
                                """)
                        .param("id", id.value())
                        .param("system", order.system().value())
                        .param("unit", unit.value())
                        .param("pool", order.pool().toString())
                        .param("purpose", order.purpose())
                        .param("term", order.termMonths())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("digest", order.digest())
                        .update();
        var rows = ItemRows.of(order.items());
        rows.forEach(row -> row[0] = id.value());
        batch.batchUpdate(
                """
                insert into application_item (application, position, kind, count, vcpu, memory_gib,
                                              storage_gib, storage_class, size, size_version,
                                              image, image_version, gpu_model, gpus, user_data,
                                              ssh_keys)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows);
    }

    /**
     * Writes a step, and the duty it takes. The database refuses it when the person has another
     * duty in this application.
     */
    void insertStep(ApplicationId id, int version, Application.Step step, Workflow.Duty duty) {
        @Nullable Object person =
                step.by().map(Application.Participant::id).map(PersonId::value).orElse(null);
        @Nullable String dutyName = duty == Workflow.Duty.NONE ? null : duty.name();
        if (dutyName != null) {
            var _ =
                    jdbc.sql(
                                    """
                                    insert into application_duty (application, person, duty)
                                    values (?, ?, ?) on conflict (application, person) do nothing
                                    """)
                            .params(Arrays.asList(id.value(), person, dutyName))
                            .update();
        }
        var _ =
                jdbc.sql(
                                """
                                insert into application_step (application, version, at, person, duty, command,
                                                              from_state, to_state, note)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        id.value(),
                                        version,
                                        step.at().atOffset(ZoneOffset.UTC),
                                        person,
                                        dutyName,
                                        step.command().name(),
                                        step.from().map(Enum::name).orElse(null),
                                        step.to().name(),
                                        step.note()))
                        .update();
    }

    /** Notes the cluster that an application goes to. */
    void place(ApplicationId id, ClusterName cluster) {
        var _ =
                jdbc.sql("update application set cluster = ? where id = ?")
                        .params(cluster.value(), id.value())
                        .update();
    }

    /** Moves an application on; false when it is no longer at this version and in this state. */
    boolean advance(ApplicationId id, int version, Workflow.Edge edge) {
        return jdbc.sql(
                                """
                                update application set state = ?, version = version + 1
                                where id = ? and version = ? and state = ?
                                """)
                        .params(edge.to().name(), id.value(), version, edge.from().name())
                        .update()
                == 1;
    }

    List<Application> page(
            PageQuery query, Sort sort, Optional<UnitId> scope, ApplicationFilter filter) {
        String order =
                (sort.field().equals("number") ? "a.number" : "a.submitted_at")
                        + (sort.descending() ? " desc" : "");
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + MATCHING
                                + "order by "
                                + order
                                + ", a.id limit :limit offset :offset")
                .params(matching(query, scope, filter))
                .param("limit", query.limit() + 1)
                .param("offset", query.offset())
                .query(ApplicationRows::application)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, ApplicationFilter filter) {
        return jdbc.sql("select count(*) " + ApplicationRows.FROM + MATCHING)
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, ApplicationFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("scope", scope.map(UnitId::value).orElse(null));
        params.put("unit", filter.unit().map(UnitId::value).orElse(null));
        params.put("system", filter.system().map(SystemId::value).orElse(null));
        params.put("submittedBy", filter.submittedBy().map(PersonId::value).orElse(null));
        params.put("anyState", filter.states().isEmpty());
        params.put("states", filter.states().stream().map(Enum::name).toArray(String[]::new));
        params.put("pattern", query.pattern());
        return params;
    }

    Optional<Application> find(ApplicationId id) {
        return jdbc.sql(ApplicationRows.SELECT + "where a.id = :id")
                .param("id", id.value())
                .query(ApplicationRows::application)
                .optional();
    }

    /** The applications of a system that are approved and not yet delivered, the oldest first. */
    List<Application> underDelivery(SystemId system) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.system = :system and a.state in ('APPROVED', 'DELIVERING')
                                order by a.number
                                """)
                .param("system", system.value())
                .query(ApplicationRows::application)
                .list();
    }

    List<SystemId> systemsUnderDelivery() {
        return jdbc.sql(
                        """
                        select distinct system from application where state in ('APPROVED', 'DELIVERING')
                        """)
                .query((row, _) -> new SystemId(row.getObject("system", UUID.class)))
                .list();
    }

    /** The applications that have these transfers' ids, in a scope. */
    Map<TransferId, Application.Reference> numbers(
            Collection<TransferId> transfers, Optional<UnitId> scope) {
        var found = new HashMap<TransferId, Application.Reference>();
        jdbc.sql(
                        """
                        select id, number, submitted_at from application
                        where id = any(:ids)
                          and (cast(:scope as uuid) is null or unit = cast(:scope as uuid))
                        """)
                .param("ids", transfers.stream().map(TransferId::value).toArray(UUID[]::new))
                .param("scope", scope.map(UnitId::value).orElse(null))
                .query(row -> {
                    var reference = ApplicationRows.reference(row);
                    found.put(Applications.transfer(reference.id()), reference);
                });
        return found;
    }

    List<Application.Step> steps(ApplicationId id) {
        return jdbc.sql(
                        """
                        select t.at, t.person, p.name, t.command, t.from_state, t.to_state, t.note
                        from application_step t left join person p on p.id = t.person
                        where t.application = ? order by t.version
                        """)
                .param(id.value())
                .query(ApplicationRows::step)
                .list();
    }

    /** Locks an application for the rest of the transaction; what it was before is read after. */
    Application lock(ApplicationId id) {
        var _ =
                jdbc.sql("select version from application where id = ? for update")
                        .param(id.value())
                        .query(Integer.class)
                        .optional()
                        .orElseThrow(() -> Refused.notFound("APPLICATION_NOT_FOUND"));
        return find(id).orElseThrow();
    }
}

package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Epoch;
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

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    ApplicationStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Has whoever submits under the same id wait for the end of this transaction. */
    void claim(ApplicationId id) {
        Exclusive.APPLICATION.hold(jdbc, id);
    }

    /** The digest of what was submitted under an id, if anything was. */
    Optional<String> digest(ApplicationId id) {
        return jdbc.sql("select digest from application where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    /** Enters an application that was just submitted; its items and its first step come after. */
    void insert(
            ApplicationId id, Order order, UnitId unit, TransferId lock, PersonId by, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into application (id, version, state, system, unit, pool, purpose,
                                                         term_months, submitted_by, submitted_at,
                                                         entered_at, digest, lock, expected_load)
                                values (:id, 1, 'DEPT_REVIEW', :system, :unit, :pool, :purpose, :term,
                                        :by, :at, :at, :digest, :lock, :load)
                                """)
                        .param("id", id.value())
                        .param("lock", lock.value())
                        .param("system", order.system().value())
                        .param("unit", unit.value())
                        .param("pool", order.pool().toString())
                        .param("purpose", order.purpose())
                        .param("term", order.termMonths().orElse(null))
                        .param("by", by.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("digest", order.digest())
                        .param("load", order.expectedLoad())
                        .update();
        insertRevision(id, 1, order);
    }

    /** Keeps what a revision asks for beside its items: a later one overwrites the application. */
    private void insertRevision(ApplicationId id, int revision, Order order) {
        var _ =
                jdbc.sql(
                                """
                                insert into application_revision (application, revision, system, pool,
                                    purpose, term_months, expected_load)
                                values (?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        id.value(),
                                        revision,
                                        order.system().value(),
                                        order.pool().toString(),
                                        order.purpose(),
                                        order.termMonths().orElse(null),
                                        order.expectedLoad()))
                        .update();
    }

    void insertItems(ApplicationId id, int revision, List<Item> items) {
        var rows = ItemRows.of(items);
        for (var row : rows) {
            row[0] = id.value();
            row[1] = revision;
        }
        batch.batchUpdate(
                """
                insert into application_item (application, revision, position, kind, count, vcpu,
                                              memory_gib, storage_gib, storage_class, size,
                                              size_version, image, image_version, gpu_model, gpus,
                                              user_data, ssh_keys, host, months, from_vcpu,
                                              from_memory_gib, from_pool, disks, cluster,
                                              from_zone, extras)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        cast(? as jsonb), ?, ?, cast(? as jsonb))
                """,
                rows);
    }

    /**
     * Hands in another revision: another order under the same number, locked by another transfer.
     */
    void revise(ApplicationId id, int revision, Order order, UnitId unit, TransferId lock) {
        var _ =
                jdbc.sql(
                                """
                                update application set revision = :revision, system = :system, unit = :unit,
                                    pool = :pool, purpose = :purpose, term_months = :term, lock = :lock,
                                    wanted_cluster = null, quorum = null,
                                    expected_load = :load
                                where id = :id
                                """)
                        .param("revision", revision)
                        .param("system", order.system().value())
                        .param("unit", unit.value())
                        .param("pool", order.pool().toString())
                        .param("purpose", order.purpose())
                        .param("term", order.termMonths().orElse(null))
                        .param("lock", lock.value())
                        .param("load", order.expectedLoad())
                        .param("id", id.value())
                        .update();
        insertRevision(id, revision, order);
        insertItems(id, revision, order.items());
    }

    /** What reviews of this revision have left of items so far, by position. */
    List<Cut> cuts(Application application) {
        return jdbc.sql(
                        """
                        select position, approved_count, approved_vcpu, approved_memory_gib,
                               approved_storage_gib, approved_extras
                        from application_item
                        where application = ? and revision = ? and approved_count is not null
                        order by position
                        """)
                .params(application.id().value(), application.revision())
                .query((row, _) ->
                        new Cut(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                Optional.of(ItemRows.amounts(row.getString(6)))))
                .list();
    }

    /**
     * What is left of items, and the transfer that locks only that. What the steps have said stays
     * with the steps.
     *
     * @param cuts as {@link ItemRows#kept} has made them
     */
    void lower(Application application, List<Cut> cuts, TransferId lock) {
        batch.batchUpdate(
                """
                update application_item set approved_count = ?, approved_vcpu = ?,
                    approved_memory_gib = ?, approved_storage_gib = ?,
                    approved_extras = cast(? as jsonb)
                where application = ? and revision = ? and position = ?
                """,
                cuts.stream()
                        .map(cut ->
                                new Object[] {
                                    cut.count(),
                                    cut.vcpu(),
                                    cut.memoryGib(),
                                    cut.storageGib(),
                                    ItemRows.json(cut.extras().orElseThrow()),
                                    application.id().value(),
                                    application.revision(),
                                    cut.position()
                                })
                        .toList());
        var _ =
                jdbc.sql("update application set lock = ? where id = ?")
                        .params(lock.value(), application.id().value())
                        .update();
    }

    /**
     * Writes a step, and the duties it takes. The database refuses it when one of the persons has
     * another duty in this application.
     */
    void insertStep(ApplicationId id, int version, Application.Step step, Workflow.Duty duty) {
        insertStep(id, version, step, duty, Optional.empty());
    }

    void insertStep(
            ApplicationId id,
            int version,
            Application.Step step,
            Workflow.Duty duty,
            Optional<DelegationId> delegation) {
        step.by().ifPresent(person -> take(id, person.id(), duty));
        step.onBehalfOf().ifPresent(person -> take(id, person.id(), duty));
        var _ =
                jdbc.sql(
                                """
                                insert into application_step (application, version, at, revision, person,
                                                              on_behalf_of, delegation, other, duty,
                                                              command, from_state, to_state, opinion, note,
                                                              cuts, cluster)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?)
                                """)
                        .params(
                                Arrays.asList(
                                        id.value(),
                                        version,
                                        step.at().atOffset(ZoneOffset.UTC),
                                        step.revision(),
                                        value(step.by()),
                                        value(step.onBehalfOf()),
                                        delegation.map(DelegationId::value).orElse(null),
                                        value(step.other()),
                                        duty == Workflow.Duty.NONE ? null : duty.name(),
                                        step.command().name(),
                                        step.from().map(Enum::name).orElse(null),
                                        step.to().name(),
                                        step.opinion().map(Enum::name).orElse(null),
                                        step.note(),
                                        ApplicationRows.json(step.terms().cuts()),
                                        step.terms()
                                                .cluster()
                                                .map(ClusterName::value)
                                                .orElse(null)))
                        .update();
    }

    private static @Nullable UUID value(Optional<Application.Participant> person) {
        return person.map(one -> one.id().value()).orElse(null);
    }

    /**
     * Gives a person a duty, if he has none; one that he has stays what it is. Whoever must have
     * this one and no other was asked for that before, and is by the database with the step.
     */
    void take(ApplicationId id, PersonId person, Workflow.Duty duty) {
        if (duty != Workflow.Duty.NONE) {
            var _ =
                    jdbc.sql(
                                    """
                                    insert into application_duty (application, person, duty)
                                    values (?, ?, ?) on conflict (application, person) do nothing
                                    """)
                            .params(id.value(), person.value(), duty.name())
                            .update();
        }
    }

    /**
     * Notes the cluster that an application goes to.
     *
     * @param granted the lease with what is new, if it makes something new
     */
    void place(ApplicationId id, ClusterName cluster, Optional<Lease> granted) {
        var _ =
                jdbc.sql(
                                "update application set cluster = :cluster, granted_epoch = :epoch"
                                        + " where id = :id")
                        .param("cluster", cluster.value())
                        .param("epoch", granted.map(lease -> lease.epoch().value()).orElse(null))
                        .param("id", id.value())
                        .update();
    }

    /** The epoch by which its lease was granted what is new; empty: none, or nobody knows. */
    Optional<Epoch> grantedEpoch(ApplicationId id) {
        return jdbc.sql("select granted_epoch from application where id = ? and granted_epoch > 0")
                .param(id.value())
                .query((row, _) -> new Epoch(row.getLong(1)))
                .optional();
    }

    /**
     * Moves an application on; false when it is no longer at this version and in this state. An
     * edge that leads elsewhere forgets who was to decide in the state before.
     */
    boolean advance(
            Application application, Workflow.Edge edge, Optional<PersonId> by, Instant at) {
        boolean decides =
                switch (edge.to()) {
                    case APPROVED, AUTO_APPROVED, REJECTED -> true;
                    case DRAFT,
                            DEPT_REVIEW,
                            PRECHECK,
                            TECH_REVIEW,
                            EXPERT_REVIEW,
                            BUREAU_APPROVAL,
                            DELIVERING,
                            PARTIAL,
                            DELIVERED,
                            CLOSED,
                            RETURNED,
                            WITHDRAWN,
                            EXPIRED ->
                            false;
                };
        return jdbc.sql(
                                """
                                update application set state = :to, version = version + 1,
                                    entered_at = case when :stays then entered_at else :at end,
                                    entered_version = case when :stays then entered_version
                                                      else version + 1 end,
                                    assignee = case when :stays then assignee end,
                                    decided_by = case when :decides then cast(:by as uuid) else decided_by end,
                                    decided_at = case when :decides then :at else decided_at end,
                                    delivered_at = case when :delivers then :at else delivered_at end
                                where id = :id and version = :version and state = :from
                                """)
                        .param("to", edge.to().name())
                        .param("stays", edge.to() == edge.from())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("decides", decides)
                        .param("by", by.map(PersonId::value).orElse(null))
                        .param("delivers", isDelivery(edge))
                        .param("id", application.id().value())
                        .param("version", application.version())
                        .param("from", edge.from().name())
                        .update()
                == 1;
    }

    /** Whoever takes what has come in part as it is has been delivered just that. */
    private static boolean isDelivery(Workflow.Edge edge) {
        return edge.to() == Workflow.State.DELIVERED
                || (edge.from() == Workflow.State.PARTIAL && edge.to() == Workflow.State.CLOSED);
    }

    /** Nobody but this person decides about it in its present state. */
    void assign(ApplicationId id, PersonId person) {
        var _ =
                jdbc.sql("update application set assignee = ? where id = ?")
                        .params(person.value(), id.value())
                        .update();
    }

    /** Where the review would have it go. */
    void wish(ApplicationId id, ClusterName cluster) {
        var _ =
                jdbc.sql("update application set wanted_cluster = ? where id = ?")
                        .params(cluster.value(), id.value())
                        .update();
    }

    Optional<Application> find(ApplicationId id) {
        return jdbc.sql(ApplicationRows.SELECT + "where a.id = :id")
                .param("id", id.value())
                .query(ApplicationRows::application)
                .optional();
    }

    /**
     * What was decided since a moment for the same system or unit, of a kind that this one asks for
     * too: that of the same system first, the latest first.
     */
    List<Application> similar(Application to, Instant since, Optional<UnitId> scope, int most) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where (a.system = :system or a.unit = :unit) and a.id <> :id
                                  and (cast(:scope as uuid) is null or a.unit = cast(:scope as uuid))
                                  and a.decided_at >= :since
                                  and a.state in ('AUTO_APPROVED', 'APPROVED', 'DELIVERING', 'PARTIAL',
                                                  'DELIVERED', 'CLOSED', 'REJECTED')
                                  and exists (
                                      select from application_item mine
                                      join application_item theirs on theirs.kind = mine.kind
                                      where mine.application = :id and mine.revision = :revision
                                        and theirs.application = a.id
                                        and theirs.revision = a.revision)
                                order by a.system = :system desc, a.decided_at desc limit :most
                                """)
                .param("system", to.order().system().value())
                .param("unit", to.unit().value())
                .param("id", to.id().value())
                .param("revision", to.revision())
                .param("scope", scope.map(UnitId::value).orElse(null))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query(ApplicationRows::application)
                .list();
    }

    /** The applications of a system that are approved and not yet delivered, the oldest first. */
    List<Application> underDelivery(SystemId system) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.system = :system
                                  and a.state in ('AUTO_APPROVED', 'APPROVED', 'DELIVERING', 'PARTIAL')
                                order by a.number
                                """)
                .param("system", system.value())
                .query(ApplicationRows::application)
                .list();
    }

    List<SystemId> systemsDeliveringSince(Instant moment) {
        return jdbc.sql(
                        """
                        select distinct system from application
                        where state = 'DELIVERING' and entered_at <= ?
                        """)
                .param(moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new SystemId(row.getObject("system", UUID.class)))
                .list();
    }

    List<SystemId> systemsUnderDelivery() {
        return jdbc.sql(
                        """
                        select distinct system from application
                        where state in ('AUTO_APPROVED', 'APPROVED', 'DELIVERING', 'PARTIAL')
                        """)
                .query((row, _) -> new SystemId(row.getObject("system", UUID.class)))
                .list();
    }

    /** What was delivered before a moment, and nobody has confirmed; the oldest first. */
    List<Application> unconfirmed(Instant moment) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.state = 'DELIVERED' and a.entered_at < :moment
                                order by a.entered_at limit 500
                                """)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query(ApplicationRows::application)
                .list();
    }

    /** What was submitted from a moment on, the latest first. */
    List<Application> submittedSince(Instant moment, int limit) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.submitted_at >= :moment
                                order by a.submitted_at desc, a.id limit :limit
                                """)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(ApplicationRows::application)
                .list();
    }

    /** The application whose quota a transfer has locked. */
    Optional<ApplicationId> ofLock(TransferId lock) {
        return jdbc.sql("select id from application where lock = ?")
                .param(lock.value())
                .query((row, _) -> new ApplicationId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** The applications whose quota these transfers have locked, in a scope. */
    Map<TransferId, Application.Reference> numbers(
            Collection<TransferId> transfers, Optional<UnitId> scope) {
        var found = new HashMap<TransferId, Application.Reference>();
        jdbc.sql(
                        """
                        select id, number, submitted_at, lock from application
                        where lock = any(:ids)
                          and (cast(:scope as uuid) is null or unit = cast(:scope as uuid))
                        """)
                .param("ids", transfers.stream().map(TransferId::value).toArray(UUID[]::new))
                .param("scope", scope.map(UnitId::value).orElse(null))
                .query(row -> {
                    found.put(
                            new TransferId(row.getObject("lock", UUID.class)),
                            ApplicationRows.reference(row));
                });
        return found;
    }

    List<Application.Step> steps(ApplicationId id) {
        return jdbc.sql(
                        """
                        select t.*, p.name as person_name, b.name as on_behalf_of_name, o.name as other_name
                        from application_step t
                        left join person p on p.id = t.person
                        left join person b on b.id = t.on_behalf_of
                        left join person o on o.id = t.other
                        where t.application = ? order by t.version
                        """)
                .param(id.value())
                .query(ApplicationRows::step)
                .list();
    }

    /** What each revision has asked for, the first first. */
    List<Application.Revision> revisions(ApplicationId id) {
        return jdbc.sql(
                        """
                        select i.items, i.revision, r.system, s.code as system_code,
                               s.name as system_name, r.pool, r.purpose, r.term_months,
                               r.expected_load
                        from (select application, revision, %s as items from application_item i
                              where application = ? group by application, revision) i
                        left join application_revision r using (application, revision)
                        left join system s on s.id = r.system
                        order by i.revision
                        """
                                .formatted(ApplicationRows.ITEMS))
                .param(id.value())
                .query(ApplicationRows::revision)
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

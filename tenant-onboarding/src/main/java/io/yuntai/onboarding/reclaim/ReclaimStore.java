package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of orders to reclaim: themselves, their hosts as proposed, steps and duties. */
@Repository
class ReclaimStore {

    private static final String MATCHING =
            """
            where (cast(:scope as uuid) is null or r.unit = cast(:scope as uuid) and r.noticed_at is not null)
              and (cast(:unit as uuid) is null or r.unit = cast(:unit as uuid))
              and (:anyState or r.state = any(:states))
              and (u.name like :pattern or r.basis like :pattern
                   or exists (select from reclaim_item i join host h on h.id = i.host
                              where i.reclaim = r.id and h.name like :pattern))
            """;

    private static final Map<String, String> SORTS =
            Map.of("proposedAt", "r.proposed_at", "enteredAt", "r.entered_at", "unit", "u.name");

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    ReclaimStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** What can be sorted by. */
    static Set<String> sorts() {
        return SORTS.keySet();
    }

    /** Has whoever else would propose hosts of this unit wait for the end of this transaction. */
    void claim(UnitId unit) {
        Exclusive.RECLAIM.hold(jdbc, unit);
    }

    /** The digest of what was asked for under an id, if anything was. */
    Optional<String> digest(ReclaimId id) {
        return jdbc.sql("select digest from reclaim where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    boolean isUnit(UnitId unit) {
        return jdbc.sql("select count(*) from unit where id = ?")
                        .param(unit.value())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Those of them that an order names, or an application that is not at its end. */
    Set<HostId> ordered(Collection<HostId> hosts) {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select host from reclaim_progress where open and host = any(:hosts)
                                union
                                select i.host from application_item i
                                join application a on a.id = i.application and a.revision = i.revision
                                where i.host = any(:hosts)
                                  and a.state not in ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')
                                """)
                        .param("hosts", ids(hosts))
                        .query((row, _) -> new HostId(row.getObject("host", UUID.class)))
                        .list());
    }

    private static UUID[] ids(Collection<HostId> hosts) {
        return hosts.stream().map(HostId::value).toArray(UUID[]::new);
    }

    void insert(ReclaimId id, Proposal proposal, PersonId by, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into reclaim (id, version, state, unit, basis, digest, proposed_by,
                                                     proposed_at, entered_at)
                                values (:id, 1, 'PROPOSED', :unit, :basis, :digest, :by, :at, :at)
                                """)
                        .param("id", id.value())
                        .param("unit", proposal.unit().value())
                        .param("basis", proposal.basis())
                        .param("digest", proposal.digest())
                        .param("by", by.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    /** A host as it is proposed. */
    record Planned(Judgement judgement, Reclaim.Size before, RightSize after) {}

    void insertItems(ReclaimId id, List<Planned> items) {
        var position = new int[] {0};
        batch.batchUpdate(
                """
                insert into reclaim_item (reclaim, position, host, action, day, days, verdicts, policy,
                    hours, valid_hours, coverage, cpu_mean, cpu_p95, cpu_peak, memory_mean, memory_p95,
                    memory_peak, disk_mean, stopped, vcpu, memory_bytes, planned_vcpu,
                    planned_memory_bytes, size, size_version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                items.stream().map(item -> row(id, ++position[0], item)).toList());
        position[0] = 0;
        batch.batchUpdate(
                "insert into reclaim_progress (reclaim, position, host) values (?, ?, ?)",
                items.stream()
                        .map(item ->
                                new Object[] {
                                    id.value(), ++position[0], item.judgement().host().value()
                                })
                        .toList());
    }

    private static @Nullable Object[] row(ReclaimId id, int position, Planned item) {
        var said = item.judgement();
        var after = item.after();
        return new @Nullable Object[] {
            id.value(),
            position,
            said.host().value(),
            (after.isRecycled() ? ReclaimItem.Action.RECYCLE : ReclaimItem.Action.SHRINK).name(),
            said.day(),
            said.days(),
            said.verdicts().stream().map(Enum::name).toArray(String[]::new),
            said.policy(),
            said.hours(),
            said.validHours(),
            said.coverage(),
            figure(said.cpu(), Judgement.Measure::mean),
            figure(said.cpu(), Judgement.Measure::p95),
            figure(said.cpu(), Judgement.Measure::peak),
            figure(said.memory(), Judgement.Measure::mean),
            figure(said.memory(), Judgement.Measure::p95),
            figure(said.memory(), Judgement.Measure::peak),
            said.disk().orElse(null),
            said.stopped(),
            item.before().vcpu(),
            item.before().memoryBytes(),
            after.vcpu(),
            after.memoryBytes(),
            after.size().map(CatalogueRef::code).orElse(null),
            after.size().map(CatalogueRef::version).orElse(null)
        };
    }

    private static @Nullable BigDecimal figure(
            Optional<Judgement.Measure> measure, Function<Judgement.Measure, BigDecimal> figure) {
        return measure.map(figure).orElse(null);
    }

    void insertLeftOut(ReclaimId id, Map<HostId, Reason> hosts) {
        batch.batchUpdate(
                "insert into reclaim_left_out (reclaim, host, reason) values (?, ?, ?)",
                hosts.entrySet().stream()
                        .map(one ->
                                new Object[] {
                                    id.value(), one.getKey().value(), one.getValue().name()
                                })
                        .toList());
    }

    /**
     * Writes a step, and the duty it takes. The database refuses it when the person has another
     * duty in this order.
     */
    void insertStep(ReclaimId id, Reclaim.Step step, ReclaimWorkflow.Duty duty) {
        boolean none = duty == ReclaimWorkflow.Duty.NONE;
        step.by()
                .filter(_ -> !none)
                .ifPresent(by -> {
                    var _ =
                            jdbc.sql(
                                            """
                                            insert into reclaim_duty (reclaim, person, duty) values (?, ?, ?)
                                            on conflict (reclaim, person) do nothing
                                            """)
                                    .params(id.value(), by.id().value(), duty.name())
                                    .update();
                });
        var _ =
                jdbc.sql(
                                """
                                insert into reclaim_step (reclaim, version, at, person, duty, command,
                                                          from_state, to_state, note)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        id.value(),
                                        step.version(),
                                        step.at().atOffset(ZoneOffset.UTC),
                                        step.by().map(by -> by.id().value()).orElse(null),
                                        none ? null : duty.name(),
                                        step.command().name(),
                                        step.from().map(Enum::name).orElse(null),
                                        step.to().name(),
                                        step.note()))
                        .update();
    }

    /**
     * Moves an order on; false when it is no longer at this version and in this state.
     *
     * @param until the last day of a delay, with an edge that brings one
     */
    boolean advance(
            Reclaim reclaim, ReclaimWorkflow.Edge edge, Optional<LocalDate> until, Instant at) {
        return jdbc.sql(
                                """
                                update reclaim set state = :to, version = version + 1,
                                    entered_at = case when :stays then entered_at else :at end,
                                    noticed_at = case when :clock then :at else noticed_at end,
                                    extended_until = coalesce(cast(:until as date), extended_until)
                                where id = :id and version = :version and state = :from
                                """)
                        .param("to", edge.to().name())
                        .param("stays", edge.to() == edge.from())
                        .param("clock", edge.effect() == ReclaimWorkflow.Effect.CLOCK)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("until", until.orElse(null))
                        .param("id", reclaim.id().value())
                        .param("version", reclaim.version())
                        .param("from", edge.from().name())
                        .update()
                == 1;
    }

    Optional<Reclaim> find(ReclaimId id) {
        return jdbc.sql(ReclaimRows.SELECT + "where r.id = ?")
                .param(id.value())
                .query(ReclaimRows::reclaim)
                .optional();
    }

    /** Locks an order for the rest of the transaction; what it was before is read after. */
    Reclaim lock(ReclaimId id) {
        var _ =
                jdbc.sql("select version from reclaim where id = ? for update")
                        .param(id.value())
                        .query(Integer.class)
                        .optional()
                        .orElseThrow(() -> Refused.notFound("RECLAIM_NOT_FOUND"));
        return find(id).orElseThrow();
    }

    List<Reclaim> page(PageQuery query, Sort sort, Optional<UnitId> scope, ReclaimFilter filter) {
        String direction = sort.descending() ? " desc" : "";
        return matching(
                        ReclaimRows.SELECT
                                + MATCHING
                                + "order by %s%s, r.number%s"
                                        .formatted(SORTS.get(sort.field()), direction, direction)
                                + query.slice(),
                        query,
                        scope,
                        filter)
                .query(ReclaimRows::reclaim)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, ReclaimFilter filter) {
        return matching("select count(*) " + ReclaimRows.FROM + MATCHING, query, scope, filter)
                .query(Long.class)
                .single();
    }

    /** A unit's people see an order from when they are told of it. */
    private JdbcClient.StatementSpec matching(
            String sql, PageQuery query, Optional<UnitId> scope, ReclaimFilter filter) {
        return jdbc.sql(sql)
                .param("scope", scope.map(UnitId::value).orElse(null))
                .param("unit", filter.unit().map(UnitId::value).orElse(null))
                .param("anyState", filter.states().isEmpty())
                .param("states", filter.states().stream().map(Enum::name).toArray(String[]::new))
                .param("pattern", query.pattern());
    }

    List<ReclaimItem> items(ReclaimId id) {
        return jdbc.sql(ReclaimRows.ITEMS + "where i.reclaim = ? order by i.position")
                .param(id.value())
                .query(ReclaimRows::item)
                .list();
    }

    List<Reclaim.LeftOut> leftOut(ReclaimId id) {
        return jdbc.sql(
                        """
                        select l.*, h.name from reclaim_left_out l join host h on h.id = l.host
                        where l.reclaim = ? order by h.name, h.id
                        """)
                .param(id.value())
                .query(ReclaimRows::leftOut)
                .list();
    }

    List<Reclaim.Step> steps(ReclaimId id) {
        return jdbc.sql(
                        """
                        select t.*, p.name as person_name from reclaim_step t
                        left join person p on p.id = t.person
                        where t.reclaim = ? order by t.version
                        """)
                .param(id.value())
                .query(ReclaimRows::step)
                .list();
    }

    /** Where hosts stand; a unit's people see an order from when they are told of it. */
    Map<HostId, Reclaims.Standing> standing(Collection<HostId> hosts, Optional<UnitId> scope) {
        var standing = new HashMap<HostId, Reclaims.Standing>();
        jdbc.sql(
                        """
                        select h.id, u.name as unit_name, s.name as system_name, r.id as reclaim,
                            d.classes, d.bytes
                        from host h
                        cross join lateral (
                            select array_agg(storage_class) as classes, array_agg(bytes) as bytes
                            from (select h.storage_class, h.disk_bytes as bytes
                                  union all
                                  select k.storage_class, k.bytes from host_disk k
                                  where k.host = h.id and not k.given_up) disk
                            where bytes > 0) d
                        join system s on s.id = h.system
                        join system_owner o on o.system = h.system and upper_inf(o.during)
                        join unit u on u.id = o.unit
                        left join reclaim_progress p on p.host = h.id and p.open
                        left join reclaim r on r.id = p.reclaim
                            and (cast(:scope as uuid) is null or r.noticed_at is not null)
                        where h.id = any(:hosts)
                          and (cast(:scope as uuid) is null or o.unit = cast(:scope as uuid))
                        """)
                .param("hosts", ids(hosts))
                .param("scope", scope.map(UnitId::value).orElse(null))
                .query(row -> {
                    standing.put(
                            new HostId(row.getObject("id", UUID.class)),
                            new Reclaims.Standing(
                                    row.getString("unit_name"),
                                    row.getString("system_name"),
                                    disks(row),
                                    Optional.ofNullable(row.getObject("reclaim", UUID.class))
                                            .map(ReclaimId::new)));
                });
        return standing;
    }

    private static Map<String, Long> disks(ResultSet row) throws SQLException {
        var disks = new HashMap<String, Long>();
        var classes = row.getArray("classes");
        if (classes != null) {
            var names = (String[]) classes.getArray();
            var bytes = (Long[]) row.getArray("bytes").getArray();
            for (int i = 0; i < names.length; i++) {
                disks.merge(names[i], bytes[i], Long::sum);
            }
        }
        return disks;
    }

    /** Orders whose hosts are being dealt with, the oldest first. */
    List<ReclaimId> executing() {
        return jdbc.sql("select id from reclaim where state = 'EXECUTING' order by entered_at, id")
                .query((row, _) -> new ReclaimId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Orders whose owner is asked since before a moment, and those that are put off. */
    List<Reclaim> waiting(Instant before, Optional<UnitId> unit) {
        return jdbc.sql(
                        ReclaimRows.SELECT
                                + """
                                where r.state in ('NOTICED', 'EXTENDED') and r.noticed_at <= :before
                                  and (cast(:unit as uuid) is null or r.unit = cast(:unit as uuid))
                                order by r.noticed_at, r.id
                                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("unit", unit.map(UnitId::value).orElse(null))
                .query(ReclaimRows::reclaim)
                .list();
    }

    /** What is done because an owner is silent. */
    enum Deadline {
        REMIND,
        ESCALATE
    }

    /** Notes it; false: it was done. */
    boolean note(ReclaimId id, Deadline step, Instant at) {
        return jdbc.sql(
                                """
                                insert into reclaim_deadline (reclaim, step, at) values (?, ?, ?)
                                on conflict do nothing
                                """)
                        .params(id.value(), step.name(), at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}

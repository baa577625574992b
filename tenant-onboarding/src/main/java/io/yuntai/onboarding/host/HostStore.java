package io.yuntai.onboarding.host;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of hosts. */
@Repository
class HostStore {

    private static final String FROM =
            """
            from host h
            join system s on s.id = h.system
            join system_owner o on o.system = h.system and upper_inf(o.during)
            join unit u on u.id = o.unit
            join lease l on l.system = h.system and l.pool = h.pool and l.cluster = h.cluster
            left join host_observed n on n.host = h.id
            left join host_kept k on k.host = h.id
            """;

    private static final String SELECT =
            """
            select h.*, s.code as system_code, s.name as system_name, o.unit, u.uscc, u.name as unit_name,
                   u.region as unit_region,
                   l.namespace, n.addresses, n.conditions,
                   k.run_by, k.sockets, k.cores, k.threads, k.memory as kept_memory, k.claims,
                   k.resized,
                   (select json_agg(json_build_array(d.position, d.bytes, d.storage_class)
                                    order by d.position)
                    from host_disk d where d.host = h.id and not d.given_up) as disks,
                   (select json_agg(json_build_array(d.position, d.bytes, d.storage_class)
                                    order by d.position)
                    from host_disk d where d.host = h.id and d.given_up) as disks_given_up
            """
                    + FROM;

    private static final String MATCHING =
            """
            where (cast(:scope as uuid) is null or o.unit = cast(:scope as uuid))
              and (cast(:unit as uuid) is null or o.unit = cast(:unit as uuid))
              and (cast(:system as uuid) is null or h.system = cast(:system as uuid))
              and (cast(:state as text) is null or h.state = cast(:state as text))
              and (case when cast(:life as text) is not null then h.life = cast(:life as text)
                        else cast(:lives as text[]) is not null or h.life <> 'DESTROYED' end)
              and (cast(:lives as text[]) is null or h.life = any(cast(:lives as text[])))
              and (cast(:termAfter as timestamptz) is null
                   or case when h.confirmed_at is not null
                           then coalesce(h.ends_at > cast(:termAfter as timestamptz), true)
                           else coalesce(h.delivered_at > cast(:deliveredAfter as timestamptz), true)
                      end)
              and (cast(:termUntil as timestamptz) is null
                   or case when h.confirmed_at is not null
                           then h.ends_at <= cast(:termUntil as timestamptz)
                           else h.delivered_at <= cast(:deliveredUntil as timestamptz) end)
              and (cast(:endsBefore as timestamptz) is null
                   or h.ends_at < cast(:endsBefore as timestamptz)
                      and h.life in ('IN_USE', 'CHANGING', 'STOPPED'))
              and (cast(:pool as text) is null
                   or (h.pool = cast(:pool as text))
                      = (cast(:change as text) is distinct from 'MOVE'))
              and (cast(:change as text) is null
                   or h.life in ('TRIAL', 'IN_USE', 'STOPPED')
                      and case cast(:change as text)
                          when 'RESIZE' then
                              h.memory_bytes % (1024 * 1024 * 1024) = 0
                              and (k.host is null or k.memory <> ''
                                   or coalesce(k.cores, k.sockets, k.threads) is not null)
                          when 'DISK' then
                              k.host is null
                              and (select count(*) from host_disk d
                                   where d.host = h.id and not d.given_up) < :mostDisks
                          when 'RENEWAL' then h.life <> 'TRIAL' and h.ends_at is not null
                          when 'MOVE' then
                              k.host is null
                              and not exists (
                                  select from host n
                                  where n.replaces = h.id
                                    and n.life not in ('RECYCLE_BIN', 'DESTROYING', 'DESTROYED'))
                          else true end)
              and (h.name like :pattern or s.name like :pattern)
            """;

    private static final Map<String, String> SORTS =
            Map.of(
                    "name",
                    "h.name",
                    "vcpu",
                    "h.vcpu",
                    "deliveredAt",
                    "h.delivered_at",
                    "endsAt",
                    "h.ends_at");

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    HostStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * Numbers go on from the highest of ours; names of what was taken over count where they look
     * like ours, of up to six digits. Whoever grants has claimed the system's leases, so that no
     * two orders share one.
     */
    void insert(HostOrder order) {
        long last =
                jdbc.sql(
                                """
                                select coalesce(max(substring(name from length(:code) + 2)::bigint), 0)
                                from host
                                where system = :system and starts_with(name, :code || '-')
                                  and substring(name from length(:code) + 2) ~
                                      case when adoption is null then '^[0-9]{4,9}$'
                                           else '^[0-9]{4,6}$' end
                                """)
                        .param("code", order.systemCode().value())
                        .param("system", order.system().value())
                        .query(Long.class)
                        .single();
        var rows = new ArrayList<@Nullable Object[]>();
        for (int i = 1; i <= order.count(); i++) {
            rows.add(
                    new @Nullable Object[] {
                        UuidCreator.getTimeOrderedEpoch(),
                        String.format(Locale.ROOT, "%s-%04d", order.systemCode(), last + i),
                        order.application(),
                        order.system().value(),
                        order.pool().toString(),
                        order.cluster(),
                        order.vcpu(),
                        order.memoryBytes(),
                        order.diskBytes(),
                        order.storageClass(),
                        order.setup().size().map(CatalogueRef::code).orElse(null),
                        order.setup().size().map(CatalogueRef::version).orElse(null),
                        order.setup().image().map(CatalogueRef::code).orElse(null),
                        order.setup().image().map(CatalogueRef::version).orElse(null),
                        order.setup().gpus().map(Gpus::model).orElse(null),
                        order.setup().gpus().map(Gpus::count).orElse(0),
                        order.setup().login().userData(),
                        order.setup().login().sshKeys().toArray(String[]::new),
                        order.inPlaceOf().map(of -> of.host().value()).orElse(null)
                    });
        }
        batch.batchUpdate(
                """
                insert into host (id, name, application, system, pool, cluster, vcpu, memory_bytes,
                                  disk_bytes, storage_class, size, size_version, image,
                                  image_version, gpu_model, gpus, user_data, ssh_keys, replaces,
                                  state, life)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        'PROVISIONING', 'PROVISIONING')
                """,
                rows);
        order.inPlaceOf()
                .ifPresent(of ->
                        insertDisks(
                                new HostId((UUID) Objects.requireNonNull(rows.getFirst()[0])),
                                of.disks()));
    }

    private void insertDisks(HostId host, List<DataDisk> disks) {
        batch.batchUpdate(
                "insert into host_disk (host, position, bytes, storage_class) values (?, ?, ?, ?)",
                disks.stream()
                        .map(disk ->
                                new Object[] {
                                    host.value(), disk.position(), disk.bytes(), disk.storageClass()
                                })
                        .toList());
    }

    /** Enters machines as hosts that are in use, or stand still; their ids, in that order. */
    List<HostId> insert(HostAdoption adoption, Instant at) {
        var ids = new ArrayList<HostId>();
        for (var machine : adoption.machines()) {
            var id = new HostId(UuidCreator.getTimeOrderedEpoch());
            ids.add(id);
            var _ =
                    jdbc.sql(
                                    """
                                    insert into host (id, name, adoption, system, pool, cluster, vcpu,
                                        memory_bytes, disk_bytes, storage_class, state, life, running,
                                        delivered_at, confirmed_at)
                                    values (:id, :name, :adoption, :system, :pool, :cluster, :vcpu,
                                        :memory, :disk, :class, :state, :life, :running, :at, :at)
                                    """)
                            .param("id", id.value())
                            .param("name", machine.name())
                            .param("adoption", adoption.adoption())
                            .param("system", adoption.system().value())
                            .param("pool", adoption.pool().toString())
                            .param("cluster", adoption.cluster())
                            .param("vcpu", machine.vcpu())
                            .param("memory", machine.memoryBytes())
                            .param("disk", machine.diskBytes())
                            .param("class", machine.storageClass())
                            .param("state", machine.running() ? "RUNNING" : "STOPPED")
                            .param("life", machine.running() ? "IN_USE" : "STOPPED")
                            .param("running", machine.running())
                            .param("at", at.atOffset(ZoneOffset.UTC))
                            .update();
            insertKept(id, machine.kept());
            insertDisks(id, machine.disks());
        }
        changed(ids, at);
        return ids;
    }

    private void insertKept(HostId id, HostKept kept) {
        batch.batchUpdate(
                """
                insert into host_kept (host, run_by, sockets, cores, threads, memory, claims)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                List.of(
                        new @Nullable Object[][] {
                            {
                                id.value(),
                                kept.runBy().name(),
                                boxed(kept.sockets()),
                                boxed(kept.cores()),
                                boxed(kept.threads()),
                                kept.memory(),
                                kept.claims().toArray(String[]::new)
                            }
                        }));
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    List<Host> of(String column, UUID value) {
        return jdbc.sql(SELECT + "where " + column + " = ? order by h.name")
                .param(value)
                .query(HostRows::host)
                .list();
    }

    List<Host> on(String cluster) {
        return jdbc.sql(SELECT + "where h.life <> 'DESTROYED' and h.cluster = ? order by h.name")
                .param(cluster)
                .query(HostRows::host)
                .list();
    }

    /**
     * What is new about hosts that were looked at.
     *
     * @param delivered run for the first time
     * @param stopped were delivered, shall not run, and are down for the first time since they ran
     * @param running were delivered before, and run again
     */
    record News(List<HostId> delivered, List<HostId> stopped, List<HostId> running) {}

    /** As a host was before it was looked at. */
    private record Before(Host.State state, boolean wanted, boolean delivered) {}

    /**
     * Writes what was seen, and says what of it is new: of two that see the same only one is told
     * so, for the rows are locked and the state is written with what follows from it.
     */
    News observe(List<Host> seen, Instant at) {
        var before = new HashMap<HostId, Before>();
        if (!seen.isEmpty()) {
            jdbc.sql(
                            """
                            select id, state, running, delivered_at is not null as delivered
                            from host where id = any(:ids) order by id for update
                            """)
                    .param("ids", seen.stream().map(h -> h.id().value()).toArray(UUID[]::new))
                    .query(row -> {
                        before.put(
                                new HostId(row.getObject("id", UUID.class)),
                                new Before(
                                        Host.State.valueOf(row.getString("state")),
                                        row.getBoolean("running"),
                                        row.getBoolean("delivered")));
                    });
        }
        batch.batchUpdate(
                """
                update host set state = ?, reason = ?,
                    delivered_at = case when ? then coalesce(delivered_at, ?) else delivered_at end
                where id = ?
                """,
                seen.stream()
                        .map(h ->
                                new Object[] {
                                    h.state().name(),
                                    h.reason(),
                                    h.state() == Host.State.RUNNING,
                                    at.atOffset(ZoneOffset.UTC),
                                    h.id().value()
                                })
                        .toList());
        batch.batchUpdate(
                """
                insert into host_observed (host, addresses, conditions, seen_at) values (?, ?, ?, ?)
                on conflict (host) do update set
                    addresses = excluded.addresses, conditions = excluded.conditions,
                    seen_at = excluded.seen_at
                """,
                seen.stream()
                        .map(h ->
                                new Object[] {
                                    h.id().value(),
                                    h.notes().addresses().toArray(String[]::new),
                                    h.notes().conditions().toArray(String[]::new),
                                    at.atOffset(ZoneOffset.UTC)
                                })
                        .toList());
        changed(seen.stream().map(Host::id).toList(), at);
        return new News(
                ids(seen, before, (h, was) -> h.state() == Host.State.RUNNING && !was.delivered()),
                ids(
                        seen,
                        before,
                        (h, was) ->
                                h.state() == Host.State.STOPPED
                                        && was.state() != Host.State.STOPPED
                                        && was.delivered()
                                        && !was.wanted()),
                ids(
                        seen,
                        before,
                        (h, was) ->
                                h.state() == Host.State.RUNNING
                                        && was.state() != Host.State.RUNNING
                                        && was.delivered()));
    }

    private static List<HostId> ids(
            List<Host> seen, Map<HostId, Before> before, BiPredicate<Host, Before> which) {
        return seen.stream()
                .filter(h -> {
                    var was = before.get(h.id());
                    return was != null && which.test(h, was);
                })
                .map(Host::id)
                .toList();
    }

    void lostWith(String cluster, Instant at) {
        var lost =
                jdbc.sql(
                                """
                                update host set state = 'PROVISIONING', reason = :reason
                                where cluster = :cluster and life <> 'DESTROYED' returning id
                                """)
                        .param("reason", Host.CLUSTER_REPLACED)
                        .param("cluster", cluster)
                        .query((row, _) -> new HostId(row.getObject("id", UUID.class)))
                        .list();
        changed(lost, at);
    }

    /** Tells whoever looks at these hosts to look again. */
    void changed(Collection<HostId> hosts, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into change_event (kind, subject, unit, at)
                                select 'HOST', h.id, o.unit, :at
                                from host h join system_owner o
                                    on o.system = h.system and upper_inf(o.during)
                                where h.id = any(:ids)
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("ids", hosts.stream().map(HostId::value).toArray(UUID[]::new))
                        .update();
    }

    List<Host> page(PageQuery query, Sort sort, Optional<UnitId> scope, HostFilter filter) {
        String order = SORTS.get(sort.field()) + (sort.descending() ? " desc" : "");
        return jdbc.sql(SELECT + MATCHING + "order by " + order + ", h.id" + query.slice())
                .params(matching(query, scope, filter))
                .query(HostRows::host)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, HostFilter filter) {
        return jdbc.sql("select count(*) " + FROM + MATCHING)
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, HostFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("scope", scope.map(UnitId::value).orElse(null));
        params.put("unit", filter.unit().map(UnitId::value).orElse(null));
        params.put("system", filter.system().map(SystemId::value).orElse(null));
        params.put("state", filter.state().map(Enum::name).orElse(null));
        params.put("life", filter.life().map(Enum::name).orElse(null));
        params.put(
                "endsBefore",
                filter.endsBefore().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
        var phase = filter.phase();
        params.put(
                "lives",
                phase.map(span -> span.lives().stream().map(Enum::name).toArray(String[]::new))
                        .orElse(null));
        bound(params, "After", phase.flatMap(HostPhase.Span::after));
        bound(params, "Until", phase.flatMap(HostPhase.Span::until));
        params.put("pool", filter.pool().map(PoolId::toString).orElse(null));
        params.put("change", filter.change().map(Enum::name).orElse(null));
        params.put("mostDisks", DataDisk.MOST);
        params.put("pattern", query.pattern());
        return params;
    }

    private static void bound(
            Map<String, @Nullable Object> params, String which, Optional<HostPhase.Bound> bound) {
        params.put(
                "term" + which, bound.map(at -> at.term().atOffset(ZoneOffset.UTC)).orElse(null));
        params.put(
                "delivered" + which,
                bound.map(at -> at.delivered().atOffset(ZoneOffset.UTC)).orElse(null));
    }

    Optional<Host> find(HostId id) {
        return of("h.id", id.value()).stream().findAny();
    }
}

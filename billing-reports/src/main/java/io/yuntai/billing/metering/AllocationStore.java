package io.yuntai.billing.metering;

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
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Owns party, metered_system, their past, allocation, host_confirmed and host_stop. */
@Repository
class AllocationStore {

    private static final String INPUT =
            """
            (select * from unnest(:host, :hostName, :unit, :system, :pool, :vcpu, :memory, :disk, :cluster, :namespace, :from)
                as i(host, host_name, unit, system, pool, vcpu, memory_bytes, disk_bytes, cluster, namespace, begins)) i
            """;

    private static final String SAME =
            """
            (a.host_name, a.unit, a.system, a.pool, a.vcpu, a.memory_bytes, a.disk_bytes, a.cluster, a.namespace)
                = (i.host_name, i.unit, i.system, i.pool, i.vcpu, i.memory_bytes, i.disk_bytes, i.cluster, i.namespace)
            """;

    private static final String CLOSE =
            "update allocation a set during = tstzrange(lower(a.during), i.begins) from "
                    + INPUT
                    + " where a.host = i.host and upper_inf(a.during)"
                    + " and lower(a.during) < i.begins and not "
                    + SAME;

    private static final String OPEN =
            """
            insert into allocation
                (host, host_name, unit, system, pool, vcpu, memory_bytes, disk_bytes, cluster, namespace, during)
            select i.host, i.host_name, i.unit, i.system, i.pool,
                i.vcpu, i.memory_bytes, i.disk_bytes, i.cluster, i.namespace, tstzrange(i.begins, null)
            from
            """
                    + INPUT
                    + """
                    where not exists (select from allocation a
                        where a.host = i.host and a.during && tstzrange(i.begins, null))
                    """;

    private static final String COUNT_CONTRADICTING =
            "select count(*) from "
                    + INPUT
                    + """
                    where not exists (select from allocation a
                        where a.host = i.host and a.during @> i.begins and
                    """
                    + SAME
                    + ")";

    private final JdbcClient sql;

    AllocationStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Two deliveries of one unit come at once. With a conflict target the other unique column, the
     * code, could still be violated by the one that was faster: so first whatever is missing, then
     * what has changed. What it was is kept until then.
     *
     * @param parties from when each is so
     */
    void upsertParties(Map<Party, Instant> parties) {
        for (String statement :
                new String[] {
                    """
                    insert into party (unit, code, name, region)
                    select n.unit, n.code, n.name, n.region
                    from unnest(:unit, :code, :name, :region, :from) as n (unit, code, name, region, since) order by 1
                    on conflict do nothing
                    """,
                    """
                    insert into party_past (unit, until, code, name, region)
                    select p.unit, greatest(n.since, (select max(w.until) from party_past w where w.unit = p.unit)),
                        p.code, p.name, p.region
                    from unnest(:unit, :code, :name, :region, :from) as n (unit, code, name, region, since)
                    join party p on p.unit = n.unit
                    where (p.code, p.name, p.region) <> (n.code, n.name, n.region)
                    on conflict do nothing
                    """,
                    """
                    update party p set code = n.code, name = n.name, region = n.region
                    from unnest(:unit, :code, :name, :region, :from) as n (unit, code, name, region, since)
                    where p.unit = n.unit
                      and (p.code, p.name, p.region) <> (n.code, n.name, n.region)
                    """
                }) {
            var _ =
                    sql.sql(statement)
                            .param(
                                    "unit",
                                    array("uuid", parties.keySet(), party -> party.id().value()))
                            .param("code", array("text", parties.keySet(), Party::code))
                            .param("name", array("text", parties.keySet(), Party::name))
                            .param("region", array("text", parties.keySet(), Party::region))
                            .param(
                                    "from",
                                    array("timestamptz", parties.values(), Instant::toString))
                            .update();
        }
    }

    /**
     * Likewise.
     *
     * @param systems from when each is so
     */
    void upsertSystems(Map<MeteredSystem, Instant> systems) {
        for (String statement :
                new String[] {
                    """
                    insert into metered_system_past (id, until, code, name)
                    select s.id, greatest(n.since, (select max(w.until) from metered_system_past w where w.id = s.id)),
                        s.code, s.name
                    from unnest(:id, :code, :name, :from) as n (id, code, name, since)
                    join metered_system s on s.id = n.id
                    where (s.code, s.name) <> (n.code, n.name)
                    on conflict do nothing
                    """,
                    """
                    insert into metered_system (id, code, name)
                    select n.id, n.code, n.name
                    from unnest(:id, :code, :name, :from) as n (id, code, name, since)
                    on conflict (id) do update set code = excluded.code, name = excluded.name
                        where (metered_system.code, metered_system.name)
                            <> (excluded.code, excluded.name)
                    """
                }) {
            var _ =
                    sql.sql(statement)
                            .param(
                                    "id",
                                    array("uuid", systems.keySet(), system -> system.id().value()))
                            .param("code", array("text", systems.keySet(), MeteredSystem::code))
                            .param("name", array("text", systems.keySet(), MeteredSystem::name))
                            .param(
                                    "from",
                                    array("timestamptz", systems.values(), Instant::toString))
                            .update();
        }
    }

    /** Returns how many of these contradict what stands; the caller's transaction then ends. */
    long record(List<HostAllocation> allocations) {
        var _ = with(CLOSE, allocations).update();
        var _ = with(OPEN, allocations).update();
        return with(COUNT_CONTRADICTING, allocations).query(Long.class).single();
    }

    void confirm(Collection<MeteredHostId> hosts, Instant at) {
        var _ =
                sql.sql(
                                """
                                insert into host_confirmed (host, at) select unnest(:host), :at
                                on conflict (host) do nothing
                                """)
                        .param("host", array("uuid", hosts, MeteredHostId::value))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void end(MeteredHostId host, Instant at) {
        var time = at.atOffset(ZoneOffset.UTC);
        // An interval that would be empty says that the host never was.
        var _ =
                sql.sql(
                                """
                                delete from allocation
                                where host = :host and upper_inf(during) and lower(during) >= :at
                                """)
                        .param("host", host.value())
                        .param("at", time)
                        .update();
        var _ =
                sql.sql(
                                """
                                update allocation set during = tstzrange(lower(during), :at)
                                where host = :host and upper_inf(during)
                                """)
                        .param("host", host.value())
                        .param("at", time)
                        .update();
    }

    /** What is to be read in a period, sorted by host, then time. */
    List<MeteredHost> allocatedIn(Period period) {
        return sql.sql(
                        """
                        select host, host_name, pool, vcpu, memory_bytes, disk_bytes, cluster, namespace,
                            greatest(lower(during), :from) as begins,
                            coalesce(least(upper(during), :to), :to) as ends,
                            array(select extract(epoch from moment)::bigint from host_stop s,
                                    unnest(array[greatest(lower(s.during), :from),
                                        coalesce(least(upper(s.during), :to), :to)]) moment
                                where s.host = a.host and s.during && tstzrange(:from, :to)
                                order by s.during, moment) as stops
                        from allocation a where during && tstzrange(:from, :to)
                        order by host, during
                        """)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query((row, _) -> meteredHost(row))
                .list();
    }

    private static MeteredHost meteredHost(ResultSet row) throws SQLException {
        return new MeteredHost(
                new MeteredHostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                row.getString("pool"),
                new Capacity(
                        row.getInt("vcpu"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                new Place(row.getString("cluster"), row.getString("namespace")),
                new Period(
                        row.getObject("begins", OffsetDateTime.class).toInstant(),
                        row.getObject("ends", OffsetDateTime.class).toInstant()),
                stops((Long[]) row.getArray("stops").getArray()));
    }

    /** Begin and end, in turns. */
    private static List<Period> stops(Long[] seconds) {
        var stops = new ArrayList<Period>();
        for (int i = 0; i + 1 < seconds.length; i += 2) {
            if (seconds[i] < seconds[i + 1]) {
                stops.add(
                        new Period(
                                Instant.ofEpochSecond(seconds[i]),
                                Instant.ofEpochSecond(seconds[i + 1])));
            }
        }
        return stops;
    }

    /** The hour in which each cluster had its first host, by the cluster's name. */
    Map<String, Instant> firstHours() {
        var first = new HashMap<String, Instant>();
        sql.sql(
                        """
                        select cluster, date_trunc('hour', min(lower(during)), 'UTC') as hour
                        from allocation group by cluster
                        """)
                .query(row -> {
                    first.put(
                            row.getString("cluster"),
                            row.getObject("hour", OffsetDateTime.class).toInstant());
                });
        return first;
    }

    void stop(MeteredHostId host, Instant at) {
        var _ =
                sql.sql(
                                """
                                insert into host_stop (host, during) select :host, tstzrange(:at, null)
                                where not exists (select from host_stop s
                                    where s.host = :host and s.during && tstzrange(:at, null))
                                """)
                        .param("host", host.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void start(MeteredHostId host, Instant at) {
        var _ =
                sql.sql("delete from host_stop where host = :host and lower(during) >= :at")
                        .param("host", host.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
        var _ =
                sql.sql(
                                """
                                update host_stop set during = tstzrange(lower(during), :at)
                                where host = :host and upper_inf(during)
                                """)
                        .param("host", host.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    private JdbcClient.StatementSpec with(String statement, List<HostAllocation> all) {
        return sql.sql(statement)
                .param("host", array("uuid", all, a -> a.host().value()))
                .param("hostName", array("text", all, HostAllocation::hostName))
                .param("unit", array("uuid", all, a -> a.party().id().value()))
                .param("system", array("uuid", all, a -> a.system().id().value()))
                .param("pool", array("text", all, HostAllocation::pool))
                .param("vcpu", array("int4", all, a -> a.capacity().vcpu()))
                .param("memory", array("int8", all, a -> a.capacity().memoryBytes()))
                .param("disk", array("int8", all, a -> a.capacity().diskBytes()))
                .param("cluster", array("text", all, a -> a.place().cluster()))
                .param("namespace", array("text", all, a -> a.place().namespace()))
                .param("from", array("timestamptz", all, a -> a.from().toString()));
    }

    private static <T> SqlArrayValue array(
            String type, Collection<T> all, Function<? super T, Object> member) {
        return new SqlArrayValue(type, all.stream().map(member).toArray());
    }
}

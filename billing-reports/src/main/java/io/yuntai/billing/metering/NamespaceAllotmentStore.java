package io.yuntai.billing.metering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns namespace_allotment. */
@Repository
class NamespaceAllotmentStore {

    private final JdbcClient sql;

    NamespaceAllotmentStore(JdbcClient sql) {
        this.sql = sql;
    }

    void record(NamespaceAllotment allotment, Instant from) {
        var begin =
                today(allotment.place())
                        .filter(last -> last.isAfter(from))
                        .orElse(from)
                        .atOffset(ZoneOffset.UTC);
        // What was granted for no time at all never was.
        with(
                """
                delete from namespace_allotment
                where cluster = :cluster and namespace = :namespace and upper_inf(during)
                    and lower(during) = :from
                    and (cpu_millis, memory_bytes, storage_bytes) <> (:cpu, :memory, :storage)
                """,
                allotment,
                begin);
        with(
                """
                update namespace_allotment set during = tstzrange(lower(during), :from)
                where cluster = :cluster and namespace = :namespace and upper_inf(during)
                    and (cpu_millis, memory_bytes, storage_bytes) <> (:cpu, :memory, :storage)
                """,
                allotment,
                begin);
        if (!allotment.allotment().equals(Allotment.NONE)) {
            with(
                    """
                    insert into namespace_allotment
                        (cluster, namespace, system, cpu_millis, memory_bytes, storage_bytes, during)
                    select :cluster, :namespace, :system, :cpu, :memory, :storage, tstzrange(:from, null)
                    where not exists (select from namespace_allotment
                        where cluster = :cluster and namespace = :namespace and upper_inf(during))
                    """,
                    allotment,
                    begin);
        }
    }

    /** Since when a namespace is granted what it is today; empty: it is granted nothing. */
    private Optional<Instant> today(Place place) {
        return sql.sql(
                        """
                        select lower(during) as since from namespace_allotment
                        where cluster = ? and namespace = ? and upper_inf(during)
                        """)
                .params(place.cluster(), place.namespace())
                .query((row, _) -> row.getObject("since", OffsetDateTime.class).toInstant())
                .optional();
    }

    private void with(String statement, NamespaceAllotment allotment, OffsetDateTime from) {
        var _ =
                sql.sql(statement)
                        .param("cluster", allotment.place().cluster())
                        .param("namespace", allotment.place().namespace())
                        .param("system", allotment.system().value())
                        .param("cpu", allotment.allotment().cpuMillis())
                        .param("memory", allotment.allotment().memoryBytes())
                        .param("storage", allotment.allotment().storageBytes())
                        .param("from", from)
                        .update();
    }

    /** What is to be read in a period. */
    List<MeteredNamespace> grantedIn(Period period) {
        return sql.sql(
                        """
                        select n.*, greatest(lower(n.during), :from) as begins,
                            coalesce(least(upper(n.during), :to), :to) as ends,
                            array(select distinct h.host_name from allocation h
                                where (h.cluster, h.namespace) = (n.cluster, n.namespace)
                                    and h.during && tstzrange(:from, :to)) as hosts
                        from namespace_allotment n where n.during && tstzrange(:from, :to)
                        order by n.cluster, n.namespace, n.during
                        """)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query((row, _) -> metered(row))
                .list();
    }

    private static MeteredNamespace metered(ResultSet row) throws SQLException {
        return new MeteredNamespace(
                place(row),
                new Allotment(
                        row.getLong("cpu_millis"),
                        row.getLong("memory_bytes"),
                        row.getLong("storage_bytes")),
                new Period(
                        row.getObject("begins", OffsetDateTime.class).toInstant(),
                        row.getObject("ends", OffsetDateTime.class).toInstant()),
                Set.of((String[]) row.getArray("hosts").getArray()));
    }

    /** The hour in which each cluster had its first namespace, by the cluster's name. */
    Map<String, Instant> firstHours() {
        var first = new HashMap<String, Instant>();
        sql.sql(
                        """
                        select cluster, date_trunc('hour', min(lower(during)), 'UTC') as hour
                        from namespace_allotment group by cluster
                        """)
                .query(row -> {
                    first.put(
                            row.getString("cluster"),
                            row.getObject("hour", OffsetDateTime.class).toInstant());
                });
        return first;
    }

    /**
     * How many hours of a period began while each of a system's namespaces was granted anything.
     */
    Map<Place, Long> grantedHours(MeteredSystemId system, Period period) {
        var hours = new HashMap<Place, Long>();
        sql.sql(
                        """
                        select cluster, namespace, sum(
                                ceil(extract(epoch from coalesce(least(upper(during), :to), :to)) / 3600)
                                - ceil(extract(epoch from greatest(lower(during), :from)) / 3600))::bigint as hours
                        from namespace_allotment
                        where system = :system and during && tstzrange(:from, :to)
                        group by cluster, namespace
                        """)
                .param("system", system.value())
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    hours.put(place(row), row.getLong("hours"));
                });
        return hours;
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getString("cluster"), row.getString("namespace"));
    }
}

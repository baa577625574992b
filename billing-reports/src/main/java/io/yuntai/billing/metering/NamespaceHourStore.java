package io.yuntai.billing.metering;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Owns namespace_hour, one partition a month of {@link Period#ZONE}. */
@Repository
class NamespaceHourStore {

    /** Any number of our own: one reading at a time, so that none finds half of another's rows. */
    private static final long READING = 0x59_54_4e_41_4d_45_53L;

    private final JdbcTemplate sql;

    NamespaceHourStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * Takes hours in, inside the caller's transaction. No report rests on them, so none of a frozen
     * month stands aside.
     *
     * @param source hands every hour to the consumer it is given
     */
    HoursRead take(
            Period period, UsageStore.Fewer fewer, Consumer<Consumer<NamespaceHour>> source) {
        sql.execute("select pg_advisory_xact_lock(" + READING + ")");
        Partitions.make(sql, "namespace_hour", period);
        sql.execute("create temporary table namespace_read (like namespace_hour) on commit drop");
        long read =
                BinaryCopy.into(
                        sql,
                        "namespace_read" + NamespaceHourRows.COLUMNS,
                        copy -> new NamespaceHourRows(copy, period),
                        source);
        if (fewer == UsageStore.Fewer.LEFT) {
            var _ =
                    sql.update(
                            """
                            delete from namespace_read r using namespace_hour h
                            where (h.cluster, h.namespace, h.hour) = (r.cluster, r.namespace, r.hour)
                            and h.hour >= ? and h.hour < ?
                            and r.samples + r.quarantined < h.samples + h.quarantined
                            """,
                            period.from().atOffset(ZoneOffset.UTC),
                            period.to().atOffset(ZoneOffset.UTC));
        }
        int changed =
                sql.update(
                        """
                        insert into namespace_hour select * from namespace_read
                        on conflict (cluster, namespace, hour) do update set
                            granted_cpu_millis = excluded.granted_cpu_millis,
                            granted_memory_bytes = excluded.granted_memory_bytes,
                            granted_storage_bytes = excluded.granted_storage_bytes,
                            samples = excluded.samples,
                            quarantined = excluded.quarantined,
                            cpu_sum = excluded.cpu_sum,
                            cpu_min = excluded.cpu_min,
                            cpu_max = excluded.cpu_max,
                            memory_sum = excluded.memory_sum,
                            memory_min = excluded.memory_min,
                            memory_max = excluded.memory_max,
                            storage_sum = excluded.storage_sum,
                            storage_min = excluded.storage_min,
                            storage_max = excluded.storage_max,
                            claims_bytes = excluded.claims_bytes
                        where namespace_hour is distinct from excluded
                        """);
        sql.execute("drop table namespace_read");
        return new HoursRead(read, changed);
    }

    /** All hours of a system's namespaces in a period, by cluster, namespace and time. */
    List<NamespaceHour> of(MeteredSystemId system, Period period) {
        return sql.query(
                """
                select h.* from namespace_hour h
                where exists (select from namespace_allotment a
                        where a.system = ? and (a.cluster, a.namespace) = (h.cluster, h.namespace))
                    and h.hour >= ? and h.hour < ?
                order by h.cluster, h.namespace, h.hour
                """,
                (row, _) -> NamespaceHourRows.hour(row),
                system.value(),
                period.from().atOffset(ZoneOffset.UTC),
                period.to().atOffset(ZoneOffset.UTC));
    }
}

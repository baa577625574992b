package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The leases. A lease whose epoch is ahead of the one observed is the request to bring it to its
 * cluster: whoever finds it so may do the work, and doing it twice does no harm.
 */
@Service
@Transactional
public class Leases {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SELECT =
            """
            select l.*, o.unit, (select json_object_agg(resource, granted) from lease_amount a
                         where a.system = l.system and a.pool = l.pool) as amounts
            from lease l join system_owner o on o.system = l.system and upper_inf(o.during)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Leases(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * Grants a lease more, in the transaction that debits the ledger. The first grant places it;
     * later ones leave it where it is.
     *
     * @param more in pod units
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Lease grow(
            SystemId system, PoolId pool, String cluster, String namespace, Amounts more) {
        var _ =
                jdbc.sql(
                                """
                                insert into lease (system, pool, cluster, namespace, epoch)
                                values (:system, :pool, :cluster, :namespace, 1)
                                on conflict (system, pool) do update set epoch = lease.epoch + 1
                                """)
                        .param("system", system.value())
                        .param("pool", pool.toString())
                        .param("cluster", cluster)
                        .param("namespace", namespace)
                        .update();
        batch.batchUpdate(
                """
                insert into lease_amount (system, pool, resource, granted) values (?, ?, ?, ?)
                on conflict (system, pool, resource)
                    do update set granted = lease_amount.granted + excluded.granted
                """,
                more.asMap().entrySet().stream()
                        .map(e ->
                                new Object[] {
                                    system.value(), pool.toString(), e.getKey().code(), e.getValue()
                                })
                        .toList());
        return find(system, pool).orElseThrow();
    }

    @Transactional(readOnly = true)
    public Optional<Lease> find(SystemId system, PoolId pool) {
        return jdbc.sql(SELECT + "where l.system = ? and l.pool = ?")
                .params(system.value(), pool.toString())
                .query(Leases::lease)
                .optional();
    }

    /** The leases of a system, one a pool. */
    @Transactional(readOnly = true)
    public List<Lease> of(SystemId system) {
        return jdbc.sql(SELECT + "where l.system = ? order by l.pool")
                .param(system.value())
                .query(Leases::lease)
                .list();
    }

    /** Whose namespace it is; empty when it is none of ours. */
    @Transactional(readOnly = true)
    public Optional<SystemId> owner(String cluster, String namespace) {
        return jdbc.sql("select system from lease where cluster = ? and namespace = ?")
                .params(cluster, namespace)
                .query((row, _) -> system(row))
                .optional();
    }

    /** Every system that has a lease. */
    @Transactional(readOnly = true)
    public List<SystemId> systems() {
        return jdbc.sql("select distinct system from lease order by system")
                .query((row, _) -> system(row))
                .list();
    }

    /** Notes that the cluster enforces this epoch. */
    public void observed(Lease lease) {
        var _ =
                jdbc.sql(
                                """
                                update lease set observed_epoch = :epoch, reason = ''
                                where system = :system and pool = :pool and observed_epoch < :epoch
                                """)
                        .param("epoch", lease.epoch().value())
                        .param("system", lease.system().value())
                        .param("pool", lease.pool().toString())
                        .update();
    }

    private static SystemId system(ResultSet row) throws SQLException {
        return new SystemId(row.getObject("system", UUID.class));
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        Map<Resource, Long> amounts = new HashMap<>();
        JSON.readValue(row.getString("amounts"), new TypeReference<Map<String, Long>>() {})
                .forEach((code, amount) -> amounts.put(new Resource(code), amount));
        return new Lease(
                system(row),
                new UnitId(row.getObject("unit", UUID.class)),
                PoolId.of(row.getString("pool")),
                row.getString("cluster"),
                row.getString("namespace"),
                Amounts.of(amounts),
                new Epoch(row.getLong("epoch")),
                new Epoch(row.getLong("observed_epoch")));
    }
}

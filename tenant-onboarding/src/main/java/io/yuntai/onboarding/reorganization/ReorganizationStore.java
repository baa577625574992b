package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Account;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of reorganizations: what was done, and the rows of the register that follow. The caller
 * has the tree and the register for himself.
 */
@Repository
class ReorganizationStore {

    private static final String SELECT =
            "select r.*, p.name from reorganization r join person p on p.id = r.person\n";

    /** Applications that are not at their end. */
    static final String OPEN = "state not in ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')";

    private final JdbcClient jdbc;

    ReorganizationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A node of something, in one of the pools. */
    record Place(PoolId pool, NodeId node, NodeId parent) {}

    /** A unit as far as it matters here. */
    record UnitRow(
            UnitId id, int version, String region, Optional<UnitId> parent, boolean dissolved) {}

    Optional<Reorganized> find(ReorganizationId id) {
        return jdbc.sql(SELECT + "where r.id = ?")
                .param(id.value())
                .query(ReorganizationStore::reorganized)
                .optional();
    }

    String content(ReorganizationId id) {
        return jdbc.sql("select content from reorganization where id = ?")
                .param(id.value())
                .query(String.class)
                .single();
    }

    void insert(
            ReorganizationId id,
            Reorganization what,
            String reason,
            Actor by,
            Instant at,
            Reorganized.Outcome outcome) {
        var _ =
                jdbc.sql(
                                """
                                insert into reorganization (id, kind, subject, target, content, reason,
                                                            person, at, outcome)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                id.value(),
                                what.kind().name(),
                                what.subject(),
                                what.target(),
                                what.content(),
                                reason,
                                by.person().value(),
                                at.atOffset(ZoneOffset.UTC),
                                outcome.name())
                        .update();
    }

    /** Up to limit + 1 from the cursor on, the latest first. */
    List<Reorganized> page(PageQuery query) {
        return jdbc.sql(
                        SELECT
                                + """
                                where r.reason like :pattern and r.number < :before
                                order by r.number desc
                                """
                                + query.atMost())
                .param("pattern", query.pattern())
                .param(
                        "before",
                        query.cursor()
                                .map(cursor -> Long.parseLong(cursor.keys(1).getFirst()))
                                .orElse(Long.MAX_VALUE))
                .query(ReorganizationStore::reorganized)
                .list();
    }

    long count(PageQuery query) {
        return jdbc.sql("select count(*) from reorganization where reason like ?")
                .param(query.pattern())
                .query(Long.class)
                .single();
    }

    Optional<Integer> version(SystemId system) {
        return jdbc.sql("select version from system where id = ?")
                .param(system.value())
                .query(Integer.class)
                .optional();
    }

    UnitId owner(SystemId system) {
        return new UnitId(
                jdbc.sql("select unit from system_owner where system = ? and upper_inf(during)")
                        .param(system.value())
                        .query(UUID.class)
                        .single());
    }

    Optional<UnitRow> unit(UnitId unit) {
        return jdbc.sql(
                        """
                        select version, region, parent, dissolved_at is not null as dissolved
                        from unit where id = ?
                        """)
                .param(unit.value())
                .query((row, _) ->
                        new UnitRow(
                                unit,
                                row.getInt("version"),
                                row.getString("region"),
                                Optional.ofNullable(row.getObject("parent", UUID.class))
                                        .map(UnitId::new),
                                row.getBoolean("dissolved")))
                .optional();
    }

    boolean isRegion(RegionCode region) {
        return jdbc.sql("select count(*) from region where code = ?")
                        .param(region.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a unit is another, or a part of it, or of a part of it. */
    boolean isPartOf(UnitId unit, UnitId whole) {
        return jdbc.sql(
                                """
                                with recursive above (id, parent) as (
                                    select id, parent from unit where id = :unit
                                    union
                                    select u.id, u.parent from unit u join above on u.id = above.parent)
                                select count(*) from above where id = :whole
                                """)
                        .param("unit", unit.value())
                        .param("whole", whole.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a node is somewhere above another. */
    boolean isAbove(NodeId above, NodeId node) {
        return jdbc.sql(
                                """
                                with recursive path (id, parent) as (
                                    select id, parent from quota_node where id = :node
                                    union all
                                    select n.id, n.parent from quota_node n join path on n.id = path.parent)
                                select count(*) from path where parent = :above
                                """)
                        .param("node", node.value())
                        .param("above", above.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<SystemId> systemsOf(UnitId unit) {
        return jdbc.sql(
                        """
                        select system from system_owner where unit = ? and upper_inf(during)
                        order by system
                        """)
                .param(unit.value())
                .query((row, _) -> new SystemId(row.getObject(1, UUID.class)))
                .list();
    }

    List<Place> places(SystemId system) {
        return places("system", system.value());
    }

    List<Place> places(UnitId unit) {
        return places("unit", unit.value());
    }

    private List<Place> places(String column, UUID of) {
        return jdbc.sql(
                        "select pool, id, parent from quota_node where "
                                + column
                                + " = ? order by pool")
                .param(of)
                .query((row, _) ->
                        new Place(
                                PoolId.of(row.getString("pool")),
                                new NodeId(row.getObject("id", UUID.class)),
                                new NodeId(row.getObject("parent", UUID.class))))
                .list();
    }

    List<NodeId> children(NodeId node) {
        return jdbc.sql("select id from quota_node where parent = ? order by id")
                .param(node.value())
                .query((row, _) -> new NodeId(row.getObject(1, UUID.class)))
                .list();
    }

    Map<Resource, Account> accounts(NodeId node) {
        var accounts = new TreeMap<Resource, Account>();
        jdbc.sql("select resource, guaranteed, ceiling, held from quota_account where node = ?")
                .param(node.value())
                .query(row -> {
                    @Nullable Long ceiling = row.getObject("ceiling", Long.class);
                    accounts.put(
                            new Resource(row.getString("resource")),
                            new Account(
                                    row.getLong("guaranteed"),
                                    ceiling == null
                                            ? OptionalLong.empty()
                                            : OptionalLong.of(ceiling),
                                    row.getLong("held")));
                });
        return accounts;
    }

    /** When an owner of these systems last changed, or a host of theirs was delivered. */
    Instant lastChange(Collection<SystemId> systems) {
        return jdbc.sql(
                        """
                        select greatest('epoch',
                            (select max(lower(during)) from system_owner where system = any(:systems)),
                            (select max(delivered_at) from host where system = any(:systems)))
                        """)
                .param("systems", ids(systems))
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    void changeOwner(Collection<SystemId> systems, UnitId to, Instant at) {
        var time = at.atOffset(ZoneOffset.UTC);
        var _ =
                jdbc.sql(
                                """
                                update system_owner set during = tstzrange(lower(during), :at)
                                where system = any(:systems) and upper_inf(during)
                                """)
                        .param("systems", ids(systems))
                        .param("at", time)
                        .update();
        var _ =
                jdbc.sql(
                                """
                                insert into system_owner (system, unit, during)
                                select system, :unit, tstzrange(:at, null)
                                from unnest(:systems) as moved (system)
                                """)
                        .param("systems", ids(systems))
                        .param("unit", to.value())
                        .param("at", time)
                        .update();
        var _ =
                jdbc.sql("update system set version = version + 1 where id = any(:systems)")
                        .param("systems", ids(systems))
                        .update();
    }

    /** What is open goes along; whoever has read it before has to read it again. */
    void handOver(Collection<SystemId> systems, UnitId to) {
        var _ =
                jdbc.sql(
                                "update application set unit = :unit, version = version + 1 "
                                        + "where system = any(:systems) and "
                                        + OPEN)
                        .param("systems", ids(systems))
                        .param("unit", to.value())
                        .update();
    }

    void place(UnitId unit, Optional<UnitId> parent, RegionCode region) {
        var _ =
                jdbc.sql(
                                """
                                update unit set parent = :parent, region = :region, version = version + 1
                                where id = :unit
                                """)
                        .param("unit", unit.value())
                        .param("parent", parent.map(UnitId::value).orElse(null))
                        .param("region", region.value())
                        .update();
    }

    /**
     * Closes a unit; its parts are the successor's, and so is what it was promised.
     *
     * @param within pools in which the successor has that promise in its own already
     */
    void dissolve(UnitId unit, UnitId into, Set<PoolId> within, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update unit set parent = :into, version = version + 1
                                where parent = :unit
                                """)
                        .param("unit", unit.value())
                        .param("into", into.value())
                        .update();
        var _ =
                jdbc.sql(
                                """
                                update unit set dissolved_at = :at, dissolved_into = :into, parent = null,
                                    version = version + 1
                                where id = :unit
                                """)
                        .param("unit", unit.value())
                        .param("into", into.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
        var _ =
                jdbc.sql(
                                """
                                insert into unit_quota (unit, pool, resource, amount)
                                select :into, pool, resource, amount from unit_quota
                                where unit = :unit and not pool = any(:within)
                                on conflict (unit, pool, resource)
                                    do update set amount = unit_quota.amount + excluded.amount
                                """)
                        .param("unit", unit.value())
                        .param("into", into.value())
                        .param(
                                "within",
                                within.stream().map(PoolId::toString).toArray(String[]::new))
                        .update();
        var _ = jdbc.sql("delete from unit_quota where unit = ?").param(unit.value()).update();
    }

    static UUID[] ids(Collection<SystemId> systems) {
        return systems.stream().map(SystemId::value).toArray(UUID[]::new);
    }

    private static Reorganized reorganized(ResultSet row, int number) throws SQLException {
        return new Reorganized(
                new ReorganizationId(row.getObject("id", UUID.class)),
                row.getLong("number"),
                Reorganization.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("target"),
                row.getString("reason"),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Reorganized.Outcome.valueOf(row.getString("outcome")));
    }
}

package io.yuntai.onboarding.region;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RegionStore {

    private final JdbcClient jdbc;

    RegionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Region> all() {
        return jdbc.sql("select code, name, parent from region order by code")
                .query(RegionStore::region)
                .list();
    }

    /** Up to limit + 1 regions from the cursor on. */
    List<Region> page(PageQuery query, Sort sort) {
        String direction = sort.descending() ? "<" : ">";
        var after = query.cursor().map(cursor -> cursor.keys(2));
        return jdbc.sql(
                        """
                        select code, name, parent from region
                        where (name like :pattern or code like :pattern)
                          and (:first or (%1$s, code) %2$s (:key, :code))
                        order by %1$s %3$s, code %3$s
                        """
                                        .formatted(
                                                sort.field(),
                                                direction,
                                                sort.descending() ? "desc" : "asc")
                                + query.atMost())
                .param("pattern", query.pattern())
                .param("first", after.isEmpty())
                .param("key", after.map(List::getFirst).orElse(""))
                .param("code", after.map(List::getLast).orElse(""))
                .query(RegionStore::region)
                .list();
    }

    long count(PageQuery query) {
        return jdbc.sql(
                        "select count(*) from region where name like :pattern or code like :pattern")
                .param("pattern", query.pattern())
                .query(Long.class)
                .single();
    }

    /** Parents must be there already or be in the list. */
    void insert(List<Region> regions) {
        jdbc.sql(
                        """
                        insert into region (code, name, parent)
                        select * from unnest(:codes::text[], :names::text[], :parents::text[])
                        """)
                .param("codes", Columns.of(regions, Region::code))
                .param("names", Columns.of(regions, Region::name))
                .param("parents", Columns.of(regions, region -> region.parent().orElse(null)))
                .update();
    }

    Map<PoolId, Amounts> pools() {
        var pools = new TreeMap<String, Amounts>();
        jdbc.sql("select pool, resource, amount from pool_capacity")
                .query(row -> {
                    var amount =
                            Amounts.of(
                                    new Resource(row.getString("resource")), row.getLong("amount"));
                    pools.merge(row.getString("pool"), amount, Amounts::plus);
                });
        var byId = new LinkedHashMap<PoolId, Amounts>();
        pools.forEach((id, capacity) -> byId.put(PoolId.of(id), capacity));
        return byId;
    }

    void insertPools(List<Pool> pools) {
        jdbc.sql(
                        """
                        insert into pool (id, zone, processor)
                        select * from unnest(:ids::text[], :zones::text[], :processors::text[])
                        """)
                .param("ids", Columns.of(pools, Pool::id))
                .param("zones", Columns.of(pools, pool -> pool.id().zone()))
                .param("processors", Columns.of(pools, pool -> pool.id().processor().code()))
                .update();
        record Line(PoolId pool, Resource resource, long amount) {}
        var lines =
                pools.stream()
                        .flatMap(pool ->
                                pool.capacity().asMap().entrySet().stream()
                                        .map(e -> new Line(pool.id(), e.getKey(), e.getValue())))
                        .toList();
        jdbc.sql(
                        """
                        insert into pool_capacity (pool, resource, amount)
                        select * from unnest(:pools::text[], :resources::text[], :amounts::bigint[])
                        """)
                .param("pools", Columns.of(lines, Line::pool))
                .param("resources", Columns.of(lines, Line::resource))
                .param("amounts", Columns.of(lines, Line::amount))
                .update();
    }

    private static Region region(ResultSet row, int number) throws SQLException {
        return new Region(
                new RegionCode(row.getString("code")),
                row.getString("name"),
                Optional.ofNullable(row.getString("parent")).map(RegionCode::new));
    }
}

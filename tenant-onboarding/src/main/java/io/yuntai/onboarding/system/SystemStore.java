package io.yuntai.onboarding.system;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SystemStore {

    private static final String ENTRIES =
            """
            select s.id, s.version, s.code, s.name, o.unit, u.name as unit_name, s.zone,
                   s.xinchuang_required, s.mlps_level, s.mlps_filing, s.builder
            from system s
            join system_owner o on o.system = s.id and upper_inf(o.during)
            join unit u on u.id = o.unit
            """;

    private static final String MATCHING =
            """
            where (cast(:scope as uuid) is null or o.unit = cast(:scope as uuid))
              and (cast(:unit as uuid) is null or o.unit = cast(:unit as uuid))
              and (cast(:zone as text) is null or s.zone = cast(:zone as text))
              and (s.name like :pattern or s.code like :pattern)
            """;

    private final JdbcClient jdbc;

    SystemStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to limit + 1 systems from the cursor on. */
    List<SystemEntry> page(
            PageQuery query, Sort sort, Optional<UnitId> scope, SystemFilter filter) {
        var after = query.cursor().map(cursor -> cursor.keys(2));
        String from =
                """
                and (:first or (s.%1$s, s.id) %2$s (:key, cast(:id as uuid)))
                order by s.%1$s %3$s, s.id %3$s
                """
                        .formatted(
                                sort.field(),
                                sort.descending() ? "<" : ">",
                                sort.descending() ? "desc" : "asc");
        return jdbc.sql(ENTRIES + MATCHING + from + query.atMost())
                .params(matching(query, scope, filter))
                .param("first", after.isEmpty())
                .param("key", after.map(List::getFirst).orElse(""))
                .param(
                        "id",
                        after.map(List::getLast).orElse("00000000-0000-0000-0000-000000000000"))
                .query(SystemStore::entry)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, SystemFilter filter) {
        return jdbc.sql("select count(*) from (" + ENTRIES + MATCHING + ") as matching")
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, SystemFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("pattern", query.pattern());
        params.put("scope", scope.map(UnitId::value).orElse(null));
        params.put("unit", filter.unit().map(UnitId::value).orElse(null));
        params.put("zone", filter.zone().map(Zone::code).orElse(null));
        return params;
    }

    Optional<SystemEntry> find(SystemId system) {
        return jdbc.sql(ENTRIES + "where s.id = :id")
                .param("id", system.value())
                .query(SystemStore::entry)
                .optional();
    }

    List<BusinessSystem> all() {
        return jdbc.sql(ENTRIES).query((row, number) -> entry(row, number).system()).list();
    }

    /** Whether it was in the zone that it is to leave. */
    boolean changeZone(SystemId system, Zone from, Zone to) {
        return jdbc.sql(
                                """
                                update system set zone = :to, version = version + 1
                                where id = :id and zone = :from
                                """)
                        .param("id", system.value())
                        .param("from", from.code())
                        .param("to", to.code())
                        .update()
                == 1;
    }

    void insert(List<BusinessSystem> systems, Instant at) {
        jdbc.sql(
                        """
                        insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                            mlps_filing, builder, created_at)
                        select *, :at from unnest(:ids::uuid[], :codes::text[], :names::text[],
                            :zones::text[], :xinchuang::boolean[], :levels::smallint[],
                            :filings::text[], :builders::text[])
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("ids", Columns.of(systems, BusinessSystem::id))
                .param("codes", Columns.of(systems, BusinessSystem::code))
                .param("names", Columns.of(systems, BusinessSystem::name))
                .param("zones", Columns.of(systems, BusinessSystem::zone))
                .param("xinchuang", Columns.of(systems, BusinessSystem::xinchuangRequired))
                .param("levels", Columns.of(systems, BusinessSystem::mlpsLevel))
                .param("filings", Columns.of(systems, BusinessSystem::mlpsFiling))
                .param("builders", Columns.of(systems, BusinessSystem::builder))
                .update();
        jdbc.sql(
                        """
                        insert into system_owner (system, unit, during)
                        select system, unit, tstzrange(:at, null, '[)')
                        from unnest(:systems::uuid[], :units::uuid[]) as owned (system, unit)
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("systems", Columns.of(systems, BusinessSystem::id))
                .param("units", Columns.of(systems, BusinessSystem::owner))
                .update();
    }

    private static SystemEntry entry(ResultSet row, int number) throws SQLException {
        var system =
                new BusinessSystem(
                        new SystemId(row.getObject("id", UUID.class)),
                        new SystemCode(row.getString("code")),
                        row.getString("name"),
                        new UnitId(row.getObject("unit", UUID.class)),
                        new Zone(row.getString("zone")),
                        row.getBoolean("xinchuang_required"),
                        row.getInt("mlps_level"),
                        row.getString("mlps_filing"),
                        row.getString("builder"));
        return new SystemEntry(system, row.getInt("version"), row.getString("unit_name"));
    }
}

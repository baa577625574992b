package io.yuntai.onboarding.register;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.RegisterImport.Counts;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RegisterStore {

    private static final String IMPORTS =
            """
            select i.id, i.digest, i.file_name, i.imported_by, p.name as importer, i.imported_at,
                   i.regions, i.pools, i.units, i.contacts, i.systems, i.quotas
            from register_import i join person p on p.id = i.imported_by
            """;

    private final JdbcClient jdbc;

    RegisterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One import after the other: what one has checked, no other changes before it is written. */
    void lock() {
        jdbc.sql("lock table register_import in share row exclusive mode").update();
    }

    Optional<RegisterImport> find(ImportId id) {
        return jdbc.sql(IMPORTS + "where i.id = :id")
                .param("id", id.value())
                .query(RegisterStore::read)
                .optional();
    }

    /** Up to limit + 1 imports from the cursor on, the latest first. */
    List<RegisterImport> page(PageQuery query) {
        var after = query.cursor().map(cursor -> cursor.keys(2));
        return jdbc.sql(
                        IMPORTS
                                + """
                                where i.file_name like :pattern
                                  and (:first or (i.imported_at, i.id) < (cast(:at as timestamptz), cast(:id as uuid)))
                                order by i.imported_at desc, i.id desc
                                """
                                + query.atMost())
                .param("pattern", query.pattern())
                .param("first", after.isEmpty())
                .param("at", after.map(List::getFirst).orElse("1970-01-01T00:00:00Z"))
                .param(
                        "id",
                        after.map(List::getLast).orElse("00000000-0000-0000-0000-000000000000"))
                .query(RegisterStore::read)
                .list();
    }

    long count(PageQuery query) {
        return jdbc.sql("select count(*) from register_import where file_name like :pattern")
                .param("pattern", query.pattern())
                .query(Long.class)
                .single();
    }

    void insert(RegisterImport done, Actor actor) {
        Counts counts = done.counts();
        jdbc.sql(
                        """
                        insert into register_import (id, digest, file_name, imported_by, imported_at,
                            regions, pools, units, contacts, systems, quotas)
                        values (:id, :digest, :fileName, :by, :at,
                            :regions, :pools, :units, :contacts, :systems, :quotas)
                        """)
                .param("id", done.id().value())
                .param("digest", done.digest())
                .param("fileName", done.fileName())
                .param("by", actor.person().value())
                .param("at", done.importedAt().atOffset(ZoneOffset.UTC))
                .param("regions", counts.regions())
                .param("pools", counts.pools())
                .param("units", counts.units())
                .param("contacts", counts.contacts())
                .param("systems", counts.systems())
                .param("quotas", counts.quotas())
                .update();
    }

    Map<UnitId, Map<PoolId, Amounts>> quotas() {
        var quotas = new HashMap<UnitId, Map<PoolId, Amounts>>();
        jdbc.sql("select unit, pool, resource, amount from unit_quota")
                .query(row -> {
                    quotas.computeIfAbsent(
                                    new UnitId(row.getObject("unit", UUID.class)),
                                    _ -> new HashMap<>())
                            .merge(
                                    PoolId.of(row.getString("pool")),
                                    Amounts.of(
                                            new Resource(row.getString("resource")),
                                            row.getLong("amount")),
                                    Amounts::plus);
                });
        return quotas;
    }

    void insertQuotas(List<UnitQuota> quotas) {
        record Line(UnitQuota of, Resource resource, Long amount) {}
        var lines =
                quotas.stream()
                        .flatMap(quota ->
                                quota.amounts().asMap().entrySet().stream()
                                        .map(e -> new Line(quota, e.getKey(), e.getValue())))
                        .toList();
        jdbc.sql(
                        """
                        insert into unit_quota (unit, pool, resource, amount)
                        select * from unnest(:units::uuid[], :pools::text[], :resources::text[], :amounts::bigint[])
                        """)
                .param("units", Columns.of(lines, line -> line.of().unit().id()))
                .param("pools", Columns.of(lines, line -> line.of().pool()))
                .param("resources", Columns.of(lines, Line::resource))
                .param("amounts", Columns.of(lines, Line::amount))
                .update();
    }

    private static RegisterImport read(ResultSet row, int number) throws SQLException {
        Instant at = row.getObject("imported_at", OffsetDateTime.class).toInstant();
        return new RegisterImport(
                new ImportId(row.getObject("id", UUID.class)),
                row.getString("file_name"),
                row.getString("digest"),
                new PersonId(row.getObject("imported_by", UUID.class)),
                row.getString("importer"),
                at,
                new Counts(
                        row.getInt("regions"),
                        row.getInt("pools"),
                        row.getInt("units"),
                        row.getInt("contacts"),
                        row.getInt("systems"),
                        row.getInt("quotas")));
    }
}

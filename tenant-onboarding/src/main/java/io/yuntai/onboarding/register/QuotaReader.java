package io.yuntai.onboarding.register;

import static io.yuntai.onboarding.register.RegisterTable.QUOTAS;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.register.Reader.Seen;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what units are promised. A unit's promise comes out of the pool, that of a part out of the
 * promise of its whole, which may stand below it in the file. Pure: nothing is written.
 */
final class QuotaReader {

    /** A promise in a pool is made by the pool, or by a unit. */
    private record Giver(PoolId pool, Optional<UnitId> unit) {}

    private record Read(SheetRow row, UnitQuota quota) {}

    private final Sheets sheets;
    private final Known known;
    private final Additions added;
    private final Map<UnitId, Unit> units;
    private final Map<Giver, Amounts> promised = new HashMap<>();
    private final Map<Giver, Amounts> given = new HashMap<>();

    QuotaReader(Sheets sheets, Known known, Additions added) {
        this.sheets = sheets;
        this.known = known;
        this.added = added;
        this.units = known.unitsById();
    }

    void read() {
        known.pools.forEach(
                (pool, capacity) -> given.put(new Giver(pool, Optional.empty()), capacity));
        known.quotas.forEach((unit, byPool) ->
                byPool.forEach((pool, amounts) -> {
                    given.put(new Giver(pool, Optional.of(unit)), amounts);
                    promised.merge(giver(pool, unit), amounts, Amounts::plus);
                }));
        var rows = rows();
        rows.forEach(read ->
                given.put(
                        new Giver(read.quota().pool(), Optional.of(read.quota().unit().id())),
                        read.quota().amounts()));
        for (var read : rows) {
            if (fits(read.row(), read.quota())) {
                added.quotas.add(read.quota());
            }
        }
    }

    private Giver giver(PoolId pool, UnitId unit) {
        return new Giver(pool, Optional.ofNullable(units.get(unit)).flatMap(Unit::parent));
    }

    private List<Read> rows() {
        var rows = new ArrayList<Read>();
        var seen = new Seen();
        for (SheetRow row : sheets.rows(QUOTAS)) {
            var unit = known.unit(row, "unit");
            var pool = known.pool(row, "pool");
            var amounts = Cells.amounts(row);
            pool.ifPresent(p ->
                    seen.check(row, "unit", List.of(row.raw("unit").toUpperCase(Locale.ROOT), p)));
            if (unit.isEmpty() || pool.isEmpty() || !row.isSound()) {
                continue;
            }
            var there = known.quotas.getOrDefault(unit.get().id(), Map.of()).get(pool.get());
            if (there == null) {
                rows.add(new Read(row, new UnitQuota(unit.get(), pool.get(), amounts)));
            } else if (!there.equals(amounts)) {
                row.fault("EXISTS_WITH_OTHER_CONTENT");
            }
        }
        return rows;
    }

    /** Whether whoever gives it still has that much to promise; if so, it is taken. */
    private boolean fits(SheetRow row, UnitQuota quota) {
        var giver = giver(quota.pool(), quota.unit().id());
        var whole = giver.unit().map(units::get);
        var has = given.get(giver);
        if (has == null) {
            // A pool that is not known has a row of its own that is at fault.
            whole.ifPresent(unit -> row.fault("pool", "PARENT_NOT_IN_POOL", unit.name()));
            return false;
        }
        var left = has.minus(promised.getOrDefault(giver, Amounts.NONE));
        for (Resource resource : quota.amounts().resources()) {
            long missing = quota.amounts().get(resource) - left.get(resource);
            if (missing > 0) {
                row.fault(
                        Cells.columnOf(resource),
                        whole.isPresent() ? "OVER_PARENT_QUOTA" : "OVER_POOL_CAPACITY",
                        Cells.inColumn(resource, missing),
                        Cells.inColumn(resource, left.get(resource)),
                        Cells.inColumn(resource, has.get(resource)),
                        whole.map(Unit::name).orElse(quota.pool().toString()));
            }
        }
        if (row.isSound()) {
            promised.merge(giver, quota.amounts(), Amounts::plus);
        }
        return row.isSound();
    }
}

package io.yuntai.onboarding.register;

import static io.yuntai.onboarding.register.RegisterTable.POOLS;
import static io.yuntai.onboarding.register.RegisterTable.REGIONS;

import io.yuntai.onboarding.region.Pool;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.region.Region;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.register.Known.Additions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a file's regions, pools and units against what is known, then has {@link DependentReader}
 * read the rest. Pure: nothing is written.
 */
final class Reader {

    private final Sheets sheets;
    private final Known known;
    private final Instant at;
    private final Additions added = new Additions();

    Reader(Sheets sheets, Known known, Instant at) {
        this.sheets = sheets;
        this.known = known;
        this.at = at;
    }

    /** What the file adds; to be used only when no fault was found. */
    Additions read() {
        regions();
        pools();
        new UnitReader(sheets, known, added, at).read();
        new DependentReader(sheets, known, added, at).read();
        return added;
    }

    private void regions() {
        var rows = sheets.rows(REGIONS);
        rows.forEach(row -> known.mentionedRegions.add(row.raw("code"))); // parents may come later
        var seen = new Seen();
        for (SheetRow row : rows) {
            var code = row.value("code", "REGION_CODE", RegionCode::new);
            var parent = known.region(row, "parent");
            if (code.isPresent()) {
                parent.filter(around -> !code.get().isWithin(around))
                        .ifPresent(
                                around -> row.fault("parent", "REGION_NOT_WITHIN", around.value()));
                seen.check(row, "code", code.get());
            }
            if (code.isEmpty() || !row.isSound()) {
                continue;
            }
            var region = new Region(code.get(), row.text("name"), parent);
            var there = known.regions.get(region.code());
            if (there == null) {
                known.regions.put(region.code(), region);
                added.regions.add(region);
            } else if (!there.equals(region)) {
                row.fault(
                        there.name().equals(region.name()) ? "parent" : "name",
                        "EXISTS_WITH_OTHER_CONTENT",
                        there.name().equals(region.name())
                                ? there.parent().map(RegionCode::value).orElse("")
                                : there.name());
            }
        }
    }

    private void pools() {
        var seen = new Seen();
        for (SheetRow row : sheets.rows(POOLS)) {
            known.mentionedPools.add(row.raw("zone") + "-" + row.raw("processor"));
            var zone = row.value("zone", "ZONE_CODE", Zone::new);
            var processor = row.value("processor", "PROCESSOR", Reader::processor);
            var capacity = Cells.amounts(row);
            if (zone.isEmpty() || processor.isEmpty()) {
                continue;
            }
            var id = new PoolId(zone.get(), processor.get());
            seen.check(row, "processor", id);
            if (!row.isSound()) {
                continue;
            }
            var there = known.pools.get(id);
            if (there == null) {
                known.pools.put(id, capacity);
                added.pools.add(new Pool(id, capacity));
            } else if (!there.equals(capacity)) {
                row.fault("EXISTS_WITH_OTHER_CONTENT");
            }
        }
    }

    private static ProcessorFamily processor(String text) {
        return ProcessorFamily.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The keys of a table that were met, and in which row. */
    static final class Seen {

        private final Map<Object, Integer> rows = new HashMap<>();

        /** A fault when this key stood in an earlier row. */
        void check(SheetRow row, String column, Object key) {
            var earlier = rows.putIfAbsent(key, row.number());
            if (earlier != null) {
                row.fault(column, "DUPLICATE_IN_FILE", earlier);
            }
        }
    }
}

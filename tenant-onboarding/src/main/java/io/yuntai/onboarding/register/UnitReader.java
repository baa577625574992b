package io.yuntai.onboarding.register;

import static io.yuntai.onboarding.register.RegisterTable.UNITS;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.register.Reader.Seen;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads units, then whose parts they are: a whole may stand below its parts. Pure: nothing is
 * written.
 */
final class UnitReader {

    /** Parts of parts: pool, five levels of regions and a system leave room for more. */
    static final int MAX_LEVELS = 16;

    private record Read(SheetRow row, Unit unit, boolean isNew) {}

    private final Sheets sheets;
    private final Known known;
    private final Additions added;
    private final Instant at;

    UnitReader(Sheets sheets, Known known, Additions added, Instant at) {
        this.sheets = sheets;
        this.known = known;
        this.added = added;
        this.at = at;
    }

    void read() {
        var rows = units();
        var parts = new ArrayList<SheetRow>();
        for (var read : rows) {
            part(read)
                    .ifPresent(unit -> {
                        known.units.put(unit.uscc(), unit);
                        parts.add(read.row());
                    });
        }
        var byId = known.unitsById();
        for (var row : parts) {
            checkAbove(row, byId);
        }
        for (var read : rows) {
            if (read.isNew() && read.row().isSound()) {
                added.units.add(known.unitOf(read.unit().uscc()));
            }
        }
    }

    private List<Read> units() {
        var read = new ArrayList<Read>();
        var seen = new Seen();
        var seenNames = new Seen();
        Map<String, Unit> byName = new HashMap<>();
        known.units.values().forEach(unit -> byName.put(unit.name(), unit));
        for (SheetRow row : sheets.rows(UNITS)) {
            known.mentionedUnits.add(row.raw("uscc").toUpperCase(Locale.ROOT));
            var uscc = Cells.uscc(row, "uscc");
            var region = known.region(row, "region");
            uscc.ifPresent(code -> seen.check(row, "uscc", code));
            if (!row.text("name").isEmpty()) {
                seenNames.check(row, "name", row.text("name"));
            }
            if (uscc.isEmpty() || region.isEmpty() || !row.isSound()) {
                continue;
            }
            var namesake = Optional.ofNullable(byName.get(row.text("name")));
            if (namesake.filter(unit -> !unit.uscc().equals(uscc.get())).isPresent()) {
                row.fault("name", "NAME_TAKEN", namesake.get().uscc().value());
                continue;
            }
            read.add(unit(row, uscc.get(), region.get()));
        }
        return read;
    }

    private Read unit(SheetRow row, UnifiedSocialCreditCode uscc, RegionCode region) {
        var there = known.units.get(uscc);
        if (there == null) {
            var unit =
                    new Unit(
                            new UnitId(UuidCreator.getTimeOrderedEpoch(at)),
                            uscc,
                            row.text("name"),
                            region,
                            row.text("funding"),
                            Optional.empty(),
                            Optional.empty());
            known.units.put(uscc, unit);
            return new Read(row, unit, true);
        }
        if (!there.name().equals(row.text("name"))) {
            row.fault("name", "EXISTS_WITH_OTHER_CONTENT", there.name());
        } else if (!there.region().equals(region)) {
            row.fault("region", "EXISTS_WITH_OTHER_CONTENT", there.region().value());
        } else if (!there.funding().equals(row.text("funding"))) {
            row.fault("funding", "EXISTS_WITH_OTHER_CONTENT", there.funding());
        }
        return new Read(row, there, false);
    }

    /** A new unit that its row makes a part of another. */
    private Optional<Unit> part(Read read) {
        var row = read.row();
        if (!row.isSound()) {
            return Optional.empty();
        }
        var whole = known.unit(row, "parent").map(Unit::id);
        if (!row.isSound()) {
            return Optional.empty();
        }
        if (!read.isNew()) {
            if (!read.unit().parent().equals(whole)) {
                row.fault("parent", "EXISTS_WITH_OTHER_CONTENT", registered(read.unit()));
            }
            return Optional.empty();
        }
        if (whole.filter(read.unit().id()::equals).isPresent()) {
            row.fault("parent", "UNIT_CYCLE");
            return Optional.empty();
        }
        return whole.map(read.unit()::partOf);
    }

    private String registered(Unit unit) {
        return unit.parent()
                .map(parent -> known.unitsById().get(parent))
                .map(parent -> parent.uscc().value())
                .orElse("");
    }

    private void checkAbove(SheetRow row, Map<UnitId, Unit> byId) {
        var uscc = new UnifiedSocialCreditCode(row.text("uscc").toUpperCase(Locale.ROOT));
        var unit = known.unitOf(uscc);
        int levels = 1;
        var above = unit.parent();
        while (above.isPresent() && levels <= MAX_LEVELS) {
            if (above.get().equals(unit.id())) {
                row.fault("parent", "UNIT_CYCLE");
                return;
            }
            levels++;
            above = Optional.ofNullable(byId.get(above.get())).flatMap(Unit::parent);
        }
        if (levels > MAX_LEVELS) {
            row.fault("parent", "UNIT_TOO_DEEP", MAX_LEVELS);
        }
    }
}

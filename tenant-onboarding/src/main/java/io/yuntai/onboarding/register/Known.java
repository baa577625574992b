package io.yuntai.onboarding.register;

import io.yuntai.onboarding.region.Pool;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.Region;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.unit.Contact;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitContact;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What rows may refer to: the register as it is, and what the file has added to it so far.
 *
 * <p>Things that a file mentions but gets wrong are remembered as well, so that one wrong code is
 * reported where it is defined, and not again by everything that refers to it.
 */
final class Known {

    final Map<RegionCode, Region> regions = new HashMap<>();
    final Map<PoolId, Amounts> pools = new HashMap<>();
    final Map<UnifiedSocialCreditCode, Unit> units = new HashMap<>();
    final Map<UnitId, Map<String, Contact>> contacts;
    final Set<String> logins;
    final Map<SystemCode, BusinessSystem> systems;
    final Map<UnitId, Map<PoolId, Amounts>> quotas;

    final Set<String> mentionedRegions = new HashSet<>();
    final Set<String> mentionedPools = new HashSet<>();
    final Set<String> mentionedUnits = new HashSet<>();

    Known(
            List<Region> regions,
            Map<PoolId, Amounts> pools,
            List<Unit> units,
            Map<UnitId, Map<String, Contact>> contacts,
            Set<String> logins,
            List<BusinessSystem> systems,
            Map<UnitId, Map<PoolId, Amounts>> quotas) {
        regions.forEach(region -> this.regions.put(region.code(), region));
        this.pools.putAll(pools);
        units.forEach(unit -> this.units.put(unit.uscc(), unit));
        this.contacts = contacts;
        this.logins = logins;
        this.systems =
                systems.stream()
                        .collect(Collectors.toMap(BusinessSystem::code, Function.identity()));
        this.quotas = quotas;
    }

    /** The unit that a cell refers to; a fault when there is none. */
    Optional<Unit> unit(SheetRow row, String column) {
        String text = row.text(column).toUpperCase(Locale.ROOT);
        if (text.isEmpty() || mentionedUnits.contains(text)) {
            return inForce(row, column, ofText(text));
        }
        var uscc = Cells.uscc(row, column);
        if (uscc.isPresent() && !units.containsKey(uscc.get())) {
            row.fault(column, "UNKNOWN_UNIT");
        }
        return inForce(row, column, uscc.map(units::get));
    }

    private static Optional<Unit> inForce(SheetRow row, String column, Optional<Unit> unit) {
        if (unit.flatMap(Unit::dissolvedInto).isPresent()) {
            row.fault(column, "UNIT_DISSOLVED", unit.get().name());
        }
        return unit;
    }

    /** One that is known for sure. */
    Unit unitOf(UnifiedSocialCreditCode uscc) {
        return Optional.ofNullable(units.get(uscc)).orElseThrow();
    }

    Map<UnitId, Unit> unitsById() {
        return units.values().stream().collect(Collectors.toMap(Unit::id, Function.identity()));
    }

    private Optional<Unit> ofText(String text) {
        try {
            return Optional.ofNullable(units.get(new UnifiedSocialCreditCode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The region that a cell refers to; a fault when there is none. */
    Optional<RegionCode> region(SheetRow row, String column) {
        var code = row.value(column, "REGION_CODE", RegionCode::new);
        if (code.isPresent()
                && !regions.containsKey(code.get())
                && !mentionedRegions.contains(code.get().value())) {
            row.fault(column, "UNKNOWN_REGION");
            return Optional.empty();
        }
        return code;
    }

    /** The pool that a cell refers to; a fault when there is none. */
    Optional<PoolId> pool(SheetRow row, String column) {
        var pool = row.value(column, "POOL_CODE", PoolId::of);
        if (pool.isPresent()
                && !pools.containsKey(pool.get())
                && !mentionedPools.contains(pool.get().toString())) {
            row.fault(column, "UNKNOWN_POOL");
        }
        return pool;
    }

    boolean hasPoolIn(Zone zone) {
        return pools.keySet().stream().anyMatch(pool -> pool.zone().equals(zone))
                || mentionedPools.stream().anyMatch(id -> id.startsWith(zone.code() + "-"));
    }

    /** What the file adds. */
    static final class Additions {
        final List<Region> regions = new ArrayList<>();
        final List<Pool> pools = new ArrayList<>();
        final List<Unit> units = new ArrayList<>();
        final List<UnitContact> contacts = new ArrayList<>();
        final List<BusinessSystem> systems = new ArrayList<>();
        final List<UnitQuota> quotas = new ArrayList<>();
    }
}

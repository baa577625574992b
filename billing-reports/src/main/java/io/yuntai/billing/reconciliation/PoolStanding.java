package io.yuntai.billing.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * One resource of one pool at a moment, in base units, each figure added up by itself: {@code units
 * + promised + platform + locked + unassigned - debt = capacity}.
 *
 * @param resource as the quota names it: {@code cpuMillis, memoryBytes, storageBytes}
 * @param units held by units, without what was locked
 * @param promised to units and not used by them
 * @param platform held by the platform itself
 * @param locked for orders that were not decided then
 * @param unassigned nobody's
 * @param debt held although there was no room for it
 */
public record PoolStanding(
        String pool,
        String resource,
        long capacity,
        long units,
        long promised,
        long platform,
        long locked,
        long unassigned,
        long debt) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What does not add up; 0 when all does. It is printed whatever it is. */
    public long difference() {
        return capacity - (units + promised + platform + locked + unassigned - debt);
    }

    /** What is used by units and platform, percent of the capacity; empty: there is none. */
    public Optional<BigDecimal> allocated() {
        return percent(units + platform);
    }

    /** The same after every order that is locked. */
    public Optional<BigDecimal> allocatedWithLocked() {
        return percent(units + platform + locked);
    }

    private Optional<BigDecimal> percent(long part) {
        return capacity <= 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(part)
                                .multiply(HUNDRED)
                                .divide(BigDecimal.valueOf(capacity), 2, RoundingMode.HALF_UP));
    }
}

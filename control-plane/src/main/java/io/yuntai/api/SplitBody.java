package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What of a pool comes to another, and why.
 *
 * @param pool the other pool
 * @param capacity what that one has more from then on, in base units
 * @param units those that go along, with their parts and systems
 */
record SplitBody(
        Optional<PoolId> pool,
        Optional<Amounts> capacity,
        Optional<List<UnitId>> units,
        Optional<String> reason)
        implements ReorganizationBody {

    Reorganization of(PoolId from) {
        var faults = faults("/pool", pool);
        var amounts = capacity.orElse(Amounts.NONE);
        var going = units.orElse(List.of());
        if (amounts.isZero()) {
            faults.add(Fault.at("/capacity", "REQUIRED"));
        } else if (amounts.asMap().values().stream()
                .anyMatch(amount -> amount < 0 || amount > LimitsBody.MAX_AMOUNT)) {
            faults.add(Fault.at("/capacity", "OUT_OF_RANGE", 0, LimitsBody.MAX_AMOUNT));
        } else if (amounts.resources().size() > LimitsBody.MOST) {
            faults.add(Fault.at("/capacity", "TOO_MANY", LimitsBody.MOST));
        }
        if (going.size() > Reorganization.Split.MAX_UNITS) {
            faults.add(Fault.at("/units", "TOO_MANY", Reorganization.Split.MAX_UNITS));
        }
        ReorganizationBody.require(faults);
        var sorted = new TreeSet<UnitId>(Comparator.comparing(UnitId::toString));
        sorted.addAll(going);
        return new Reorganization.Split(from, pool.orElseThrow(), amounts, sorted);
    }
}

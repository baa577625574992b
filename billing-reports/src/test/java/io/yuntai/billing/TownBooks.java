package io.yuntai.billing;

import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.reconciliation.PoolStanding;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalInt;

/**
 * The quota's side of a small town: one pool of 100 vCPU, of which ever more is taken, 1 vCPU a
 * week, 50 at the end of October 2026. The memory of the books is a gibibyte short. By three of the
 * orders that were delivered nothing has come.
 */
public final class TownBooks implements PoolBooks {

    public static final String POOL = "extranet-ordinary";

    private static final Instant END = Instant.parse("2026-10-31T16:00:00Z");
    private static final long GIB = 1L << 30;

    /** Whether the books go on after October; what was published must not. */
    private boolean moved;

    /** Has everything change in them. */
    public void move() {
        moved = true;
    }

    @Override
    public List<PoolStanding> at(Instant moment) {
        long locked = moved ? 9000 : 4000;
        return List.of(
                new PoolStanding(
                        POOL, "cpuMillis", 100_000, 40_000, 12_000, 6_000, locked, 38_000, 0),
                new PoolStanding(
                        POOL, "memoryBytes", 400 * GIB, 100 * GIB, 0, 20 * GIB, 0, 279 * GIB, 0));
    }

    @Override
    public List<Taken> taken(List<Instant> moments) {
        return moments.stream()
                .map(at -> {
                    long weeksBefore = (Duration.between(at, END).toDays() + 6) / 7;
                    return new Taken(POOL, "cpuMillis", at, 50_000 - 1000 * weeksBefore);
                })
                .toList();
    }

    @Override
    public List<DeliveryBucket> delivered(YearMonth month, Rules rules, Instant asOf) {
        return List.of(
                new DeliveryBucket(1, OptionalInt.of(3), moved ? 8 : 7),
                new DeliveryBucket(4, OptionalInt.of(10), rules.countWhatCame() ? 2 : 5),
                new DeliveryBucket(61, OptionalInt.empty(), 1));
    }
}

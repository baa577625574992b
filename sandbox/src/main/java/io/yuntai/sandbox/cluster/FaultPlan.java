package io.yuntai.sandbox.cluster;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Decides which call goes wrong and how. Asked once a call, one at a time; the same plan asked in
 * the same order gives the same faults.
 */
@FunctionalInterface
public interface FaultPlan {

    /** Everything works. */
    FaultPlan NONE = _ -> new Fault.None();

    /** The kinds of calls that a plan may tell apart. */
    enum Call {
        APPLY,
        WRITE_LEASE,
        READ,
        DELETE
    }

    Fault next(Call call);

    /**
     * Every fault at the same rate, drawn from a seed.
     *
     * @param oneIn on average one call in so many goes wrong; at least 1
     * @param longestDelay how late a late write may be
     */
    static FaultPlan seeded(long seed, int oneIn, Duration longestDelay) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return _ -> {
            if (random.nextInt(oneIn) != 0) {
                return new Fault.None();
            }
            var delay = Duration.ofMillis(random.nextLong(longestDelay.toMillis() + 1));
            var kinds =
                    List.of(
                            new Fault.Late(delay),
                            new Fault.LostRequest(),
                            new Fault.LostAnswer(),
                            new Fault.Conflict(),
                            new Fault.StaleRead());
            return kinds.get(random.nextInt(kinds.size()));
        };
    }
}

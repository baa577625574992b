package io.yuntai.onboarding.instant;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was known when a decision was taken.
 *
 * @param values those that are missing are not there
 */
public record Facts(Map<Fact, Known> values) {

    /** What is older than this is as good as missing. */
    public static final Duration MOST_AGE = Duration.ofHours(24);

    /**
     * What is known of one thing.
     *
     * @param at as of when
     */
    public record Known(FactValue value, Instant at) {}

    public Facts {
        var copy = new EnumMap<Fact, Known>(Fact.class);
        values.forEach((fact, known) -> {
            if (!known.value().is(fact.type())) {
                throw new IllegalArgumentException(fact.code() + " cannot be " + known.value());
            }
            copy.put(fact, known);
        });
        values = Map.copyOf(copy);
    }

    /** What a rule may rely on at a moment. */
    public Optional<FactValue> fresh(Fact fact, Instant now) {
        return Optional.ofNullable(values.get(fact))
                .filter(known -> !isStale(known, now))
                .map(Known::value);
    }

    /** Whether it is known, and too old. */
    public boolean isStale(Fact fact, Instant now) {
        return Optional.ofNullable(values.get(fact))
                .filter(known -> isStale(known, now))
                .isPresent();
    }

    private static boolean isStale(Known known, Instant now) {
        return known.at().plus(MOST_AGE).isBefore(now);
    }

    /** These, with some of them in another's words. */
    Facts with(Map<Fact, Known> others) {
        var all = new EnumMap<Fact, Known>(Fact.class);
        all.putAll(values);
        all.putAll(others);
        return new Facts(all);
    }
}

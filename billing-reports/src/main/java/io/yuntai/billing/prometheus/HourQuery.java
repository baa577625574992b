package io.yuntai.billing.prometheus;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.prometheus.RangeQuery.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks one Prometheus for hours of five-minute samples.
 *
 * @param selector what series must match besides; empty: nothing
 */
record HourQuery(RangeQuery query, String selector) {

    static final Duration SAMPLE = Duration.ofSeconds(UsageHour.SAMPLE_SECONDS);

    private static final Duration HOUR = Duration.ofHours(1);

    /** The full hours that begin from the first of these moments on and before the last one. */
    static void forEachHour(Collection<Period> periods, Consumer<Instant> into) {
        var first = periods.stream().map(Period::from).min(Comparator.naturalOrder());
        var end = periods.stream().map(Period::to).max(Comparator.naturalOrder());
        if (first.isEmpty() || end.isEmpty()) {
            return;
        }
        for (var hour = fullHour(first.get()); hour.isBefore(end.get()); hour = hour.plus(HOUR)) {
            into.accept(hour);
        }
    }

    private static Instant fullHour(Instant from) {
        long seconds = from.getEpochSecond() + (from.getNano() > 0 ? 1 : 0);
        return Instant.ofEpochSecond(Math.ceilDiv(seconds, HOUR.toSeconds()) * HOUR.toSeconds());
    }

    /**
     * The twelve samples of an hour, each by its end.
     *
     * @param promQl with {@code %s} behind the name of each metric
     * @param matchers what its series must match, such as {@code image!=""}; empty: nothing
     */
    Map<Machine, NavigableMap<Instant, Double>> ask(String promQl, String matchers, Instant hour) {
        var all =
                Stream.of(matchers, selector)
                        .filter(some -> !some.isEmpty())
                        .collect(Collectors.joining(","));
        return query.ask(
                promQl.replace("%s", all.isEmpty() ? "" : "{" + all + "}"),
                hour.plus(SAMPLE),
                hour.plus(HOUR),
                SAMPLE);
    }

    static Optional<Double> value(
            Map<Machine, NavigableMap<Instant, Double>> all, Machine machine, Instant at) {
        return Optional.ofNullable(all.get(machine)).map(values -> values.get(at));
    }

    static OptionalLong amount(
            Map<Machine, NavigableMap<Instant, Double>> all, Machine machine, Instant at) {
        return value(all, machine, at)
                .map(value -> OptionalLong.of(Math.round(value)))
                .orElseGet(OptionalLong::empty);
    }
}

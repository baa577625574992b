package io.yuntai.billing.metering;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.yuntai.billing.metering.NamespaceHour.Extent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a namespace's containers used over some time, against what they were granted.
 *
 * @param grantedHours so many hours began while they were granted anything
 * @param hours of these so many were measured: nine of their twelve samples count
 * @param samples that count, in whichever hour
 * @param quarantined likewise, that were set apart for being over 105 % of what was granted
 * @param cpu thousandths of a vCPU; empty: not measured
 * @param memory bytes; empty: not measured
 * @param storage bytes; empty: not measured
 * @param claimsBytes the most that its claims could hold; empty: not measured
 * @param days those of which any hour was measured, in their order
 */
public record NamespaceUse(
        Place place,
        long grantedHours,
        int hours,
        long samples,
        long quarantined,
        Optional<Measure> cpu,
        Optional<Measure> memory,
        Optional<Measure> storage,
        OptionalLong claimsBytes,
        List<Day> days) {

    /** An hour with fewer samples does not count, as one of a host. */
    private static final int VALID_SAMPLES = 9;

    /**
     * A measure over the hours in which it was measured.
     *
     * @param mean of all samples, rounded half up
     * @param granted the mean of what was granted at each of these samples, likewise
     * @param percent the sum of what was used of the sum of what was granted, two decimals; empty:
     *     nothing was granted
     */
    public record Measure(
            int hours, long mean, long min, long max, long granted, Optional<BigDecimal> percent) {

        private static Optional<Measure> of(
                List<NamespaceHour> hours,
                Function<NamespaceHour, Optional<Extent>> extent,
                ToLongFunction<Allotment> grant) {
            var measured = hours.stream().filter(hour -> extent.apply(hour).isPresent()).toList();
            if (measured.isEmpty()) {
                return Optional.empty();
            }
            var used = BigInteger.ZERO;
            var granted = BigInteger.ZERO;
            long samples = 0;
            long min = Long.MAX_VALUE;
            long max = 0;
            for (var hour : measured) {
                var so = extent.apply(hour).orElseThrow();
                used = used.add(BigInteger.valueOf(so.sum()));
                granted =
                        granted.add(
                                BigInteger.valueOf(grant.applyAsLong(hour.allotment()))
                                        .multiply(BigInteger.valueOf(hour.samples())));
                samples += hour.samples();
                min = Math.min(min, so.min());
                max = Math.max(max, so.max());
            }
            return Optional.of(
                    new Measure(
                            measured.size(),
                            mean(used, samples),
                            min,
                            max,
                            mean(granted, samples),
                            percent(used, granted)));
        }

        private static long mean(BigInteger sum, long samples) {
            return new BigDecimal(sum)
                    .divide(BigDecimal.valueOf(samples), 0, RoundingMode.HALF_UP)
                    .longValueExact();
        }

        private static Optional<BigDecimal> percent(BigInteger part, BigInteger whole) {
            return whole.signum() == 0
                    ? Optional.empty()
                    : Optional.of(
                            new BigDecimal(part)
                                    .multiply(BigDecimal.valueOf(100))
                                    .divide(new BigDecimal(whole), 2, RoundingMode.HALF_UP));
        }
    }

    /**
     * A day of {@link Period#ZONE}.
     *
     * @param hours so many were measured
     * @param cpu percent of what was granted; empty: not measured, or nothing was granted
     * @param memory likewise
     */
    public record Day(
            LocalDate day, int hours, Optional<BigDecimal> cpu, Optional<BigDecimal> memory) {}

    public NamespaceUse {
        days = List.copyOf(days);
    }

    /**
     * How much of the time was measured, in percent of the hours in which anything was granted, two
     * decimals.
     */
    public BigDecimal coverage() {
        return Measure.percent(BigInteger.valueOf(hours), BigInteger.valueOf(grantedHours))
                .orElseGet(() -> BigDecimal.ZERO.setScale(2));
    }

    static NamespaceUse of(Place place, long grantedHours, List<NamespaceHour> all) {
        var valid = all.stream().filter(hour -> hour.samples() >= VALID_SAMPLES).toList();
        return new NamespaceUse(
                place,
                grantedHours,
                valid.size(),
                all.stream().mapToLong(NamespaceHour::samples).sum(),
                all.stream().mapToLong(NamespaceHour::quarantined).sum(),
                cpu(valid),
                memory(valid),
                Measure.of(valid, NamespaceHour::storage, Allotment::storageBytes),
                valid.stream().flatMapToLong(hour -> hour.claimsBytes().stream()).max(),
                days(valid).toList());
    }

    private static Optional<Measure> cpu(List<NamespaceHour> hours) {
        return Measure.of(hours, hour -> Optional.of(hour.cpu()), Allotment::cpuMillis);
    }

    private static Optional<Measure> memory(List<NamespaceHour> hours) {
        return Measure.of(hours, NamespaceHour::memory, Allotment::memoryBytes);
    }

    private static Stream<Day> days(List<NamespaceHour> hours) {
        var days =
                hours.stream()
                        .collect(
                                groupingBy(
                                        hour -> LocalDate.ofInstant(hour.hour(), Period.ZONE),
                                        TreeMap::new,
                                        toList()));
        return days.entrySet().stream()
                .map(day ->
                        new Day(
                                day.getKey(),
                                day.getValue().size(),
                                cpu(day.getValue()).flatMap(Measure::percent),
                                memory(day.getValue()).flatMap(Measure::percent)));
    }
}

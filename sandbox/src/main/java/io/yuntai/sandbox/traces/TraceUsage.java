package io.yuntai.sandbox.traces;

import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The use of the try-out's hosts: CPU from one day of real traces, each host following one machine,
 * the day repeated and read as local time of {@link Period#ZONE}.
 *
 * <p>Derived, because the traces do not have it, and always the same for the same host:
 *
 * <ul>
 *   <li>memory: a share of 6 to 65 % of the host, plus a fifth of its CPU percentage;
 *   <li>disk: a constant share of 15 to 84 %;
 *   <li>gaps: one host in 40 has no samples on the first nine days of a month, one in 41 loses five
 *       samples of every fourth hour of the night.
 * </ul>
 */
public final class TraceUsage implements UsageSource {

    private static final int SAMPLES = UsageHour.FULL;

    /** As many samples of a broken hour are there. */
    private static final int BROKEN = 7;

    /** What an hour of a trace sums up to; percentages are whole numbers, so sums are exact. */
    private record HourOfTrace(int sum, int max, List<Integer> percents) {

        static HourOfTrace of(List<Integer> percents) {
            return new HourOfTrace(
                    percents.stream().mapToInt(percent -> percent).sum(),
                    Collections.max(percents),
                    List.copyOf(percents));
        }
    }

    /** By trace, hour of the day, and whether only the first seven samples are there. */
    private final HourOfTrace[][][] traces;

    public TraceUsage() {
        this(Traces.bundled());
    }

    TraceUsage(List<Trace> days) {
        traces = days.stream().map(TraceUsage::hours).toArray(HourOfTrace[][][]::new);
    }

    @Override
    public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
        for (var host : hosts) {
            read(host, into);
        }
    }

    private void read(MeteredHost host, Consumer<UsageHour> into) {
        var habit = new Habit(host);
        var trace = traces[habit.spread(1, traces.length)];
        for (var hour = firstHour(host.during());
                hour.isBefore(host.during().to());
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            var local = hour.atZone(Period.ZONE);
            if (host.isStopped(hour, hour.plus(1, ChronoUnit.HOURS))) {
                into.accept(stopped(host, hour));
            } else if (!habit.missing(local.getDayOfMonth())) {
                boolean broken = habit.broken(local.getHour());
                into.accept(hour(host, hour, trace[local.getHour()][broken ? 1 : 0], habit));
            }
        }
    }

    /** It is measured, and uses nothing. */
    private static UsageHour stopped(MeteredHost host, Instant hour) {
        var nothing = OptionalLong.of(0);
        var even = FiveMinutes.even(SAMPLES, 0);
        return new UsageHour(host.host(), hour, even, even, 0, 0, 0, nothing, nothing);
    }

    private static UsageHour hour(MeteredHost host, Instant hour, HourOfTrace trace, Habit habit) {
        var capacity = host.capacity();
        int samples = trace.percents().size();
        // In hundredths of the capacity, times samples, times seconds; divided last.
        long memory = (long) samples * habit.memoryPercent() * 5 + trace.sum();
        var cpuSamples = new FiveMinutes.Hour();
        var memorySamples = new FiveMinutes.Hour();
        for (int i = 0; i < samples; i++) {
            int percent = trace.percents().get(i);
            cpuSamples.put(i, 100 * percent);
            memorySamples.put(i, 20 * (habit.memoryPercent() * 5 + percent));
        }
        return new UsageHour(
                host.host(),
                hour,
                cpuSamples.end(),
                memorySamples.end(),
                0,
                10L * trace.sum() * capacity.vcpu() * UsageHour.SAMPLE_SECONDS,
                10 * trace.max() * capacity.vcpu(),
                OptionalLong.of(capacity.memoryBytes() / 500 * memory * UsageHour.SAMPLE_SECONDS),
                OptionalLong.of(
                        capacity.diskBytes()
                                / 100
                                * habit.diskPercent()
                                * samples
                                * UsageHour.SAMPLE_SECONDS));
    }

    private static Instant firstHour(Period during) {
        var floor = during.from().truncatedTo(ChronoUnit.HOURS);
        return floor.equals(during.from()) ? floor : floor.plus(1, ChronoUnit.HOURS);
    }

    private static HourOfTrace[][] hours(Trace trace) {
        var hours = new HourOfTrace[24][];
        for (int hour = 0; hour < hours.length; hour++) {
            var percents = new ArrayList<Integer>();
            for (int i = 0; i < SAMPLES; i++) {
                percents.add(trace.percent(hour * SAMPLES + i));
            }
            hours[hour] =
                    new HourOfTrace[] {
                        HourOfTrace.of(percents), HourOfTrace.of(percents.subList(0, BROKEN))
                    };
        }
        return hours;
    }

    /**
     * What is a host's own for ever, drawn from its name: ids differ from one start to the next.
     */
    private record Habit(long seed) {

        /** Any would do; with this one the board of Jiangmen has units of equal rank. */
        private static final String SALT = "3";

        Habit(MeteredHost host) {
            this(fnv1a(host.hostName() + SALT));
        }

        private static long fnv1a(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }

        /** SplitMix64's mixing: neighbouring seeds become unlike numbers. */
        int spread(int purpose, int bound) {
            long z = seed + purpose * 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return (int) Math.floorMod(z ^ (z >>> 31), (long) bound);
        }

        int memoryPercent() {
            return 6 + spread(2, 60);
        }

        int diskPercent() {
            return 15 + spread(3, 70);
        }

        boolean missing(int dayOfMonth) {
            return spread(4, 40) == 0 && dayOfMonth <= 9;
        }

        boolean broken(int hourOfDay) {
            return spread(5, 41) == 0 && hourOfDay < 8 && hourOfDay % 4 == 0;
        }
    }
}

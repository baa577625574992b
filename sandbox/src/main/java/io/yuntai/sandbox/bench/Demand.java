package io.yuntai.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What creators want at any time: so much in all, always, while what each of them wants goes from
 * one to another. The same seed is the same demand, whoever keeps the quota.
 */
final class Demand {

    /** What a creator makes. */
    enum Kind {
        POD,
        HOST
    }

    /**
     * A controller that keeps so many alike in one namespace.
     *
     * @param number counted from 0
     * @param namespace counted from 0
     * @param cpuMillis what each of its pods or hosts requests
     * @param life how long each of them lives on average
     */
    record Creator(int number, Kind kind, int namespace, long cpuMillis, Duration life) {}

    /**
     * How large it is.
     *
     * @param poolMillis what the pool has
     * @param percent of that are wanted
     */
    record Size(long poolMillis, int percent, int namespaces, int creators) {

        /** Small enough for three API servers on one small machine. */
        static final Size BENCH = new Size(960_000, 130, 24, 64);

        /** What a namespace would have if each had as much. */
        long slice() {
            return poolMillis / namespaces;
        }
    }

    private static final Duration BETWEEN_SHIFTS = Duration.ofSeconds(10);
    private static final int ONE_IN_MAKES_HOSTS = 4;
    private static final long HOST_MILLIS = 4000;
    private static final Duration POD_LIFE = Duration.ofSeconds(20);
    private static final Duration HOST_LIFE = Duration.ofMinutes(1);
    private static final long[] POD_MILLIS = {1000, 2000, 4000};

    private final List<Creator> creators;
    private final List<NavigableMap<Duration, Integer>> wanted;

    private Demand(List<Creator> creators, List<NavigableMap<Duration, Integer>> wanted) {
        this.creators = List.copyOf(creators);
        this.wanted = wanted;
    }

    /**
     * Draws it.
     *
     * @param time until when it changes
     */
    static Demand of(long seed, Size size, Duration time) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var creators = new ArrayList<Creator>();
        for (int number = 0; number < size.creators(); number++) {
            creators.add(creator(number, size, random));
        }
        var wanted = first(creators, size, random);
        double carried = 0;
        for (var at = BETWEEN_SHIFTS; at.compareTo(time) < 0; at = at.plus(BETWEEN_SHIFTS)) {
            carried = shift(creators, wanted, at, carried, random);
        }
        return new Demand(creators, wanted);
    }

    private static Creator creator(int number, Size size, RandomGenerator random) {
        int namespace = number % size.namespaces();
        return number % ONE_IN_MAKES_HOSTS == 0
                ? new Creator(number, Kind.HOST, namespace, HOST_MILLIS, HOST_LIFE)
                : new Creator(
                        number,
                        Kind.POD,
                        namespace,
                        POD_MILLIS[random.nextInt(POD_MILLIS.length)],
                        POD_LIFE);
    }

    private static List<NavigableMap<Duration, Integer>> first(
            List<Creator> creators, Size size, RandomGenerator random) {
        var weights = creators.stream().mapToDouble(_ -> 0.2 + 1.6 * random.nextDouble()).toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double total = size.poolMillis() * (size.percent() / 100.0);
        var wanted = new ArrayList<NavigableMap<Duration, Integer>>();
        double carried = 0;
        for (var creator : creators) {
            double share = carried + total * weights[creator.number()] / sum;
            int count = Math.max(1, (int) Math.round(share / creator.cpuMillis()));
            carried = share - count * creator.cpuMillis();
            NavigableMap<Duration, Integer> changes = new TreeMap<Duration, Integer>();
            changes.put(Duration.ZERO, count);
            wanted.add(changes);
        }
        return wanted;
    }

    /** Half of what one creator wants is wanted by another from now on; returns the remainder. */
    private static double shift(
            List<Creator> creators,
            List<NavigableMap<Duration, Integer>> wanted,
            Duration at,
            double carried,
            RandomGenerator random) {
        int from = random.nextInt(creators.size());
        int to = (from + 1 + random.nextInt(creators.size() - 1)) % creators.size();
        int before = wanted.get(from).lastEntry().getValue();
        int moved = before / 2;
        double amount = carried + moved * creators.get(from).cpuMillis();
        int more = (int) Math.round(amount / creators.get(to).cpuMillis());
        wanted.get(from).put(at, before - moved);
        wanted.get(to).put(at, wanted.get(to).lastEntry().getValue() + more);
        return amount - more * creators.get(to).cpuMillis();
    }

    List<Creator> creators() {
        return creators;
    }

    /** How many a creator wants there to be. */
    int wanted(Creator creator, Duration elapsed) {
        return wanted.get(creator.number()).floorEntry(elapsed).getValue();
    }

    /** What all of them want, in millis. */
    long total(Duration elapsed) {
        return creators.stream().mapToLong(c -> c.cpuMillis() * wanted(c, elapsed)).sum();
    }
}

package io.yuntai.quota;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How leases breathe.
 *
 * @param reservePercent a lease keeps this much of what is used free, so that it grows before
 *     anything is refused
 * @param leastReserve by base unit, in base units: at least so much is kept free; of a resource
 *     without one {@value #LEAST}. Never nothing: whoever makes a service or a pod by hand is
 *     refused once and asks nobody again
 * @param stepPercent a lease that grows takes at most this much of what it holds, and no more of it
 *     than is free of the tightest level above it
 * @param scarcePercent under this much free on a level a lease takes exactly what it needs
 * @param settle how long after a limit fell what was admitted before may still appear; longer than
 *     any request that creates something can live: an API server gives it 34 s ({@code
 *     requestTimeoutUpperBound} in k8s.io/apiserver's pkg/endpoints/handlers/rest.go), and etcd 7 s
 *     more to write what it was given last ({@code ReqTimeout} in its config package)
 * @param idleAfter how long room must lie idle before it goes back
 */
public record LeasePolicy(
        int reservePercent,
        Map<String, Long> leastReserve,
        int stepPercent,
        int scarcePercent,
        Duration settle,
        Duration idleAfter) {

    private static final long GIB = 1L << 30;
    private static final long LEAST = 1;

    public static final LeasePolicy DEFAULT =
            new LeasePolicy(
                    10,
                    Map.of(
                            "cpuMillis", 1000L,
                            "memoryBytes", 2 * GIB,
                            "storageBytes", 20 * GIB,
                            "publicIps", 2L,
                            "pods", 5L,
                            "services", 5L,
                            "claims", 5L),
                    100,
                    10,
                    Duration.ofSeconds(45),
                    Duration.ofMinutes(20));

    public LeasePolicy {
        leastReserve = Map.copyOf(leastReserve);
        percent(reservePercent);
        percent(stepPercent);
        percent(scarcePercent);
        if (settle.isNegative() || idleAfter.isNegative()) {
            throw new IllegalArgumentException("time does not run back: " + settle + idleAfter);
        }
        leastReserve
                .values()
                .forEach(least -> {
                    if (least < 0) {
                        throw new IllegalArgumentException("a reserve is not negative: " + least);
                    }
                });
    }

    /** What a lease that uses so much keeps free. */
    long reserve(Resource resource, long used) {
        long least = leastReserve.getOrDefault(resource.base(), LEAST);
        return Math.max(least, share(used, reservePercent));
    }

    /**
     * By how much a lease grows: a step that saves the next ones while there is plenty, smaller the
     * less there is, and exactly what is needed where it is scarce. Never more than it is entitled
     * to.
     *
     * @param room how the tightest level above it stands
     */
    public Amounts size(LeaseAccount account, Amounts need, Room room) {
        var by = new HashMap<Resource, Long>();
        for (var resource : need.resources()) {
            long needed = need.get(resource);
            long step =
                    share(
                            account.granted().get(resource),
                            Math.min(stepPercent, room.freePercent(resource)));
            boolean plenty = !room.isUnder(resource, scarcePercent, Math.max(needed, step));
            long most = account.entitled().get(resource) - account.granted().get(resource);
            by.put(resource, Math.min(most, plenty ? Math.max(needed, step) : needed));
        }
        return Amounts.of(by);
    }

    /**
     * What a lease asks for while others wait: where it is scarce, only what was refused there, and
     * nothing ahead of need.
     *
     * @param need as much as it would like to have
     * @param refused the part of it that somebody waits for
     * @param room how the tightest level above it stands
     */
    public Amounts beside(Amounts need, Amounts refused, Room room) {
        var modest = new HashMap<Resource, Long>();
        for (var resource : need.resources()) {
            long needed = need.get(resource);
            modest.put(
                    resource,
                    room.isUnder(resource, scarcePercent, needed)
                            ? Math.min(needed, refused.get(resource))
                            : needed);
        }
        return Amounts.of(modest);
    }

    /** A percentage of an amount, rounded down; without a product that overflows. */
    static long share(long of, int percent) {
        return Math.multiplyExact(of / 100, percent) + of % 100 * percent / 100;
    }

    private static void percent(int value) {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException("not a percentage: " + value);
        }
    }
}

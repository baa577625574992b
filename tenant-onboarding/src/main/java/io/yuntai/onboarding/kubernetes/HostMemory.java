package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What was last read of all hosts of a cluster, some hundred bytes of each. */
final class HostMemory {

    /**
     * A machine, without what stands beside it.
     *
     * @param own a digest of what is ours in it
     * @param claims the disks that it names
     * @param secrets likewise, those that its user data are in
     */
    record Machine(ObservedHost host, String own, List<String> claims, List<String> secrets) {
        Machine {
            claims = List.copyOf(claims);
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * A machine as it was looked at last, with the rest of its namespace.
     *
     * @param version of which object it was which state
     * @param rightWith what it was compared with and found right; empty: it was not
     * @param sinceNanos when all of it was looked at last
     */
    record Looked(String version, Machine machine, String rightWith, long sinceNanos) {}

    private static final String UNSEEN = "?";
    private static final int TURNS = 20;

    /** An etcd that was put back may give a version twice. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Remembered<Machine> machines = new Remembered<>();
    private final Remembered<ObservedHost.Instance> instances = new Remembered<>();
    private final Remembered<String> claims = new Remembered<>();

    private final Map<String, Map<String, Looked>> looked = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final AtomicLong turn = new AtomicLong();

    /**
     * What {@link HostComparison#content} said of a Secret; one that was never seen is unlike any.
     */
    String secret(String place) {
        return secrets.getOrDefault(place, UNSEEN);
    }

    void secret(String place, String content) {
        secrets.put(place, content);
    }

    /**
     * Those of all Secrets that it is time to look at again: one of twenty, and all of them one
     * after the other, for each is a request. All others are forgotten.
     */
    List<String> due(Collection<String> places) {
        secrets.keySet().retainAll(Set.copyOf(places));
        var all = places.stream().sorted().toList();
        int share = Math.ceilDiv(all.size(), TURNS);
        long first = turn.getAndAdd(share);
        return IntStream.range(0, share)
                .mapToObj(one -> all.get((int) ((first + one) % all.size())))
                .toList();
    }

    /** The machines of a namespace as they were looked at last, by name; not for long. */
    Map<String, Looked> looked(String namespace) {
        return looked.getOrDefault(namespace, Map.of());
    }

    /** In the place of what was known of that namespace; namespaces that nobody looks at go. */
    void looked(String namespace, Map<String, Looked> machines) {
        looked.values().removeIf(HostMemory::areOld);
        if (machines.isEmpty()) {
            looked.remove(namespace);
        } else {
            looked.put(namespace, Map.copyOf(machines));
        }
    }

    private static boolean areOld(Map<String, Looked> machines) {
        return machines.values().stream().allMatch(HostMemory::isOld);
    }

    static boolean isOld(Looked looked) {
        return System.nanoTime() - looked.sinceNanos() > LONGEST.toNanos();
    }

    Remembered<Machine> machines() {
        return machines;
    }

    /** Of running instances. */
    Remembered<ObservedHost.Instance> instances() {
        return instances;
    }

    /** What {@link HostComparison#content} says of each. */
    Remembered<String> claims() {
        return claims;
    }
}

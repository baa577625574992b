package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.ClusterName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the clusters are, as all servers have met them: each writes what it has seen, and whichever
 * is asked answers with all of it. So the answer is the same whoever gives it.
 */
@Service
@Transactional
@EnableConfigurationProperties(ServerProperties.class)
public class ClusterObservations {

    /** A server that has said nothing for so long has ended. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ObservationStore store;
    private final ServerProperties server;
    private final Clock clock;

    ClusterObservations(ObservationStore store, ServerProperties server, Clock clock) {
        this.store = store;
        this.server = server;
        this.clock = clock;
    }

    /**
     * What is known of a cluster.
     *
     * @param decisive the worst of those that are fresh, else the latest of the others; empty: no
     *     server has said anything of it
     * @param all by server
     * @param stale whether none is fresh: how it is now, nobody knows
     */
    public record Summary(
            Optional<ClusterObservation> decisive, List<ClusterObservation> all, boolean stale) {

        /** Nobody has said anything. */
        public static final Summary NONE = new Summary(Optional.empty(), List.of(), true);

        public Summary {
            all = List.copyOf(all);
        }

        static Summary of(List<ClusterObservation> all, Instant now) {
            var fresh = all.stream().filter(one -> !one.isStale(now)).toList();
            return new Summary(
                    fresh.isEmpty()
                            ? all.stream().max(Comparator.comparing(ClusterObservation::at))
                            : fresh.stream()
                                    .max(Comparator.comparingInt(one -> badness(one.health()))),
                    all,
                    fresh.isEmpty());
        }

        /** One that has not asked yet says less than one that has. */
        private static int badness(ClusterHealth health) {
            return switch (health.status()) {
                case UNKNOWN -> 0;
                case HEALTHY -> 1;
                case DEGRADED -> 2;
                case UNAVAILABLE -> 3;
            };
        }
    }

    /** Of every cluster of which something is known. */
    @Transactional(readOnly = true)
    public Map<ClusterName, Summary> all() {
        var now = clock.instant();
        return store.all().stream()
                .collect(
                        Collectors.groupingBy(
                                ClusterObservation::cluster,
                                Collectors.collectingAndThen(
                                        Collectors.toList(), all -> Summary.of(all, now))));
    }

    @Transactional(readOnly = true)
    public Summary of(ClusterName cluster) {
        return all().getOrDefault(cluster, Summary.NONE);
    }

    /** Says how this server has met clusters, and forgets what servers that have ended said. */
    void say(Map<ClusterName, ClusterHealth> met) {
        var now = clock.instant();
        // In one order, so that two servers never wait for each other.
        met.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().value()))
                .map(entry ->
                        new ClusterObservation(
                                entry.getKey(), server.name(), entry.getValue(), now))
                .forEach(store::keep);
        store.forget(now.minus(KEPT));
    }
}

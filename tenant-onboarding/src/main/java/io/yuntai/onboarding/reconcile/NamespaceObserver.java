package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterJoined;
import io.yuntai.onboarding.kubernetes.ClusterLeft;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.ObservedNamespaces;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Notes what clusters tell of our namespaces: at once where a watch tells of a change or a warning,
 * and of each now and then, for what no watch has told. A watch only names a namespace, which is
 * then read anew; so what is kept of however many events is a name. One reader a cluster: a hundred
 * warnings at once are one read, and a cluster that hangs holds up no other.
 */
@Service
public class NamespaceObserver implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceObserver.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final ObservedNamespaces namespaces;
    private final Clusters clusters;
    private final Clock clock;
    private final ClusterWatches watches;
    private final Set<ClusterName> looking = ConcurrentHashMap.newKeySet();
    private volatile ScheduledExecutorService timer = timer();
    private volatile boolean running;

    NamespaceObserver(ObservedNamespaces namespaces, Clusters clusters, Clock clock) {
        this.namespaces = namespaces;
        this.clusters = clusters;
        this.clock = clock;
        this.watches =
                new ClusterWatches(clusters, one -> one.watchNamespaces(name -> look(one, name)));
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("namespace-observer").factory());
    }

    @EventListener
    void joined(ClusterJoined event) {
        watchAgain(event.cluster());
    }

    @EventListener
    void left(ClusterLeft event) {
        watchAgain(event.cluster());
    }

    private void watchAgain(ClusterName changed) {
        if (running) {
            LOG.debug("{} is watched anew, or no more", changed);
            watches.renew();
        }
    }

    /** Looks at one, and notes it; without an answer nothing is noted. */
    public void look(Cluster cluster, NamespaceName namespace) {
        var id = new LeaseId(cluster.name().value(), namespace.value());
        if (running
                && namespaces.isOurs(id)
                && cluster.look(namespace) instanceof Reading.Read<ObservedNamespace>(var seen)) {
            namespaces.observed(id, seen);
        }
    }

    /** Looks at those that nobody has looked at for long, one after the other. */
    private void lookAround() {
        try {
            lookAtAll();
        } catch (RuntimeException | Error e) {
            // Also an Error: what a timer is thrown, it never does again.
            LOG.warn("namespaces could not be looked at; it is tried again", e);
        }
    }

    private void lookAtAll() {
        for (var cluster : clusters.connected(ClusterState.ACTIVE)) {
            if (!looking.add(cluster.name())) {
                continue;
            }
            var _ =
                    Thread.ofVirtual()
                            .name("look-around-" + cluster.name())
                            .start(() -> {
                                try {
                                    lookAround(cluster);
                                } catch (RuntimeException | Error e) {
                                    LOG.warn("{} could not be looked at", cluster.name(), e);
                                } finally {
                                    looking.remove(cluster.name());
                                }
                            });
        }
    }

    private void lookAround(Cluster cluster) {
        var name = cluster.name().value();
        for (var id : namespaces.notSeenSince(name, clock.instant().minus(EVERY))) {
            look(cluster, new NamespaceName(id.namespace()));
            if (!running || !cluster.reachable()) {
                return;
            }
        }
    }

    @Override
    public void start() {
        if (timer.isShutdown()) {
            timer = timer();
        }
        running = true;
        watches.renew();
        var _ =
                timer.scheduleWithFixedDelay(
                        this::lookAround, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        watches.close();
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

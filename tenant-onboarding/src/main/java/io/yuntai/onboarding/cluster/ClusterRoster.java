package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.cluster.ClusterRegistrations.ClusterRegistered;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterJoined;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.LeaseBook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps this process connected to every registered cluster, and asks each how it is. It looks into
 * the database by itself, so that a cluster that was registered with another process joins here as
 * well, and one whose commit was followed by a crash joins after the start. Each cluster is asked
 * in a thread of its own, so that one that hangs delays no other.
 */
@Service
public class ClusterRoster implements SmartLifecycle, InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRoster.class);

    /** How long a cluster takes at most to join processes that did not register it. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final int CAPACITY_EVERY = 12;

    private final ClusterRegistrations registrations;
    private final RegistrationStore store;
    private final ClusterCapacities capacities;
    private final Clusters clusters;
    private final LeaseBook book;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<ClusterName, Long> joined = new ConcurrentHashMap<>();
    private final Map<ClusterName, Instant> locked = new ConcurrentHashMap<>();
    private final Map<ClusterName, Symptom> strangers = new ConcurrentHashMap<>();
    private final Set<ClusterName> asked = ConcurrentHashMap.newKeySet();
    private final Map<ClusterName, Integer> turns = new ConcurrentHashMap<>();
    private volatile ScheduledExecutorService timer = timer();
    private volatile boolean running;

    ClusterRoster(
            ClusterRegistrations registrations,
            RegistrationStore store,
            ClusterCapacities capacities,
            Clusters clusters,
            LeaseBook book,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registrations = registrations;
        this.store = store;
        this.capacities = capacities;
        this.clusters = clusters;
        this.book = book;
        this.events = events;
        this.clock = clock;
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("cluster-roster").factory());
    }

    /** Before anybody asks which clusters there are. */
    @Override
    public void afterPropertiesSet() {
        join();
        store.all().forEach(one -> registrations.reseal(one.cluster()));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void registered(ClusterRegistered event) {
        LOG.info("cluster {} was registered or changed", event.cluster());
        if (running) {
            timer.execute(this::look);
        }
    }

    /** Connects whatever was registered or changed since the last time. */
    public synchronized void join() {
        for (var one : store.all()) {
            var name = one.cluster();
            if (Objects.equals(joined.get(name), one.version())) {
                continue;
            }
            if (!joined.containsKey(name) && clusters.named(name).isPresent()) {
                LOG.warn("cluster {} is registered and configured; the configuration counts", name);
                joined.put(name, one.version());
                continue;
            }
            var kubeconfig = registrations.kubeconfig(name);
            if (kubeconfig.isEmpty()) {
                if (locked.putIfAbsent(name, clock.instant()) == null) {
                    LOG.warn("the key that cluster {} was sealed with is not configured", name);
                }
                continue;
            }
            try {
                clusters.join(name, kubeconfig.get(), one.pools());
                joined.put(name, one.version());
                locked.remove(name);
                strangers.remove(name);
                events.publishEvent(new ClusterJoined(name));
            } catch (IllegalArgumentException e) {
                LOG.warn("cluster {} cannot be connected: {}", name, e.getMessage());
            }
        }
    }

    private void look() {
        try {
            join();
            clusters.connected().forEach(this::ask);
        } catch (DataAccessException e) {
            LOG.warn("the registered clusters could not be read; it is tried again", e);
        } catch (RuntimeException e) {
            LOG.error("the clusters could not be looked at; it is tried again", e);
        }
    }

    /** One question at a time to each. */
    private void ask(Cluster cluster) {
        if (!asked.add(cluster.name())) {
            return;
        }
        var _ =
                Thread.ofVirtual()
                        .name("ask-" + cluster.name())
                        .start(() -> {
                            try {
                                identify(cluster);
                            } catch (RuntimeException e) {
                                LOG.warn("cluster {} could not be asked", cluster.name(), e);
                            } finally {
                                asked.remove(cluster.name());
                            }
                        });
    }

    private void identify(Cluster cluster) {
        var name = cluster.name();
        if (!(cluster.uid() instanceof Reading.Read<ClusterUid>(var uid))) {
            return;
        }
        if (store.identify(name, uid)) {
            strangers.remove(name);
        } else {
            strangers.putIfAbsent(
                    name, new Symptom(Symptom.Kind.IDENTITY_CHANGED, clock.instant(), uid.value()));
        }
        if (turns.merge(name, 1, Integer::sum) % CAPACITY_EVERY == 1
                && cluster.capacity() instanceof Reading.Read<NodeCapacity>(var capacity)) {
            capacities.keep(name, capacity);
        }
    }

    /** How a cluster is, as this process has last met it; asks nothing. */
    public ClusterHealth health(ClusterName name) {
        var symptoms = new ArrayList<Symptom>();
        Optional.ofNullable(locked.get(name))
                .map(since -> new Symptom(Symptom.Kind.KEY_UNKNOWN, since, ""))
                .ifPresent(symptoms::add);
        var cluster = clusters.named(name);
        if (cluster.isEmpty()) {
            return ClusterHealth.of(false, symptoms);
        }
        symptoms.addAll(cluster.get().symptoms(clock));
        Optional.ofNullable(strangers.get(name)).ifPresent(symptoms::add);
        book.learning()
                .map(since -> new Symptom(Symptom.Kind.LEARNING, since, ""))
                .ifPresent(symptoms::add);
        symptoms.sort(Comparator.comparing(Symptom::kind));
        return ClusterHealth.of(cluster.get().reachable(), List.copyOf(symptoms));
    }

    @Override
    public void start() {
        if (timer.isShutdown()) {
            timer = timer();
        }
        running = true;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

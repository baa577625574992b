package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.cluster.ClusterRegistrations.ClusterRegistered;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterJoined;
import io.yuntai.onboarding.kubernetes.ClusterLeft;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * well, one that was deregistered there leaves, and one whose commit was followed by a crash joins
 * after the start. What it has met of each is told to all. Each cluster is asked in a thread of its
 * own, so that one that hangs delays no other.
 */
@Service
public class ClusterRoster implements SmartLifecycle, InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRoster.class);

    /** How long a cluster takes at most to join processes that did not register it. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final int CAPACITY_EVERY = 12;

    /** So many namespaces a symptom names. */
    private static final int MOST_NAMED = 20;

    private final ClusterRegistrations registrations;
    private final RegistrationStore store;
    private final ClusterCapacities capacities;
    private final Clusters clusters;
    private final LeaseBook book;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final ClusterObservations observations;
    private final Map<ClusterName, Long> joined = new ConcurrentHashMap<>();
    private final Set<ClusterName> configured = ConcurrentHashMap.newKeySet();
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
            ClusterObservations observations,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registrations = registrations;
        this.store = store;
        this.capacities = capacities;
        this.clusters = clusters;
        this.book = book;
        this.observations = observations;
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
        expect();
        store.all().forEach(one -> registrations.reseal(one.cluster()));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void registered(ClusterRegistered event) {
        LOG.info("cluster {} was registered or changed", event.cluster());
        if (running) {
            timer.execute(this::look);
        }
    }

    /**
     * Connects whatever was registered or changed since the last time, and leaves what is no more.
     */
    public synchronized void join() {
        var all = store.all();
        leaveAllBut(all.stream().map(ClusterRegistration::cluster).collect(Collectors.toSet()));
        for (var one : all) {
            var name = one.cluster();
            if (configured.contains(name) || Objects.equals(joined.get(name), one.version())) {
                continue;
            }
            if (!joined.containsKey(name) && clusters.named(name).isPresent()) {
                LOG.warn("cluster {} is registered and configured; the configuration counts", name);
                configured.add(name);
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

    private void leaveAllBut(Set<ClusterName> registered) {
        configured.retainAll(registered);
        locked.keySet().retainAll(registered);
        for (var name : List.copyOf(joined.keySet())) {
            if (!registered.contains(name)) {
                clusters.leave(name);
                joined.remove(name);
                strangers.remove(name);
                turns.remove(name);
                events.publishEvent(new ClusterLeft(name));
            }
        }
    }

    private void look() {
        try {
            join();
            expect();
            clusters.connected().forEach(this::ask);
            observations.say(
                    Stream.concat(
                                    clusters.connected().stream().map(Cluster::name),
                                    locked.keySet().stream())
                            .distinct()
                            .collect(Collectors.toMap(Function.identity(), this::health)));
        } catch (DataAccessException e) {
            LOG.warn("the registered clusters could not be read; it is tried again", e);
        } catch (RuntimeException | Error e) {
            // Also an Error: what a timer is thrown, it never does again.
            LOG.error("the clusters could not be looked at; it is tried again", e);
        }
    }

    /** Whichever server was told so: which cluster each of them has to be. */
    private void expect() {
        var uids = store.uids();
        clusters.connected()
                .forEach(cluster -> cluster.expect(Optional.ofNullable(uids.get(cluster.name()))));
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
                            } catch (RuntimeException | Error e) {
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
            cluster.expect(Optional.of(uid));
        } else {
            // Also one that is connected under another name already, and was none before.
            strangers.putIfAbsent(
                    name, new Symptom(Symptom.Kind.IDENTITY_CHANGED, clock.instant(), uid.value()));
            store.meet(name, uid, clock.instant());
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
        Optional.ofNullable(strangers.get(name))
                .filter(_ -> symptoms.stream().noneMatch(ClusterRoster::isOfIdentity))
                .ifPresent(symptoms::add);
        book.learning()
                .map(since -> new Symptom(Symptom.Kind.LEARNING, since, unclaimed(name)))
                .ifPresent(symptoms::add);
        symptoms.sort(Comparator.comparing(Symptom::kind));
        return ClusterHealth.of(cluster.get().reachable(), List.copyOf(symptoms));
    }

    /** What keeps the ledger learning until somebody has said what becomes of it. */
    private String unclaimed(ClusterName name) {
        return book.unclaimed(name.value()).stream()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
    }

    private static boolean isOfIdentity(Symptom symptom) {
        return symptom.kind() == Symptom.Kind.IDENTITY_CHANGED;
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

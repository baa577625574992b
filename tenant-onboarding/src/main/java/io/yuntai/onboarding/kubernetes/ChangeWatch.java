package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import io.yuntai.quota.Amounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on one kind of object, without a cache: an object is looked at for its namespace and
 * forgotten. Short breaks are bridged by the client from the last version it saw. After a longer
 * one the watch begins anew without a version, and the server tells of every object first, so
 * nothing that happened in between is missed.
 *
 * <p>Changes of one namespace that come faster than the listener takes them are told once; so what
 * is kept is never more than the names of the namespaces, and the client's threads never wait.
 */
final class ChangeWatch<T extends HasMetadata> implements Cluster.Watching, Watcher<T> {

    /** Hears what the server says, all of it and in its order. Never throws. */
    interface Ear<T> {

        /** What follows may not follow on what came before. */
        void begins();

        void hear(Action action, T object);

        /** Hears nothing. */
        static <T> Ear<T> deaf() {
            return new Ear<>() {
                @Override
                public void begins() {}

                @Override
                public void hear(Action action, T object) {}
            };
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ClusterName cluster;
    private final Watchable<T> watched;
    private final Function<T, Amounts> demand;
    private final Consumer<Cluster.Change> changed;
    private final Consumer<Optional<String>> whyBroken;
    private final Ear<T> ear;
    private Optional<String> from;
    private final ScheduledExecutorService starter;
    private final ExecutorService teller;
    private final Map<String, Amounts> untold = new HashMap<>();
    private Duration pause = FIRST_PAUSE;
    private @Nullable Watch running;
    private boolean closed;

    private ChangeWatch(
            ClusterName cluster,
            Watchable<T> watched,
            Function<T, Amounts> demand,
            Consumer<Cluster.Change> changed,
            Consumer<Optional<String>> whyBroken,
            Ear<T> ear,
            Optional<String> from) {
        this.whyBroken = whyBroken;
        this.ear = ear;
        this.from = from;
        this.demand = demand;
        this.cluster = cluster;
        this.watched = watched;
        this.changed = changed;
        var threads = Thread.ofPlatform().daemon().name("watch-" + cluster).factory();
        this.starter = Executors.newSingleThreadScheduledExecutor(threads);
        this.teller = Executors.newSingleThreadExecutor(threads);
    }

    /**
     * Begins to watch, without waiting for the cluster.
     *
     * @param demand what an object says that was asked for and refused; nothing: it says nothing
     * @param whyBroken is told why nothing is told; empty: it runs
     * @param ear hears each event, before any is told
     * @param from a version from which on to begin; empty: with all that is there. It is tried once
     */
    static <T extends HasMetadata> Cluster.Watching start(
            ClusterName cluster,
            Watchable<T> watched,
            Function<T, Amounts> demand,
            Consumer<Cluster.Change> changed,
            Consumer<Optional<String>> whyBroken,
            Ear<T> ear,
            Optional<String> from) {
        var watch = new ChangeWatch<T>(cluster, watched, demand, changed, whyBroken, ear, from);
        watch.startAfter(Duration.ZERO);
        return watch;
    }

    @Override
    public synchronized void close() {
        closed = true;
        var _ = starter.shutdownNow();
        var _ = teller.shutdownNow();
        if (running != null) {
            running.close();
        }
    }

    private synchronized void startAfter(Duration wait) {
        if (!closed) {
            var _ = starter.schedule(this::open, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void open() {
        try {
            ear.begins();
            var options = new ListOptionsBuilder().withAllowWatchBookmarks(true).build();
            from.ifPresent(options::setResourceVersion);
            from = Optional.empty();
            keep(watched.watch(options, this));
            whyBroken.accept(Optional.empty());
        } catch (KubernetesClientException e) {
            whyBroken.accept(Optional.of(Answers.reason(e)));
            again(Answers.reason(e));
        } catch (RuntimeException e) {
            whyBroken.accept(Optional.of(e.toString()));
            again(e.toString());
        }
    }

    private synchronized void keep(Watch opened) {
        running = opened;
        if (closed) {
            opened.close();
        }
    }

    private synchronized void again(String reason) {
        if (!closed) {
            LOG.info("A watch on cluster {} broke and begins anew: {}", cluster, reason);
            startAfter(pause);
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    @Override
    public void eventReceived(Action action, T object) {
        ear.hear(action, object);
        var meta = object.getMetadata();
        String namespace = object instanceof Namespace ? meta.getName() : meta.getNamespace();
        if (namespace != null && action != Action.BOOKMARK && action != Action.ERROR) {
            tellSoon(namespace, demand.apply(object));
        }
    }

    private synchronized void tellSoon(String namespace, Amounts refused) {
        pause = FIRST_PAUSE;
        if (!closed) {
            boolean isFirst = !untold.containsKey(namespace);
            var _ = untold.merge(namespace, refused, Amounts::max);
            if (isFirst) {
                teller.execute(() -> tell(namespace));
            }
        }
    }

    private void tell(String namespace) {
        Amounts refused;
        synchronized (this) {
            refused = Objects.requireNonNullElse(untold.remove(namespace), Amounts.NONE);
            if (closed) {
                return;
            }
        }
        try {
            changed.accept(new Cluster.Change(new NamespaceName(namespace), refused));
        } catch (RuntimeException e) {
            // Whoever listens must not end the watch; the sweep repairs what was lost here.
            LOG.warn("A change in {} of cluster {} was not taken", namespace, cluster, e);
        }
    }

    @Override
    public boolean reconnecting() {
        return true;
    }

    @Override
    public void onClose() {
        again("closed");
    }

    @Override
    public void onClose(WatcherException cause) {
        again(String.valueOf(cause.getMessage()));
    }
}

package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.yuntai.quota.Admissions;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeasePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one cluster has admitted of late and what has appeared since, by two watches: each version
 * of each lease, one after the other, and each pod that is new. Admission and the quota controller
 * write {@code status.used} under the version that they have read, so that each charge is one step
 * from a version to the next. A step that the controller has made, by what the object itself says
 * of who wrote which field, is a recount and no charge; every other one is taken for a charge.
 *
 * <p>Of a lease that is new, was made anew, or whose watch began anew nothing is known before a
 * request cannot live any more that was on its way then.
 */
final class AdmissionLog {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionLog.class);

    /** By how much the clocks of a cluster may differ from ours. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** By how much those of its API servers may differ from one another. */
    private static final Duration APART_FROM_EACH_OTHER = Duration.ofSeconds(1);

    /** How long the watch of leases may be behind a read, which is milliseconds as a rule. */
    private static final Duration BEHIND = Duration.ofMillis(500);

    /** Versions are remembered so far apart, for watches that begin in the past. */
    private static final Duration APART = Duration.ofSeconds(5);

    private static final String CONTROLLER = "kube-controller-manager";
    private static final String STATUS = "status";

    private record Version(long at, String text) {}

    private static final class Known {
        private final String uid;
        private final Admissions admissions;
        private long version;
        private Amounts used;

        Known(String uid, long version, Amounts used, Admissions admissions) {
            this.uid = uid;
            this.version = version;
            this.used = used;
            this.admissions = admissions;
        }
    }

    private final ResourceNames names;
    private final Duration lifetime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Known> leases = new HashMap<>();
    private final Deque<Version> past = new ArrayDeque<>();

    AdmissionLog(ResourceNames names) {
        this(names, LeasePolicy.DEFAULT.settle());
    }

    /**
     * @param lifetime so long after it was charged something is stored, or never
     */
    AdmissionLog(ResourceNames names, Duration lifetime) {
        this.names = names;
        this.lifetime = lifetime;
    }

    /** For the watch of leases, from which nothing may be left out. */
    ChangeWatch.Ear<ResourceQuota> ofLeases() {
        return new ChangeWatch.Ear<>() {
            @Override
            public void begins() {
                locked(leases::clear);
            }

            @Override
            public void hear(Action action, ResourceQuota quota) {
                locked(() -> hearLease(action, quota));
            }
        };
    }

    /** For a watch of pods, which may begin when it likes. */
    ChangeWatch.Ear<Pod> ofPods() {
        return new ChangeWatch.Ear<>() {
            @Override
            public void begins() {}

            @Override
            public void hear(Action action, Pod pod) {
                if (action == Action.ADDED) {
                    locked(() -> hearPod(pod));
                }
            }
        };
    }

    private void locked(Runnable deed) {
        lock.lock();
        try {
            deed.run();
        } catch (RuntimeException e) {
            // What was heard is lost, so nothing is known any more.
            leases.clear();
            LOG.warn("What was admitted could not be followed", e);
        } finally {
            lock.unlock();
        }
    }

    private void hearLease(Action action, ResourceQuota quota) {
        var meta = quota.getMetadata();
        if (action == Action.BOOKMARK || action == Action.ERROR) {
            return;
        }
        long now = System.nanoTime();
        remember(meta.getResourceVersion(), now);
        if (!Labels.LEASE_NAME.equals(meta.getName())) {
            return;
        }
        if (action == Action.DELETED) {
            leases.remove(meta.getNamespace());
            return;
        }
        long version = Long.parseLong(meta.getResourceVersion());
        var used = names.amounts(quota.getStatus() == null ? null : quota.getStatus().getUsed());
        var known = leases.get(meta.getNamespace());
        if (action == Action.ADDED || known == null || !known.uid.equals(meta.getUid())) {
            leases.put(
                    meta.getNamespace(),
                    new Known(
                            meta.getUid(),
                            version,
                            used,
                            new Admissions(lifetime, SKEW, APART_FROM_EACH_OTHER, now)));
        } else if (version > known.version) {
            known.admissions.charged(charged(known.used, used, quota), written(quota), now);
            known.version = version;
            known.used = used;
        }
        changed.signalAll();
    }

    private void remember(String version, long now) {
        if (past.isEmpty() || now - past.peekLast().at() > APART.toNanos()) {
            past.addLast(new Version(now, version));
        }
        while (now - past.peekFirst().at() > 2 * lifetime.toNanos()) {
            past.removeFirst();
        }
    }

    private Amounts charged(Amounts before, Amounts now, ResourceQuota quota) {
        var more = now.minus(before).max(Amounts.NONE);
        if (more.isZero()) {
            return more;
        }
        var recounted = names.amounts(recounted(quota));
        for (var resource : more.resources()) {
            if (recounted.resources().contains(resource)) {
                more = more.with(resource, 0);
            }
        }
        return more;
    }

    /** When somebody else than the quota controller has last written what is used. */
    private static Optional<Instant> written(ResourceQuota quota) {
        return quota.getMetadata().getManagedFields().stream()
                .filter(entry -> !CONTROLLER.equals(entry.getManager()))
                .filter(entry -> STATUS.equals(entry.getSubresource()) && !used(entry).isEmpty())
                .flatMap(entry -> Optional.ofNullable(entry.getTime()).stream())
                .map(AdmissionLog::instant)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Of what is used, that which was last written by the quota controller. */
    private static Map<String, io.fabric8.kubernetes.api.model.Quantity> recounted(
            ResourceQuota quota) {
        var used = quota.getStatus().getUsed();
        var fields =
                quota.getMetadata().getManagedFields().stream()
                        .filter(entry -> CONTROLLER.equals(entry.getManager()))
                        .filter(entry -> STATUS.equals(entry.getSubresource()))
                        .flatMap(entry -> used(entry).stream())
                        .collect(Collectors.toSet());
        return used.entrySet().stream()
                .filter(each -> fields.contains("f:" + each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> used(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().get("f:status")
                                instanceof Map<?, ?> status
                        && status.get("f:used") instanceof Map<?, ?> used
                ? used.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
    }

    private void hearPod(Pod pod) {
        var meta = pod.getMetadata();
        var known = leases.get(meta.getNamespace());
        if (known != null) {
            try {
                known.admissions.stored(
                        meta.getUid(),
                        new Measured(names, Set.of()).of(pod),
                        Instant.parse(meta.getCreationTimestamp()),
                        System.nanoTime());
            } catch (DateTimeParseException e) {
                LOG.debug("when pod {} was made cannot be read", meta.getUid(), e);
            }
        }
    }

    /** A version that was there at least as long ago as a request lives, if any is remembered. */
    Optional<String> longAgo() {
        lock.lock();
        try {
            long before = System.nanoTime() - lifetime.plus(SKEW).toNanos();
            return past.stream()
                    .filter(version -> version.at() <= before)
                    .reduce((_, later) -> later)
                    .map(Version::text);
        } finally {
            lock.unlock();
        }
    }

    OptionalLong heard(NamespaceName namespace) {
        lock.lock();
        try {
            var known = leases.get(namespace.value());
            return known == null ? OptionalLong.empty() : known.admissions.heard(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The most that is on its way.
     *
     * @param quota as it was read after what had been heard was asked for; waits until the watch
     *     has come so far
     */
    Optional<Amounts> underway(ResourceQuota quota, long heard, Clock clock) {
        var meta = quota.getMetadata();
        long version = Long.parseLong(meta.getResourceVersion());
        lock.lock();
        try {
            long left = BEHIND.toNanos();
            while (true) {
                var known = leases.get(meta.getNamespace());
                if (known == null || !known.uid.equals(meta.getUid()) || left <= 0) {
                    return Optional.empty();
                }
                if (known.version >= version) {
                    return known.admissions.underway(heard, System.nanoTime(), clock.instant());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}

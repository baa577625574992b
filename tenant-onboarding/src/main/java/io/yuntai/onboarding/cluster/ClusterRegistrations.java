package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterCheck;
import io.yuntai.onboarding.kubernetes.ClusterCheck.Subject;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.kubernetes.Kubeconfig;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.region.PoolId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Clusters that are registered while the server runs. A kubeconfig is looked into first, outside
 * any transaction, since that waits for the cluster; then kept, in one. Whoever dies in between has
 * done nothing.
 */
@Service
public class ClusterRegistrations {

    private static final int LONGEST_SERVER = 500;

    private final RegistrationStore store;
    private final KubeconfigSeal seal;
    private final Clusters clusters;
    private final ClusterCommands commands;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClusterRegistrations(
            RegistrationStore store,
            KubeconfigSeal seal,
            Clusters clusters,
            ClusterCommands commands,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.seal = seal;
        this.clusters = clusters;
        this.commands = commands;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What somebody wants to register.
     *
     * @param displayName for people
     * @param pools those that it is to serve
     */
    public record Draft(ClusterName cluster, String displayName, Set<PoolId> pools) {
        public Draft {
            displayName = displayName.strip();
            pools = Set.copyOf(pools);
        }
    }

    /** A kubeconfig that was looked into. */
    public record Looked(Kubeconfig kubeconfig, Inspection inspection) {}

    /** All of them, by name. */
    @Transactional(readOnly = true)
    public List<ClusterRegistration> all() {
        return store.all();
    }

    /**
     * Looks into a kubeconfig for a cluster that is to be registered under this name or is already;
     * waits for that cluster, some 30 s at most, and keeps nothing.
     *
     * @param pools those that it serves or is to serve
     * @throws Refused INVALID with what is wrong with the text itself; CONFLICT {@code
     *     CLUSTER_KEY_MISSING}
     */
    public Looked look(ClusterName cluster, String kubeconfig, Set<PoolId> pools) {
        seal.requireKey();
        var read = clusters.handedIn(kubeconfig);
        var inspection = clusters.inspect(read, pools);
        return new Looked(
                read,
                inspection
                        .uid()
                        .map(uid -> inspection.with(identity(cluster, uid)))
                        .orElse(inspection));
    }

    /** Looks into a connected cluster again; empty: it is not connected. */
    public Optional<Inspection> inspect(ClusterName cluster) {
        return clusters.inspect(cluster)
                .map(found ->
                        found.uid()
                                .filter(_ -> isReal(cluster))
                                .map(uid -> found.with(identity(cluster, uid)))
                                .orElse(found));
    }

    private boolean isReal(ClusterName cluster) {
        return clusters.named(cluster).filter(Cluster::simulated).isEmpty();
    }

    private ClusterCheck identity(ClusterName cluster, ClusterUid uid) {
        var known = store.uids();
        var expected = Optional.ofNullable(known.get(cluster));
        if (expected.isPresent()) {
            return expected.get().equals(uid)
                    ? ClusterCheck.passed(Subject.IDENTITY, "IDENTITY_SAME", uid.value())
                    : ClusterCheck.failed(
                            Subject.IDENTITY,
                            "IDENTITY_OTHER",
                            uid.value(),
                            expected.get().value());
        }
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().equals(uid))
                .findFirst()
                .map(entry ->
                        ClusterCheck.failed(
                                Subject.IDENTITY, "IDENTITY_TAKEN", entry.getKey().value()))
                .orElseGet(
                        () -> ClusterCheck.passed(Subject.IDENTITY, "IDENTITY_NEW", uid.value()));
    }

    /**
     * Registers a cluster that was looked into; it is connected soon, by every process. The same
     * again changes nothing.
     *
     * @throws Refused INVALID {@code POOL_UNKNOWN} at {@code /pools}; CONFLICT {@code
     *     CLUSTER_CHECKS_FAILED}, {@code CLUSTER_EXISTS}, {@code CLUSTER_KNOWN}
     */
    @Transactional
    public ClusterRegistration register(Actor actor, Draft draft, Looked looked) {
        requirePassed(looked);
        requirePools(draft.pools());
        var name = draft.cluster();
        var present = store.find(name);
        if (present.isPresent()) {
            if (isSame(present.get(), draft) && kubeconfig(name).equals(text(looked))) {
                return present.get();
            }
            throw Refused.conflict("CLUSTER_EXISTS");
        }
        if (clusters.named(name).isPresent()) {
            throw Refused.conflict("CLUSTER_EXISTS"); // The configuration has it.
        }
        var simulated = store.simulated(name);
        if (simulated.orElse(false)) {
            throw Refused.conflict("CLUSTER_EXISTS");
        }
        var now = now();
        var registration = registration(draft, looked, 1, now);
        try {
            if (simulated.isEmpty()) {
                store.enter(name, now);
            } else {
                commands.registered(name.value());
            }
            identify(name, looked);
            store.insert(registration, seal.seal(name, looked.kubeconfig().text()), actor.person());
        } catch (DuplicateKeyException e) {
            throw Refused.conflict("CLUSTER_KNOWN"); // By somebody who was a moment faster.
        }
        tell(actor, "cluster.register", name, now, registration.server());
        return registration;
    }

    /**
     * Replaces the kubeconfig of a registered cluster by another of the same cluster.
     *
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code CLUSTER_CHECKS_FAILED},
     *     {@code CLUSTER_NOT_REGISTERED} when the configuration has it
     */
    @Transactional
    public ClusterRegistration replaceKubeconfig(Actor actor, ClusterName name, Looked looked) {
        requirePassed(looked);
        var present = registered(name);
        if (kubeconfig(name).equals(text(looked))) {
            return present;
        }
        identify(name, looked);
        var now = now();
        var draft = new Draft(name, present.displayName(), present.pools());
        var registration = registration(draft, looked, present.version() + 1, now);
        var before = store.kubeconfig(name).orElseThrow();
        if (!store.update(registration)) {
            throw Refused.stale("STALE_VERSION");
        }
        store.reseal(name, before, seal.seal(name, looked.kubeconfig().text()));
        tell(actor, "cluster.replaceKubeconfig", name, now, registration.server());
        return registration;
    }

    /**
     * Says what a registered cluster is called by people and which pools it serves from now on;
     * what is there stays.
     *
     * @throws Refused INVALID {@code POOL_UNKNOWN}; NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT
     *     {@code CLUSTER_NOT_REGISTERED}
     */
    @Transactional
    public ClusterRegistration describe(Actor actor, Draft draft) {
        requirePools(draft.pools());
        var present = registered(draft.cluster());
        if (isSame(present, draft)) {
            return present;
        }
        var now = now();
        var changed =
                new ClusterRegistration(
                        present.cluster(),
                        draft.displayName(),
                        draft.pools(),
                        present.server(),
                        present.kubernetes(),
                        present.version() + 1,
                        now);
        if (!store.update(changed)) {
            throw Refused.stale("STALE_VERSION");
        }
        tell(
                actor,
                "cluster.describe",
                draft.cluster(),
                now,
                draft.pools().stream()
                        .map(PoolId::toString)
                        .sorted()
                        .collect(Collectors.joining(", ")));
        return changed;
    }

    /** The kubeconfig of one; empty: there is none, or none that a configured key opens. */
    Optional<String> kubeconfig(ClusterName cluster) {
        return store.kubeconfig(cluster).flatMap(sealed -> seal.open(cluster, sealed));
    }

    /** Seals it with the current key if it is sealed with an earlier one. */
    @Transactional
    void reseal(ClusterName cluster) {
        store.kubeconfig(cluster)
                .filter(seal::isOutdated)
                .ifPresent(before ->
                        seal.open(cluster, before)
                                .ifPresent(text ->
                                        store.reseal(cluster, before, seal.seal(cluster, text))));
    }

    private static void requirePassed(Looked looked) {
        if (!looked.inspection().passed()) {
            throw Refused.conflict("CLUSTER_CHECKS_FAILED");
        }
    }

    private void requirePools(Set<PoolId> pools) {
        var unknown = store.unknown(pools);
        if (!unknown.isEmpty()) {
            throw Refused.invalid(
                    "INVALID",
                    List.of(Fault.at("/pools", "POOL_UNKNOWN", unknown.getFirst().toString())));
        }
    }

    private ClusterRegistration registered(ClusterName name) {
        return store.find(name)
                .orElseThrow(() ->
                        store.simulated(name).isPresent()
                                ? Refused.conflict("CLUSTER_NOT_REGISTERED")
                                : Refused.notFound("CLUSTER_NOT_FOUND"));
    }

    private void identify(ClusterName name, Looked looked) {
        if (!store.identify(name, looked.inspection().uid().orElseThrow())) {
            throw Refused.conflict("CLUSTER_KNOWN");
        }
    }

    private static boolean isSame(ClusterRegistration present, Draft draft) {
        return present.displayName().equals(draft.displayName())
                && present.pools().equals(draft.pools());
    }

    private static Optional<String> text(Looked looked) {
        return Optional.of(looked.kubeconfig().text());
    }

    private static ClusterRegistration registration(
            Draft draft, Looked looked, long version, Instant now) {
        String server = looked.kubeconfig().server();
        return new ClusterRegistration(
                draft.cluster(),
                draft.displayName(),
                draft.pools(),
                server.substring(0, Math.min(server.length(), LONGEST_SERVER)),
                looked.inspection().version().orElse("?"),
                version,
                now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void tell(Actor actor, String action, ClusterName name, Instant at, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "cluster/" + name,
                        Audited.Outcome.SUCCESS,
                        detail));
        events.publishEvent(new ClusterRegistered(name));
    }

    /** Within its transaction: a cluster is to be connected, connected anew, or no more. */
    record ClusterRegistered(ClusterName cluster) {}
}

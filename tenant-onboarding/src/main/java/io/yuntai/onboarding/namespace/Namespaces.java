package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.AddressesGranted;
import io.yuntai.onboarding.application.Granted;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.ledger.AddressesReturned;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the namespaces of systems shall hold, read from the database and nowhere else. */
@Service
@Transactional
public class Namespaces {

    private final NamespaceStore store;
    private final Systems systems;
    private final Clusters clusters;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Namespaces(
            NamespaceStore store,
            Systems systems,
            Clusters clusters,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.clusters = clusters;
        this.systems = systems;
        this.events = events;
        this.clock = clock;
    }

    /** What the namespace of a lease shall hold beside it. */
    @Transactional(readOnly = true)
    public Optional<Desired.Tenancy> tenancy(LeaseId id) {
        return store.tenancy(id, isShared(id.cluster()));
    }

    /** Of every namespace of a cluster whose lease was enforced once. */
    @Transactional(readOnly = true)
    public List<Desired.Tenancy> tenancies(String cluster) {
        return store.tenancies(cluster, isShared(cluster));
    }

    private boolean isShared(String cluster) {
        return clusters.pools(new ClusterName(cluster)).size() > 1;
    }

    /** A cluster would not have it; the reason is shown until it does. */
    public void refused(LeaseId id, String reason) {
        store.refused(id, reason, clock.instant());
    }

    /** The cluster has all of it. */
    public void accepted(LeaseId id) {
        store.accepted(id);
    }

    /**
     * The namespaces of a system, by pool and cluster.
     *
     * @throws Refused NOT_FOUND {@code SYSTEM_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<NamespaceEntry> list(Actor actor, SystemId system) {
        var _ = systems.get(actor, system);
        return store.of(system);
    }

    /**
     * Says all that the system's namespaces of a pool may do beyond the guards; saying it twice
     * changes nothing. What a grant that is taken back has let through stays, and nothing new is
     * let through.
     *
     * @throws Refused NOT_FOUND {@code SYSTEM_NOT_FOUND}, {@code NAMESPACE_NOT_FOUND}
     */
    public void grant(Actor actor, SystemId system, PoolId pool, Set<Grant> grants, String reason) {
        requireNamespace(actor, system, pool);
        for (var grant : Grant.values()) {
            boolean granted = grants.contains(grant);
            boolean changed =
                    granted
                            ? store.grant(
                                    new NamespaceGrant(
                                            system, pool, grant, reason, clock.instant(), false),
                                    actor.person())
                            : store.revoke(system, pool, grant);
            if (changed) {
                audit(
                        Optional.of(actor),
                        granted ? "namespace.grant" : "namespace.revoke",
                        system,
                        pool,
                        grant.code() + ": " + reason);
            }
        }
    }

    /** Whoever was granted addresses may have services with one; how many, the lease says. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(AddressesGranted event) {
        var granted =
                new NamespaceGrant(
                        event.system(),
                        event.pool(),
                        Grant.LOAD_BALANCERS,
                        event.application(),
                        event.at(),
                        true);
        if (store.grant(granted, event.by())) {
            audit(
                    Optional.empty(),
                    "namespace.grant",
                    event.system(),
                    event.pool(),
                    granted.grant().code() + ": " + event.application());
        }
    }

    /** Who may hold none any more may open none; what a person has granted is his to take back. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(AddressesReturned event) {
        var grant = Grant.LOAD_BALANCERS;
        store.revokeOrdered(event.system(), event.pool(), grant, Resource.PUBLIC_IPS)
                .ifPresent(application ->
                        audit(
                                Optional.empty(),
                                "namespace.revoke",
                                event.system(),
                                event.pool(),
                                grant.code() + ": " + application));
    }

    private void requireNamespace(Actor actor, SystemId system, PoolId pool) {
        if (list(actor, system).stream().noneMatch(entry -> entry.pool().equals(pool))) {
            throw Refused.notFound("NAMESPACE_NOT_FOUND");
        }
    }

    /**
     * @param actor empty: the control plane, which carries out what others have approved
     */
    private void audit(
            Optional<Actor> actor, String action, SystemId system, PoolId pool, String detail) {
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        actor,
                        action,
                        "system/" + system,
                        Audited.Outcome.SUCCESS,
                        pool + " " + detail));
        events.publishEvent(new Granted(system));
    }
}

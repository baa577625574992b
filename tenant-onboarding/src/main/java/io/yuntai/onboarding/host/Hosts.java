package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The cloud hosts that were granted, and what the clusters make of them. */
@Service
@Transactional
public class Hosts {

    private final HostStore store;
    private final HostLifeStore lives;
    private final HostProgress progress;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Hosts(
            HostStore store,
            HostLifeStore lives,
            HostProgress progress,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.lives = lives;
        this.progress = progress;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A page of hosts; sorted by {@code name} (own order), {@code vcpu}, {@code deliveredAt},
     * {@code endsAt}.
     */
    @Transactional(readOnly = true)
    public Page<Host> list(Actor actor, PageQuery query, HostFilter filter) {
        Sort sort = query.sortOr(Sort.of("name"), Set.of("name", "vcpu", "deliveredAt", "endsAt"));
        return Page.ofOffset(
                store.page(query, sort, actor.confinedTo(), filter),
                query,
                store.count(query, actor.confinedTo(), filter));
    }

    /** Enters hosts that were granted, in the transaction that grants them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void grant(HostOrder order) {
        store.insert(order);
    }

    /** One host, if there is such a one that the actor may know of. */
    @Transactional(readOnly = true)
    public Optional<Host> seen(Actor actor, HostId id) {
        return store.find(id).filter(host -> actor.sees(host.unit()));
    }

    /**
     * Enters machines that were there before us as hosts, in the transaction that charges them.
     * They are in use, and metered, from this moment on.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void adopt(HostAdoption adoption, Instant at) {
        var ids = store.insert(adoption, at);
        if (ids.isEmpty()) {
            return;
        }
        var hosts = ids.stream().flatMap(id -> store.find(id).stream()).toList();
        events.publishEvent(new HostsDelivered(hosts, at));
        events.publishEvent(new HostsConfirmed(ids, at));
        hosts.stream()
                .filter(host -> !host.plan().running())
                .forEach(host -> events.publishEvent(new HostStopped(host.id(), at)));
    }

    /**
     * One host.
     *
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public Host get(Actor actor, HostId id) {
        return seen(actor, id).orElseThrow(() -> Refused.notFound("HOST_NOT_FOUND"));
    }

    /**
     * The steps of a host's life, the first first.
     *
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<HostStep> steps(Actor actor, HostId id) {
        return lives.steps(get(actor, id).id());
    }

    /**
     * What states that a host was destroyed.
     *
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}, {@code NO_CERTIFICATE}
     */
    @Transactional(readOnly = true)
    public HostCertificate certificate(Actor actor, HostId id) {
        return lives.certificate(get(actor, id).id())
                .orElseThrow(() -> Refused.notFound("NO_CERTIFICATE"));
    }

    /** The hosts of a system that are not destroyed, by name. */
    @Transactional(readOnly = true)
    public List<Host> of(SystemId system) {
        return store.of("h.life <> 'DESTROYED' and h.system", system.value());
    }

    /** The hosts on a cluster that are not destroyed, by name. */
    @Transactional(readOnly = true)
    public List<Host> on(String cluster) {
        return store.on(cluster);
    }

    /** The hosts of an application, by name. */
    @Transactional(readOnly = true)
    public List<Host> ofApplication(UUID application) {
        return store.of("h.application", application);
    }

    /**
     * Notes what the cluster makes of hosts, and announces which of them run or stand still from
     * now on. What was noted is announced in the same transaction: once, whoever dies or looks at
     * the same time.
     */
    public void observed(List<Host> seen) {
        // Whose they are stays so until it is noted; it may have changed since they were read.
        ledger.holdShape();
        var now = clock.instant();
        var news = store.observe(seen, now);
        news.stopped().forEach(host -> events.publishEvent(new HostStopped(host, now)));
        news.running().forEach(host -> events.publishEvent(new HostRuns(host, now)));
        var delivered = news.delivered().stream().flatMap(id -> store.find(id).stream()).toList();
        if (!delivered.isEmpty()) {
            progress.delivered(delivered, now);
            events.publishEvent(new HostsDelivered(delivered, now));
        }
    }

    /**
     * Notes that the hosts of a cluster are gone with all that it held, and nobody's hand has
     * deleted them: whoever finds none of them makes them anew, with empty disks.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lostWith(String cluster) {
        store.lostWith(cluster, clock.instant());
    }

    /**
     * Wants no more what of an application never came up; what runs stays.
     *
     * @return those that it wants no more, as they were
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Host> giveUp(UUID application) {
        var hosts = ofApplication(application);
        lives.lock(hosts.stream().map(Host::id).toList());
        return progress.givenUp(ofApplication(application), clock.instant());
    }

    /** Announces that the owner has confirmed an application's hosts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void confirmed(UUID application) {
        var hosts = ofApplication(application).stream().map(Host::id).toList();
        if (!hosts.isEmpty()) {
            var now = clock.instant();
            lives.confirm(application, now);
            events.publishEvent(new HostsConfirmed(hosts, now));
        }
    }
}

package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.util.List;
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
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Hosts(HostStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** A page of hosts; sorted by {@code name} (own order), {@code vcpu}, {@code deliveredAt}. */
    @Transactional(readOnly = true)
    public Page<Host> list(Actor actor, PageQuery query, HostFilter filter) {
        Sort sort = query.sortOr(Sort.of("name"), Set.of("name", "vcpu", "deliveredAt"));
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

    /** The hosts of a system, by name. */
    @Transactional(readOnly = true)
    public List<Host> of(SystemId system) {
        return store.of("h.system", system.value());
    }

    /** The hosts of an application, by name. */
    @Transactional(readOnly = true)
    public List<Host> ofApplication(UUID application) {
        return store.of("h.application", application);
    }

    /** Notes what the cluster makes of a host. */
    public void observed(List<Host> seen) {
        var now = clock.instant();
        var delivered = store.observe(seen, now);
        if (!delivered.isEmpty()) {
            events.publishEvent(new HostsDelivered(delivered, now));
        }
    }

    /** Announces that the owner has confirmed an application's hosts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void confirmed(UUID application) {
        var hosts = ofApplication(application).stream().map(Host::id).toList();
        if (!hosts.isEmpty()) {
            events.publishEvent(new HostsConfirmed(hosts, clock.instant()));
        }
    }
}

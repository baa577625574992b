package io.yuntai.onboarding.system;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.Zone;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The registered business systems. Another unit's do not exist for a confined actor. */
@Service
public class Systems {

    private final SystemStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Systems(SystemStore store, ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A page of systems; sorted by {@code name} (own order) or {@code code}, {@code q} finds both.
     *
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<SystemEntry> list(Actor actor, PageQuery query, SystemFilter filter) {
        Sort sort = query.sortOr(Sort.of("name"), Set.of("name", "code"));
        var scope = actor.confinedTo();
        return Page.of(
                store.page(query, sort, scope, filter),
                query,
                store.count(query, scope, filter),
                entry ->
                        Cursor.after(
                                sort.field().equals("name")
                                        ? entry.system().name()
                                        : entry.system().code().value(),
                                entry.system().id().toString()));
    }

    /**
     * One system.
     *
     * @throws Refused NOT_FOUND {@code SYSTEM_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public SystemEntry get(Actor actor, SystemId system) {
        return store.find(system)
                .filter(entry -> actor.sees(entry.system().owner()))
                .orElseThrow(() -> Refused.notFound("SYSTEM_NOT_FOUND"));
    }

    /** One system, for work that is not done for one actor. */
    @Transactional(readOnly = true)
    public Optional<BusinessSystem> find(SystemId system) {
        return store.find(system).map(SystemEntry::system);
    }

    /** Every system with its owner of today, for work that is not done for one actor. */
    @Transactional(readOnly = true)
    public List<BusinessSystem> all() {
        return store.all();
    }

    /**
     * Has the register say that a system is in another zone, in the transaction that grants it.
     *
     * @param application its number, for people
     * @throws Refused CONFLICT {@code ZONE_CHANGED} when it is not in the zone that it is to leave
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changeZone(SystemId system, Zone from, Zone to, String application) {
        if (!store.changeZone(system, from, to)) {
            throw Refused.conflict("ZONE_CHANGED");
        }
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        Optional.empty(),
                        "system.zone",
                        "system/" + system,
                        Audited.Outcome.SUCCESS,
                        from + " → " + to + " " + application));
    }

    /** Adds systems inside the transaction of an import; none of them may be there yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<BusinessSystem> systems) {
        store.insert(systems, clock.instant());
    }
}

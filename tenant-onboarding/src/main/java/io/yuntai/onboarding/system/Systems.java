package io.yuntai.onboarding.system;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The registered business systems. Another unit's do not exist for a confined actor. */
@Service
public class Systems {

    private final SystemStore store;
    private final Clock clock;

    Systems(SystemStore store, Clock clock) {
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

    /** Adds systems inside the transaction of an import; none of them may be there yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<BusinessSystem> systems) {
        store.insert(systems, clock.instant());
    }
}

package io.yuntai.onboarding.unit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.RegionCode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The registered units and their contacts. Another unit's do not exist for a confined actor. */
@Service
public class Units {

    private final UnitStore store;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Units(UnitStore store, Clock clock, ApplicationEventPublisher events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A page of units; sorted by {@code name} (own order) or {@code uscc}, {@code q} finds both.
     *
     * @param region only units in this region or below it
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<UnitEntry> list(Actor actor, PageQuery query, Optional<RegionCode> region) {
        Sort sort = query.sortOr(Sort.of("name"), Set.of("name", "uscc"));
        var only = actor.confinedTo();
        return Page.of(
                store.page(query, sort, only, region),
                query,
                store.count(query, only, region),
                entry ->
                        Cursor.after(
                                sort.field().equals("name")
                                        ? entry.unit().name()
                                        : entry.unit().uscc().value(),
                                entry.unit().id().toString()));
    }

    /**
     * One unit.
     *
     * @throws Refused NOT_FOUND {@code UNIT_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public UnitEntry get(Actor actor, UnitId unit) {
        return store.find(unit)
                .filter(_ -> actor.sees(unit))
                .orElseThrow(() -> Refused.notFound("UNIT_NOT_FOUND"));
    }

    /**
     * The contacts of a unit, by name.
     *
     * @throws Refused NOT_FOUND {@code UNIT_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<Contact> contacts(Actor actor, UnitId unit) {
        return store.contacts(get(actor, unit).unit().id());
    }

    /** Every unit, for work that is not done for one actor. */
    @Transactional(readOnly = true)
    public List<Unit> all() {
        return store.all();
    }

    /** The contacts of every unit, by name within the unit. */
    @Transactional(readOnly = true)
    public Map<UnitId, Map<String, Contact>> allContacts() {
        return store.allContacts();
    }

    /** Every login that is taken. */
    @Transactional(readOnly = true)
    public Set<String> logins() {
        return store.logins();
    }

    /** Adds units inside the transaction of an import; none of them may be there yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<Unit> units) {
        store.insert(units, clock.instant());
    }

    /**
     * Adds contacts inside the transaction of an import; whoever has an account becomes a person,
     * and is announced by {@link PersonRegistered}.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void addContacts(List<UnitContact> contacts) {
        Instant now = clock.instant();
        var persons = new ArrayList<Person>();
        var registered = new ArrayList<PersonRegistered>();
        for (var entry : contacts) {
            entry.contact()
                    .account()
                    .ifPresent(account -> {
                        var id = new PersonId(UuidCreator.getTimeOrderedEpoch(now));
                        persons.add(
                                new Person(
                                        id, account.login(), entry.contact().name(), entry.unit()));
                        registered.add(new PersonRegistered(id, account.login(), account.role()));
                    });
        }
        store.insertPersons(persons);
        store.insertContacts(contacts);
        registered.forEach(events::publishEvent);
    }
}

package io.yuntai.notice;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people are told. A notice is in the console the moment its deed is committed; what else
 * brings it to them is noted in the same transaction and done afterwards, by {@link
 * NoticeDispatcher}.
 */
@Service
public class Notices {

    private final NoticeStore store;
    private final DispatchStore dispatches;
    private final Channels channels;
    private final Accounts accounts;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Notices(
            NoticeStore store,
            DispatchStore dispatches,
            Channels channels,
            Accounts accounts,
            Clock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.dispatches = dispatches;
        this.channels = channels;
        this.accounts = accounts;
        this.clock = clock;
        this.events = events;
    }

    /** Writes what a deed of any module wants told, in the transaction of the deed. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Notice notice) {
        List<PersonId> recipients =
                switch (notice.to()) {
                    case Notice.To.Person(var person) -> List.of(person);
                    case Notice.To.Holders(var code, var unit) -> accounts.holding(code, unit);
                    case Notice.To.Takers(var part, var unit) -> accounts.taking(part, unit);
                };
        if (recipients.isEmpty()) {
            return;
        }
        var ids = new LinkedHashMap<PersonId, NoticeId>();
        for (var person : recipients) {
            ids.put(person, new NoticeId(UuidCreator.getTimeOrderedEpoch(notice.at())));
        }
        var told = store.insert(notice, ids);
        for (var channel : channels.all()) {
            if (channel.takes(notice.kind())) {
                dispatches.insert(told, channel.name(), channel.byMail(), notice.at());
            }
        }
    }

    /**
     * A page of what a person was told, the latest first; {@code q} finds what it is about.
     *
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<ToldNotice> list(PersonId person, PageQuery query, NoticeFilter filter) {
        var _ = query.sortOr(Sort.of("-at"), Set.of("at"));
        return Page.of(
                store.page(person, query, filter),
                query,
                store.count(person, query, filter),
                NoticeStore::after);
    }

    /** How much a person has not read. */
    @Transactional(readOnly = true)
    public long unread(PersonId person) {
        var unread = store.unread(List.of(person)).get(person);
        return unread == null ? 0 : unread.count();
    }

    /** What each of these has not read; nobody who has read everything. */
    @Transactional(readOnly = true)
    public Map<PersonId, Unread> unread(Collection<PersonId> persons) {
        return store.unread(persons);
    }

    /**
     * Marks one as read; again changes nothing.
     *
     * @throws Refused NOT_FOUND {@code NOTICE_NOT_FOUND}, also for another person's
     */
    @Transactional
    public void read(PersonId person, NoticeId id) {
        if (!store.isOf(person, id)) {
            throw Refused.notFound("NOTICE_NOT_FOUND");
        }
        store.read(person, id, clock.instant());
    }

    /**
     * Marks everything as read that was told by then.
     *
     * @return how much that was
     */
    @Transactional
    public int readAll(PersonId person, Instant until) {
        return store.readAll(person, until, clock.instant());
    }

    /** How a person wants to be told. */
    @Transactional(readOnly = true)
    public NoticeSettings settings(PersonId person) {
        return store.settings(person).orElse(NoticeSettings.DEFAULT);
    }

    /** Changes how somebody wants to be told. */
    @Transactional
    public void change(Actor actor, NoticeSettings settings) {
        store.put(actor.person(), settings);
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        Optional.of(actor),
                        "notice.settings",
                        "person/" + actor.person(),
                        Audited.Outcome.SUCCESS,
                        "mail %s, %s".formatted(settings.mail() ? "on" : "off", settings.email())));
    }
}

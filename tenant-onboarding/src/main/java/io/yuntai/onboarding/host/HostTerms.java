package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.rules.RulesInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Until when hosts may be used. The unit is told before the end; at the end a host is stopped, and
 * some time after it moves to the recycle bin. A renewal moves the end, and all of it begins anew.
 * Within a protection period people are told, and nothing is done.
 */
@Service
public class HostTerms {

    private static final Logger LOG = LoggerFactory.getLogger(HostTerms.class);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final HostTermStore store;
    private final HostStore hosts;
    private final HostLifeStore lives;
    private final HostCommands commands;
    private final Ledger ledger;
    private final Protection protection;
    private final RulesInForce rules;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    HostTerms(
            HostTermStore store,
            HostStore hosts,
            HostLifeStore lives,
            HostCommands commands,
            Ledger ledger,
            Protection protection,
            RulesInForce rules,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.lives = lives;
        this.commands = commands;
        this.ledger = ledger;
        this.protection = protection;
        this.rules = rules;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Tells, stops and clears away all that is due. Each step is one transaction with the note that
     * it is done: one that dies half-way, or comes late, leaves the rest to the next, and two at
     * once do each once. Of several notices that were missed only the last is given.
     *
     * @return how many hosts were told of, stopped or moved
     */
    public int run() {
        Instant now = clock.instant();
        boolean frozen = protection.isOn(now);
        var terms = rules.now().hosts();
        var days = new ArrayList<>(terms.termNotices());
        if (!frozen) {
            days.add(0);
        }
        int done = 0;
        for (var due : store.due(now, days, terms.trialDays())) {
            done += tried(() -> due.days() == 0 ? end(due, now) : tell(due, due.hosts(), now));
        }
        if (!frozen) {
            var since = now.minus(terms.retireAfter());
            for (var host : store.over(since, terms.trialDays())) {
                done += tried(() -> retire(host, now));
            }
        }
        return done;
    }

    @FunctionalInterface
    private interface Deed {
        int done();
    }

    /** One that cannot be dealt with holds up no other; the next run tries it again. */
    private int tried(Deed deed) {
        try {
            return Optional.ofNullable(
                            transaction.execute(_ -> {
                                ledger.holdShape();
                                return deed.done();
                            }))
                    .orElse(0);
        } catch (RuntimeException e) {
            LOG.warn("the end of a term is tried again", e);
            return 0;
        }
    }

    private int tell(HostTermStore.Due due, List<HostId> ids, Instant now) {
        var told = store.note(ids, due.end(), due.days(), now);
        if (told.isEmpty()) {
            return 0;
        }
        var first = told.stream().min((a, b) -> a.value().compareTo(b.value())).orElseThrow();
        boolean ended = due.days() == 0;
        var kind = ended ? Notice.Kind.HOST_ENDED : Notice.Kind.HOST_EXPIRING;
        var day =
                LocalDate.ofInstant(
                        ended ? now.plus(rules.now().hosts().retireAfter()) : due.end(), ZONE);
        publish(
                kind,
                due,
                List.of(
                        due.systemName(),
                        Integer.toString(told.size()),
                        day.toString(),
                        Integer.toString(due.days())),
                told.size() == 1 ? "/hosts/" + first : "/hosts?expiring=true",
                "%s/%s/%s/%d".formatted(kind, first, due.end(), due.days()),
                now);
        return told.size();
    }

    private void publish(
            Notice.Kind kind,
            HostTermStore.Due due,
            List<String> parameters,
            String link,
            String key,
            Instant now) {
        Stream.of(Workflow.Part.APPLICANT, Workflow.Part.UNIT_OWNER)
                .map(part -> new To.Takers(part, Optional.of(due.unit())))
                .forEach(to ->
                        events.publishEvent(new Notice(now, to, kind, parameters, link, key)));
    }

    /** Stops what still has this end, and tells of all of them together. */
    private int end(HostTermStore.Due due, Instant now) {
        lives.lock(due.hosts());
        var ended =
                due.hosts().stream()
                        .flatMap(id -> hosts.find(id).stream())
                        .filter(host ->
                                host.end(rules.now().hosts()).equals(Optional.of(due.end())))
                        .toList();
        for (var host : ended) {
            HostLife.edge(host.plan().life(), HostLife.Command.EXPIRE)
                    .ifPresent(edge -> require(commands.expire(host, edge)));
        }
        return ended.isEmpty() ? 0 : tell(due, ended.stream().map(Host::id).toList(), now);
    }

    private int retire(HostId id, Instant now) {
        lives.lock(List.of(id));
        return hosts.find(id)
                .filter(host -> host.end(rules.now().hosts()).filter(now::isAfter).isPresent())
                .flatMap(host ->
                        HostLife.edge(host.plan().life(), HostLife.Command.RETIRE)
                                .map(edge -> {
                                    require(commands.retire(host, edge));
                                    return 1;
                                }))
                .orElse(0);
    }

    private static void require(boolean taken) {
        if (!taken) {
            throw new IllegalStateException("a host has moved while it was locked");
        }
    }

    /** What ends before that is about to. */
    public Instant expiringBefore() {
        return clock.instant().plus(rules.now().hosts().expiringFor());
    }

    /** How a host's term stands now; empty: it has none, or it is on its way out. */
    public Optional<HostTerm> of(Host host) {
        return switch (host.plan().life()) {
            case PROVISIONING, RECYCLE_BIN, DESTROYING, DESTROYED -> Optional.empty();
            case TRIAL, IN_USE, CHANGING, STOPPED ->
                    host.end(rules.now().hosts()).map(end -> term(host, end, clock.instant()));
        };
    }

    /** Where a host is now, with how near its end is. */
    public HostPhase phase(Host host) {
        return HostPhase.of(host.plan().life(), of(host).map(HostTerm::standing));
    }

    /** Which hosts have a phase now. */
    public HostPhase.Span span(HostPhase phase) {
        var now = clock.instant();
        return phase.span(new HostPhase.Present(now, protection.isOn(now), rules.now().hosts()));
    }

    private HostTerm term(Host host, Instant end, Instant now) {
        var terms = rules.now().hosts();
        var expiringFor = host.plan().confirmed() ? terms.expiringFor() : terms.trialExpiringFor();
        var left = Duration.between(now, end);
        if (left.isNegative() || left.isZero()) {
            return new HostTerm(
                    end,
                    protection.isOn(now) ? HostTerm.Standing.FROZEN : HostTerm.Standing.ENDED,
                    0);
        }
        return new HostTerm(
                end,
                now.isBefore(end.minus(expiringFor))
                        ? HostTerm.Standing.CURRENT
                        : HostTerm.Standing.EXPIRING,
                Math.toIntExact(left.toDays()));
    }
}

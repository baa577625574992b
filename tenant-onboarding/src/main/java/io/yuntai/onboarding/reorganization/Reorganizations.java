package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.host.HostsMoved;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.ledger.TreeMoves;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Decision;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rearranges the register and the quota tree together. While it lasts no file is imported and
 * nothing in the ledger moves; so there is nothing half-way for anybody to see, and what was
 * decided before it or is decided after it is decided by the one tree or the other.
 *
 * <p>Leases, locks, hosts and applications that are not closed go along with their system: what an
 * application has locked counts at the new place from then on, whoever approves it has to have read
 * it as it is now (its version is another), and the people of the new unit confirm it. Closed
 * applications, and the hours before, stay with the old owner.
 */
@Service
@Transactional
public class Reorganizations {

    public static final int MAX_REASON = 2000;

    private final Registers registers;
    private final TreeMoves moves;
    private final Leases leases;
    private final Hosts hosts;
    private final ReorganizationStore store;
    private final Planner planner;
    private final SplitPlanner splits;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Reorganizations(
            Registers registers,
            TreeMoves moves,
            Leases leases,
            Hosts hosts,
            ReorganizationStore store,
            Planner planner,
            SplitPlanner splits,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registers = registers;
        this.moves = moves;
        this.leases = leases;
        this.hosts = hosts;
        this.store = store;
        this.planner = planner;
        this.splits = splits;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Carries a reorganization out. The same id with the same content gives the first answer again.
     *
     * @param version of what is rearranged, as it was read; empty for a pool, which has none
     * @param reason 1 to {@value #MAX_REASON} characters
     * @throws Refused FORBIDDEN {@code WHOLE_REGISTER_ONLY} for an actor confined to a unit;
     *     INVALID with what is wrong; NOT_FOUND {@code SYSTEM_NOT_FOUND}, {@code UNIT_NOT_FOUND},
     *     {@code POOL_NOT_FOUND}; STALE {@code STALE_VERSION}; CONFLICT {@code ID_REUSED}, {@code
     *     LEDGER_LEARNING}, {@code ALREADY_THERE}, {@code UNIT_DISSOLVED}, {@code UNIT_CYCLE},
     *     {@code PARENT_NOT_IN_POOL}, {@code TREE_TOO_DEEP}, {@code ALREADY_IN_POOL}, {@code
     *     SYSTEM_IN_OTHER_POOL}
     */
    public Answer carryOut(
            Actor actor,
            ReorganizationId id,
            Reorganization what,
            OptionalInt version,
            String reason) {
        if (actor.confinedTo().isPresent()) {
            throw Refused.forbidden("WHOLE_REGISTER_ONLY");
        }
        registers.hold();
        moves.takeShape();
        var before = store.find(id);
        if (before.isPresent()) {
            return repeated(before.get(), what);
        }
        if (leases.learning().isPresent()) {
            throw Refused.conflict("LEDGER_LEARNING");
        }
        var plan =
                switch (what) {
                    case Reorganization.SystemMove move -> planner.plan(move, version);
                    case Reorganization.UnitMove move -> planner.plan(move, version);
                    case Reorganization.Dissolution dissolution ->
                            planner.plan(dissolution, version);
                    case Reorganization.Split split -> splits.plan(split);
                };
        var moved =
                moves.carryOut(
                        new TransferId(id.value()),
                        what.content(),
                        plan.steps(),
                        plan.locked(),
                        afterAll(plan.systems()));
        return switch (moved.decision()) {
            case Decision.Granted _ -> {
                plan.effect().accept(moved.at());
                var theirs = delivered(plan.systems());
                if (!theirs.isEmpty()) {
                    events.publishEvent(new HostsMoved(theirs, moved.at()));
                }
                store.insert(id, what, reason, actor, moved.at(), Reorganized.Outcome.DONE);
                audit(moved.at(), actor, what, Audited.Outcome.SUCCESS);
                yield new Answer.Done(store.find(id).orElseThrow(), false);
            }
            case Decision.Denied(var shortfalls) -> {
                store.insert(id, what, reason, actor, moved.at(), Reorganized.Outcome.DENIED);
                audit(moved.at(), actor, what, Audited.Outcome.FAILURE);
                yield new Answer.NoRoom(shortfalls);
            }
        };
    }

    private Answer repeated(Reorganized first, Reorganization what) {
        if (!store.content(first.id()).equals(what.content())) {
            throw Refused.conflict("ID_REUSED");
        }
        return switch (first.outcome()) {
            case DONE -> new Answer.Done(first, true);
            case DENIED -> new Answer.NoRoom(moves.shortfalls(new TransferId(first.id().value())));
        };
    }

    /** Now, or right after whatever these systems have been through, should clocks differ. */
    private Instant afterAll(List<SystemId> systems) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant last = store.lastChange(systems).plus(1, ChronoUnit.MICROS);
        return last.isAfter(at) ? last : at;
    }

    private List<Host> delivered(List<SystemId> systems) {
        return systems.stream()
                .flatMap(system -> hosts.of(system).stream())
                .filter(host -> host.deliveredAt().isPresent())
                .toList();
    }

    private void audit(Instant at, Actor actor, Reorganization what, Audited.Outcome outcome) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action(what.kind()),
                        what.subject(),
                        outcome,
                        what.target()));
    }

    private static String action(Reorganization.Kind kind) {
        return switch (kind) {
            case SYSTEM_MOVE -> "reorganization.systemMove";
            case UNIT_MOVE -> "reorganization.unitMove";
            case DISSOLUTION -> "reorganization.dissolution";
            case SPLIT -> "reorganization.split";
        };
    }

    /**
     * A page of reorganizations, the latest first; {@code q} finds in their reasons.
     *
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<Reorganized> list(PageQuery query) {
        Sort latest = Sort.of("-number");
        if (!query.sortOr(latest, Set.of("number")).equals(latest)) {
            throw Refused.invalid("BAD_SORT", List.of(Fault.at("/sort", "BAD_SORT", "number")));
        }
        return Page.of(
                store.page(query),
                query,
                store.count(query),
                one -> Cursor.after(Long.toString(one.number())));
    }

    /**
     * One of them.
     *
     * @throws Refused NOT_FOUND {@code REORGANIZATION_NOT_FOUND}
     */
    @Transactional(readOnly = true)
    public Reorganized get(ReorganizationId id) {
        return store.find(id).orElseThrow(() -> Refused.notFound("REORGANIZATION_NOT_FOUND"));
    }
}

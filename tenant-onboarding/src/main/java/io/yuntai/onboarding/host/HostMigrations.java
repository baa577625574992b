package io.yuntai.onboarding.host;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.HostMigration.State;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.RoomRefused;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Live migrations. The namespace is closed first, then the infrastructure pays for the second
 * launcher, then the lease has room for it, then it is ordered; and back in that order. Each step
 * is one transaction on the state that it comes from: doing it twice changes nothing.
 */
@Service
@Transactional
public class HostMigrations {

    private static final String CLOSED = "closed";

    private final HostMigrationStore store;
    private final HostStore hosts;
    private final HostEscrow escrow;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HostMigrations(
            HostMigrationStore store,
            HostStore hosts,
            HostEscrow escrow,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.escrow = escrow;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Orders one. The same id for the same host gives it as it is now.
     *
     * @param reason for the audit; may be empty
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}; CONFLICT {@code ID_REUSED}, {@code
     *     HOST_NOT_RUNNING}, {@code NOT_MIGRATABLE} for one with graphics processors and for one of
     *     which its cluster says so, {@code MIGRATION_UNDER_WAY} in its namespace
     */
    public HostMigration order(Actor actor, HostId id, HostMigrationId migration, String reason) {
        var host = visible(actor, id);
        var lease = new LeaseId(host.cluster(), host.namespace());
        store.claim(lease);
        var before = store.find(migration);
        if (before.isPresent()) {
            if (!before.get().host().equals(id)) {
                throw Refused.conflict("ID_REUSED");
            }
            return before.get();
        }
        if (host.state() != Host.State.RUNNING || !host.plan().running()) {
            throw Refused.conflict("HOST_NOT_RUNNING");
        }
        if (host.plan().setup().gpus().isPresent() || host.notes().isFixed()) {
            throw Refused.conflict("NOT_MIGRATABLE");
        }
        if (store.isUnderWay(lease)) {
            throw Refused.conflict("MIGRATION_UNDER_WAY");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var ordered =
                new HostMigration(
                        migration,
                        id,
                        host.name(),
                        host.system(),
                        lease,
                        State.CLOSING,
                        escrow.compute(host).sum(),
                        now,
                        CLOSED,
                        "",
                        HostMigration.Nodes.UNKNOWN,
                        Optional.empty());
        store.insert(ordered, Optional.of(actor.person()));
        audit(Optional.of(actor), "host.migrate", ordered, true, reason);
        events.publishEvent(new HostWanted(host.system()));
        return ordered;
    }

    /**
     * Takes in what a cluster has begun by itself to empty a node; once each, and not while another
     * one is under way in the namespace. It closes nothing before the infrastructure can pay. Hosts
     * with graphics processors are not moved.
     *
     * @param name as its cluster calls it
     */
    public void evacuate(HostId id, String name) {
        var host = hosts.find(id).orElseThrow();
        var lease = new LeaseId(host.cluster(), host.namespace());
        store.claim(lease);
        if (store.isUnderWay(lease)
                || store.isKnown(lease, name)
                || !host.plan().running()
                || host.plan().setup().gpus().isPresent()) {
            return;
        }
        var begun =
                new HostMigration(
                        new HostMigrationId(UuidCreator.getTimeOrderedEpoch()),
                        id,
                        host.name(),
                        host.system(),
                        lease,
                        State.WAITING,
                        escrow.compute(host).sum(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        "",
                        "",
                        HostMigration.Nodes.UNKNOWN,
                        Optional.of(name));
        store.insert(begun, Optional.empty());
        audit(Optional.empty(), "host.migrate", begun, true, name);
        events.publishEvent(new HostWanted(host.system()));
    }

    private Host visible(Actor actor, HostId id) {
        return hosts.find(id)
                .filter(host -> actor.sees(host.unit()))
                .orElseThrow(() -> Refused.notFound("HOST_NOT_FOUND"));
    }

    /**
     * Those of a host, the latest first.
     *
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<HostMigration> of(Actor actor, HostId id) {
        return store.of(visible(actor, id).id());
    }

    /**
     * A page of all of them, the latest first unless {@code orderedAt}, {@code since} or {@code
     * host} says otherwise; a unit's people see those of their hosts.
     *
     * @throws Refused INVALID {@code BAD_SORT}
     */
    @Transactional(readOnly = true)
    public Page<HostMigrationEntry> list(Actor actor, PageQuery query, HostMigrationFilter filter) {
        var sort = query.sortOr(Sort.of("-orderedAt"), Set.of("orderedAt", "since", "host"));
        var scope = actor.confinedTo();
        return Page.ofOffset(
                store.page(query, sort, scope, filter), query, store.count(query, scope, filter));
    }

    /** Those of a system that are not over. */
    @Transactional(readOnly = true)
    public List<HostMigration> underWay(SystemId system) {
        return store.underWay(system);
    }

    /** The systems of which something is being moved. */
    @Transactional(readOnly = true)
    public Set<SystemId> underWay() {
        return store.underWay();
    }

    /**
     * Closes the namespace of one that waits, if the infrastructure has what it takes beside those
     * that close theirs. Where two are let on at once and it has not enough for both, the later one
     * is told so when it is to be paid for, and waits again.
     */
    public void admit(HostMigration migration) {
        var host = hosts.find(migration.host()).orElseThrow();
        var shortfalls =
                escrow.shortOfSurge(host, migration.surge().plus(store.unpaid(host.pool())));
        if (shortfalls.isEmpty()) {
            var _ = advance(migration, State.CLOSING, CLOSED, "");
        } else {
            await(migration, shortfalls);
        }
    }

    private void await(HostMigration migration, List<Shortfall> shortfalls) {
        String reason = shortOf(shortfalls);
        if (migration.state() != State.WAITING || !migration.reason().equals(reason)) {
            events.publishEvent(new RoomRefused(shortfalls));
            var _ = advance(migration, State.WAITING, "", reason);
        }
    }

    private static String shortOf(List<Shortfall> shortfalls) {
        return "the infrastructure is short of " + shortfalls.getFirst().resource();
    }

    /** Its cluster has ended what it had begun, before anything was paid for it. */
    public void gone(HostMigration migration, String reason) {
        end(migration, reason);
    }

    /** Its namespace was seen to let nothing in. */
    public void closed(HostMigration migration) {
        var _ = advance(migration, State.CLOSED, CLOSED, "");
    }

    /**
     * Has the infrastructure pay for the second launcher; where it cannot, what was ordered is
     * over, and what a cluster has begun waits. The lease before the ledger, as whatever changes a
     * lease.
     */
    public void pay(HostMigration migration) {
        ledger.holdShape();
        if (store.lock(migration.id()).filter(migration::equals).isEmpty()) {
            return;
        }
        var host = hosts.find(migration.host()).orElseThrow();
        if (!host.plan().running()) {
            end(migration, "not running");
            return;
        }
        var short_ =
                escrow.paySurge(
                        host,
                        migration.surge(),
                        // What was denied once stays so.
                        new TransferId(UuidCreator.getTimeOrderedEpoch()),
                        clock.instant());
        if (short_.isEmpty()) {
            var _ = advance(migration, State.GRANTED, CLOSED, "");
        } else if (migration.evacuation().isPresent()) {
            await(migration, short_);
        } else {
            events.publishEvent(new RoomRefused(short_));
            end(migration, shortOf(short_));
        }
    }

    /** It was ordered on its cluster, whose targets bear this uid. */
    public void moving(HostMigration migration, String uid) {
        var _ = advance(migration, State.MOVING, uid, "");
    }

    /**
     * Its cluster says between which nodes it goes.
     *
     * @return the same, with them
     */
    public HostMigration between(HostMigration migration, HostMigration.Nodes nodes) {
        if (migration.nodes().equals(nodes)) {
            return migration;
        }
        store.between(migration.id(), nodes);
        hosts.changed(List.of(migration.host()), clock.instant());
        return migration.between(nodes);
    }

    /** It is over: what its second launcher had is wanted no longer. */
    public void over(HostMigration migration, String reason) {
        ledger.holdShape();
        if (store.lock(migration.id()).filter(migration::equals).isEmpty()) {
            return;
        }
        escrow.returnSurge(hosts.find(migration.host()).orElseThrow(), migration.surge());
        var _ = advance(migration, State.RELEASING, CLOSED, reason);
    }

    /** Its lease was seen to have lost that room. */
    public void released(HostMigration migration) {
        end(migration, migration.reason());
    }

    private void end(HostMigration migration, String reason) {
        if (advance(migration, State.ENDED, "", reason)) {
            audit(Optional.empty(), "host.migrated", migration, reason.equals("Succeeded"), "");
        }
    }

    private boolean advance(HostMigration from, State to, String gate, String reason) {
        boolean is = store.advance(from, to, gate, reason, clock.instant());
        if (is) {
            hosts.changed(List.of(from.host()), clock.instant());
        }
        return is;
    }

    private void audit(
            Optional<Actor> actor,
            String action,
            HostMigration migration,
            boolean isWell,
            String reason) {
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        actor,
                        action,
                        "host/" + migration.host(),
                        isWell ? Audited.Outcome.SUCCESS : Audited.Outcome.FAILURE,
                        migration.id()
                                + " "
                                + migration.hostName()
                                + (reason.isEmpty() ? "" : ": " + reason)));
    }
}

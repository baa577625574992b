package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.HostOrder;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with applications. Each command is one transaction: the step, the quota and the
 * audit stand or fall together.
 */
@Service
@Transactional
public class Applications {

    /** How often an order is cut before nothing smaller is offered. */
    private static final int MOST_ATTEMPTS = 4;

    private final ApplicationStore store;
    private final Systems systems;
    private final QuotaTree tree;
    private final Ledger ledger;
    private final Leases leases;
    private final Hosts hosts;
    private final Placement placement;
    private final LauncherOverhead overhead = LauncherOverhead.KUBEVIRT;
    private final ApplicationProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Applications(
            ApplicationStore store,
            Systems systems,
            QuotaTree tree,
            Ledger ledger,
            Leases leases,
            Hosts hosts,
            Placement placement,
            ApplicationProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.systems = systems;
        this.tree = tree;
        this.ledger = ledger;
        this.leases = leases;
        this.hosts = hosts;
        this.placement = placement;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Submits an application and locks its quota, until somebody decides about it or its time has
     * come ({@link ApplicationProperties#lockExpiresAfter}). The same id with the same content
     * gives the first answer again.
     *
     * @throws Refused NOT_FOUND {@code SYSTEM_NOT_FOUND}; CONFLICT {@code ID_REUSED}, {@code
     *     WRONG_ZONE} when the pool is of another zone than the system, {@code DOMESTIC_REQUIRED},
     *     {@code NO_QUOTA_IN_POOL}, {@code NO_CLUSTER_FOR_POOL}
     */
    public Submission submit(Actor actor, ApplicationId id, Order order) {
        ledger.holdShape();
        var system = systems.get(actor, order.system()).system();
        store.claim(id);
        var before = store.digest(id);
        if (before.isPresent()) {
            if (!before.get().equals(order.digest())) {
                throw Refused.conflict("ID_REUSED");
            }
            return new Submission.Accepted(get(actor, id).application(), true);
        }
        if (!system.zone().equals(order.pool().zone())) {
            throw Refused.conflict("WRONG_ZONE");
        }
        if (system.xinchuangRequired() && order.pool().processor() != ProcessorFamily.DOMESTIC) {
            throw Refused.conflict("DOMESTIC_REQUIRED");
        }
        placement.requireSome(order.pool());
        requireLearnt();
        Instant now = clock.instant();
        Instant expires = now.plus(properties.lockExpiresAfter());
        return switch (ledger.reserve(transfer(id), legs(order, system.owner()), expires, now)) {
            case Decision.Denied(var shortfalls) -> {
                audit(now, Optional.of(actor), "application.submit", id, Audited.Outcome.FAILURE);
                yield tooLarge(order, system.owner(), shortfalls);
            }
            case Decision.Granted _ -> {
                store.insert(id, order, system.owner(), now);
                store.insertStep(
                        id,
                        1,
                        new Application.Step(
                                now,
                                Optional.of(participant(actor)),
                                Workflow.Command.SUBMIT,
                                Optional.empty(),
                                Workflow.State.TECH_REVIEW,
                                ""),
                        Workflow.Duty.SUBMITTER);
                audit(now, Optional.of(actor), "application.submit", id, Audited.Outcome.SUCCESS);
                yield new Submission.Accepted(store.find(id).orElseThrow(), false);
            }
        };
    }

    /** Says what would help, too: how much of it there is room for. */
    private Submission.TooLarge tooLarge(Order order, UnitId owner, List<Shortfall> shortfalls) {
        var fits = fits(order, owner).orElse(order.amounts());
        var smaller = order.within(fits);
        for (int attempt = 0; smaller.isPresent() && attempt < MOST_ATTEMPTS; attempt++) {
            var still = fits(smaller.get(), owner);
            if (still.isEmpty()) {
                return new Submission.TooLarge(shortfalls, fits, smaller);
            }
            smaller = smaller.get().within(still.get());
        }
        return new Submission.TooLarge(shortfalls, fits, Optional.empty());
    }

    /**
     * Of each resource of an order as much as there is room for, with what its hosts take beside
     * it; empty: for all of it.
     */
    private Optional<Amounts> fits(Order order, UnitId owner) {
        var legs = legs(order, owner);
        var fit = ledger.fit(legs);
        if (fit.parts() == fit.of()) {
            return Optional.empty();
        }
        var all = legs.stream().map(Leg::amounts).reduce(Amounts.NONE, Amounts::plus);
        var own = new HashMap<Resource, Long>();
        order.amounts()
                .asMap()
                .forEach((resource, amount) ->
                        own.put(
                                resource,
                                BigInteger.valueOf(amount)
                                        .multiply(BigInteger.valueOf(fit.each().get(resource)))
                                        .divide(BigInteger.valueOf(all.get(resource)))
                                        .longValueExact()));
        return Optional.of(Amounts.of(own));
    }

    private List<Leg> legs(Order order, UnitId owner) {
        var leaf =
                tree.ensureSystem(order.pool(), order.system(), owner)
                        .orElseThrow(() -> Refused.conflict("NO_QUOTA_IN_POOL"));
        var legs = new ArrayList<Leg>();
        legs.add(new Leg(leaf, order.amounts()));
        var beside = order.overhead(overhead);
        if (!beside.isZero()) {
            legs.add(new Leg(tree.infrastructure(order.pool()), beside));
        }
        return legs;
    }

    /**
     * Approves, and leaves it to the rule where it goes. Refuses as the other does.
     *
     * @see Placement
     */
    public Application approve(Actor actor, ApplicationId id, int version, String note) {
        return approve(actor, id, version, note, Optional.empty());
    }

    /**
     * Approves: what was locked is granted, and delivery begins.
     *
     * @param wanted the cluster that it shall go to; empty: the rule decides
     * @throws Refused FORBIDDEN {@code SEPARATION_OF_DUTIES}; CONFLICT {@code ILLEGAL_TRANSITION},
     *     {@code NO_CLUSTER_FOR_POOL}, {@code CLUSTER_NOT_OF_POOL}; STALE {@code STALE_VERSION};
     *     NOT_FOUND
     */
    public Application approve(
            Actor actor, ApplicationId id, int version, String note, Optional<ClusterName> wanted) {
        requireLearnt();
        var application = take(actor, id, version, Workflow.Command.APPROVE, note);
        var order = application.order();
        var cluster = placement.choose(order.system(), order.pool(), wanted);
        store.place(id, cluster);
        // The lease before the ledger, as whatever changes a lease: no two wait for each other.
        grant(application, cluster);
        ledger.post(derived(id, "post"), transfer(id), clock.instant());
        return store.find(id).orElseThrow();
    }

    /** Until a restored ledger has read its clusters, nobody knows what is free. */
    private void requireLearnt() {
        if (leases.learning().isPresent()) {
            throw Refused.conflict("LEDGER_LEARNING");
        }
    }

    /**
     * What was approved becomes wanted: a larger lease, and hosts. The reconciler does the rest.
     */
    private void grant(Application application, ClusterName cluster) {
        var order = application.order();
        var id = new LeaseId(cluster.value(), namespace(application));
        var overheads = order.overhead(overhead);
        var grant =
                new LeaseChange.Grant(
                        order.amounts().plus(overheads), order.hostAmounts().plus(overheads));
        var _ = leases.grant(id, order.system(), order.pool(), grant, overheads);
        for (var item : order.items()) {
            if (item instanceof Item.Hosts wanted) {
                hosts.grant(
                        new HostOrder(
                                application.id().value(),
                                order.system(),
                                application.systemCode(),
                                order.pool(),
                                cluster.value(),
                                wanted.count(),
                                wanted.vcpu(),
                                wanted.memoryGib() * Item.GIB,
                                wanted.diskGib() * Item.GIB,
                                wanted.storageClass(),
                                wanted.setup()));
            }
        }
        events.publishEvent(new Granted(order.system()));
    }

    /**
     * The system's code, then its pool in short: {@code egov-portal-extranet-o}; at most 59 long.
     */
    private static String namespace(Application application) {
        var pool = application.order().pool();
        return application.systemCode()
                + "-"
                + pool.zone()
                + "-"
                + pool.processor().code().charAt(0);
    }

    /** Rejects: what was locked is given back. Refuses as {@link #approve}. */
    public Application reject(Actor actor, ApplicationId id, int version, String reason) {
        var application = take(actor, id, version, Workflow.Command.REJECT, reason);
        ledger.voidPending(derived(id, "void"), transfer(id), clock.instant());
        return application;
    }

    /** Withdraws: what was locked is given back. Refuses as {@link #approve}. */
    public Application withdraw(Actor actor, ApplicationId id, int version) {
        var application = take(actor, id, version, Workflow.Command.WITHDRAW, "");
        ledger.voidPending(derived(id, "void"), transfer(id), clock.instant());
        return application;
    }

    /**
     * The owner confirms the delivery; use is counted from here on. Refuses as {@link #approve}.
     */
    public Application confirm(Actor actor, ApplicationId id, int version) {
        var application = take(actor, id, version, Workflow.Command.CONFIRM, "");
        hosts.confirmed(id.value());
        return application;
    }

    /**
     * A page of applications; sorted by {@code submittedAt} (own order: the newest first), {@code
     * number}.
     */
    @Transactional(readOnly = true)
    public Page<Application> list(Actor actor, PageQuery query, ApplicationFilter filter) {
        Sort sort = query.sortOr(Sort.of("-submittedAt"), Set.of("submittedAt", "number"));
        return Page.ofOffset(
                store.page(query, sort, actor.confinedTo(), filter),
                query,
                store.count(query, actor.confinedTo(), filter));
    }

    /**
     * The applications that have locked quota by these transfers, by transfer; those of others than
     * the actor's are left out.
     */
    @Transactional(readOnly = true)
    public Map<TransferId, Application.Reference> lockedBy(
            Actor actor, Collection<TransferId> transfers) {
        return store.numbers(transfers, actor.confinedTo());
    }

    /**
     * One application with its steps.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public Application.History get(Actor actor, ApplicationId id) {
        var application =
                store.find(id)
                        .filter(found -> actor.sees(found.unit()))
                        .orElseThrow(() -> Refused.notFound("APPLICATION_NOT_FOUND"));
        return new Application.History(application, store.steps(id));
    }

    /** Takes one edge of the workflow for a person; everything that may forbid it is asked here. */
    private Application take(
            Actor actor, ApplicationId id, int version, Workflow.Command command, String note) {
        ledger.holdShape();
        var application = store.lock(id);
        if (!actor.sees(application.unit())) {
            throw Refused.notFound("APPLICATION_NOT_FOUND");
        }
        if (application.version() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        var edge =
                Workflow.edge(application.state(), command)
                        .orElseThrow(() -> Refused.conflict("ILLEGAL_TRANSITION"));
        if (!application.allows(actor.person(), edge.duty())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        return step(application, edge, Optional.of(actor), note);
    }

    /**
     * Ends an application whose quota is given back, in the transaction that gives it back. Whoever
     * still needs it applies again, and the quota is looked for anew. One that was decided already,
     * or a lock that was none of an application, is left alone.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void expire(ApplicationId id) {
        store.find(id)
                .ifPresent(application -> {
                    var _ = advance(application, Workflow.Command.EXPIRE);
                });
    }

    /** Takes an edge that the control plane itself takes. */
    public Application advance(Application application, Workflow.Command command) {
        ledger.holdShape();
        var current = store.lock(application.id());
        return Workflow.edge(current.state(), command)
                .map(edge -> step(current, edge, Optional.empty(), ""))
                .orElse(current);
    }

    /** The applications of a system that are approved and not yet delivered, the oldest first. */
    @Transactional(readOnly = true)
    public List<Application> underDelivery(SystemId system) {
        return store.underDelivery(system);
    }

    /** The systems that have such an application. */
    @Transactional(readOnly = true)
    public List<SystemId> systemsUnderDelivery() {
        return store.systemsUnderDelivery();
    }

    private Application step(
            Application application, Workflow.Edge edge, Optional<Actor> actor, String note) {
        Instant now = clock.instant();
        var id = application.id();
        if (!store.advance(id, application.version(), edge)) {
            throw Refused.stale("STALE_VERSION");
        }
        store.insertStep(
                id,
                application.version() + 1,
                new Application.Step(
                        now,
                        actor.map(Applications::participant),
                        edge.command(),
                        Optional.of(edge.from()),
                        edge.to(),
                        note.strip()),
                edge.duty());
        String action = "application." + edge.command().name().toLowerCase(Locale.ROOT);
        audit(now, actor, action, id, Audited.Outcome.SUCCESS);
        return store.find(id).orElseThrow();
    }

    private void audit(
            Instant at,
            Optional<Actor> actor,
            String action,
            ApplicationId id,
            Audited.Outcome outcome) {
        events.publishEvent(new Audited(at, actor, action, "application/" + id, outcome, ""));
    }

    private static Application.Participant participant(Actor actor) {
        return new Application.Participant(actor.person(), actor.name());
    }

    /** The transfer that an application locks its quota by has the application's own id. */
    static TransferId transfer(ApplicationId id) {
        return new TransferId(id.value());
    }

    /** The transfer that ends it: always the same for the same end, so that it happens once. */
    private static TransferId derived(ApplicationId id, String end) {
        return new TransferId(UUID.nameUUIDFromBytes((end + id).getBytes(StandardCharsets.UTF_8)));
    }
}

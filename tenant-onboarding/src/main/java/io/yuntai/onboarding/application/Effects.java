package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostOrder;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.host.OrderedChanges;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What follows from a step, in its transaction. */
@Component
class Effects {

    private final QuotaLocks locks;
    private final ApplicationStore store;
    private final Placement placement;
    private final Leases leases;
    private final Hosts hosts;
    private final OrderedChanges changes;
    private final NamespaceReturns returns;
    private final ItemDeliveries deliveries;
    private final Systems systems;
    private final QuotaLimits limits;
    private final ApplicationEventPublisher events;
    private final LauncherOverhead overhead = LauncherOverhead.KUBEVIRT;

    Effects(
            QuotaLocks locks,
            ApplicationStore store,
            Placement placement,
            Leases leases,
            Hosts hosts,
            OrderedChanges changes,
            NamespaceReturns returns,
            ItemDeliveries deliveries,
            Systems systems,
            QuotaLimits limits,
            ApplicationEventPublisher events) {
        this.locks = locks;
        this.store = store;
        this.placement = placement;
        this.leases = leases;
        this.hosts = hosts;
        this.changes = changes;
        this.returns = returns;
        this.deliveries = deliveries;
        this.systems = systems;
        this.limits = limits;
        this.events = events;
    }

    /**
     * Does what an edge does beside moving the application.
     *
     * @param application as it was before
     */
    void follow(Application application, Workflow.Edge edge, Instant at) {
        switch (edge.effect()) {
            case NONE -> {}
            // Done before the step: it may be refused, with an answer.
            case LOCK -> {}
            case UNLOCK -> locks.unlock(application, at);
            case GRANT -> grant(application, at);
            case WAKE -> wake(application);
            case GIVE_UP -> giveUp(application, at);
            case USE -> use(application, edge);
            case GIVE_UP_AND_USE -> {
                giveUp(application, at);
                use(application, edge);
            }
        }
    }

    private void use(Application application, Workflow.Edge edge) {
        // Silence takes nothing away: where nobody has confirmed, hosts that were to move stay.
        boolean replaces = edge.command() == Workflow.Command.CONFIRM;
        var held = replaces ? changes.hold(hostsOf(application.order())) : List.<LeaseId>of();
        hosts.confirmed(application.id().value());
        leases.hold(held);
        if (replaces) {
            for (var item : application.order().items()) {
                if (item instanceof Item.Move move) {
                    changes.replaced(ordered(application, move), application.id().value());
                }
            }
        }
    }

    private static List<HostId> hostsOf(Order order) {
        return order.items().stream()
                .filter(Item.OfHost.class::isInstance)
                .map(item -> ((Item.OfHost) item).host())
                .distinct()
                .toList();
    }

    private static OrderedChanges.Ordered ordered(Application application, Item.OfHost item) {
        return new OrderedChanges.Ordered(
                item.host(),
                application.submittedBy().id(),
                new OrderedChanges.Cause.Application(
                        application.id().value(), application.number()));
    }

    private void wake(Application application) {
        events.publishEvent(new Granted(application.order().system()));
    }

    /**
     * What did not come is wanted no more: hosts that never came up, changes that no cluster shows
     * yet, room that no cluster holds yet. A host that was given back stays so.
     *
     * @throws io.yuntai.onboarding.Refused CONFLICT {@code CLUSTER_FENCED} where the cluster is out
     *     of use, {@code QUOTA_SHORT} where a host shall have again what it had more
     */
    private void giveUp(Application application, Instant at) {
        var never = hosts.giveUp(application.id().value());
        var _ = changes.hold(hostsOf(application.order()));
        var others = new ArrayList<ItemDeliveries.Other>();
        var items = application.order().items();
        for (int i = 0; i < items.size(); i++) {
            int position = i;
            switch (items.get(i)) {
                case Item.Resize resize -> {
                    var before = resize.subject().size();
                    changes.giveUpResize(
                                    ordered(application, resize),
                                    before.vcpu(),
                                    before.memoryGib() * Item.GIB)
                            .ifPresent(host -> others.add(other(position, host)));
                }
                case Item.Disk disk ->
                        changes.giveUpDisk(ordered(application, disk))
                                .ifPresent(host -> others.add(other(position, host)));
                case Item.Namespace room -> {
                    if (!deliveries.hasRoom(application)) {
                        giveUpRoom(application, room);
                        others.add(new ItemDeliveries.Other(position, ""));
                    }
                }
                case Item.Hosts _, Item.Move _, Item.Renewal _, Item.Return _ -> {}
                case Item.NamespaceReturn _, Item.ZoneChange _, Item.QuotaRaise _ -> {}
            }
        }
        deliveries.givenUp(application, never, others, at);
        wake(application);
    }

    private static ItemDeliveries.Other other(int position, Host host) {
        return new ItemDeliveries.Other(position, host.reason());
    }

    private void giveUpRoom(Application application, Item.Namespace room) {
        var order = application.order();
        var cluster = application.cluster().orElseThrow().value();
        var release = new LeaseChange.Release(room.amounts(), Amounts.NONE);
        var _ = leases.release(order.system(), order.pool(), cluster, release, Amounts.NONE);
    }

    /**
     * What was approved becomes wanted: larger leases, new hosts, other sizes. The reconciler does
     * the rest.
     *
     * @throws io.yuntai.onboarding.Refused CONFLICT {@code LEDGER_LEARNING}, {@code
     *     NO_CLUSTER_FOR_POOL}, {@code CLUSTER_NOT_OF_POOL}, {@code CLUSTER_CORDONED}; {@code
     *     HOST_CHANGED} when a host is no longer what it was when it was applied for, {@code
     *     NAMESPACE_IN_USE} when room that is to be handed back is used by now, {@code
     *     ZONE_CHANGED} when the system is in another zone by now, {@code QUOTA_SHORT} when the
     *     levels above the unit cannot promise what its quota is to rise by
     */
    private void grant(Application application, Instant at) {
        locks.requireLearnt();
        var order = application.order();
        // The hosts, the leases, the ledger, as whoever changes them: no two wait for each other.
        var held = new ArrayList<>(changes.hold(hostsOf(order)));
        for (var item : order.items()) {
            if (item instanceof Item.Move move) {
                requireAsOrdered(application, move);
            }
        }
        var cluster =
                order.makesNew()
                        ? Optional.of(
                                placement.choose(
                                        order.system(), order.pool(), application.wantedCluster()))
                        : Optional.<ClusterName>empty();
        cluster.flatMap(to -> leases.find(order.system(), order.pool(), to.value()))
                .ifPresent(there -> held.add(there.id()));
        leases.hold(held);
        if (cluster.isPresent()) {
            var granted = want(application, cluster.get());
            store.place(application.id(), cluster.get(), Optional.of(granted));
        }
        for (var item : order.items()) {
            switch (item) {
                case Item.OfHost ofHost -> change(application, ofHost, at);
                case Item.ZoneChange(var from) ->
                        systems.changeZone(
                                order.system(), from, order.pool().zone(), application.number());
                case Item.Hosts _, Item.Namespace _ -> {}
                case Item.NamespaceReturn _, Item.QuotaRaise _ -> {}
            }
        }
        returns.handBack(application);
        if (order.amounts().get(Resource.PUBLIC_IPS) > 0) {
            events.publishEvent(
                    new AddressesGranted(
                            order.system(),
                            order.pool(),
                            application.number(),
                            application.submittedBy().id(),
                            at));
        }
        locks.post(application, at);
        // After what is posted: accounts are locked child before parent.
        raise(application, at);
        wake(application);
    }

    private void raise(Application application, Instant at) {
        var raise = application.order().raise();
        if (!raise.isZero()) {
            var shortfalls =
                    limits.raise(
                            application.order().pool(),
                            application.unit(),
                            raise,
                            application.number(),
                            at);
            if (!shortfalls.isEmpty()) {
                throw Refused.quotaShort(shortfalls);
            }
        }
    }

    private void change(Application application, Item.OfHost item, Instant at) {
        var ordered = ordered(application, item);
        switch (item) {
            case Item.Resize resize -> {
                var before = resize.subject().size();
                var host = changes.current(ordered, before.vcpu(), before.memoryGib() * Item.GIB);
                pay(application, host, resize);
                changes.resize(
                        ordered,
                        host,
                        resize.wanted().vcpu(),
                        resize.wanted().memoryGib() * Item.GIB);
            }
            case Item.Disk disk -> {
                var host = changes.addDisk(ordered, disk.sizeGib() * Item.GIB, disk.storageClass());
                pay(application, host, disk);
            }
            case Item.Renewal renewal -> changes.renew(ordered, renewal.months(), at);
            case Item.Return _ -> changes.giveBack(ordered);
            // Looked at before, and made as what is new.
            case Item.Move _ -> {}
        }
    }

    /** The lease of a host's namespace has room for what the host is to have more. */
    private void pay(Application application, Host host, Item.OfHost item) {
        var order = application.order();
        if (!order.makesNew()) {
            store.place(application.id(), new ClusterName(host.cluster()), Optional.empty());
        }
        var overheads = item.overhead(overhead);
        var all = item.amounts().plus(overheads);
        if (!all.isZero()) {
            var id = new LeaseId(host.cluster(), host.namespace());
            var grant = new LeaseChange.Grant(all, all);
            var _ = leases.grant(id, order.system(), order.pool(), grant, overheads);
        }
    }

    /** Refuses to make a host anew that is no longer as it was; before the new one is there. */
    private void requireAsOrdered(Application application, Item.Move move) {
        var size = move.subject().size();
        changes.requireAsOrdered(
                ordered(application, move),
                new OrderedChanges.Shape(
                        move.from(),
                        size.vcpu(),
                        size.memoryGib() * Item.GIB,
                        move.diskGib() * Item.GIB,
                        move.disks()));
    }

    /** The lease that it is granted to, as it is then. */
    private Lease want(Application application, ClusterName cluster) {
        var order = application.order();
        var id = new LeaseId(cluster.value(), namespace(application));
        var made = order.onlyNew();
        var overheads = made.overhead(overhead);
        var grant =
                new LeaseChange.Grant(
                        made.amounts().plus(overheads), made.hostAmounts().plus(overheads));
        var lease = leases.grant(id, order.system(), order.pool(), grant, overheads);
        for (var item : order.items()) {
            switch (item) {
                case Item.Hosts wanted ->
                        grant(
                                application,
                                cluster,
                                wanted.count(),
                                new Item.Size(wanted.vcpu(), wanted.memoryGib()),
                                wanted.diskGib(),
                                wanted.storageClass(),
                                wanted.setup(),
                                Optional.empty());
                case Item.Move move ->
                        grant(
                                application,
                                cluster,
                                1,
                                move.subject().size(),
                                move.diskGib(),
                                move.storageClass(),
                                move.setup(),
                                Optional.of(new HostOrder.InPlaceOf(move.host(), move.disks())));
                case Item.Namespace _, Item.Resize _, Item.Disk _ -> {}
                case Item.Renewal _, Item.Return _ -> {}
                case Item.NamespaceReturn _, Item.ZoneChange _, Item.QuotaRaise _ -> {}
            }
        }
        return lease;
    }

    private void grant(
            Application application,
            ClusterName cluster,
            int count,
            Item.Size size,
            int diskGib,
            String storageClass,
            HostSetup setup,
            Optional<HostOrder.InPlaceOf> inPlaceOf) {
        hosts.grant(
                new HostOrder(
                        application.id().value(),
                        application.order().system(),
                        application.systemCode(),
                        application.order().pool(),
                        cluster.value(),
                        count,
                        size.vcpu(),
                        size.memoryGib() * Item.GIB,
                        diskGib * Item.GIB,
                        storageClass,
                        setup,
                        inPlaceOf));
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
}

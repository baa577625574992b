package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Item.GIB;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.ledger.LeaseRoom;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Room of namespaces that is handed back: what is neither used nor the hosts'. What a cluster uses
 * beyond that when it is told is charged until it ends, as anywhere.
 */
@Component
class NamespaceReturns {

    private final Leases leases;
    private final Hosts hosts;

    NamespaceReturns(Leases leases, Hosts hosts) {
        this.leases = leases;
        this.hosts = hosts;
    }

    /**
     * Refuses an order that hands back what is not there, or not free.
     *
     * @throws Refused CONFLICT {@code NAMESPACE_IN_USE} with a fault for each figure that is too
     *     large, {@code CLUSTER_FENCED}
     */
    void requireFree(Order order) {
        var _ = free(order);
    }

    /**
     * Hands back what an application says, in the transaction that grants it.
     *
     * @throws Refused as {@link #requireFree}
     */
    void handBack(Application application) {
        for (var one : free(application.order())) {
            one.part()
                    .ifPresentOrElse(
                            part -> leases.handBack(one.room(), part),
                            () -> leases.handBackAll(one.room()));
        }
    }

    /** Room that is held until the transaction ends, and what of it goes; empty: all. */
    private record Free(LeaseRoom room, Optional<Amounts> part) {}

    private List<Free> free(Order order) {
        var free = new ArrayList<Free>();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < order.items().size(); i++) {
            if (order.items().get(i) instanceof Item.NamespaceReturn item) {
                String at = "/items/" + i;
                var room = leases.holdRoom(order.system(), order.pool(), item.cluster().value());
                if (room.isEmpty()) {
                    faults.add(Fault.at(at + "/cluster", "NO_SUCH_NAMESPACE"));
                    continue;
                }
                item.part()
                        .ifPresentOrElse(
                                part -> compare(part, room.get(), at, faults),
                                () -> requireEmpty(order, room.get(), at, faults));
                free.add(new Free(room.get(), item.part().map(Item.Room::amounts)));
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.conflict("NAMESPACE_IN_USE", faults);
        }
        return free;
    }

    private static void compare(Item.Room part, LeaseRoom room, String at, List<Fault> faults) {
        compare(part.cpu() * 1000L, room, Resource.CPU, 1000, at + "/cpu", faults);
        compare(part.memoryGib() * GIB, room, Resource.MEMORY, GIB, at + "/memoryGib", faults);
        var storage = Resource.storage(part.storageClass());
        compare(part.storageGib() * GIB, room, storage, GIB, at + "/storageGib", faults);
    }

    private static void compare(
            long asked, LeaseRoom room, Resource of, long unit, String at, List<Fault> faults) {
        long free = room.free().get(of);
        if (asked > free) {
            faults.add(
                    Fault.at(
                            at,
                            "ROOM_IN_USE",
                            inUnits(room.used().get(of), unit),
                            inUnits(room.kept().get(of), unit),
                            inUnits(room.entitled().get(of), unit),
                            free / unit));
        }
    }

    private void requireEmpty(Order order, LeaseRoom room, String at, List<Fault> faults) {
        var lease = room.lease();
        long here =
                hosts.of(order.system()).stream()
                        .filter(host -> isIn(host, lease.cluster(), order))
                        .count();
        if (here > 0) {
            faults.add(Fault.at(at + "/cluster", "NAMESPACE_HAS_HOSTS", here));
        }
        var used = room.used();
        if (!used.isZero()) {
            faults.add(
                    Fault.at(
                            at + "/cluster",
                            "NAMESPACE_NOT_EMPTY",
                            inUnits(used.get(Resource.CPU), 1000),
                            inUnits(used.get(Resource.MEMORY), GIB),
                            inUnits(storage(used), GIB)));
        }
    }

    private static boolean isIn(Host host, String cluster, Order order) {
        return host.pool().equals(order.pool()) && host.cluster().equals(cluster);
    }

    private static long storage(Amounts amounts) {
        return amounts.resources().stream()
                .filter(resource -> resource.base().equals("storageBytes"))
                .mapToLong(amounts::get)
                .sum();
    }

    /** As people read it, such as 1.5. */
    private static String inUnits(long amount, long unit) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(unit), 2, RoundingMode.UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}

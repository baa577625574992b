package io.yuntai.metering;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Place;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostDestroyed;
import io.yuntai.onboarding.host.HostRecycled;
import io.yuntai.onboarding.host.HostRestored;
import io.yuntai.onboarding.host.HostRuns;
import io.yuntai.onboarding.host.HostStopped;
import io.yuntai.onboarding.host.HostsConfirmed;
import io.yuntai.onboarding.host.HostsDelivered;
import io.yuntai.onboarding.host.HostsMoved;
import io.yuntai.onboarding.host.HostsResized;
import java.time.Instant;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hands to billing who has which host from when on, inside the transaction in which onboarding
 * notes it: a host that is delivered is never missing from the meter.
 */
@Component
class AllocationFeed {

    private final Allocations allocations;

    AllocationFeed(Allocations allocations) {
        this.allocations = allocations;
    }

    @EventListener
    void delivered(HostsDelivered event) {
        record(event.hosts(), event.at());
    }

    @EventListener
    void moved(HostsMoved event) {
        record(event.hosts(), event.at());
    }

    @EventListener
    void resized(HostsResized event) {
        record(event.hosts(), event.at());
    }

    @EventListener
    void recycled(HostRecycled event) {
        if (isGivenBack(event.host())) {
            allocations.end(new MeteredHostId(event.host().id().value()), event.at());
        }
    }

    @EventListener
    void restored(HostRestored event) {
        record(List.of(event.host()), event.at());
    }

    @EventListener
    void stopped(HostStopped event) {
        allocations.stop(new MeteredHostId(event.host().value()), event.at());
    }

    @EventListener
    void runs(HostRuns event) {
        allocations.start(new MeteredHostId(event.host().value()), event.at());
    }

    @EventListener
    void destroyed(HostDestroyed event) {
        allocations.end(new MeteredHostId(event.host().value()), event.at());
    }

    @EventListener
    void confirmed(HostsConfirmed event) {
        allocations.confirm(
                event.hosts().stream().map(host -> new MeteredHostId(host.value())).toList(),
                event.at());
    }

    private void record(List<Host> hosts, Instant at) {
        allocations.record(
                hosts.stream()
                        .filter(host -> !isGivenBack(host))
                        .map(host -> allocation(host, at))
                        .toList());
    }

    /**
     * Whether its unit has given it back: it is in the recycle bin or beyond, and its quota is
     * charged for its disks alone. While it is charged for all of it, it is its unit's.
     */
    private static boolean isGivenBack(Host host) {
        return switch (host.plan().life()) {
            case RECYCLE_BIN, DESTROYING, DESTROYED -> !host.plan().holdsCompute();
            case PROVISIONING, TRIAL, IN_USE, CHANGING, STOPPED -> false;
        };
    }

    private static HostAllocation allocation(Host host, Instant from) {
        return new HostAllocation(
                new MeteredHostId(host.id().value()),
                host.name(),
                new Party(
                        new PartyId(host.unit().value()),
                        host.unitCode(),
                        host.unitName(),
                        host.unitRegion()),
                new MeteredSystem(
                        new MeteredSystemId(host.system().value()),
                        host.systemCode(),
                        host.systemName()),
                host.pool().toString(),
                new Capacity(host.vcpu(), host.memoryBytes(), diskBytes(host)),
                new Place(host.cluster(), host.namespace()),
                from);
    }

    /** System and data disks: the file systems that are measured are on all of them. */
    private static long diskBytes(Host host) {
        return host.diskBytes() + host.plan().disks().stream().mapToLong(DataDisk::bytes).sum();
    }
}

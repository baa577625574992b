package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.LedgerCommand;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Pays for what hosts take beyond what they had, before their cluster hears of it, and gives back
 * what they take no longer, after it has let go of it. The unit pays for what the guest sees, the
 * pool's infrastructure for launchers.
 */
@Component
class HostEscrow {

    private final LauncherOverhead overhead = LauncherOverhead.KUBEVIRT;
    private final QuotaTree tree;
    private final Ledger ledger;
    private final Leases leases;

    HostEscrow(QuotaTree tree, Ledger ledger, Leases leases) {
        this.tree = tree;
        this.ledger = ledger;
        this.leases = leases;
    }

    /** Processors and memory of a host, and what its launcher takes beside them. */
    record Compute(Amounts guest, Amounts launcher) {

        /** Of each what is more than another's. */
        Compute above(Compute other) {
            return new Compute(
                    guest.minus(other.guest).max(Amounts.NONE),
                    launcher.minus(other.launcher).max(Amounts.NONE));
        }

        Compute with(Amounts more) {
            return new Compute(guest.plus(more), launcher);
        }

        Amounts sum() {
            return guest.plus(launcher);
        }
    }

    Compute compute(Host host) {
        return new Compute(host.compute(), overhead.of(host.vcpu(), host.memoryBytes()));
    }

    /** Of the same host in another size. */
    Compute compute(Host host, HostCommand.Resize size) {
        return new Compute(
                host.compute()
                        .minus(Host.compute(host.vcpu(), host.memoryBytes()))
                        .plus(Host.compute(size.vcpu(), size.memoryBytes())),
                overhead.of(size.vcpu(), size.memoryBytes()));
    }

    /** Nothing but what the unit pays. */
    Compute only(Amounts guest) {
        return new Compute(guest, Amounts.NONE);
    }

    /**
     * Has nobody else change the leases of these hosts until this transaction ends: for whoever
     * pays for several of them.
     */
    void hold(Collection<Host> hosts) {
        leases.hold(
                hosts.stream()
                        .map(host -> new LeaseId(host.cluster(), host.namespace()))
                        .distinct()
                        .toList());
    }

    /**
     * Pays, or says why not; nothing has changed then. The lease before the ledger, as whatever
     * changes a lease.
     *
     * @return what is short; empty: it is paid
     * @throws Refused CONFLICT {@code LEDGER_LEARNING}, {@code CLUSTER_FENCED}, {@code
     *     NO_QUOTA_IN_POOL}
     */
    List<Shortfall> pay(Host host, Compute more, TransferId id, Instant at) {
        if (more.sum().isZero()) {
            return List.of();
        }
        if (leases.learning().isPresent()) {
            throw Refused.conflict("LEDGER_LEARNING");
        }
        var leaf =
                tree.ensureSystem(host.pool(), host.system(), host.unit())
                        .orElseThrow(() -> Refused.conflict("NO_QUOTA_IN_POOL"));
        var lease = new LeaseId(host.cluster(), host.namespace());
        leases.hold(lease);
        var legs = new ArrayList<Leg>();
        if (!more.guest().isZero()) {
            legs.add(new Leg(leaf, more.guest()));
        }
        if (!more.launcher().isZero()) {
            legs.add(new Leg(tree.infrastructure(host.pool()), more.launcher()));
        }
        return switch (ledger.carryOut(new LedgerCommand.Transfer(id, legs, at))) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> {
                var grant = new LeaseChange.Grant(more.sum(), more.sum());
                var _ = leases.grant(lease, host.system(), host.pool(), grant, more.launcher());
                yield List.of();
            }
        };
    }

    /**
     * Has the infrastructure pay for a second launcher, or says why it cannot; nothing has changed
     * then.
     *
     * @throws Refused CONFLICT {@code CLUSTER_FENCED}
     */
    List<Shortfall> paySurge(Host host, Amounts surge, TransferId id, Instant at) {
        var lease = new LeaseId(host.cluster(), host.namespace());
        leases.hold(lease);
        var legs = List.of(new Leg(tree.infrastructure(host.pool()), surge));
        return switch (ledger.carryOut(new LedgerCommand.Transfer(id, legs, at))) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> {
                var grant = new LeaseChange.Grant(surge, surge);
                var _ = leases.grant(lease, host.system(), host.pool(), grant, surge);
                yield List.of();
            }
        };
    }

    /** What the infrastructure is short of for such a second launcher, as it stands. */
    List<Shortfall> shortOfSurge(Host host, Amounts surge) {
        return ledger.shortfalls(new Leg(tree.infrastructure(host.pool()), surge));
    }

    /**
     * The second launcher is wanted no longer; the infrastructure is credited when the cluster was
     * seen to hold it no more.
     *
     * @throws Refused CONFLICT {@code CLUSTER_FENCED}
     */
    void returnSurge(Host host, Amounts surge) {
        var release = new LeaseChange.Release(surge, surge);
        var _ = leases.release(host.system(), host.pool(), host.cluster(), release, surge);
    }

    /**
     * Wants less from now on; it is credited when the cluster was seen to hold it no more.
     *
     * @throws Refused CONFLICT {@code CLUSTER_FENCED}
     */
    void giveBack(Host host, Compute less) {
        if (!less.sum().isZero()) {
            var release = new LeaseChange.Release(less.sum(), less.sum());
            var _ =
                    leases.release(
                            host.system(), host.pool(), host.cluster(), release, less.launcher());
        }
    }
}

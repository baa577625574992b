package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.ledger.LockedOrder;
import io.yuntai.onboarding.ledger.NodeLease;
import io.yuntai.onboarding.ledger.NodeLeases;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is at the leaves below a node of the quota tree. */
@RestController
@RequestMapping("/api/v1/quota/nodes/{id}")
@Tag(name = "quota")
class QuotaLeafController {

    private final NodeLeases leases;
    private final Applications applications;

    QuotaLeafController(NodeLeases leases, Applications applications) {
        this.leases = leases;
        this.applications = applications;
    }

    @Schema(name = "LeaseSystem")
    record OfLeaseSystem(SystemId id, String name) {}

    @Schema(name = "LeaseUnit")
    record OfLeaseUnit(UnitId id, String name) {}

    /**
     * A lease: what one namespace may use, in pod units.
     *
     * @param floor granted for good
     * @param entitled the most it grows to by itself
     * @param granted what the cluster shall enforce
     * @param charged what the ledger has debited for it
     * @param used what was last seen to be used
     * @param headroom granted and not used
     * @param surplus charged beyond what is granted: on its way back, or a debt
     * @param enforcedEpoch null: none yet
     * @param idleSince since when it has had more room than it needs
     */
    record LeaseView(
            String cluster,
            String namespace,
            OfLeaseSystem system,
            OfLeaseUnit unit,
            PoolId pool,
            NodeLease.State state,
            Epoch epoch,
            Optional<Epoch> enforcedEpoch,
            Optional<Instant> enforcedAt,
            Optional<Instant> idleSince,
            Amounts floor,
            Amounts entitled,
            Amounts granted,
            Amounts charged,
            Amounts used,
            Amounts headroom,
            Amounts surplus) {

        static LeaseView of(NodeLease lease) {
            var account = lease.account();
            return new LeaseView(
                    lease.id().cluster(),
                    lease.id().namespace(),
                    new OfLeaseSystem(lease.system(), lease.systemName()),
                    new OfLeaseUnit(lease.unit(), lease.unitName()),
                    lease.pool(),
                    lease.state(),
                    account.epoch(),
                    Optional.of(account.enforced()).filter(epoch -> !epoch.equals(Epoch.ZERO)),
                    account.enforcedAt(),
                    account.idleSince(),
                    account.floor(),
                    account.entitled(),
                    account.granted(),
                    account.charged(),
                    lease.used(),
                    lease.headroom(),
                    account.surplus());
        }
    }

    @Schema(name = "OrderReference")
    record OfOrder(ApplicationId id, String number) {

        static OfOrder of(Application.Reference reference) {
            return new OfOrder(reference.id(), reference.number());
        }
    }

    /**
     * What an undecided order has locked below a node.
     *
     * @param application null when it is no order, or one that the caller may not see
     * @param system null when it is the pool's infrastructure alone
     * @param upTo what this and all that were locked before it have locked, in the same resources
     */
    record LockView(
            String transfer,
            Optional<OfOrder> application,
            Optional<OfLeaseSystem> system,
            Instant at,
            Optional<Instant> expiresAt,
            Amounts amounts,
            Amounts upTo) {}

    @GetMapping("/leases")
    @Requires(Permission.QUOTA_READ)
    Page<LeaseView> leases(
            Actor actor,
            PageQuery query,
            @PathVariable NodeId id,
            @RequestParam(defaultValue = "cpuMillis") Resource resource) {
        return leases.list(actor, id, query, resource).map(LeaseView::of);
    }

    /** The undecided orders that have locked something below the node, the oldest first. */
    @GetMapping("/locks")
    @Requires(Permission.QUOTA_READ)
    Page<LockView> locks(Actor actor, PageQuery query, @PathVariable NodeId id) {
        var page = leases.locks(actor, id, query);
        var orders =
                applications.lockedBy(
                        actor, page.items().stream().map(LockedOrder::transfer).toList());
        return page.map(lock ->
                new LockView(
                        lock.transfer().toString(),
                        Optional.ofNullable(orders.get(lock.transfer())).map(OfOrder::of),
                        lock.system().map(system -> new OfLeaseSystem(system, lock.systemName())),
                        lock.at(),
                        lock.expires(),
                        lock.amounts(),
                        lock.upTo()));
    }
}

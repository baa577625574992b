package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.HostAdoption;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Enters what is taken over in the register and in the ledger, in the caller's transaction, which
 * is to be rolled back when anything is wrong. Leases before the ledger, and by system, as whatever
 * grants something.
 */
@Component
class AdoptionEntries {

    private final LauncherOverhead overhead = LauncherOverhead.KUBEVIRT;
    private final AdoptionStore store;
    private final Systems systems;
    private final Leases leases;
    private final Ledger ledger;
    private final QuotaTree tree;
    private final QuotaViews views;
    private final Hosts hosts;

    AdoptionEntries(
            AdoptionStore store,
            Systems systems,
            Leases leases,
            Ledger ledger,
            QuotaTree tree,
            QuotaViews views,
            Hosts hosts) {
        this.store = store;
        this.systems = systems;
        this.leases = leases;
        this.ledger = ledger;
        this.tree = tree;
        this.views = views;
        this.hosts = hosts;
    }

    /** What was entered. */
    record Entered(List<Adoption.Taken> namespaces, List<Adoption.Debt> debts) {}

    Entered enter(AdoptionId id, List<Claim> claims, MappingFaults faults, Instant at) {
        var today = new HashMap<String, BusinessSystem>();
        systems.all().forEach(system -> today.put(system.code().value(), system));
        var legs = new LinkedHashMap<NodeId, Amounts>();
        var taken = new ArrayList<Adoption.Taken>();
        var bySystem =
                Comparator.comparing((Claim claim) -> claim.system().id().toString())
                        .thenComparing(claim -> claim.mapping().lease().toString());
        for (var claim : claims.stream().sorted(bySystem).toList()) {
            var owner =
                    Optional.ofNullable(today.get(claim.system().code().value()))
                            .map(BusinessSystem::owner)
                            .orElse(claim.system().owner());
            leases.claim(claim.system().id());
            var leaf = tree.ensureSystem(claim.pool(), claim.system().id(), owner);
            if (!mayHave(claim, leaf, faults)) {
                continue;
            }
            var takeover = Takeover.of(claim.found(), overhead);
            add(legs, leaf.orElseThrow(), takeover.unit());
            add(legs, tree.infrastructure(claim.pool()), takeover.launchers());
            grant(claim, takeover, faults);
            if (faults.isEmpty()) {
                hosts.adopt(order(id, claim), at);
            }
            taken.add(entry(claim, takeover));
        }
        if (!faults.isEmpty()) {
            return new Entered(List.of(), List.of());
        }
        return new Entered(taken, charge(id, legs, at));
    }

    private boolean mayHave(Claim claim, Optional<NodeId> leaf, MappingFaults faults) {
        var mapping = claim.mapping();
        int before = faults.count();
        if (leases.owner(mapping.lease()).isPresent()) {
            faults.add(
                    mapping.row(), "namespace", "NAMESPACE_ADOPTED", mapping.namespace().value());
        } else {
            leases.placed(claim.system().id(), claim.pool(), mapping.cluster().value())
                    .ifPresent(lease ->
                            faults.add(
                                    mapping.row(),
                                    "system",
                                    "SYSTEM_HAS_NAMESPACE",
                                    mapping.system().value(),
                                    lease.namespace()));
        }
        Takeover.checkNames(mapping, claim.found(), store.hostNames(claim.system().id()), faults);
        if (leaf.isEmpty()) {
            faults.add(
                    mapping.row(),
                    "system",
                    "UNIT_NOT_IN_POOL",
                    mapping.system().value(),
                    claim.pool().toString());
        }
        return faults.count() == before;
    }

    private void grant(Claim claim, Takeover takeover, MappingFaults faults) {
        try {
            var _ =
                    leases.grant(
                            claim.mapping().lease(),
                            claim.system().id(),
                            claim.pool(),
                            new LeaseChange.Grant(takeover.lease(), takeover.forGood()),
                            takeover.launchers());
        } catch (Refused refused) {
            faults.add(
                    claim.mapping().row(),
                    "cluster",
                    "CLUSTER_CLOSED",
                    claim.mapping().cluster().value(),
                    refused.code());
        }
    }

    private static HostAdoption order(AdoptionId id, Claim claim) {
        return new HostAdoption(
                id.value(),
                claim.system().id(),
                claim.pool(),
                claim.mapping().cluster().value(),
                Takeover.hosts(claim.found()));
    }

    private static Adoption.Taken entry(Claim claim, Takeover takeover) {
        return new Adoption.Taken(
                claim.mapping().cluster(),
                claim.mapping().namespace(),
                claim.found().uid(),
                claim.system().id(),
                claim.system().code(),
                claim.pool(),
                takeover.unit(),
                takeover.launchers(),
                Takeover.machines(claim.found()),
                Takeover.notes(claim.found()),
                Optional.empty());
    }

    private static void add(Map<NodeId, Amounts> legs, NodeId leaf, Amounts more) {
        if (!more.isZero()) {
            legs.merge(leaf, more, Amounts::plus);
        }
    }

    private List<Adoption.Debt> charge(AdoptionId id, Map<NodeId, Amounts> legs, Instant at) {
        if (legs.isEmpty()) {
            return List.of(); // empty namespaces
        }
        var all = legs.entrySet().stream().map(e -> new Leg(e.getKey(), e.getValue())).toList();
        var owing =
                ledger.incur(new TransferId(id.value()), all, at).balances().stream()
                        .filter(balance -> balance.account().debt() > 0)
                        .toList();
        var names = views.named(owing.stream().map(Decision.Balance::node).distinct().toList());
        return owing.stream()
                .map(balance ->
                        new Adoption.Debt(
                                java.util.Objects.requireNonNull(names.get(balance.node())),
                                balance.resource(),
                                balance.account().ceiling().orElseThrow(),
                                balance.account().held(),
                                balance.account().debt()))
                .toList();
    }
}

package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Amounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What whoever woke a system hopes for. A wish that is lost costs its wisher one more wish.
 *
 * @param demand by lease, what was refused there
 * @param pressed leases whose idle room others wait for
 */
record Wish(Map<LeaseId, Amounts> demand, Set<LeaseId> pressed) {

    static final Wish NONE = new Wish(Map.of(), Set.of());

    Wish {
        demand = Map.copyOf(demand);
        pressed = Set.copyOf(pressed);
    }

    static Wish demand(LeaseId lease, Amounts refused) {
        return refused.isZero() ? NONE : new Wish(Map.of(lease, refused), Set.of());
    }

    static Wish press(LeaseId lease) {
        return new Wish(Map.of(), Set.of(lease));
    }

    Wish and(Wish other) {
        var demands = new HashMap<>(demand);
        other.demand.forEach((lease, more) -> demands.merge(lease, more, Amounts::max));
        var all = new HashSet<>(pressed);
        all.addAll(other.pressed);
        return new Wish(demands, all);
    }
}

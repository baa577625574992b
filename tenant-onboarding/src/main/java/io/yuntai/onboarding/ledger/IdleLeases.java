package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.system.SystemId;
import java.util.List;

/**
 * Who below a node holds more of a resource than he uses.
 *
 * @param leases those that the actor may know of, the most idle first
 * @param others what the others hold idle together, in base units
 */
public record IdleLeases(List<Idle> leases, long others) {

    /**
     * One of them.
     *
     * @param amount granted, and neither used nor there for good, in base units
     */
    public record Idle(LeaseId lease, SystemId system, String systemName, long amount) {}

    public IdleLeases {
        leases = List.copyOf(leases);
    }
}

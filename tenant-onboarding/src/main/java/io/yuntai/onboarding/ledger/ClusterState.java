package io.yuntai.onboarding.ledger;

import io.yuntai.quota.LeaseChange;

/** What an operator has said of a cluster, and so what may be done with its leases. */
public enum ClusterState {
    /** All is as ever. */
    ACTIVE,
    /** Nothing is written to it, nothing is placed there; its leases stay charged as they are. */
    FENCED,
    /** It is said to be dead: its leases are charged no longer. */
    WRITTEN_OFF,
    /** It is back, and what it holds is being charged again. */
    READMITTING,
    /** It was taken out of the register: none of its leases was charged anything then. */
    DEREGISTERED;

    /** Whether a lease there may change so. */
    public boolean lets(LeaseChange change) {
        return switch (this) {
            case ACTIVE -> !(change instanceof LeaseChange.WriteOff);
            case FENCED -> change instanceof LeaseChange.Owe;
            case DEREGISTERED -> false;
            case WRITTEN_OFF -> change instanceof LeaseChange.WriteOff;
            case READMITTING -> change instanceof LeaseChange.Adopt;
        };
    }
}

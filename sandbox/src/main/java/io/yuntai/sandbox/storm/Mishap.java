package io.yuntai.sandbox.storm;

import io.yuntai.sandbox.cluster.Fault;
import java.util.Locale;
import java.util.Optional;

/** What a storm does to whoever is in it. */
public enum Mishap {
    REQUEST_LOST,
    ANSWER_LOST,
    CONFLICT,
    STALE_READ,
    REQUEST_LATE,
    KEEPER_DIED,
    COMMIT_FAILED_BEFORE,
    COMMIT_FAILED_AFTER,
    ORDER_LOST,
    ORDER_ANSWER_LOST,
    POD_NEVER_MADE,
    CLUSTER_HANGS,
    WATCH_BROKEN,
    CONTROLLERS_STAND_STILL,
    LEASE_DELETED,
    LEASE_EDITED,
    NAMESPACE_DELETED,
    NAMESPACE_CLOSED,
    EPOCH_SPOILT,
    SECOND_QUOTA,
    LEDGER_RESTORED,
    CLUSTER_FENCED,
    CLUSTER_WRITTEN_OFF,
    CLUSTER_READMITTED;

    /** What a call's fault is; empty: it has none. */
    static Optional<Mishap> of(Fault fault) {
        return switch (fault) {
            case Fault.None() -> Optional.empty();
            case Fault.LostRequest() -> Optional.of(REQUEST_LOST);
            case Fault.LostAnswer() -> Optional.of(ANSWER_LOST);
            case Fault.Conflict() -> Optional.of(CONFLICT);
            case Fault.StaleRead() -> Optional.of(STALE_READ);
            case Fault.Late _ -> Optional.of(REQUEST_LATE);
        };
    }

    /** As people read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

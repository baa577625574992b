package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Shortfall;
import java.util.List;

/**
 * Somebody ordered something, or asked it of a host, and there was no room for it: whoever holds
 * idle room there may be asked to give it back. Losing this costs one more try.
 */
public record RoomRefused(List<Shortfall> shortfalls) {

    public RoomRefused {
        shortfalls = List.copyOf(shortfalls);
    }
}

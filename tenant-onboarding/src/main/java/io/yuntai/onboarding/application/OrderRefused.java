package io.yuntai.onboarding.application;

import io.yuntai.quota.Shortfall;
import java.util.List;

/**
 * An order was handed in and there was no room for it: whoever holds idle room there may be asked
 * to give it back. Losing this costs the applicant one more try.
 */
public record OrderRefused(List<Shortfall> shortfalls) {

    public OrderRefused {
        shortfalls = List.copyOf(shortfalls);
    }
}

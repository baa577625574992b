package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import java.util.Set;

/**
 * Who asks what he can do.
 *
 * @param parts which he has by his own roles, as was found out when he came in; a command asks
 *     {@link Takers} anew
 */
public record Taker(Actor actor, Set<Workflow.Part> parts) {
    public Taker {
        parts = Set.copyOf(parts);
    }
}

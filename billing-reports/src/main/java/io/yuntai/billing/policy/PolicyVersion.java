package io.yuntai.billing.policy;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy and how it came to be. The one that an installation begins with was proposed by nobody.
 *
 * @param proposal who wants it; empty only for the first
 */
public record PolicyVersion<P extends Policy>(P policy, State state, Optional<Proposal> proposal) {

    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    /** Who proposed it, and when. */
    public record Proposal(Person by, Instant at) {}
}

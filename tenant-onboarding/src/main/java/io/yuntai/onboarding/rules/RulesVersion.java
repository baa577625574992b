package io.yuntai.onboarding.rules;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A version of the rules and how it came to be. The one that an installation begins with was
 * proposed by nobody.
 *
 * @param effectiveFrom the first day that it applies to, in Asia/Shanghai
 * @param basis the document that it rests on, 1 to 500 characters
 * @param proposal who wants it; empty only for the first
 * @param approvedBy who answers for it; empty as long as nobody does
 */
public record RulesVersion(
        String id,
        LocalDate effectiveFrom,
        String basis,
        State state,
        Optional<Proposal> proposal,
        Optional<String> approvedBy,
        WorkRules rules) {

    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    /** Who proposed it, as he was called then, and when. */
    public record Proposal(PersonId by, String name, Instant at) {}
}

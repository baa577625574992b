package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.PlainText;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * What a version of the rules says.
 *
 * @param predicates all must hold, beside the {@link Guards}; none: nothing passes, everything goes
 *     to people
 * @param auditPercent how many of a hundred that pass are looked at by a human afterwards, 0 to 100
 * @param effectiveFrom in force from then on, or from its approval when that is later
 * @param basis the document that it stands on, 1 to {@value #MAX_BASIS} characters
 */
public record RuleProposal(
        List<Predicate> predicates,
        RuleLimits limits,
        int auditPercent,
        Instant effectiveFrom,
        String basis) {

    public static final int MAX_PREDICATES = 30;
    public static final int MAX_BASIS = 200;

    public RuleProposal {
        predicates = List.copyOf(predicates);
        PlainText.require(basis, 1, MAX_BASIS);
        if (predicates.size() > MAX_PREDICATES) {
            throw new IllegalArgumentException(predicates.size() + " predicates");
        }
        var names = new HashSet<String>();
        for (var predicate : predicates) {
            if (!names.add(predicate.name()) || Guards.isOne(predicate.name())) {
                throw new IllegalArgumentException("named twice: " + predicate.name());
            }
        }
        if (auditPercent < 0 || auditPercent > 100) {
            throw new IllegalArgumentException("a share of " + auditPercent);
        }
    }

    /** Equal for equal content: proposing it again under the same id changes nothing. */
    String digest() {
        return toString();
    }
}

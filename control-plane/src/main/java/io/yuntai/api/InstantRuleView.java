package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.instant.Predicate;
import io.yuntai.onboarding.instant.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of the rules for instant approval.
 *
 * @param predicates what must hold beside the guards; none: nothing passes
 * @param guards what must hold in every version
 * @param mayApprove whether the caller is not its author, and nobody has approved it
 */
@Schema(name = "InstantRule")
record InstantRuleView(
        RuleId id,
        int number,
        List<Predicate> predicates,
        List<Predicate> guards,
        int vcpu,
        int memoryGib,
        int storageGib,
        int auditPercent,
        Instant effectiveFrom,
        String basis,
        Application.Participant author,
        Instant proposedAt,
        Optional<Approval> approval,
        boolean inForce,
        boolean mayApprove) {

    /** Who has put it in force, and what the trial said then. */
    @Schema(name = "InstantRuleApproval")
    record Approval(
            Application.Participant by, Instant at, Instant inForceFrom, int tried, int passing) {}
}

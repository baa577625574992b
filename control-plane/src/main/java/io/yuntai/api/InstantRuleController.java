package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.instant.Fact;
import io.yuntai.onboarding.instant.Guards;
import io.yuntai.onboarding.instant.InstantRules;
import io.yuntai.onboarding.instant.RuleId;
import io.yuntai.onboarding.instant.RuleTrial;
import io.yuntai.onboarding.instant.RuleVersion;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of the rules for instant approval. */
@RestController
@RequestMapping("/api/v1/instant-rules")
@Tag(name = "instant approval")
class InstantRuleController {

    private final InstantRules rules;
    private final Trial trial;

    InstantRuleController(InstantRules rules, Trial trial) {
        this.rules = rules;
        this.trial = trial;
    }

    /**
     * The versions there are, the latest first, and what expressions may ask about.
     *
     * @param inForce empty: everything goes to people
     */
    @Schema(name = "InstantRules")
    record RuleList(List<InstantRuleView> items, Optional<RuleId> inForce, List<FactView> facts) {}

    /** A fact as expressions name it. */
    @Schema(name = "InstantFact")
    record FactView(String name, Fact.Type type) {}

    @GetMapping
    @Requires(Permission.INSTANT_RULE_PROPOSE)
    RuleList list(Actor actor) {
        var inForce = rules.inForce().map(RuleVersion::id);
        return new RuleList(
                rules.latest().stream().map(one -> view(actor, one, inForce)).toList(),
                inForce,
                Stream.of(Fact.values())
                        .map(fact -> new FactView(fact.code(), fact.type()))
                        .toList());
    }

    @GetMapping("/{id}")
    @Requires(Permission.INSTANT_RULE_PROPOSE)
    InstantRuleView get(Actor actor, @PathVariable RuleId id) {
        return view(actor, rules.get(id));
    }

    /** Proposes a version; faults in its expressions name line, column and why. */
    @PutMapping("/{id}")
    @Requires(Permission.INSTANT_RULE_PROPOSE)
    @AuditAction(value = "instantRule.propose", target = "instantRule")
    InstantRuleView propose(
            Actor actor,
            @PathVariable RuleId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody InstantRuleBody body) {
        var proposal = body.proposal();
        return trial.run(validateOnly, () -> view(actor, rules.propose(actor, id, proposal)));
    }

    /** What a version would have done with the applications of the last quarter. */
    @GetMapping("/{id}/trial")
    @Requires(Permission.INSTANT_RULE_PROPOSE)
    RuleTrial tryOut(@PathVariable RuleId id) {
        return rules.tryOut(id);
    }

    /** Puts somebody else's version in force. */
    @PostMapping("/{id}/approvals")
    @Requires(Permission.INSTANT_RULE_APPROVE)
    @AuditAction(value = "instantRule.approve", target = "instantRule")
    InstantRuleView approve(
            Actor actor,
            @PathVariable RuleId id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return trial.run(validateOnly, () -> view(actor, rules.approve(actor, id)));
    }

    private InstantRuleView view(Actor actor, RuleVersion version) {
        return view(actor, version, rules.inForce().map(RuleVersion::id));
    }

    private static InstantRuleView view(
            Actor actor, RuleVersion version, Optional<RuleId> inForce) {
        var says = version.says();
        return new InstantRuleView(
                version.id(),
                version.number(),
                says.predicates(),
                Guards.ALL,
                says.limits().vcpu(),
                says.limits().memoryGib(),
                says.limits().storageGib(),
                says.auditPercent(),
                says.effectiveFrom(),
                says.basis(),
                version.author(),
                version.proposedAt(),
                version.approval()
                        .map(one ->
                                new InstantRuleView.Approval(
                                        one.by(),
                                        one.at(),
                                        one.inForceFrom(),
                                        one.tried(),
                                        one.passing())),
                inForce.filter(version.id()::equals).isPresent(),
                version.approval().isEmpty() && !version.author().id().equals(actor.person()));
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.policy.PolicyVersion;
import io.yuntai.billing.ranking.Grade;
import io.yuntai.billing.ranking.Policies;
import io.yuntai.billing.ranking.PolicyTrial;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.Reason;
import io.yuntai.metering.PolicyChanges;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of the ranking's policy. */
@RestController
@RequestMapping("/api/v1/ranking-policies")
@Tag(name = "ranking-policies")
class PolicyController {

    private final Policies policies;
    private final PolicyChanges commands;
    private final Trial trial;
    private final SheetFiles files;

    PolicyController(Policies policies, PolicyChanges commands, Trial trial, SheetFiles files) {
        this.policies = policies;
        this.commands = commands;
        this.trial = trial;
        this.files = files;
    }

    /**
     * A version.
     *
     * @param basis the document that it rests on
     * @param approvedBy null as long as nobody has
     */
    @Schema(name = "RankingPolicyVersion")
    record PolicyView(
            String id,
            LocalDate effectiveFrom,
            String basis,
            PolicyVersion.State state,
            Optional<ReportController.PersonView> proposedBy,
            Optional<Instant> proposedAt,
            Optional<String> approvedBy,
            RankingPolicy.Range cpu,
            RankingPolicy.Range memory,
            RankingPolicy.Range disk,
            RankingPolicy.Weights weights,
            RankingPolicy.Excess excess,
            RankingPolicy.Grades grades,
            RankingPolicy.Evidence evidence,
            RankingPolicy.Idle idle) {

        static PolicyView of(PolicyVersion<RankingPolicy> version) {
            var policy = version.policy();
            return new PolicyView(
                    policy.id(),
                    policy.effectiveFrom(),
                    policy.basis(),
                    version.state(),
                    version.proposal().map(one -> ReportController.PersonView.of(one.by())),
                    version.proposal().map(PolicyVersion.Proposal::at),
                    Texts.filled(policy.approvedBy()),
                    policy.cpu(),
                    policy.memory(),
                    policy.disk(),
                    policy.weights(),
                    policy.excess(),
                    policy.grades(),
                    policy.evidence(),
                    policy.idle());
        }
    }

    @Schema(name = "RankingPolicyVersions")
    record PolicyList(List<PolicyView> items) {}

    /** A version as it is proposed; every member is required. */
    @Schema(name = "RankingPolicyBody")
    record Body(
            Optional<LocalDate> effectiveFrom,
            Optional<String> basis,
            Optional<RankingPolicy.Range> cpu,
            Optional<RankingPolicy.Range> memory,
            Optional<RankingPolicy.Range> disk,
            Optional<RankingPolicy.Weights> weights,
            Optional<RankingPolicy.Excess> excess,
            Optional<RankingPolicy.Grades> grades,
            Optional<RankingPolicy.Evidence> evidence,
            Optional<RankingPolicy.Idle> idle) {

        RankingPolicy policy(String id) {
            var faults = new ArrayList<Fault>();
            var proposed = Proposed.read(id, effectiveFrom, basis, faults);
            Proposed.require(cpu, "/cpu", faults);
            Proposed.require(memory, "/memory", faults);
            Proposed.require(disk, "/disk", faults);
            Proposed.require(weights, "/weights", faults);
            Proposed.require(excess, "/excess", faults);
            Proposed.require(grades, "/grades", faults);
            Proposed.require(evidence, "/evidence", faults);
            Proposed.require(idle, "/idle", faults);
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new RankingPolicy(
                    proposed.id(),
                    proposed.effectiveFrom().orElseThrow(),
                    proposed.basis(),
                    "",
                    cpu.orElseThrow(),
                    memory.orElseThrow(),
                    disk.orElseThrow(),
                    weights.orElseThrow(),
                    excess.orElseThrow(),
                    grades.orElseThrow(),
                    evidence.orElseThrow(),
                    idle.orElseThrow());
        }
    }

    /** What comes out for a unit; decimals are texts. */
    @Schema(name = "PolicyOutcome")
    record OutcomeView(
            Optional<String> score,
            Optional<Grade> grade,
            Optional<Integer> rank,
            List<Reason> reasons) {

        static OutcomeView of(PolicyTrial.Outcome outcome) {
            return new OutcomeView(
                    outcome.score().map(BigDecimal::toPlainString),
                    outcome.grade(),
                    outcome.rank(),
                    outcome.reasons());
        }
    }

    @Schema(name = "PolicyTrialRow")
    record TrialRow(RankingView.OfUnit unit, OutcomeView then, OutcomeView now) {}

    /** How many units have a grade; null: they are not ranked. */
    @Schema(name = "PolicyTrialCount")
    record CountView(Optional<Grade> grade, int then, int now) {}

    /**
     * A past month as it is, beside what it would be.
     *
     * @param changed how many units would have another place or grade, or be ranked only in one
     * @param counts of each grade, the best first, and of those that are not ranked
     */
    @Schema(name = "PolicyTrial")
    record TrialView(
            String month,
            String pool,
            RankingView.OfPolicy policyThen,
            RankingView.OfPolicy policy,
            int changed,
            List<CountView> counts,
            List<TrialRow> items) {

        static TrialView of(PolicyTrial trial) {
            return new TrialView(
                    trial.month().toString(),
                    trial.pool(),
                    RankingView.OfPolicy.of(trial.policyThen()),
                    RankingView.OfPolicy.of(trial.policy()),
                    trial.changed(),
                    trial.counts().stream()
                            .map(one -> new CountView(one.grade(), one.then(), one.now()))
                            .toList(),
                    trial.rows().stream()
                            .map(row ->
                                    new TrialRow(
                                            new RankingView.OfUnit(
                                                    row.unit().value(), row.code(), row.name()),
                                            OutcomeView.of(row.then()),
                                            OutcomeView.of(row.now())))
                            .toList());
        }
    }

    /** All of them, the one that takes effect last first. */
    @GetMapping
    @Requires(Permission.RANKING_READ)
    PolicyList list() {
        return new PolicyList(policies.all().stream().map(PolicyView::of).toList());
    }

    /** Proposes a version; it is tried before somebody else approves it. */
    @PutMapping("/{id}")
    @Requires(Permission.POLICY_PROPOSE)
    @AuditAction(value = "rankingPolicy.propose", target = "ranking-policy")
    PolicyView propose(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var policy = body.policy(id);
        return PolicyView.of(trial.run(validateOnly, () -> commands.propose(actor, policy)));
    }

    /** A month that has a ranking, worked out under this version. */
    @GetMapping("/{id}/trial")
    @Requires(Permission.POLICY_PROPOSE)
    TrialView trial(
            @PathVariable String id,
            @RequestParam YearMonth month,
            @RequestParam(defaultValue = "all") String pool) {
        return TrialView.of(tried(id, month, pool));
    }

    /** The same unit by unit as one flat table, in the caller's language. */
    @GetMapping("/{id}/trial/export")
    @Requires(Permission.POLICY_PROPOSE)
    ResponseEntity<byte[]> exportTrial(
            @PathVariable String id,
            @RequestParam YearMonth month,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        return files.answer(
                "policyTrial",
                format,
                locale,
                words -> PolicyTrialSheet.of(tried(id, month, pool), words));
    }

    private PolicyTrial tried(String id, YearMonth month, String pool) {
        RankingController.check(month);
        return policies.trial(id, month, pool)
                .orElseThrow(() -> Refused.notFound("RANKING_NOT_FOUND"));
    }

    @PostMapping("/{id}/approval")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "rankingPolicy.approve", target = "ranking-policy")
    PolicyView approve(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PolicyView.of(
                trial.run(validateOnly, () -> commands.decideRanking(actor, id, true)));
    }

    @PostMapping("/{id}/rejection")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "rankingPolicy.reject", target = "ranking-policy")
    PolicyView reject(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PolicyView.of(
                trial.run(validateOnly, () -> commands.decideRanking(actor, id, false)));
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.policy.PolicyVersion;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictPolicies;
import io.yuntai.billing.verdict.VerdictPolicy;
import io.yuntai.billing.verdict.VerdictTrial;
import io.yuntai.metering.PolicyChanges;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.time.LocalDate;
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

/** The versions of the policy that hosts are judged by. */
@RestController
@RequestMapping("/api/v1/verdict-policies")
@Tag(name = "verdict-policies")
class VerdictPolicyController {

    private final VerdictPolicies policies;
    private final PolicyChanges commands;
    private final Trial trial;
    private final VerdictTrialSheet sheet;
    private final SheetFiles files;

    VerdictPolicyController(
            VerdictPolicies policies,
            PolicyChanges commands,
            Trial trial,
            VerdictTrialSheet sheet,
            SheetFiles files) {
        this.policies = policies;
        this.commands = commands;
        this.trial = trial;
        this.sheet = sheet;
        this.files = files;
    }

    /**
     * A version.
     *
     * @param effectiveFrom the first day that is judged by it
     * @param basis the document that it rests on
     * @param approvedBy null as long as nobody has
     */
    @Schema(name = "VerdictPolicyVersion")
    record PolicyView(
            String id,
            LocalDate effectiveFrom,
            String basis,
            PolicyVersion.State state,
            Optional<ReportController.PersonView> proposedBy,
            Optional<Instant> proposedAt,
            Optional<String> approvedBy,
            VerdictPolicy.Window window,
            VerdictPolicy.Idle idle,
            VerdictPolicy.ShrinkCpu shrinkCpu,
            VerdictPolicy.ShrinkMemory shrinkMemory,
            VerdictPolicy.Grow grow) {

        static PolicyView of(PolicyVersion<VerdictPolicy> version) {
            var policy = version.policy();
            return new PolicyView(
                    policy.id(),
                    policy.effectiveFrom(),
                    policy.basis(),
                    version.state(),
                    version.proposal().map(one -> ReportController.PersonView.of(one.by())),
                    version.proposal().map(PolicyVersion.Proposal::at),
                    Texts.filled(policy.approvedBy()),
                    policy.window(),
                    policy.idle(),
                    policy.shrinkCpu(),
                    policy.shrinkMemory(),
                    policy.grow());
        }
    }

    @Schema(name = "VerdictPolicyVersions")
    record PolicyList(List<PolicyView> items) {}

    /** A version as it is proposed; every member is required. */
    @Schema(name = "VerdictPolicyBody")
    record Body(
            Optional<LocalDate> effectiveFrom,
            Optional<String> basis,
            Optional<VerdictPolicy.Window> window,
            Optional<VerdictPolicy.Idle> idle,
            Optional<VerdictPolicy.ShrinkCpu> shrinkCpu,
            Optional<VerdictPolicy.ShrinkMemory> shrinkMemory,
            Optional<VerdictPolicy.Grow> grow) {

        VerdictPolicy policy(String id) {
            var faults = new ArrayList<Fault>();
            var proposed = Proposed.read(id, effectiveFrom, basis, faults);
            Proposed.require(window, "/window", faults);
            Proposed.require(idle, "/idle", faults);
            Proposed.require(shrinkCpu, "/shrinkCpu", faults);
            Proposed.require(shrinkMemory, "/shrinkMemory", faults);
            Proposed.require(grow, "/grow", faults);
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new VerdictPolicy(
                    proposed.id(),
                    proposed.effectiveFrom().orElseThrow(),
                    proposed.basis(),
                    "",
                    window.orElseThrow(),
                    idle.orElseThrow(),
                    shrinkCpu.orElseThrow(),
                    shrinkMemory.orElseThrow(),
                    grow.orElseThrow());
        }
    }

    /** Of how many hosts a verdict was said, and would be said. */
    @Schema(name = "VerdictTrialRow")
    record TrialRow(Verdict verdict, int then, int now) {}

    /**
     * The last day that was judged, beside what would be said of it.
     *
     * @param from the first of the days that the version looks at; {@code day} is the last
     * @param hosts how many there are
     * @param changed of how many of them something else would be said
     * @param items a host may have several verdicts
     */
    @Schema(name = "VerdictTrial")
    record TrialView(
            LocalDate from,
            LocalDate day,
            String policyThen,
            String policy,
            int hosts,
            int changed,
            List<TrialRow> items) {

        static TrialView of(VerdictTrial trial) {
            return new TrialView(
                    trial.from(),
                    trial.day(),
                    trial.policyThen(),
                    trial.policy(),
                    trial.hosts().size(),
                    trial.changed(),
                    trial.rows().stream()
                            .map(row -> new TrialRow(row.verdict(), row.then(), row.now()))
                            .toList());
        }
    }

    /** All of them, the one that takes effect last first. */
    @GetMapping
    @Requires(Permission.HOST_READ)
    PolicyList list() {
        return new PolicyList(policies.all().stream().map(PolicyView::of).toList());
    }

    /** Proposes a version; it is tried before somebody else approves it. */
    @PutMapping("/{id}")
    @Requires(Permission.POLICY_PROPOSE)
    @AuditAction(value = "verdictPolicy.propose", target = "verdict-policy")
    PolicyView propose(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var policy = body.policy(id);
        return PolicyView.of(trial.run(validateOnly, () -> commands.propose(actor, policy)));
    }

    /** The last day that was judged, judged by this version over the days that it looks at. */
    @GetMapping("/{id}/trial")
    @Requires(Permission.POLICY_PROPOSE)
    TrialView trial(@PathVariable String id) {
        return TrialView.of(tried(id));
    }

    /** The same host by host as one flat table, in the caller's language. */
    @GetMapping("/{id}/trial/export")
    @Requires(Permission.POLICY_PROPOSE)
    ResponseEntity<byte[]> exportTrial(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        return files.answer(
                "verdictTrial", format, locale, words -> sheet.of(actor, tried(id), words));
    }

    private VerdictTrial tried(String id) {
        return policies.trial(id).orElseThrow(() -> Refused.notFound("POLICY_NOT_FOUND"));
    }

    @PostMapping("/{id}/approval")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "verdictPolicy.approve", target = "verdict-policy")
    PolicyView approve(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PolicyView.of(
                trial.run(validateOnly, () -> commands.decideVerdicts(actor, id, true)));
    }

    @PostMapping("/{id}/rejection")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "verdictPolicy.reject", target = "verdict-policy")
    PolicyView reject(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PolicyView.of(
                trial.run(validateOnly, () -> commands.decideVerdicts(actor, id, false)));
    }
}

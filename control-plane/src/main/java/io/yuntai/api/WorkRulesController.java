package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.rules.RulesVersion;
import io.yuntai.onboarding.rules.RulesVersions;
import io.yuntai.onboarding.rules.WorkRules;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of the rules that applications, hosts and orders to reclaim are dealt with by. */
@RestController
@RequestMapping("/api/v1/work-rules")
@Tag(name = "work-rules")
class WorkRulesController {

    private final RulesVersions versions;
    private final Trial trial;

    WorkRulesController(RulesVersions versions, Trial trial) {
        this.versions = versions;
        this.trial = trial;
    }

    /**
     * A version.
     *
     * @param effectiveFrom the first day that it applies to
     * @param basis the document that it rests on
     * @param approvedBy null as long as nobody has
     */
    @Schema(name = "WorkRulesVersion")
    record RulesView(
            String id,
            LocalDate effectiveFrom,
            String basis,
            RulesVersion.State state,
            Optional<ReportController.PersonView> proposedBy,
            Optional<Instant> proposedAt,
            Optional<String> approvedBy,
            WorkRules.DeadlineRules deadlines,
            WorkRules.ApplicationRules applications,
            WorkRules.HostRules hosts,
            WorkRules.ReclaimRules reclaims) {

        static RulesView of(RulesVersion version) {
            var rules = version.rules();
            return new RulesView(
                    version.id(),
                    version.effectiveFrom(),
                    version.basis(),
                    version.state(),
                    version.proposal()
                            .map(one ->
                                    new ReportController.PersonView(one.by().value(), one.name())),
                    version.proposal().map(RulesVersion.Proposal::at),
                    version.approvedBy(),
                    rules.deadlines(),
                    rules.applications(),
                    rules.hosts(),
                    rules.reclaims());
        }
    }

    @Schema(name = "WorkRulesVersions")
    record RulesList(List<RulesView> items) {}

    /** A version as it is proposed; every member is required. */
    @Schema(name = "WorkRulesBody")
    record Body(
            Optional<LocalDate> effectiveFrom,
            Optional<String> basis,
            Optional<WorkRules.DeadlineRules> deadlines,
            Optional<WorkRules.ApplicationRules> applications,
            Optional<WorkRules.HostRules> hosts,
            Optional<WorkRules.ReclaimRules> reclaims) {

        Proposed proposed(String id) {
            var faults = new ArrayList<Fault>();
            var proposed = Proposed.read(id, effectiveFrom, basis, faults);
            Proposed.require(deadlines, "/deadlines", faults);
            Proposed.require(applications, "/applications", faults);
            Proposed.require(hosts, "/hosts", faults);
            Proposed.require(reclaims, "/reclaims", faults);
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return proposed;
        }

        /** When {@link #proposed} has found nothing wrong. */
        WorkRules rules() {
            return new WorkRules(
                    deadlines.orElseThrow(),
                    applications.orElseThrow(),
                    hosts.orElseThrow(),
                    reclaims.orElseThrow());
        }
    }

    /** All of them, the one that takes effect last first. */
    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    RulesList list() {
        return new RulesList(versions.all().stream().map(RulesView::of).toList());
    }

    /** Proposes a version; somebody else approves it before its day. */
    @PutMapping("/{id}")
    @Requires(Permission.POLICY_PROPOSE)
    @AuditAction(value = "workRules.propose", target = "work-rules")
    RulesView propose(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var proposed = body.proposed(id);
        return RulesView.of(
                trial.run(
                        validateOnly,
                        () ->
                                versions.propose(
                                        actor,
                                        proposed.id(),
                                        proposed.effectiveFrom().orElseThrow(),
                                        proposed.basis(),
                                        body.rules())));
    }

    @PostMapping("/{id}/approval")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "workRules.approve", target = "work-rules")
    RulesView approve(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return decided(actor, id, true, validateOnly);
    }

    @PostMapping("/{id}/rejection")
    @Requires(Permission.POLICY_APPROVE)
    @AuditAction(value = "workRules.reject", target = "work-rules")
    RulesView reject(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return decided(actor, id, false, validateOnly);
    }

    private RulesView decided(Actor actor, String id, boolean approved, boolean validateOnly) {
        return RulesView.of(trial.run(validateOnly, () -> versions.decide(actor, id, approved)));
    }
}

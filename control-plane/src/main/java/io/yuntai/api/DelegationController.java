package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Delegation;
import io.yuntai.onboarding.application.DelegationId;
import io.yuntai.onboarding.application.Delegations;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Account;
import io.yuntai.security.Accounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who acts for whom, and who could. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "applications")
class DelegationController {

    private final Delegations delegations;
    private final Accounts accounts;
    private final Trial trial;

    DelegationController(Delegations delegations, Accounts accounts, Trial trial) {
        this.delegations = delegations;
        this.accounts = accounts;
        this.trial = trial;
    }

    /** As it is asked for: everything may be missing. */
    record DelegationBody(
            Optional<PersonId> to,
            Optional<Workflow.Part> part,
            Optional<Instant> begin,
            Optional<Instant> until,
            Optional<String> reason) {

        Delegations.Wish wish() {
            var faults = new ArrayList<Fault>();
            require(to, "/to", faults);
            require(part, "/part", faults);
            require(begin, "/begin", faults);
            require(until, "/until", faults);
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new Delegations.Wish(
                    to.orElseThrow(),
                    part.orElseThrow(),
                    begin.orElseThrow(),
                    until.orElseThrow(),
                    reason.orElse("").strip());
        }

        private static void require(Optional<?> value, String pointer, List<Fault> faults) {
            if (value.isEmpty()) {
                faults.add(Fault.at(pointer, "REQUIRED"));
            }
        }
    }

    record DelegationList(List<Delegation> items) {}

    record Colleagues(List<Account.Colleague> items) {}

    @GetMapping("/delegations")
    @Requires(Permission.APPLICATION_DECIDE)
    DelegationList list(Account account) {
        return new DelegationList(delegations.of(account.actor()));
    }

    @PutMapping("/delegations/{id}")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "delegation.give", target = "delegation")
    Delegation delegate(
            Account account,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody DelegationBody body) {
        var wish = body.wish();
        return trial.run(
                validateOnly,
                () -> delegations.delegate(account.actor(), new DelegationId(id), wish));
    }

    @PostMapping("/delegations/{id}/revocations")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "delegation.revoke", target = "delegation")
    Delegation revoke(
            Account account,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return trial.run(
                validateOnly, () -> delegations.revoke(account.actor(), new DelegationId(id)));
    }

    /** Whom the caller can hand a decision to, ask to sign, or ask for an opinion. */
    @GetMapping("/colleagues")
    @Requires(Permission.APPLICATION_DECIDE)
    Colleagues colleagues(Account account, @RequestParam Workflow.Part part) {
        boolean isOfUnits = part == Workflow.Part.UNIT_OWNER || part == Workflow.Part.APPLICANT;
        if (part == Workflow.Part.CONTROL_PLANE || isOfUnits != account.unit().isPresent()) {
            return new Colleagues(List.of());
        }
        return new Colleagues(accounts.inPart(part, account.unit().map(Account.OwnUnit::id)));
    }
}

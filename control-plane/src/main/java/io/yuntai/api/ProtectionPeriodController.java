package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application.Participant;
import io.yuntai.onboarding.instant.DeclaredPeriod;
import io.yuntai.onboarding.instant.ProtectionPeriod;
import io.yuntai.onboarding.instant.ProtectionPeriods;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.time.Duration;
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

/** Times in which nothing is granted without a human. */
@RestController
@RequestMapping("/api/v1/protection-periods")
@Tag(name = "instant approval")
class ProtectionPeriodController {

    private static final Duration MOST = Duration.ofDays(366);

    private final ProtectionPeriods periods;
    private final Trial trial;
    private final Clock clock;

    ProtectionPeriodController(ProtectionPeriods periods, Trial trial, Clock clock) {
        this.periods = periods;
        this.trial = trial;
        this.clock = clock;
    }

    @Schema(name = "ProtectionPeriods")
    record PeriodList(List<PeriodView> items) {}

    /**
     * One as it is shown.
     *
     * @param standing now
     * @param ended that it was ended before its time
     */
    @Schema(name = "DeclaredProtectionPeriod")
    record PeriodView(
            UUID id,
            String name,
            Instant from,
            Instant until,
            String basis,
            Participant declaredBy,
            DeclaredPeriod.Standing standing,
            Optional<DeclaredPeriod.End> ended) {

        static PeriodView of(DeclaredPeriod declared, Instant now) {
            var period = declared.period();
            return new PeriodView(
                    period.id(),
                    period.name(),
                    period.from(),
                    period.until(),
                    period.basis(),
                    declared.declaredBy(),
                    declared.at(now),
                    declared.ended());
        }
    }

    /** As it is asked for: everything may be missing. */
    @Schema(name = "ProtectionPeriodBody")
    record PeriodBody(
            Optional<String> name,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<String> basis) {

        ProtectionPeriod period(UUID id) {
            var faults = new ArrayList<Fault>();
            String called = Typed.line(name, "/name", 100, faults);
            String document = Typed.line(basis, "/basis", 200, faults);
            if (from.isEmpty()) {
                faults.add(Fault.at("/from", "REQUIRED"));
            }
            if (until.isEmpty()) {
                faults.add(Fault.at("/until", "REQUIRED"));
            }
            if (faults.isEmpty() && !isPeriod(from.orElseThrow(), until.orElseThrow())) {
                faults.add(Fault.at("/until", "NOT_A_PERIOD", MOST.toDays()));
            }
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new ProtectionPeriod(
                    id, called, from.orElseThrow(), until.orElseThrow(), document);
        }

        private static boolean isPeriod(Instant from, Instant until) {
            var length = Duration.between(from, until);
            return length.compareTo(Duration.ofSeconds(1)) > 0 && length.compareTo(MOST) <= 0;
        }
    }

    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    PeriodList list() {
        var now = clock.instant();
        return new PeriodList(
                periods.latest().stream().map(one -> PeriodView.of(one, now)).toList());
    }

    @PutMapping("/{id}")
    @Requires(Permission.INSTANT_RULE_PROPOSE)
    @AuditAction(value = "protectionPeriod.declare", target = "protectionPeriod")
    ProtectionPeriod declare(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody PeriodBody body) {
        var period = body.period(id);
        return trial.run(validateOnly, () -> periods.declare(actor, period));
    }

    @PostMapping("/{id}/end")
    @Requires(Permission.INSTANT_RULE_APPROVE)
    @AuditAction(value = "protectionPeriod.end", target = "protectionPeriod")
    PeriodView end(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = note.required();
        return PeriodView.of(
                trial.run(validateOnly, () -> periods.end(actor, id, reason)), clock.instant());
    }
}

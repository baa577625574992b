package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Precheck;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the version of the rules that is in force, and keeps what it said. Two applications of one
 * system are decided one after the other, so that each sees what the other was granted.
 */
@Component
class InstantApproval implements Precheck {

    private final RuleStore rules;
    private final CheckStore checks;
    private final Gathering gathering;
    private final Expressions expressions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    InstantApproval(
            RuleStore rules,
            CheckStore checks,
            Gathering gathering,
            Expressions expressions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rules = rules;
        this.checks = checks;
        this.gathering = gathering;
        this.expressions = expressions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome check(Application application, Optional<String> obstacle) {
        checks.holdSystem(application.order().system());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is read back
        var facts = gathering.now(application, obstacle, now);
        var rule = rules.inForce(now);
        var findings =
                rule.map(one ->
                                expressions
                                        .compiled(one.all(), one.says().limits())
                                        .judge(facts, now))
                        .orElse(List.of());
        boolean passed =
                rule.filter(RuleVersion::isOpen).isPresent()
                        && findings.stream().allMatch(Finding::holds);
        var check =
                new Check(
                        application.id(),
                        application.revision(),
                        now,
                        rule.map(one -> new Check.Rule(one.id(), one.number(), one.says().basis())),
                        passed,
                        passed && isSampled(application, rule.orElseThrow()),
                        application.unit(),
                        application.order().system(),
                        Gathering.size(application.order().amounts()),
                        facts,
                        findings);
        checks.insert(check);
        if (check.sampled()) {
            tellOfSample(application, now);
        }
        return passed
                ? new Outcome.Pass(rule.orElseThrow().says().basis())
                : new Outcome.ToHuman(String.join(", ", check.failing()));
    }

    private void tellOfSample(Application application, Instant now) {
        events.publishEvent(
                new Notice(
                        now,
                        new Notice.To.Holders("INSTANT_AUDIT", Optional.empty()),
                        Notice.Kind.SAMPLE_DRAWN,
                        List.of(application.number(), Notice.shown(application.unitName())),
                        "/applications/" + application.id(),
                        "SAMPLE_DRAWN/%s/%d".formatted(application.id(), application.revision())));
    }

    private boolean isSampled(Application application, RuleVersion rule) {
        return RuleVersion.isSampled(
                application.id().toString(), rules.salt(rule.id()), rule.says().auditPercent());
    }
}

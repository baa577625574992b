package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.instant.Check;
import io.yuntai.onboarding.instant.Fact;
import io.yuntai.onboarding.instant.Facts;
import io.yuntai.onboarding.instant.Finding;
import io.yuntai.onboarding.instant.InstantAudits;
import io.yuntai.onboarding.instant.Sampled;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Duration;
import java.time.Instant;
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

/** What was decided by rule, on which evidence, and what people say of it afterwards. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "instant approval")
class InstantAuditController {

    private final InstantAudits audits;
    private final Trial trial;

    InstantAuditController(InstantAudits audits, Trial trial) {
        this.audits = audits;
        this.trial = trial;
    }

    /** A revision each that came before the rules, the first first. */
    @Schema(name = "Prechecks")
    record PrecheckList(List<PrecheckView> items) {}

    /**
     * What was decided about a revision.
     *
     * @param rule empty: none was in force
     */
    @Schema(name = "Precheck")
    record PrecheckView(
            int revision,
            Instant at,
            Optional<Check.Rule> rule,
            boolean passed,
            List<PredicateFinding> findings,
            List<KnownFact> facts) {

        static PrecheckView of(Check check) {
            return new PrecheckView(
                    check.revision(),
                    check.at(),
                    check.rule(),
                    check.passed(),
                    check.findings().stream().map(PredicateFinding::of).toList(),
                    Stream.of(Fact.values())
                            .filter(fact -> check.facts().values().containsKey(fact))
                            .map(fact -> KnownFact.of(fact, check))
                            .toList());
        }
    }

    /**
     * What came of one predicate.
     *
     * @param why what was missing, too old or wrong; empty when it is plain
     */
    @Schema(name = "PrecheckFinding")
    record PredicateFinding(String name, String expression, Finding.Value value, String why) {

        static PredicateFinding of(Finding one) {
            return new PredicateFinding(one.name(), one.expression(), one.value(), one.why());
        }
    }

    /**
     * A fact as it was known then.
     *
     * @param value as a text
     * @param age how old it was, in seconds
     * @param stale too old to be relied on
     */
    @Schema(name = "PrecheckFact")
    record KnownFact(String name, Fact.Type type, String value, long age, boolean stale) {

        static KnownFact of(Fact fact, Check check) {
            Facts.Known known = Optional.ofNullable(check.facts().values().get(fact)).orElseThrow();
            return new KnownFact(
                    fact.code(),
                    fact.type(),
                    known.value().raw().toString(),
                    Math.max(0, Duration.between(known.at(), check.at()).toSeconds()),
                    check.facts().isStale(fact, check.at()));
        }
    }

    @Schema(name = "InstantAuditBody")
    record AuditBody(Optional<Boolean> passed, Optional<String> reason) {}

    /** Why an application has passed, or needs people. */
    @GetMapping("/applications/{id}/precheck")
    @Requires(Permission.APPLICATION_READ)
    PrecheckList precheck(Actor actor, @PathVariable ApplicationId id) {
        return new PrecheckList(audits.evidence(actor, id).stream().map(PrecheckView::of).toList());
    }

    /**
     * What has passed and was drawn for an audit, the latest first.
     *
     * @param open only what nobody has looked at yet
     */
    @GetMapping("/instant-audits")
    @Requires(Permission.INSTANT_AUDIT)
    Page<Sampled> sample(PageQuery query, @RequestParam(defaultValue = "false") boolean open) {
        return audits.sample(query, open);
    }

    /** What came of an audit; a failed one suspends the unit from instant approval. */
    @PutMapping("/instant-audits/{application}")
    @Requires(Permission.INSTANT_AUDIT)
    @AuditAction(value = "instant.audit", target = "application")
    Check.Audit audit(
            Actor actor,
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody AuditBody body) {
        boolean passed = body.passed().orElseThrow(() -> ApplicationBody.required("/passed"));
        String reason = Note.required(body.reason(), "/reason");
        return trial.run(validateOnly, () -> audits.audit(actor, application, passed, reason));
    }

    /** Lifts what a failed audit has brought. */
    @PostMapping("/instant-audits/{application}/lifts")
    @Requires(Permission.INSTANT_RULE_APPROVE)
    @AuditAction(value = "instant.lift", target = "application")
    Check.Audit lift(
            Actor actor,
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = note.required();
        return trial.run(validateOnly, () -> audits.lift(actor, application, reason));
    }
}

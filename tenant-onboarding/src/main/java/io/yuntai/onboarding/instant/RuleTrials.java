package io.yuntai.onboarding.instant;

import static java.util.stream.Collectors.toMap;

import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.system.SystemId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Runs a version over what was applied for before, each application as of its own time. What the
 * version itself would have granted a system counts against it, in place of what was granted then.
 */
@Component
class RuleTrials {

    /** How far back it looks. */
    static final Duration QUARTER = Duration.ofDays(92);

    /** Of how many applications at most. */
    static final int MOST = 5000;

    private final Applications applications;
    private final CheckStore checks;
    private final Gathering gathering;
    private final Expressions expressions;

    RuleTrials(
            Applications applications,
            CheckStore checks,
            Gathering gathering,
            Expressions expressions) {
        this.applications = applications;
        this.checks = checks;
        this.gathering = gathering;
        this.expressions = expressions;
    }

    /** An application with its facts. */
    private record Case(
            Application application, Facts facts, Instant at, RuleTrial.Source source) {}

    private record Judged(RuleTrial.Tried tried, List<Finding> findings) {}

    private record Grant(Instant at, Check.Size size) {}

    RuleTrial run(RuleVersion version, Instant now) {
        Instant since = now.minus(QUARTER);
        var submitted = applications.submittedSince(since, MOST + 1);
        boolean complete = submitted.size() <= MOST;
        var kept = kept(since);
        var cases =
                submitted.stream()
                        .limit(MOST)
                        .flatMap(one -> told(one, kept).stream())
                        .sorted((a, b) -> a.at().compareTo(b.at()))
                        .toList();
        var judged = judge(version, cases);
        var tried = judged.stream().map(Judged::tried).toList();
        return new RuleTrial(
                since,
                complete,
                tried.size(),
                (int) tried.stream().filter(RuleTrial.Tried::passes).count(),
                (int) tried.stream().filter(RuleTrials::isAgainstPeople).count(),
                failing(judged),
                tried.reversed());
    }

    /** Of each application the last revision that came so far. */
    private Map<ApplicationId, Check> kept(Instant since) {
        return checks.since(since, MOST).stream()
                .collect(
                        toMap(
                                Check::application,
                                check -> check,
                                (a, b) -> a.revision() > b.revision() ? a : b));
    }

    /** What its own unit has not approved never came before the rules. */
    private Optional<Case> told(Application application, Map<ApplicationId, Check> kept) {
        var check = kept.get(application.id());
        if (check != null) {
            return Optional.of(
                    new Case(application, check.facts(), check.at(), RuleTrial.Source.EVIDENCE));
        }
        return switch (application.state()) {
            case DRAFT, DEPT_REVIEW, RETURNED, WITHDRAWN, EXPIRED -> Optional.empty();
            case PRECHECK,
                    TECH_REVIEW,
                    EXPERT_REVIEW,
                    BUREAU_APPROVAL,
                    AUTO_APPROVED,
                    APPROVED,
                    DELIVERING,
                    PARTIAL,
                    DELIVERED,
                    CLOSED,
                    REJECTED ->
                    Optional.of(
                            new Case(
                                    application,
                                    gathering.recomputed(application),
                                    application.submittedAt(),
                                    RuleTrial.Source.RECOMPUTED));
        };
    }

    /** In the order in which they were decided, as each grant counts for those after it. */
    private List<Judged> judge(RuleVersion version, List<Case> cases) {
        var compiled = expressions.compiled(version.all(), version.says().limits());
        var grants = new HashMap<SystemId, List<Grant>>();
        var judged = new ArrayList<Judged>();
        for (var one : cases) {
            var order = one.application().requested();
            var size = Gathering.size(order.amounts());
            var before = grants.computeIfAbsent(order.system(), _ -> new ArrayList<>());
            Instant from = one.at().minus(Gathering.WINDOW);
            var sum =
                    before.stream()
                            .filter(grant -> grant.at().isAfter(from))
                            .map(Grant::size)
                            .reduce(size, Check.Size::plus);
            var facts = one.facts().with(Gathering.granted(sum, one.at()));
            var findings = compiled.judge(facts, one.at());
            boolean passes = version.isOpen() && findings.stream().allMatch(Finding::holds);
            if (passes) {
                before.add(new Grant(one.at(), size));
            }
            judged.add(new Judged(tried(one, size, passes, findings), findings));
        }
        return judged;
    }

    private static RuleTrial.Tried tried(
            Case one, Check.Size size, boolean passes, List<Finding> findings) {
        var application = one.application();
        return new RuleTrial.Tried(
                application.id(),
                application.number(),
                application.unitName(),
                application.systemName(),
                application.submittedAt(),
                size,
                one.source(),
                passes,
                findings.stream().filter(finding -> !finding.holds()).map(Finding::name).toList(),
                application.state(),
                human(application));
    }

    private static RuleTrial.Human human(Application application) {
        if (application.state().isGranted()) {
            if (application.decidedBy().isEmpty()) {
                return RuleTrial.Human.BY_RULE;
            }
            return application.order().items().equals(application.requested().items())
                    ? RuleTrial.Human.GRANTED
                    : RuleTrial.Human.GRANTED_LESS;
        }
        if (application.state() == Workflow.State.REJECTED) {
            return RuleTrial.Human.REJECTED;
        }
        return application.state() == Workflow.State.RETURNED
                ? RuleTrial.Human.RETURNED
                : RuleTrial.Human.UNDECIDED;
    }

    private static boolean isAgainstPeople(RuleTrial.Tried one) {
        return one.passes()
                && switch (one.human()) {
                    case REJECTED, RETURNED, GRANTED_LESS -> true;
                    case GRANTED, BY_RULE, UNDECIDED -> false;
                };
    }

    private static List<RuleTrial.Failing> failing(List<Judged> judged) {
        var counts = new LinkedHashMap<String, int[]>();
        for (var one : judged) {
            for (var finding : one.findings()) {
                int[] count = counts.computeIfAbsent(finding.name(), _ -> new int[2]);
                switch (finding.value()) {
                    case HOLDS -> {}
                    case HOLDS_NOT -> count[0]++;
                    case UNDETERMINED -> count[1]++;
                }
            }
        }
        return counts.entrySet().stream()
                .map(e -> new RuleTrial.Failing(e.getKey(), e.getValue()[0], e.getValue()[1]))
                .toList();
    }
}

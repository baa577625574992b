package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided about a revision of an application without a human, and on which evidence.
 *
 * @param rule the version in force; empty: there was none
 * @param passed whether it was granted; else people decide
 * @param sampled whether somebody looks at it afterwards
 * @param findings one for each predicate, in their order
 */
public record Check(
        ApplicationId application,
        int revision,
        Instant at,
        Optional<Rule> rule,
        boolean passed,
        boolean sampled,
        UnitId unit,
        SystemId system,
        Size size,
        Facts facts,
        List<Finding> findings) {

    /** The version of the rules that was asked. */
    public record Rule(RuleId id, int number, String basis) {}

    /** What an order takes; storage of all classes together. */
    public record Size(long vcpu, long memoryGib, long storageGib) {

        public static final Size NOTHING = new Size(0, 0, 0);

        Size plus(Size other) {
            return new Size(
                    Math.addExact(vcpu, other.vcpu),
                    Math.addExact(memoryGib, other.memoryGib),
                    Math.addExact(storageGib, other.storageGib));
        }
    }

    /** Somebody has looked at it again. */
    public record Audit(
            Application.Participant by,
            Instant at,
            boolean passed,
            String reason,
            Optional<Lift> lift) {}

    /** Somebody else has lifted what a failed audit brought. */
    public record Lift(Application.Participant by, Instant at, String reason) {}

    public Check {
        findings = List.copyOf(findings);
        if (passed && (rule.isEmpty() || !findings.stream().allMatch(Finding::holds))) {
            throw new IllegalArgumentException("nothing passes but by rules that hold");
        }
    }

    /** What keeps it from passing, by name. */
    List<String> failing() {
        return findings.stream().filter(one -> !one.holds()).map(Finding::name).toList();
    }
}

package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Workflow;
import java.time.Instant;
import java.util.List;

/**
 * What a version of the rules would have done with the applications of the last quarter.
 *
 * @param since submitted from then on
 * @param complete false: there are more than {@value RuleTrials#MOST}, and the latest were taken
 * @param applications how many were tried
 * @param passing how many would have passed
 * @param againstPeople how many would have passed that people rejected, returned or granted less
 * @param predicates what kept applications from passing
 * @param tried the applications, the latest first
 */
public record RuleTrial(
        Instant since,
        boolean complete,
        int applications,
        int passing,
        int againstPeople,
        List<Failing> predicates,
        List<Tried> tried) {

    /** How many a predicate has kept from passing. */
    public record Failing(String name, int holdsNot, int undetermined) {}

    /** Where the facts are from. */
    public enum Source {
        /** As they were kept when the application was decided. */
        EVIDENCE,
        /** As of its submission, as far as they can still be told; the others are missing. */
        RECOMPUTED
    }

    /** What people made of an application so far. */
    public enum Human {
        GRANTED,
        GRANTED_LESS,
        /** By rule, without people. */
        BY_RULE,
        RETURNED,
        REJECTED,
        UNDECIDED
    }

    /**
     * One application.
     *
     * @param failing the predicates that do not hold; empty: it would have passed
     */
    public record Tried(
            ApplicationId application,
            String number,
            String unitName,
            String systemName,
            Instant submittedAt,
            Check.Size size,
            Source source,
            boolean passes,
            List<String> failing,
            Workflow.State state,
            Human human) {

        public Tried {
            failing = List.copyOf(failing);
        }
    }

    public RuleTrial {
        predicates = List.copyOf(predicates);
        tried = List.copyOf(tried);
    }
}

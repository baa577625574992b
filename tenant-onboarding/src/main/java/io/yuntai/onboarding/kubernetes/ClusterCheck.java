package io.yuntai.onboarding.kubernetes;

import java.util.List;

/**
 * One thing that was looked into.
 *
 * @param code stable, in capitals; the text for people and what is to be done are made from it
 * @param arguments what the text needs, in its order; free of secrets
 */
public record ClusterCheck(Subject subject, Outcome outcome, String code, List<String> arguments) {

    /** What is looked into, in this order. */
    public enum Subject {
        REACH,
        CREDENTIALS,
        VERSION,
        IDENTITY,
        CLOCK,
        PERMISSIONS,
        GUARDS,
        KUBEVIRT,
        CDI,
        NODES
    }

    /** How it came out. */
    public enum Outcome {
        PASSED,
        /** It can be used, with less. */
        WARNING,
        /** It cannot be used as it is. */
        FAILED,
        /** Could not be looked into, since something before it failed. */
        SKIPPED
    }

    public ClusterCheck {
        arguments = List.copyOf(arguments);
    }

    /** One that is as it should be. */
    public static ClusterCheck passed(Subject subject, String code, String... arguments) {
        return new ClusterCheck(subject, Outcome.PASSED, code, List.of(arguments));
    }

    static ClusterCheck warning(Subject subject, String code, String... arguments) {
        return new ClusterCheck(subject, Outcome.WARNING, code, List.of(arguments));
    }

    /** One that keeps the cluster from being used. */
    public static ClusterCheck failed(Subject subject, String code, String... arguments) {
        return new ClusterCheck(subject, Outcome.FAILED, code, List.of(arguments));
    }
}

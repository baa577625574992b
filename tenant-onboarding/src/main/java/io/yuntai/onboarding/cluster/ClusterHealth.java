package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.Symptom;
import java.util.List;

/**
 * How a cluster is, as this process has last met it.
 *
 * @param symptoms why it is not healthy, the worst first
 */
public record ClusterHealth(Status status, List<Symptom> symptoms) {

    /** In a word. */
    public enum Status {
        HEALTHY,
        /** It works, and something is wrong. */
        DEGRADED,
        /** Nothing can be delivered there; work waits. */
        UNAVAILABLE,
        /** This process is not connected to it, or has not asked it yet. */
        UNKNOWN
    }

    public ClusterHealth {
        symptoms = List.copyOf(symptoms);
    }

    static ClusterHealth of(boolean reachable, List<Symptom> symptoms) {
        if (symptoms.stream().anyMatch(symptom -> symptom.kind().stops())) {
            return new ClusterHealth(Status.UNAVAILABLE, symptoms);
        }
        if (!reachable) {
            return new ClusterHealth(Status.UNKNOWN, symptoms);
        }
        return new ClusterHealth(symptoms.isEmpty() ? Status.HEALTHY : Status.DEGRADED, symptoms);
    }
}

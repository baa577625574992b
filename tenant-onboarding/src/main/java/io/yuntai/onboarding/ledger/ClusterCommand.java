package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that a person has said of a cluster.
 *
 * @param id the caller's
 * @param cluster its name
 * @param reason in his words, 1 to {@value #MAX_REASON} characters
 * @param by who; {@code name} as it is today
 */
public record ClusterCommand(
        UUID id, String cluster, Kind kind, String reason, PersonId by, String name, Instant at) {

    public static final int MAX_REASON = 1000;

    /** What there is to say. */
    public enum Kind {
        /** Nothing is to be written to it or placed there; its leases stay charged. */
        FENCE("fence"),
        /** It is dead for good: what its leases were charged is free. */
        WRITE_OFF("writeOff"),
        /** It is back: what it holds is charged again. */
        READMIT("readmit"),
        /** Nothing new is to be placed there. */
        CORDON("cordon"),
        /** Something new may be placed there again. */
        UNCORDON("uncordon"),
        /** Nothing new, and what lies idle there is to be given back. */
        DRAIN("drain"),
        /** Another cluster that has nothing of ours is in its place: everything is made there. */
        ACCEPT_IDENTITY("acceptIdentity"),
        /** What was approved for namespaces that are empty there is wanted no longer. */
        RELEASE("release"),
        /** It is none of ours any more. */
        DEREGISTER("deregister");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** In the audit's vocabulary. */
        public String code() {
            return code;
        }
    }

    public ClusterCommand {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason of " + reason.length() + " characters");
        }
    }
}

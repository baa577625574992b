package io.yuntai.onboarding.kubernetes;

import java.time.Instant;

/**
 * Something that is wrong with a cluster at the moment.
 *
 * @param since when it was first seen, without a break since
 * @param detail the cluster's own words or a figure; free of secrets, bounded, may be empty
 */
public record Symptom(Kind kind, Instant since, String detail) {

    /** What can be wrong, the worst first. */
    public enum Kind {
        /** It is registered, but the key that its kubeconfig was sealed with is not configured. */
        KEY_UNKNOWN(true),
        /** No answer. */
        UNREACHABLE(true),
        /** Answers that are none of a Kubernetes API. */
        NONSENSE(true),
        /** It does not accept our credentials. */
        UNAUTHORIZED(true),
        /** It asks for fewer requests: 429. */
        THROTTLED(true),
        /** Another cluster answers at its address than the one that was registered. */
        IDENTITY_CHANGED(true),
        /** Answers take more than {@link Pulse#SLOW}. */
        SLOW(false),
        /** Writes are refused again and again, since others write the same: 409. */
        CONFLICTS(false),
        /** A permission is missing. */
        FORBIDDEN(false),
        /** The guards could not be set up. */
        UNGUARDED(false),
        /** Changes are not told; the sweep finds them, later. */
        WATCH_BROKEN(false),
        /** Its clock and ours differ. */
        CLOCK(false),
        /** The ledger is reading what it holds, after a restore. */
        LEARNING(false),
        /** Our client certificate ends soon. */
        CERTIFICATE_ENDS(false);

        private final boolean stops;

        Kind(boolean stops) {
            this.stops = stops;
        }

        /** Whether nothing can be delivered there meanwhile. */
        public boolean stops() {
            return stops;
        }
    }
}

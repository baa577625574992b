package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.ledger.LeaseId;
import java.util.UUID;

/**
 * What of a namespace is looked at together, and put right together.
 *
 * @param where the namespace
 * @param name {@code content}, {@code quota}, or the id of a host
 */
public record DriftPart(LeaseId where, String name) {

    private static final String CONTENT = "content";
    private static final String QUOTA = "quota";

    /** Labels, defaults, network policy and who may enter. */
    public static DriftPart content(LeaseId where) {
        return new DriftPart(where, CONTENT);
    }

    /** Its lease, and quotas beside it. */
    public static DriftPart quota(LeaseId where) {
        return new DriftPart(where, QUOTA);
    }

    /** A host: its machine, disks and user data. */
    public static DriftPart host(LeaseId where, UUID host) {
        return new DriftPart(where, host.toString());
    }

    public boolean isHost() {
        return !isContent() && !isQuota();
    }

    public boolean isContent() {
        return name.equals(CONTENT);
    }

    public boolean isQuota() {
        return name.equals(QUOTA);
    }
}

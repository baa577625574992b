package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.NamespaceName;
import java.time.Instant;
import java.util.Optional;

/**
 * Something on a cluster that the register does not know. It is shown, and nothing else: nothing of
 * it is changed or deleted.
 *
 * @param kind whether it is taken for ours
 * @param host the machine; empty: it is the namespace as a whole, or a disk
 * @param disk the claim, of a host that is none any more; empty: it is none
 * @param uid the object's
 * @param hosts of a namespace: how many machines are in it
 * @param vcpu of a machine, or of all in a namespace, as far as they say
 * @param memoryBytes likewise
 * @param since when it was first found
 */
public record Finding(
        Kind kind,
        String cluster,
        NamespaceName namespace,
        Optional<String> host,
        Optional<String> disk,
        String uid,
        int hosts,
        int vcpu,
        long memoryBytes,
        Instant since) {

    /** Whose it seems to be. */
    public enum Kind {
        /** Labelled as ours, and the database knows nothing of it. */
        ORPHAN,
        /** Managed by nobody: it can be taken over. */
        UNMANAGED
    }
}

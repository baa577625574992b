package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was taken over by one file.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param adopterName the adopter's name as it is today
 * @param debts the levels that were in debt right after it
 */
public record Adoption(
        AdoptionId id,
        String fileName,
        String digest,
        PersonId adoptedBy,
        String adopterName,
        Instant adoptedAt,
        List<Taken> namespaces,
        List<Debt> debts) {

    /**
     * A namespace that was taken over with all in it.
     *
     * @param uid of the namespace as it was found
     * @param charged to the system's unit, in pod units
     * @param launchers charged to the pool's infrastructure
     * @param notes what becomes of what others governed it by
     * @param doneAt when its cluster was seen to hold all of it; empty: under way
     */
    public record Taken(
            ClusterName cluster,
            NamespaceName namespace,
            String uid,
            SystemId system,
            SystemCode systemCode,
            PoolId pool,
            Amounts charged,
            Amounts launchers,
            List<Machine> hosts,
            List<Note> notes,
            Optional<Instant> doneAt) {
        public Taken {
            hosts = List.copyOf(hosts);
            notes = List.copyOf(notes);
        }
    }

    /** A machine that is a host from now on. */
    public record Machine(
            String name, int vcpu, long memoryBytes, long diskBytes, int disks, boolean running) {}

    /**
     * Something of others that governs a namespace.
     *
     * @param name of the object
     * @param content what it says, in short
     */
    public record Note(Fate fate, String kind, String name, String content) {}

    /** What becomes of it. */
    public enum Fate {
        /** A ResourceQuota: it goes as soon as the lease is enforced, for there is only one. */
        REPLACED,
        /** It stays as it is; from now on only we change objects of its kind there. */
        STAYS
    }

    /**
     * A level that holds more than its ceiling.
     *
     * @param amount by how much
     */
    public record Debt(NodeRef node, Resource resource, long ceiling, long held, long amount) {}

    public Adoption {
        namespaces = List.copyOf(namespaces);
        debts = List.copyOf(debts);
    }
}

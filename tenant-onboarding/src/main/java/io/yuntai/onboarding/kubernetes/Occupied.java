package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.host.HostKept;
import io.yuntai.quota.Amounts;
import java.util.List;
import java.util.Optional;

/**
 * A namespace as others have left it, for whoever takes it over.
 *
 * @param uid which of those that bore the name one after the other
 * @param holder who has it already; empty: nobody
 * @param ending whether it is being deleted
 * @param measured what all that is there takes once it is made anew under our defaults, in the
 *     units of {@link Desired.Lease#hard}
 * @param beside the part of it that is no machine's: neither its launcher nor its disks
 * @param machines those in it, by name
 * @param objects what others govern it by, by kind and name
 * @param inadmissible pods that could not be made anew under our rules, and why not; at most 20
 */
public record Occupied(
        String uid,
        Optional<Holder> holder,
        boolean ending,
        Amounts measured,
        Amounts beside,
        List<Machine> machines,
        List<Beside> objects,
        List<String> inadmissible) {

    /** Whose a namespace is. */
    public enum Holder {
        /** It bears our label: a control plane's, be it this one or another. */
        MANAGED,
        /** It has a ResourceQuota with the name of ours. */
        NAME_TAKEN
    }

    /**
     * A machine.
     *
     * @param vcpu guest processors; 0: it does not say
     * @param memoryBytes guest memory; 0: it does not say
     * @param running whether it is to run
     * @param disks its claims, the first being what it starts from
     * @param as how it is to be written from now on, which changes nothing
     */
    public record Machine(
            String name,
            int vcpu,
            long memoryBytes,
            boolean running,
            List<Disk> disks,
            HostKept as) {
        public Machine {
            disks = List.copyOf(disks);
        }
    }

    /**
     * A claim.
     *
     * @param storageClass {@code none} where it names none
     */
    public record Disk(String claim, long bytes, String storageClass) {}

    /**
     * An object that governs the namespace and is not ours.
     *
     * @param kind {@code ResourceQuota}, {@code LimitRange}, {@code NetworkPolicy}, {@code
     *     RoleBinding}
     * @param content what it says, in short
     */
    public record Beside(String kind, String name, String content) {}

    public Occupied {
        machines = List.copyOf(machines);
        objects = List.copyOf(objects);
        inadmissible = List.copyOf(inadmissible);
    }
}

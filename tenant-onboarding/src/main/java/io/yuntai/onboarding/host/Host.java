package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.rules.WorkRules;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cloud host.
 *
 * @param name unique in its system, a DNS label
 * @param unit the system's owner of today
 * @param unitRegion the region's code (GB/T 2260)
 * @param reason the cluster's word for the state; may be empty
 * @param cluster where it runs
 * @param namespace its namespace there
 * @param plan what people want of it
 * @param notes what else its cluster says of it
 */
public record Host(
        HostId id,
        String name,
        SystemId system,
        String systemCode,
        String systemName,
        UnitId unit,
        String unitCode,
        String unitName,
        String unitRegion,
        PoolId pool,
        int vcpu,
        long memoryBytes,
        long diskBytes,
        String storageClass,
        State state,
        String reason,
        String cluster,
        String namespace,
        Optional<Instant> deliveredAt,
        Plan plan,
        Notes notes) {

    /** Begins the reason of one that is made anew since its cluster was emptied or replaced. */
    public static final String CLUSTER_REPLACED = "ClusterReplaced";

    /** The reason of one whose machine somebody has deleted. */
    public static final String DELETED_BY_HAND = "DeletedByHand";

    /** When its term ends, or its trial; empty: it has none. */
    Optional<Instant> end(WorkRules.HostRules rules) {
        return plan.confirmed() ? plan.ends() : deliveredAt.map(at -> at.plus(rules.trial()));
    }

    /** What the cluster makes of it. */
    public enum State {
        /** Wanted, and not yet seen as it shall be. */
        PROVISIONING,
        RUNNING,
        STOPPED,
        /** The cluster refuses it; the reason says why. */
        FAILED,
        /** It is not there any more. */
        GONE
    }

    /**
     * What people want of a host.
     *
     * @param version raised by one with each step of its life
     * @param running whether it shall run
     * @param confirmed whether its owner has confirmed the delivery
     * @param holdsCompute whether its processors and memory are charged
     * @param restarts how often it was to be restarted, and how often it was
     * @param rebuilds how often its system disk was to be made anew, and how often it was
     * @param recycled how it came to the recycle bin, if it is there or was destroyed since
     * @param ends until when it was applied for; empty until its owner has confirmed it
     * @param refusal why its last start was not granted, if it was not
     * @param disks data disks, by position
     * @param givenUp those that are wanted no more and may still be there
     * @param made how its machine was made when it was last made; empty: it was not yet, or before
     *     that was kept, or others have made it
     */
    public record Plan(
            HostLife.State life,
            int version,
            boolean running,
            boolean confirmed,
            boolean holdsCompute,
            Times restarts,
            Times rebuilds,
            Optional<Recycled> recycled,
            Optional<Instant> ends,
            Optional<HostRefusal> refusal,
            List<DataDisk> disks,
            List<DataDisk> givenUp,
            HostSetup setup,
            Optional<HostMade> made) {

        public Plan {
            disks = List.copyOf(disks);
            givenUp = List.copyOf(givenUp);
        }

        Plan made(HostMade as) {
            return new Plan(
                    life,
                    version,
                    running,
                    confirmed,
                    holdsCompute,
                    restarts,
                    rebuilds,
                    recycled,
                    ends,
                    refusal,
                    disks,
                    givenUp,
                    setup,
                    Optional.of(as));
        }
    }

    /**
     * How a host came to the recycle bin.
     *
     * @param by who has moved it there; empty: the control plane, at the end of its term
     * @param destructionProposedBy who has proposed to destroy it, where nobody had moved it there
     */
    public record Recycled(
            Instant at, Optional<PersonId> by, Optional<PersonId> destructionProposedBy) {

        /** Whether nobody has said yet that it shall go, so that one alone would destroy it. */
        public boolean needsProposal() {
            return by.isEmpty() && destructionProposedBy.isEmpty();
        }

        /** Whether this person has said that it shall go. */
        public boolean isOf(PersonId person) {
            return by.filter(person::equals).isPresent()
                    || destructionProposedBy.filter(person::equals).isPresent();
        }
    }

    /**
     * What a host's cluster says of it.
     *
     * @param addresses of its interfaces; none when it does not run, or the cluster does not know
     * @param conditions those that do not hold, in the cluster's words
     */
    public record Notes(List<String> addresses, List<String> conditions) {

        public static final Notes NONE = new Notes(List.of(), List.of());

        /** KubeVirt's condition, as one that does not hold begins. */
        public static final String LIVE_MIGRATABLE = "LiveMigratable";

        /** Whether the cluster says that it cannot be moved while it runs, and so why. */
        boolean isFixed() {
            return conditions.stream().anyMatch(one -> one.startsWith(LIVE_MIGRATABLE));
        }

        public Notes {
            addresses = List.copyOf(addresses);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * How often something was asked for, and how often it was done.
     *
     * @param ended the uid of the instance that the last restart ends, of rebuilds of the system
     *     disk that the last one replaces; empty: not known
     */
    public record Times(int asked, int done, String ended) {

        public static final Times NEVER = new Times(0, 0);

        /** Of which is not known what the last one ends. */
        public Times(int asked, int done) {
            this(asked, done, "");
        }

        public boolean pending() {
            return done < asked;
        }
    }

    /**
     * Whether it runs or need not: somebody may have stopped it or given it back before it came.
     */
    public boolean hasCome() {
        return state == State.RUNNING || !plan.running();
    }

    /** Whether it was given back, and may still run for all that is known. */
    public boolean leaves() {
        return plan.life() == HostLife.State.RECYCLE_BIN
                && switch (state) {
                    case PROVISIONING, RUNNING -> true;
                    case FAILED -> !reason.equals(DELETED_BY_HAND);
                    case STOPPED, GONE -> false;
                };
    }

    /** Processors, memory and graphics processors, in guest units. */
    public Amounts compute() {
        return compute(vcpu, memoryBytes)
                .plus(plan.setup().gpus().map(Gpus::amounts).orElse(Amounts.NONE));
    }

    static Amounts compute(int vcpu, long memoryBytes) {
        return Amounts.of(Map.of(Resource.CPU, vcpu * 1000L, Resource.MEMORY, memoryBytes));
    }

    /** Its disks, and that it is one. */
    public Amounts kept() {
        return plan.disks().stream()
                .map(disk -> Amounts.of(Resource.storage(disk.storageClass()), disk.bytes()))
                .reduce(
                        Amounts.of(
                                Map.of(
                                        Resource.storage(storageClass),
                                        diskBytes,
                                        Resource.HOSTS,
                                        1L)),
                        Amounts::plus);
    }

    /** The same host, as its cluster shows it. */
    public Host seen(State newState, String newReason, Notes newNotes) {
        return with(newState, newReason, plan, newNotes);
    }

    /** The same, whose machine is made so. */
    public Host made(HostMade as) {
        return with(state, reason, plan.made(as), notes);
    }

    private Host with(State newState, String newReason, Plan newPlan, Notes newNotes) {
        return new Host(
                id,
                name,
                system,
                systemCode,
                systemName,
                unit,
                unitCode,
                unitName,
                unitRegion,
                pool,
                vcpu,
                memoryBytes,
                diskBytes,
                storageClass,
                newState,
                newReason,
                cluster,
                namespace,
                deliveredAt,
                newPlan,
                newNotes);
    }
}

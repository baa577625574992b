package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Resource;
import java.util.Optional;
import java.util.Set;

/**
 * One object that a cluster shall hold. The desired state is computed from the database as these
 * values; how they read in YAML is the cluster's matter.
 */
public sealed interface Desired {

    NamespaceName namespace();

    /** A system's namespace in one pool, closed: with defaults for containers and no network. */
    record SystemNamespace(NamespaceName namespace, UnitId unit, SystemId system, PoolId pool)
            implements Desired {}

    /**
     * A lease of nothing at epoch zero: the namespace's one ResourceQuota, named {@code yuntai}.
     * All that a lease ever holds comes by {@link Cluster#growOrShrink}, whose fence a creation
     * that is delayed for long does not have.
     */
    record EmptyLease(NamespaceName namespace) implements Desired {}

    /**
     * A cloud host: a KubeVirt VirtualMachine.
     *
     * @param name its name in the namespace, a DNS label
     * @param vcpu guest processors
     * @param memoryBytes guest memory
     * @param diskBytes size of its system disk
     * @param storageClass of its system disk
     * @param build what it is made of beside that
     */
    record Host(
            NamespaceName namespace,
            String name,
            HostId id,
            int vcpu,
            long memoryBytes,
            long diskBytes,
            String storageClass,
            PoolId pool,
            HostBuild build)
            implements Desired {

        /** One that runs, with an empty disk and nothing else. */
        public Host(
                NamespaceName namespace,
                String name,
                HostId id,
                int vcpu,
                long memoryBytes,
                long diskBytes,
                String storageClass,
                PoolId pool) {
            this(
                    namespace,
                    name,
                    id,
                    vcpu,
                    memoryBytes,
                    diskBytes,
                    storageClass,
                    pool,
                    HostBuild.PLAIN);
        }

        /** The same, of which is kept how it was made. */
        public Host made(HostMade as) {
            return new Host(
                    namespace,
                    name,
                    id,
                    vcpu,
                    memoryBytes,
                    diskBytes,
                    storageClass,
                    pool,
                    build.made(as));
        }

        /** The same for the same host: what a cluster's machine was last made of. */
        public String digest() {
            return HostBuild.digest(toString());
        }
    }

    /**
     * What a lease shall be, with {@code epoch} in its annotation {@code yuntai.io/epoch}.
     *
     * @param hard what is not named here is zero, not unlimited; in pod units: {@code cpuMillis} is
     *     {@code requests.cpu}, {@code memoryBytes} is {@code requests.memory}, {@code
     *     storageBytes/C} is {@code C.storageclass.storage.k8s.io/requests.storage}, {@code hosts}
     *     is {@code count/virtualmachines.kubevirt.io}
     * @param limited what stays limited where nothing of it is granted now
     */
    record Lease(NamespaceName namespace, Amounts hard, Epoch epoch, Set<Resource> limited) {

        /** One of which only what is granted is limited, beside what always is. */
        public Lease(NamespaceName namespace, Amounts hard, Epoch epoch) {
            this(namespace, hard, epoch, Set.of());
        }

        public Lease {
            limited = Set.copyOf(limited);
        }
    }

    /**
     * A namespace that people work in: as {@link SystemNamespace}, with what it was granted, and
     * bound to the groups of its unit and its system. To be made only where the lease is enforced,
     * for what nobody may enter needs no limit.
     *
     * @param unit the unit's code, of which the names of its groups are made
     * @param system likewise
     * @param shared whether its cluster serves other pools too, whose nodes are not for its pods
     * @param gate the uid of the migration whose targets are the only pods that are let in; {@code
     *     closed} while there is none yet; empty: pods are let in as ever
     */
    record Tenancy(
            SystemNamespace of,
            UnifiedSocialCreditCode unit,
            SystemCode system,
            Set<Grant> grants,
            boolean shared,
            Optional<String> gate) {

        /** One that lets pods in. */
        public Tenancy(
                SystemNamespace of,
                UnifiedSocialCreditCode unit,
                SystemCode system,
                Set<Grant> grants,
                boolean shared) {
            this(of, unit, system, grants, shared, Optional.empty());
        }

        public Tenancy {
            grants = Set.copyOf(grants);
        }

        public NamespaceName namespace() {
            return of.namespace();
        }
    }
}

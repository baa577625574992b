package io.yuntai.onboarding.application;

import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of an application's cart. */
public sealed interface Item {

    /** One GiB in bytes. */
    long GIB = 1L << 30;

    /** What it takes of the quota, in guest units. */
    Amounts amounts();

    /** Whether something is made that is not there yet. */
    default boolean makesNew() {
        return false;
    }

    /** Whether a host is made, the term of which begins with its owner's confirmation. */
    default boolean beginsTerm() {
        return false;
    }

    /** What its hosts take beside that on their nodes, charged to the pool's infrastructure. */
    Amounts overhead(LauncherOverhead overhead);

    /** As much of it as these amounts have room for; empty: nothing. */
    Optional<Item> fitting(Amounts most);

    /**
     * What a cut leaves of it; empty: nothing. Unless a kind says otherwise all of it is granted,
     * or nothing.
     *
     * @param cut one that leaves something
     * @throws IllegalArgumentException when that is more than there is, or no such thing can be
     */
    default Optional<Item> cut(Cut cut) {
        within("count", cut.count(), 1, 1);
        return Optional.of(this);
    }

    /**
     * New cloud hosts, all alike.
     *
     * @param count 1 to {@value #MAX_COUNT}
     * @param vcpu processors of each, 1 to {@value #MAX_VCPU}
     * @param memoryGib memory of each, 1 to {@value #MAX_MEMORY_GIB}
     * @param diskGib system disk of each, {@value #MIN_DISK_GIB} to {@value #MAX_DISK_GIB}
     * @param setup what each is made with
     */
    record Hosts(
            int count, int vcpu, int memoryGib, int diskGib, String storageClass, HostSetup setup)
            implements Item {

        public static final int MAX_COUNT = 200;
        public static final int MAX_VCPU = 128;
        public static final int MAX_MEMORY_GIB = 1024;
        public static final int MIN_DISK_GIB = 20;
        public static final int MAX_DISK_GIB = 32_768;

        public Hosts {
            within("count", count, 1, MAX_COUNT);
            within("vcpu", vcpu, 1, MAX_VCPU);
            within("memoryGib", memoryGib, 1, MAX_MEMORY_GIB);
            within("diskGib", diskGib, MIN_DISK_GIB, MAX_DISK_GIB);
        }

        @Override
        public boolean makesNew() {
            return true;
        }

        @Override
        public boolean beginsTerm() {
            return true;
        }

        /** With nothing but processors, memory and an empty disk. */
        public Hosts(int count, int vcpu, int memoryGib, int diskGib, String storageClass) {
            this(count, vcpu, memoryGib, diskGib, storageClass, HostSetup.PLAIN);
        }

        @Override
        public Amounts amounts() {
            return Amounts.of(
                            Map.of(
                                    Resource.CPU,
                                    vcpu * 1000L,
                                    Resource.MEMORY,
                                    memoryGib * GIB,
                                    Resource.storage(storageClass),
                                    diskGib * GIB,
                                    Resource.HOSTS,
                                    1L))
                    .plus(setup.gpus().map(Gpus::amounts).orElse(Amounts.NONE))
                    .times(count);
        }

        @Override
        public Amounts overhead(LauncherOverhead overhead) {
            return overhead.of(vcpu, memoryGib * GIB).times(count);
        }

        @Override
        public Optional<Item> fitting(Amounts most) {
            var one = new Hosts(1, vcpu, memoryGib, diskGib, storageClass, setup).amounts();
            long fit = count;
            for (var resource : one.resources()) {
                fit = Math.min(fit, Math.max(0, most.get(resource)) / one.get(resource));
            }
            return fit == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Hosts(
                                    Math.toIntExact(fit),
                                    vcpu,
                                    memoryGib,
                                    diskGib,
                                    storageClass,
                                    setup));
        }

        @Override
        public Optional<Item> cut(Cut cut) {
            within("count", cut.count(), 1, count);
            boolean sized = setup.size().isPresent(); // of the catalogue, as it is
            within("vcpu", cut.vcpu(), sized ? vcpu : 1, vcpu);
            within("memoryGib", cut.memoryGib(), sized ? memoryGib : 1, memoryGib);
            within("diskGib", cut.storageGib(), MIN_DISK_GIB, diskGib);
            return Optional.of(
                    new Hosts(
                            cut.count(),
                            cut.vcpu(),
                            cut.memoryGib(),
                            cut.storageGib(),
                            storageClass,
                            setup));
        }
    }

    /**
     * Room for containers in the system's namespace, or more of it; something at least.
     *
     * @param cpu vCPU, 0 to {@value #MAX_CPU}
     * @param memoryGib 0 to {@value #MAX_MEMORY_GIB}
     * @param storageGib 0 to {@value #MAX_STORAGE_GIB}
     * @param extras whatever else is counted, such as devices, public addresses and numbers of
     *     objects; 1 to {@value #MAX_EXTRA} of each
     */
    record Namespace(int cpu, int memoryGib, int storageGib, String storageClass, Amounts extras)
            implements Item {

        public static final int MAX_CPU = 10_000;
        public static final int MAX_MEMORY_GIB = 100_000;
        public static final int MAX_STORAGE_GIB = 10_000_000;

        /** So that no sum along a path is more than a long holds. */
        public static final long MAX_EXTRA = 1_000_000_000_000_000L;

        public Namespace {
            within("cpu", cpu, 0, MAX_CPU);
            within("memoryGib", memoryGib, 0, MAX_MEMORY_GIB);
            within("storageGib", storageGib, 0, MAX_STORAGE_GIB);
            extras.asMap()
                    .forEach((resource, amount) -> {
                        if (!isExtra(resource) || amount < 1 || amount > MAX_EXTRA) {
                            throw new IllegalArgumentException(
                                    "not an extra: " + amount + " of " + resource);
                        }
                    });
            if (isNothing(cpu, memoryGib, storageGib, extras)) {
                throw new IllegalArgumentException("room for nothing");
            }
        }

        /** With nothing but processors, memory and storage. */
        public Namespace(int cpu, int memoryGib, int storageGib, String storageClass) {
            this(cpu, memoryGib, storageGib, storageClass, Amounts.NONE);
        }

        /** Whether it is asked for as an extra: the rest has a member of its own, or a host. */
        public static boolean isExtra(Resource resource) {
            return !resource.equals(Resource.CPU)
                    && !resource.equals(Resource.MEMORY)
                    && !resource.equals(Resource.HOSTS)
                    && !resource.base().equals(Resource.storage("any").base());
        }

        @Override
        public boolean makesNew() {
            return true;
        }

        @Override
        public Amounts amounts() {
            return Amounts.of(
                            Map.of(
                                    Resource.CPU,
                                    cpu * 1000L,
                                    Resource.MEMORY,
                                    memoryGib * GIB,
                                    Resource.storage(storageClass),
                                    storageGib * GIB))
                    .plus(extras);
        }

        @Override
        public Amounts overhead(LauncherOverhead overhead) {
            return Amounts.NONE;
        }

        @Override
        public Optional<Item> fitting(Amounts most) {
            int fitCpu = least(cpu, most.get(Resource.CPU) / 1000);
            int fitMemory = least(memoryGib, most.get(Resource.MEMORY) / GIB);
            int fitStorage = least(storageGib, most.get(Resource.storage(storageClass)) / GIB);
            var fitExtras = extras.min(most.max(Amounts.NONE));
            return fitCpu < Math.min(1, cpu)
                            || fitMemory < Math.min(1, memoryGib)
                            || isNothing(fitCpu, fitMemory, fitStorage, fitExtras)
                    ? Optional.empty()
                    : Optional.of(
                            new Namespace(fitCpu, fitMemory, fitStorage, storageClass, fitExtras));
        }

        @Override
        public Optional<Item> cut(Cut cut) {
            within("count", cut.count(), 1, 1);
            within("cpu", cut.vcpu(), Math.min(1, cpu), cpu);
            within("memoryGib", cut.memoryGib(), Math.min(1, memoryGib), memoryGib);
            within("storageGib", cut.storageGib(), 0, storageGib);
            var left = cut.extras().orElse(extras);
            if (!left.fitsWithin(extras)) {
                throw new IllegalArgumentException(left + " of " + extras);
            }
            return Optional.of(
                    new Namespace(
                            cut.vcpu(), cut.memoryGib(), cut.storageGib(), storageClass, left));
        }

        private static boolean isNothing(int cpu, int memory, int storage, Amounts extras) {
            return cpu == 0 && memory == 0 && storage == 0 && extras.isZero();
        }

        private static int least(int asked, long most) {
            return Math.toIntExact(Math.clamp(most, 0, asked));
        }
    }

    /** Processors and memory of a host. */
    record Size(int vcpu, int memoryGib) {
        public Size {
            within("vcpu", vcpu, 1, Hosts.MAX_VCPU);
            within("memoryGib", memoryGib, 1, Hosts.MAX_MEMORY_GIB);
        }

        private Amounts amounts() {
            return Amounts.of(Map.of(Resource.CPU, vcpu * 1000L, Resource.MEMORY, memoryGib * GIB));
        }
    }

    /**
     * A host that is there, as it was when something was applied for it: whoever approves does not
     * grant a difference to something else.
     *
     * @param storageClass of its system disk, or of the one that it is to get
     */
    record Subject(HostId host, String name, String storageClass, Size size) {}

    /** One about a host that is there. */
    sealed interface OfHost extends Item {

        Subject subject();

        default HostId host() {
            return subject().host();
        }

        default String storageClass() {
            return subject().storageClass();
        }
    }

    /** Another size for a host. */
    record Resize(Subject subject, Size wanted) implements OfHost {

        public Resize {
            if (wanted.equals(subject.size())) {
                throw new IllegalArgumentException("no other size: " + wanted);
            }
        }

        /** What is more; what is less is given back when its cluster has let go of it. */
        @Override
        public Amounts amounts() {
            return wanted.amounts().minus(subject.size().amounts()).max(Amounts.NONE);
        }

        @Override
        public Amounts overhead(LauncherOverhead overhead) {
            var before = subject.size();
            return overhead.of(wanted.vcpu(), wanted.memoryGib() * GIB)
                    .minus(overhead.of(before.vcpu(), before.memoryGib() * GIB))
                    .max(Amounts.NONE);
        }

        @Override
        public Optional<Item> fitting(Amounts most) {
            return amounts().fitsWithin(most) ? Optional.of(this) : Optional.empty();
        }

        @Override
        public Optional<Item> cut(Cut cut) {
            var before = subject.size();
            within("count", cut.count(), 1, 1);
            within("vcpu", cut.vcpu(), Math.min(wanted.vcpu(), before.vcpu()), wanted.vcpu());
            within(
                    "memoryGib",
                    cut.memoryGib(),
                    Math.min(wanted.memoryGib(), before.memoryGib()),
                    wanted.memoryGib());
            var left = new Size(cut.vcpu(), cut.memoryGib());
            return left.equals(before) ? Optional.empty() : Optional.of(new Resize(subject, left));
        }
    }

    /**
     * One more data disk for a host, of its subject's class.
     *
     * @param sizeGib 1 to {@value Hosts#MAX_DISK_GIB}
     */
    record Disk(Subject subject, int sizeGib) implements OfHost {

        public Disk {
            within("sizeGib", sizeGib, 1, Hosts.MAX_DISK_GIB);
        }

        @Override
        public Amounts amounts() {
            return Amounts.of(Resource.storage(storageClass()), sizeGib * GIB);
        }

        @Override
        public Amounts overhead(LauncherOverhead overhead) {
            return Amounts.NONE;
        }

        @Override
        public Optional<Item> fitting(Amounts most) {
            long fit = Math.min(sizeGib, most.get(Resource.storage(storageClass())) / GIB);
            return fit < 1
                    ? Optional.empty()
                    : Optional.of(new Disk(subject, Math.toIntExact(fit)));
        }

        @Override
        public Optional<Item> cut(Cut cut) {
            within("count", cut.count(), 1, 1);
            within("storageGib", cut.storageGib(), 1, sizeGib);
            return Optional.of(new Disk(subject, cut.storageGib()));
        }
    }

    /**
     * A host in another pool than the order's is made anew in that one, as it is but for what is on
     * its disks: its owner moves that. The host that is there stays until its owner has confirmed
     * the new one, and goes to the recycle bin then. All of it is granted, or nothing.
     *
     * @param from the pool that it is in
     * @param diskGib of its system disk
     * @param disks its data disks, by position
     * @param setup what the new one is made with
     */
    record Move(Subject subject, PoolId from, int diskGib, List<DataDisk> disks, HostSetup setup)
            implements OfHost {

        public Move {
            within("diskGib", diskGib, 1, Hosts.MAX_DISK_GIB);
            disks = List.copyOf(disks);
        }

        @Override
        public boolean makesNew() {
            return true;
        }

        @Override
        public boolean beginsTerm() {
            return true;
        }

        @Override
        public Amounts amounts() {
            var kept =
                    Amounts.of(
                            Map.of(
                                    Resource.storage(storageClass()),
                                    diskGib * GIB,
                                    Resource.HOSTS,
                                    1L));
            for (var disk : disks) {
                kept = kept.plus(Amounts.of(Resource.storage(disk.storageClass()), disk.bytes()));
            }
            return subject.size()
                    .amounts()
                    .plus(setup.gpus().map(Gpus::amounts).orElse(Amounts.NONE))
                    .plus(kept);
        }

        @Override
        public Amounts overhead(LauncherOverhead overhead) {
            return overhead.of(subject.size().vcpu(), subject.size().memoryGib() * GIB);
        }

        @Override
        public Optional<Item> fitting(Amounts most) {
            return amounts().fitsWithin(most) ? Optional.of(this) : Optional.empty();
        }
    }

    /** One that takes nothing: all of it is granted, or nothing. */
    sealed interface Free extends Item {

        @Override
        default Amounts amounts() {
            return Amounts.NONE;
        }

        @Override
        default Amounts overhead(LauncherOverhead overhead) {
            return Amounts.NONE;
        }

        @Override
        default Optional<Item> fitting(Amounts most) {
            return Optional.of(this);
        }
    }

    /**
     * A longer term for a host.
     *
     * @param months by so many, 1 to {@value Order#MAX_TERM}
     */
    record Renewal(Subject subject, int months) implements OfHost, Free {

        public Renewal {
            within("months", months, 1, Order.MAX_TERM);
        }
    }

    /** A host is given back: it goes to the recycle bin. */
    record Return(Subject subject) implements OfHost, Free {}

    /**
     * Room of a namespace, or in a pool, in whole units.
     *
     * @param cpu vCPU, 0 to {@value Namespace#MAX_CPU}
     * @param memoryGib 0 to {@value Namespace#MAX_MEMORY_GIB}
     * @param storageGib 0 to {@value Namespace#MAX_STORAGE_GIB}; not all three are 0
     */
    record Room(int cpu, int memoryGib, int storageGib, String storageClass) {

        public Room {
            within("cpu", cpu, 0, Namespace.MAX_CPU);
            within("memoryGib", memoryGib, 0, Namespace.MAX_MEMORY_GIB);
            within("storageGib", storageGib, 0, Namespace.MAX_STORAGE_GIB);
            if (cpu + memoryGib + storageGib == 0) {
                throw new IllegalArgumentException("room of nothing");
            }
        }

        Amounts amounts() {
            return Amounts.of(
                    Map.of(
                            Resource.CPU,
                            cpu * 1000L,
                            Resource.MEMORY,
                            memoryGib * GIB,
                            Resource.storage(storageClass),
                            storageGib * GIB));
        }

        /** What a cut leaves of it; of what there is, at least one. */
        private Room cut(Cut cut) {
            within("cpu", cut.vcpu(), Math.min(1, cpu), cpu);
            within("memoryGib", cut.memoryGib(), Math.min(1, memoryGib), memoryGib);
            within("storageGib", cut.storageGib(), 0, storageGib);
            return new Room(cut.vcpu(), cut.memoryGib(), cut.storageGib(), storageClass);
        }
    }

    /**
     * Room of a namespace of the order's system and pool is handed back, or the whole namespace.
     *
     * @param cluster where it is
     * @param part of it; empty: all, and the namespace goes
     */
    record NamespaceReturn(ClusterName cluster, Optional<Room> part) implements Free {

        @Override
        public Optional<Item> cut(Cut cut) {
            within("count", cut.count(), 1, 1);
            return Optional.of(new NamespaceReturn(cluster, part.map(room -> room.cut(cut))));
        }
    }

    /**
     * The system changes to the zone of the order's pool: from the approval on the register has it
     * there, and it applies for what is new there. What it has in the zone before stays until it
     * moves or is given back.
     *
     * @param from the zone that it is in
     */
    record ZoneChange(Zone from) implements Free {}

    /**
     * More quota for the system's unit in the order's pool: what it is promised, and what it may
     * not exceed, rise by so much. Nothing is locked for it: whether the levels above can promise
     * it is asked when it is applied for, and decided with the last approval.
     */
    record QuotaRaise(Room more) implements Free {

        @Override
        public Optional<Item> cut(Cut cut) {
            within("count", cut.count(), 1, 1);
            return Optional.of(new QuotaRaise(more.cut(cut)));
        }
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " not within " + least + ".." + most + ": " + value);
        }
    }
}

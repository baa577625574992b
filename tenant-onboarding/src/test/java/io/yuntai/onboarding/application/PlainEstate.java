package io.yuntai.onboarding.application;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plain model knows of one system on one cluster: its hosts, what it holds, what it holds no
 * more and its cluster has not let go of, and by how much the quota of its unit has risen.
 */
final class PlainEstate {

    /**
     * So many of the latest hosts are asked for changes: applications are to get into each other's
     * way.
     */
    private static final int WITHIN_SIGHT = 40;

    /** Processors, and GiB of memory, of one host. */
    record Size(int vcpu, int memoryGib) {}

    /** Of a system's account: processors, GiB of memory, GiB of disks, hosts. */
    record Takes(long vcpu, long memoryGib, long diskGib, long hosts) {

        static final Takes NOTHING = new Takes(0, 0, 0, 0);

        /** New hosts, each with its system disk. */
        static Takes of(int count, Size size) {
            return new Takes(
                    (long) count * size.vcpu(),
                    (long) count * size.memoryGib(),
                    (long) count * PlainCart.DISK_GIB,
                    count);
        }

        /** What one size is more than another. */
        static Takes more(Size than, Size size) {
            return new Takes(
                    Math.max(0, size.vcpu() - than.vcpu()),
                    Math.max(0, size.memoryGib() - than.memoryGib()),
                    0,
                    0);
        }

        Takes plus(Takes other) {
            return new Takes(
                    vcpu + other.vcpu,
                    memoryGib + other.memoryGib,
                    diskGib + other.diskGib,
                    hosts + other.hosts);
        }

        private Takes minus(Takes other) {
            return new Takes(
                    vcpu - other.vcpu,
                    memoryGib - other.memoryGib,
                    diskGib - other.diskGib,
                    hosts - other.hosts);
        }

        /** As the ledger counts. */
        Map<Resource, Long> counted() {
            return Map.of(
                    Resource.CPU,
                    vcpu * 1000,
                    Resource.MEMORY,
                    memoryGib << 30,
                    Resource.storage("ssd"),
                    diskGib << 30,
                    Resource.HOSTS,
                    hosts);
        }
    }

    enum Life {
        PROVISIONING,
        TRIAL,
        IN_USE,
        CHANGING,
        RECYCLE_BIN,
        DESTROYING
    }

    /** One host. */
    static final class Machine {
        final HostId id;
        final String name;
        Size size;
        Life life = Life.PROVISIONING;
        boolean confirmed;

        /** Which application it changes for, while its cluster does not show that. */
        Optional<ApplicationId> changesFor = Optional.empty();

        private Machine(HostId id, String name, Size size) {
            this.id = id;
            this.name = name;
            this.size = size;
        }

        /** Its owner has confirmed it. */
        void confirm() {
            confirmed = true;
            if (life == Life.TRIAL) {
                life = Life.IN_USE;
            }
        }

        /** Its cluster shows what was asked of it. */
        void shown() {
            if (life == Life.PROVISIONING || life == Life.CHANGING) {
                life = confirmed ? Life.IN_USE : Life.TRIAL;
                changesFor = Optional.empty();
            }
        }

        void recycle() {
            life = Life.RECYCLE_BIN;
            changesFor = Optional.empty();
        }

        boolean isServing() {
            return life == Life.TRIAL || life == Life.IN_USE;
        }

        /** Whether it can be given back. */
        boolean isWanted() {
            return life != Life.RECYCLE_BIN && life != Life.DESTROYING;
        }
    }

    private final List<Machine> machines = new ArrayList<>();
    private Takes held = Takes.NOTHING;
    private Takes returning = Takes.NOTHING;
    private Takes raised = Takes.NOTHING;

    /** All that are not destroyed. */
    Collection<Machine> machines() {
        return machines;
    }

    /** What the ledger has granted and not got back. */
    Takes charged() {
        return held.plus(returning);
    }

    /** What the unit was promised beyond what it had at first. */
    Takes raised() {
        return raised;
    }

    /** Those that somebody may want to be changed. */
    List<Machine> withinSight() {
        var wanted = machines.reversed().stream().filter(Machine::isWanted);
        return wanted.limit(WITHIN_SIGHT).toList();
    }

    Machine made(HostId id, String name, Size size) {
        var machine = new Machine(id, name, size);
        machines.add(machine);
        return machine;
    }

    void granted(Takes more) {
        held = held.plus(more);
    }

    void raised(Takes more) {
        raised = raised.plus(more);
    }

    void wantedNoMore(Takes less) {
        held = held.minus(less);
        returning = returning.plus(less);
    }

    /** What it has more was granted; what it has less comes back when the cluster has let go. */
    void resized(Machine machine, Size to) {
        wantedNoMore(Takes.more(to, machine.size));
        machine.size = to;
        machine.life = Life.CHANGING;
    }

    List<Machine> destroying() {
        return machines.stream().filter(one -> one.life == Life.DESTROYING).toList();
    }

    /** The cluster holds what it is to hold, and nothing else any more. */
    void letGo() {
        for (var gone : destroying()) {
            wantedNoMore(Takes.of(1, gone.size));
            machines.remove(gone);
        }
        returning = Takes.NOTHING;
    }
}

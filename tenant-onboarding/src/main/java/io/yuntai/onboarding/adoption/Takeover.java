package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.adoption.Adoption.Fate;
import io.yuntai.onboarding.adoption.Adoption.Machine;
import io.yuntai.onboarding.adoption.Adoption.Note;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.HostAdoption;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a namespace is charged for when it is taken over, and what stands against that. Pure.
 *
 * @param unit charged to the unit: what guests see, their disks, and whatever else is there
 * @param launchers charged to the infrastructure: what launchers take beside their guests
 * @param forGood the part of both that is the hosts'
 */
record Takeover(Amounts unit, Amounts launchers, Amounts forGood) {

    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern STORAGE_CLASS = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    /**
     * The lease must hold all that runs, whatever its launchers really request, and whatever is
     * counted of it when it is made anew.
     */
    static Takeover of(Occupied found, LauncherOverhead overhead) {
        var guests = Amounts.NONE;
        var launchers = Amounts.NONE;
        for (var machine : found.machines()) {
            guests = guests.plus(guest(machine));
            launchers = launchers.plus(overhead.of(machine.vcpu(), machine.memoryBytes()));
        }
        var hosts = guests.plus(launchers);
        var all = found.measured().max(hosts.plus(found.beside()));
        return new Takeover(all.minus(launchers), launchers, hosts);
    }

    private static Amounts guest(Occupied.Machine machine) {
        var disks =
                machine.disks().stream()
                        .map(disk ->
                                Amounts.of(Resource.storage(disk.storageClass()), disk.bytes()))
                        .reduce(Amounts.NONE, Amounts::plus);
        return disks.plus(Amounts.of(Resource.CPU, machine.vcpu() * 1000L))
                .plus(Amounts.of(Resource.MEMORY, machine.memoryBytes()))
                .plus(Amounts.of(Resource.HOSTS, 1));
    }

    /** All of it, which the lease holds. */
    Amounts lease() {
        return unit.plus(launchers);
    }

    /** Why a namespace cannot be taken over as it is. */
    static void check(Mapping mapping, Occupied found, MappingFaults faults) {
        int row = mapping.row();
        String in = mapping.namespace().value();
        if (found.ending()) {
            faults.add(row, "namespace", "NAMESPACE_ENDING", in);
        }
        found.holder()
                .ifPresent(holder ->
                        faults.add(
                                row,
                                "namespace",
                                switch (holder) {
                                    case MANAGED -> "NAMESPACE_MANAGED";
                                    case NAME_TAKEN -> "NAMESPACE_NAME_TAKEN";
                                },
                                in));
        for (var pod : found.inadmissible()) {
            faults.add(row, "namespace", "POD_INADMISSIBLE", in, pod);
        }
        var claims = new TreeSet<String>();
        for (var machine : found.machines()) {
            machine(row, machine, faults);
            for (var disk : machine.disks()) {
                if (!claims.add(disk.claim())) {
                    faults.add(row, "namespace", "DISK_SHARED", disk.claim());
                }
            }
        }
    }

    /**
     * Names of hosts that the system has already, or had.
     *
     * @param taken those
     */
    static void checkNames(
            Mapping mapping, Occupied found, Set<String> taken, MappingFaults faults) {
        found.machines().stream()
                .map(Occupied.Machine::name)
                .filter(taken::contains)
                .forEach(name -> faults.add(mapping.row(), "namespace", "HOST_NAME_TAKEN", name));
    }

    private static void machine(int row, Occupied.Machine machine, MappingFaults faults) {
        String name = machine.name();
        if (!HOST_NAME.matcher(name).matches()) {
            faults.add(row, "namespace", "HOST_NAME_UNUSABLE", name);
        }
        if (machine.vcpu() < 1 || machine.memoryBytes() < 1) {
            faults.add(row, "namespace", "HOST_SIZE_UNKNOWN", name);
        }
        if (machine.disks().size() > DataDisk.MOST + 1) {
            faults.add(row, "namespace", "HOST_DISKS", name, DataDisk.MOST + 1);
        }
        for (var disk : machine.disks()) {
            if (!STORAGE_CLASS.matcher(disk.storageClass()).matches() || disk.bytes() < 1) {
                faults.add(row, "namespace", "DISK_UNUSABLE", name, disk.claim());
            }
        }
    }

    static List<Machine> machines(Occupied found) {
        return found.machines().stream()
                .map(machine ->
                        new Machine(
                                machine.name(),
                                machine.vcpu(),
                                machine.memoryBytes(),
                                machine.disks().stream().mapToLong(Occupied.Disk::bytes).sum(),
                                machine.disks().size(),
                                machine.running()))
                .toList();
    }

    static List<Note> notes(Occupied found) {
        return found.objects().stream()
                .map(one ->
                        new Note(
                                one.kind().equals("ResourceQuota") ? Fate.REPLACED : Fate.STAYS,
                                one.kind(),
                                one.name(),
                                one.content()))
                .toList();
    }

    /** The machines as hosts; the first disk is the one that they start from. */
    static List<HostAdoption.Machine> hosts(Occupied found) {
        return found.machines().stream().map(Takeover::host).toList();
    }

    private static HostAdoption.Machine host(Occupied.Machine machine) {
        var disks = machine.disks();
        var data = new ArrayList<DataDisk>();
        for (int i = 1; i < disks.size(); i++) {
            data.add(new DataDisk(i, disks.get(i).bytes(), disks.get(i).storageClass()));
        }
        return new HostAdoption.Machine(
                machine.name(),
                machine.vcpu(),
                machine.memoryBytes(),
                disks.isEmpty() ? 0 : disks.getFirst().bytes(),
                disks.isEmpty() ? "none" : disks.getFirst().storageClass(),
                data,
                machine.running(),
                machine.as());
    }
}

package io.yuntai.onboarding.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the machine of a host reads that others have made and that was taken over: what is ours of it
 * is written as it stands there, for anything else would restart the guest.
 *
 * @param runBy by which of KubeVirt's fields it is told to run
 * @param sockets of its processors, where they are written out; likewise the next two
 * @param memory of the guest, as it is written; empty: it is not
 * @param claims its disks
 * @param resized whether it has another size by now than it was found with
 */
public record HostKept(
        RunBy runBy,
        OptionalInt sockets,
        OptionalInt cores,
        OptionalInt threads,
        String memory,
        List<String> claims,
        boolean resized) {

    private static final long MIB = 1L << 20;

    /** KubeVirt's ways to say so, of which a machine has one. */
    public enum RunBy {
        /** {@code spec.runStrategy}, {@code Always} while it runs. */
        STRATEGY,
        /** {@code spec.runStrategy}, {@code RerunOnFailure} while it runs. */
        RERUN,
        /** {@code spec.runStrategy}, {@code Manual} until the first command. */
        MANUAL,
        /** {@code spec.runStrategy}, {@code Once} until the first command. */
        ONCE,
        /** {@code spec.running}. */
        FLAG
    }

    public HostKept {
        claims = List.copyOf(claims);
    }

    /** Whether it runs as others have it start and stop, since nobody has said otherwise to us. */
    public boolean runsAsFound() {
        return runBy == RunBy.MANUAL || runBy == RunBy.ONCE;
    }

    /** As it was found. */
    public HostKept(
            RunBy runBy,
            OptionalInt sockets,
            OptionalInt cores,
            OptionalInt threads,
            String memory,
            List<String> claims) {
        this(runBy, sockets, cores, threads, memory, claims, false);
    }

    /**
     * How it reads in another size, in the fields that it has: nothing is written out that was not,
     * for beside an instancetype KubeVirt refuses that. Its sockets and threads stay where the
     * number of processors lets them.
     *
     * @param host as it is now
     * @return empty: what is to change is not written in the machine, but in its instancetype or
     *     its requests
     */
    public Optional<HostKept> sized(Host host, int vcpu, long memoryBytes) {
        boolean cpu = vcpu != host.vcpu();
        boolean guest = memoryBytes != host.memoryBytes();
        boolean isWritten =
                (!cpu || cores.isPresent() || sockets.isPresent() || threads.isPresent())
                        && (!guest || !memory.isEmpty());
        if (!isWritten) {
            return Optional.empty();
        }
        var same = new HostKept(runBy, sockets, cores, threads, memory, claims, true);
        var sized = cpu ? same.of(vcpu) : same;
        return Optional.of(guest ? sized.of(text(memoryBytes)) : sized);
    }

    private HostKept of(int vcpu) {
        if (cores.isPresent()) {
            int each = sockets.orElse(1) * threads.orElse(1);
            return vcpu % each == 0
                    ? cpu(sockets, OptionalInt.of(vcpu / each), threads)
                    : cpu(one(sockets), OptionalInt.of(vcpu), one(threads));
        }
        if (sockets.isPresent()) {
            int each = threads.orElse(1);
            return vcpu % each == 0
                    ? cpu(OptionalInt.of(vcpu / each), cores, threads)
                    : cpu(OptionalInt.of(vcpu), cores, one(threads));
        }
        return cpu(sockets, cores, OptionalInt.of(vcpu));
    }

    private static OptionalInt one(OptionalInt written) {
        return written.isPresent() ? OptionalInt.of(1) : written;
    }

    private HostKept cpu(OptionalInt newSockets, OptionalInt newCores, OptionalInt newThreads) {
        return new HostKept(runBy, newSockets, newCores, newThreads, memory, claims, resized);
    }

    private HostKept of(String newMemory) {
        return new HostKept(runBy, sockets, cores, threads, newMemory, claims, resized);
    }

    private static String text(long bytes) {
        return bytes % MIB == 0 ? bytes / MIB + "Mi" : Long.toString(bytes);
    }

    /** As it always read for what was not resized, since digests are made of it. */
    @Override
    public String toString() {
        return "HostKept[runBy=%s, sockets=%s, cores=%s, threads=%s, memory=%s, claims=%s%s]"
                .formatted(
                        runBy,
                        sockets,
                        cores,
                        threads,
                        memory,
                        claims,
                        resized ? ", resized=true" : "");
    }
}

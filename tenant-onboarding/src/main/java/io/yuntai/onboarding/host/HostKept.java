package io.yuntai.onboarding.host;

import java.util.List;
import java.util.OptionalInt;

/**
 * How the machine of a host reads that others have made and that was taken over: what is ours of it
 * is written as it stands there, for anything else would restart the guest.
 *
 * @param runBy by which of KubeVirt's fields it is told to run
 * @param sockets of its processors, where they are written out; likewise the next two
 * @param memory of the guest, as it is written; empty: it is not
 * @param claims its disks
 */
public record HostKept(
        RunBy runBy,
        OptionalInt sockets,
        OptionalInt cores,
        OptionalInt threads,
        String memory,
        List<String> claims) {

    /** KubeVirt's ways to say so, of which a machine has one. */
    public enum RunBy {
        /** {@code spec.runStrategy}, {@code Always} while it runs. */
        STRATEGY,
        /** {@code spec.runStrategy}, {@code RerunOnFailure} while it runs. */
        RERUN,
        /** {@code spec.running}. */
        FLAG
    }

    public HostKept {
        claims = List.copyOf(claims);
    }
}

package io.yuntai.sandbox.cluster;

import io.yuntai.quota.ObservedLease;

/** What the {@code test} of a lease's patch asks when the patch comes to be applied. */
@FunctionalInterface
public interface Fence {

    /** Ours: on the epoch and the uid. Others exist to show what they let pass. */
    Fence OURS =
            (found, expected) ->
                    found.epoch().equals(expected.epoch())
                            && found.incarnation().equals(expected.incarnation());

    /**
     * Whether the patch passes.
     *
     * @param found the lease when the patch is applied
     * @param expected the lease as it was read before
     */
    boolean lets(ObservedLease found, ObservedLease expected);
}

package io.yuntai.onboarding.kubernetes;

import java.util.List;
import java.util.function.Consumer;

/**
 * What it takes to put something right, and nothing of it is done yet.
 *
 * @param found what is not as it should be
 */
record Remedy(List<Difference> found, Work work) {

    Remedy {
        found = List.copyOf(found);
    }

    /** Writes to the cluster. */
    interface Work {

        /** Tells of each difference when it is put right, or when the cluster will not have it. */
        void run(Consumer<Difference> told);
    }
}

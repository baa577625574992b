package io.yuntai.sandbox.bench;

import java.util.List;

/** Something that is measured, under the name that {@code ./yuntai bench NAME} takes. */
interface Benchmark {

    String name();

    /** One sentence: what is timed from where to where, and what the baseline is. */
    String measures();

    /**
     * Runs all rounds; may take minutes.
     *
     * @throws Exception when a part does not start or answers wrongly: a benchmark that did not do
     *     its work has no result
     */
    List<Measurement> run(Progress progress) throws Exception;

    /** Says how far a benchmark is; for people, never part of the result. */
    @FunctionalInterface
    interface Progress {
        void at(String step);
    }
}

package io.yuntai.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stands now.
 *
 * @param last what came of it when it last ran; empty: it never ended yet
 * @param next when it runs again by itself
 * @param running whether it does at this moment, here or in another process
 * @param progress how far it has come; of a run whose process is gone, how far it had come; empty:
 *     neither
 */
public record ScheduledJob(
        String name,
        When when,
        Optional<Run> last,
        Optional<Instant> next,
        boolean running,
        Optional<Progress> progress) {

    /**
     * A run that has not ended.
     *
     * @param seen when it was last heard of
     * @param died whether that is so long ago that its process must be gone
     * @param at where it is; empty: it does not say
     */
    public record Progress(
            Instant since,
            Instant seen,
            boolean died,
            Optional<io.yuntai.billing.Progress.At> at) {}

    /** How often. */
    public sealed interface When {

        /** Again and again. */
        record Every(Duration pause) implements When {}

        /**
         * At set times.
         *
         * @param cron Quartz's expression, in the reports' zone
         */
        record At(String cron) implements When {}
    }

    /**
     * A run that has ended.
     *
     * @param result how much it did, as it counts itself; of one that failed, why
     */
    public record Run(Instant started, Instant ended, boolean failed, String result) {}
}

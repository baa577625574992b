package io.yuntai.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stands now.
 *
 * @param last what came of it when it last ran; empty: it never ended yet
 * @param next when it runs again by itself
 * @param running whether it does at this moment, in this process
 */
public record ScheduledJob(
        String name, When when, Optional<Run> last, Optional<Instant> next, boolean running) {

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

package io.yuntai.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes with each job what came of its last run. A process that dies in the middle of one leaves
 * the run before it standing: what a job does is noted in its own tables, not here.
 */
final class LastRuns extends JobListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(LastRuns.class);
    private static final String ENDED = "ended";
    private static final String TOOK = "took";
    private static final String FAILED = "failed";
    private static final String RESULT = "result";
    private static final int LONGEST = 500;

    private final Clock clock;

    LastRuns(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "last-runs";
    }

    @Override
    public void jobWasExecuted(
            JobExecutionContext context, @Nullable JobExecutionException failure) {
        var data = new JobDataMap();
        data.put(ENDED, clock.instant().toString());
        data.put(TOOK, Duration.ofMillis(context.getJobRunTime()).toString());
        data.put(FAILED, Boolean.toString(failure != null));
        data.put(RESULT, cut(failure == null ? result(context) : cause(failure)));
        var detail = context.getJobDetail().getJobBuilder().setJobData(data).build();
        try {
            context.getScheduler().addJob(detail, true);
        } catch (SchedulerException e) {
            // What it did is done; only that is not told.
            LOG.warn("what came of {} is not noted", detail.getKey(), e);
        }
    }

    private static String result(JobExecutionContext context) {
        return context.getResult() == null ? "" : context.getResult().toString();
    }

    /** The first that says something: Quartz wraps what a job throws. */
    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** What stands with a job. */
    static Optional<ScheduledJob.Run> of(JobDataMap data) {
        if (!data.containsKey(ENDED)) {
            return Optional.empty();
        }
        var ended = Instant.parse(data.getString(ENDED));
        return Optional.of(
                new ScheduledJob.Run(
                        ended.minus(Duration.parse(data.getString(TOOK))),
                        ended,
                        data.getBooleanValue(FAILED),
                        data.getString(RESULT)));
    }
}

package io.yuntai.jobs;

import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.metering.Rereadings;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/**
 * Has the closed hours read, and those that are to be read once more: the last ones each day, and
 * those that somebody asked for. How far each source was read stands in the database beside what
 * was read: killed half-way, the next run goes on from there.
 */
@DisallowConcurrentExecution
class MeteringJob implements Job {

    private final RunningJobs runs;
    private final Readings readings;
    private final Rereadings rereadings;
    private final JobsProperties properties;

    MeteringJob(
            RunningJobs runs, Readings readings, Rereadings rereadings, JobsProperties properties) {
        this.runs = runs;
        this.readings = readings;
        this.rereadings = rereadings;
        this.properties = properties;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            context.setResult(runs.hear(context, this::read));
        } catch (IllegalStateException e) {
            // Quartz logs it; the next run tries again.
            throw new JobExecutionException(e);
        }
    }

    /** A closed hour that cannot be read keeps nobody waiting who wants another read again. */
    private long read() {
        long again = 0;
        IllegalStateException failure = null;
        try {
            rereadings.askDaily(properties.meteringAgain());
            again = rereadings.carryOut();
        } catch (IllegalStateException e) {
            failure = e;
        }
        long read =
                readings.readClosedHours(
                        properties.meteringSettle(), properties.meteringLookBack());
        if (failure != null) {
            throw failure;
        }
        return again + read;
    }
}

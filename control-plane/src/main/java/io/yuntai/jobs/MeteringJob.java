package io.yuntai.jobs;

import io.yuntai.billing.metering.Readings;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/**
 * Has the closed hours read. How far each source was read stands in the database beside what was
 * read: killed half-way, the next run goes on from there.
 */
@DisallowConcurrentExecution
class MeteringJob implements Job {

    private final RunningJobs runs;
    private final Readings readings;
    private final JobsProperties properties;

    MeteringJob(RunningJobs runs, Readings readings, JobsProperties properties) {
        this.runs = runs;
        this.readings = readings;
        this.properties = properties;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            long read =
                    runs.hear(
                            context,
                            () ->
                                    readings.readClosedHours(
                                            properties.meteringSettle(),
                                            properties.meteringLookBack()));
            context.setResult(read);
        } catch (IllegalStateException e) {
            // Quartz logs it; the next run tries again.
            throw new JobExecutionException(e);
        }
    }
}

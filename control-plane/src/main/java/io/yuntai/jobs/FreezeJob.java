package io.yuntai.jobs;

import io.yuntai.metering.MonthReports;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Freezes the months whose day has come. Each is a transaction of its own, and a frozen one is left
 * alone: run twice, or killed half-way, each month is frozen once.
 */
@DisallowConcurrentExecution
class FreezeJob implements Job {

    private final RunningJobs runs;
    private final MonthReports reports;

    FreezeJob(RunningJobs runs, MonthReports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(runs.hear(context, reports::freezeDue).size());
    }
}

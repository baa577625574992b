package io.yuntai.jobs;

import io.yuntai.onboarding.reclaim.Executions;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Goes on with orders to reclaim that are carried out. Each host is dealt with in a transaction of
 * its own, with the note that it was: run twice, or killed half-way, each is dealt with once.
 */
@DisallowConcurrentExecution
class ReclaimJob implements Job {

    private final Executions executions;

    ReclaimJob(Executions executions) {
        this.executions = executions;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(executions.run());
    }
}

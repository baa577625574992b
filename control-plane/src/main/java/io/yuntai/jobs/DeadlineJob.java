package io.yuntai.jobs;

import io.yuntai.onboarding.application.Deadlines;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has people reminded of applications that stand still. What was done is noted in the transaction
 * that does it: run twice, or killed half-way, each is done once.
 */
@DisallowConcurrentExecution
class DeadlineJob implements Job {

    private final Deadlines deadlines;

    DeadlineJob(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(deadlines.run());
    }
}

package io.yuntai.jobs;

import io.yuntai.onboarding.application.Deadlines;
import io.yuntai.onboarding.reclaim.ReclaimDeadlines;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has people reminded of applications and of orders to reclaim that stand still. What was done is
 * noted in the transaction that does it: run twice, or killed half-way, each is done once.
 */
@DisallowConcurrentExecution
class DeadlineJob implements Job {

    private final Deadlines deadlines;
    private final ReclaimDeadlines reclaims;

    DeadlineJob(Deadlines deadlines, ReclaimDeadlines reclaims) {
        this.deadlines = deadlines;
        this.reclaims = reclaims;
    }

    @Override
    public void execute(JobExecutionContext context) {
        int done = deadlines.run();
        context.setResult(done + reclaims.run());
    }
}

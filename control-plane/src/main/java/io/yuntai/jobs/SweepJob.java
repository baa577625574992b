package io.yuntai.jobs;

import io.yuntai.onboarding.reconcile.ReconcileQueue;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has every system looked at. It only wakes the reconciler, which reads everything anew: swept
 * twice, or killed half-way, nothing is lost and nothing done twice.
 */
@DisallowConcurrentExecution
class SweepJob implements Job {

    private final ReconcileQueue queue;

    SweepJob(ReconcileQueue queue) {
        this.queue = queue;
    }

    @Override
    public void execute(JobExecutionContext context) {
        queue.sweep();
    }
}

package io.yuntai.jobs;

import io.yuntai.onboarding.ledger.Expirations;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Gives back what was locked for too long. Each lock is given back in a transaction of its own,
 * once: a run that dies half-way, or did not come, leaves the rest to the next.
 */
@DisallowConcurrentExecution
class ExpiryJob implements Job {

    private final Expirations expirations;

    ExpiryJob(Expirations expirations) {
        this.expirations = expirations;
    }

    @Override
    public void execute(JobExecutionContext context) {
        var _ = expirations.sweep();
    }
}

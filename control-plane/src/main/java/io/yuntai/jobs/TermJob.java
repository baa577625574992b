package io.yuntai.jobs;

import io.yuntai.onboarding.host.HostTerms;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has units told of hosts whose term ends, and those stopped and cleared away whose term has ended.
 * What was done is noted in the transaction that does it: run twice, or killed half-way, each is
 * done once.
 */
@DisallowConcurrentExecution
class TermJob implements Job {

    private final HostTerms terms;

    TermJob(HostTerms terms) {
        this.terms = terms;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(terms.run());
    }
}

package io.yuntai.jobs;

import io.yuntai.metering.HostExemptions;
import io.yuntai.onboarding.host.HostTerms;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has units told of hosts whose term ends and of exemptions that do, and those hosts stopped and
 * cleared away whose term has ended. What was done is noted in the transaction that does it: run
 * twice, or killed half-way, each is done once.
 */
@DisallowConcurrentExecution
class TermJob implements Job {

    private final HostTerms terms;
    private final HostExemptions exemptions;

    TermJob(HostTerms terms, HostExemptions exemptions) {
        this.terms = terms;
        this.exemptions = exemptions;
    }

    @Override
    public void execute(JobExecutionContext context) {
        var _ = exemptions.tellEnding();
        context.setResult(terms.run());
    }
}

package io.yuntai.jobs;

import io.yuntai.onboarding.ledger.LedgerAudits;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the whole ledger up again and compares it with its balances, and with what leases are
 * charged. It only reads: killed half-way, the next night does it. Where something does not agree
 * the run has failed, and says what.
 */
@DisallowConcurrentExecution
class AuditJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

    private final LedgerAudits audits;

    AuditJob(LedgerAudits audits) {
        this.audits = audits;
    }

    @Override
    public void execute(JobExecutionContext context) {
        var findings = Stream.concat(audits.findings().stream(), audits.leases().stream()).toList();
        if (!findings.isEmpty()) {
            findings.forEach(found -> LOG.error("the ledger does not agree: {}", found));
            throw new IllegalStateException(
                    findings.stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
    }
}

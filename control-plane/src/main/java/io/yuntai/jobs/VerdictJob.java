package io.yuntai.jobs;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.verdict.Verdicts;
import java.time.Clock;
import java.time.LocalDate;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has every host judged by the days up to yesterday. A day is judged whole or not at all: killed
 * half-way, the next run judges it; run twice, the second says what the first has said.
 */
@DisallowConcurrentExecution
class VerdictJob implements Job {

    private final RunningJobs runs;
    private final Verdicts verdicts;
    private final Clock clock;

    VerdictJob(RunningJobs runs, Verdicts verdicts, Clock clock) {
        this.runs = runs;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) {
        var day = LocalDate.ofInstant(clock.instant(), Period.ZONE).minusDays(1);
        context.setResult(runs.hear(context, () -> verdicts.judge(day)));
    }
}

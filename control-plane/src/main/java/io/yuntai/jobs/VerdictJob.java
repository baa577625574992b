package io.yuntai.jobs;

import io.yuntai.metering.DayVerdicts;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has every host judged by the days up to yesterday, as far as they are read. A day is judged whole
 * or not at all: killed half-way, the next run judges it; run twice, the second says what the first
 * has said.
 */
@DisallowConcurrentExecution
class VerdictJob implements Job {

    private final RunningJobs runs;
    private final DayVerdicts verdicts;

    VerdictJob(RunningJobs runs, DayVerdicts verdicts) {
        this.runs = runs;
        this.verdicts = verdicts;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(runs.hear(context, verdicts::judgeMissing));
    }
}

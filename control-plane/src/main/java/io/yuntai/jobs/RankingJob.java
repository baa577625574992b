package io.yuntai.jobs;

import io.yuntai.metering.MonthRankings;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has months ranked that have ended. Each is a transaction of its own, and one that has a ranking
 * gets another only if it came out differently, and not after its freeze: run twice, or killed
 * half-way, each month is ranked once.
 */
@DisallowConcurrentExecution
class RankingJob implements Job {

    private final RunningJobs runs;
    private final MonthRankings rankings;

    RankingJob(RunningJobs runs, MonthRankings rankings) {
        this.runs = runs;
        this.rankings = rankings;
    }

    @Override
    public void execute(JobExecutionContext context) {
        context.setResult(runs.hear(context, rankings::computeDue).size());
    }
}

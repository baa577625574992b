package io.yuntai.jobs;

import io.yuntai.metering.MonthRankings;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * Has months ranked that have ended. One that has a ranking is left alone, each is a transaction of
 * its own: run twice, or killed half-way, each month is ranked once.
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
        context.setResult(runs.hear(context, rankings::computeMissing).size());
    }
}

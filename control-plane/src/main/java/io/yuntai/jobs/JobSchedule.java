package io.yuntai.jobs;

import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;

import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.util.TimeZone;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Brings the stored schedule to what is configured, before the scheduler starts. A trigger whose
 * schedule is the same is left alone: it remembers the runs that it missed while nobody was there.
 */
@Component
@EnableConfigurationProperties(JobsProperties.class)
class JobSchedule implements InitializingBean {

    /** Of Quartz, in which all are. */
    static final String GROUP = "yuntai";

    static final JobKey SWEEP = new JobKey("sweep", GROUP);
    static final JobKey EXPIRY = new JobKey("expiry", GROUP);
    static final JobKey METERING = new JobKey("metering", GROUP);
    static final JobKey RANKING = new JobKey("ranking", GROUP);
    static final JobKey FREEZE = new JobKey("freeze", GROUP);
    static final JobKey VERDICTS = new JobKey("verdicts", GROUP);
    static final JobKey RECLAIMS = new JobKey("reclaims", GROUP);
    static final JobKey DEADLINES = new JobKey("deadlines", GROUP);
    static final JobKey TERMS = new JobKey("terms", GROUP);
    static final JobKey AUDIT = new JobKey("audit", GROUP);

    private static final TimeZone ZONE = TimeZone.getTimeZone(Period.ZONE);

    private final Scheduler scheduler;
    private final RunningJobs runs;
    private final JobsProperties properties;
    private final Clock clock;

    JobSchedule(Scheduler scheduler, RunningJobs runs, JobsProperties properties, Clock clock) {
        this.scheduler = scheduler;
        this.runs = runs;
        this.clock = clock;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() throws SchedulerException {
        scheduler.getListenerManager().addJobListener(runs);
        scheduler.getListenerManager().addJobListener(new LastRuns(clock));
        schedule(
                SWEEP,
                SweepJob.class,
                // A sweep that was missed is made up for by the next.
                simpleSchedule()
                        .withIntervalInMilliseconds(properties.sweepEvery().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount());
        schedule(
                EXPIRY,
                ExpiryJob.class,
                // However late, one run gives back all that is due.
                simpleSchedule()
                        .withIntervalInMilliseconds(properties.expiryEvery().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNowWithRemainingCount());
        schedule(
                RECLAIMS,
                ReclaimJob.class,
                // One that was missed is made up for by the next.
                simpleSchedule()
                        .withIntervalInMilliseconds(properties.reclaimEvery().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount());
        schedule(METERING, MeteringJob.class, onceAfterAnOutage(properties.metering()));
        schedule(RANKING, RankingJob.class, onceAfterAnOutage(properties.ranking()));
        schedule(FREEZE, FreezeJob.class, onceAfterAnOutage(properties.freeze()));
        schedule(VERDICTS, VerdictJob.class, onceAfterAnOutage(properties.verdicts()));
        schedule(DEADLINES, DeadlineJob.class, onceAfterAnOutage(properties.deadlines()));
        schedule(TERMS, TermJob.class, onceAfterAnOutage(properties.terms()));
        schedule(AUDIT, AuditJob.class, onceAfterAnOutage(properties.audit()));
    }

    /** However many runs were missed, one makes up for all of them. */
    private static ScheduleBuilder<CronTrigger> onceAfterAnOutage(String cron) {
        return cronSchedule(cron).inTimeZone(ZONE).withMisfireHandlingInstructionFireAndProceed();
    }

    private void schedule(JobKey key, Class<? extends Job> job, ScheduleBuilder<?> when)
            throws SchedulerException {
        var detail =
                JobBuilder.newJob(job)
                        .withIdentity(key)
                        .storeDurably()
                        .setJobData(lastRun(key))
                        .build();
        scheduler.addJob(detail, true);
        var triggerKey = trigger(key);
        var trigger =
                TriggerBuilder.newTrigger()
                        .withIdentity(triggerKey)
                        .forJob(key)
                        .withSchedule(when)
                        .build();
        var stored = scheduler.getTrigger(triggerKey);
        if (stored == null) {
            var _ = scheduler.scheduleJob(trigger);
        } else if (!isSameSchedule(stored, trigger)) {
            var _ = scheduler.rescheduleJob(triggerKey, trigger);
        }
    }

    /** What came of it before this start. */
    private JobDataMap lastRun(JobKey key) throws SchedulerException {
        var stored = scheduler.getJobDetail(key);
        return stored == null ? new JobDataMap() : stored.getJobDataMap();
    }

    /** The one trigger of a job. */
    static TriggerKey trigger(JobKey key) {
        return new TriggerKey(key.getName(), key.getGroup());
    }

    private static boolean isSameSchedule(Trigger stored, Trigger wanted) {
        boolean same =
                switch (wanted) {
                    case CronTrigger cron ->
                            stored instanceof CronTrigger before
                                    && before.getCronExpression().equals(cron.getCronExpression())
                                    && before.getTimeZone().equals(cron.getTimeZone());
                    case SimpleTrigger simple ->
                            stored instanceof SimpleTrigger before
                                    && before.getRepeatInterval() == simple.getRepeatInterval();
                    default -> false;
                };
        return same && stored.getMisfireInstruction() == wanted.getMisfireInstruction();
    }
}

package io.yuntai.jobs;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What runs by itself, and what came of it. */
@Service
public class Jobs {

    /** The name of the job that has use read. */
    public static final String METERING = JobSchedule.METERING.getName();

    private final Scheduler scheduler;
    private final RunningJobs runs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Jobs(Scheduler scheduler, RunningJobs runs, ApplicationEventPublisher events, Clock clock) {
        this.scheduler = scheduler;
        this.runs = runs;
        this.events = events;
        this.clock = clock;
    }

    /** All of them, by name. */
    public List<ScheduledJob> all() {
        try {
            var running = running();
            return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(JobSchedule.GROUP)).stream()
                    .sorted(Comparator.comparing(JobKey::getName))
                    .map(key -> job(key, running.contains(key)))
                    .toList();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be read", e);
        }
    }

    /**
     * Has a job run now, beside its schedule. Every job may run twice: what is done is done once.
     *
     * @throws Refused NOT_FOUND {@code JOB_NOT_FOUND}; CONFLICT {@code JOB_RUNNING}
     */
    @Transactional
    public ScheduledJob run(Actor actor, String name) {
        var key = new JobKey(name, JobSchedule.GROUP);
        try {
            if (!scheduler.checkExists(key)) {
                throw Refused.notFound("JOB_NOT_FOUND");
            }
            if (running().contains(key)) {
                throw Refused.conflict("JOB_RUNNING");
            }
            scheduler.triggerJob(key);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job cannot be run: " + name, e);
        }
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        Optional.of(actor),
                        "job.run",
                        "job/" + name,
                        Audited.Outcome.SUCCESS,
                        ""));
        return job(key, true);
    }

    /**
     * Has a job run soon, for there is something to do for it, in the transaction in which that is
     * noted. One that runs meanwhile runs once more after it.
     */
    @Transactional
    public void hurry(String name) {
        try {
            scheduler.triggerJob(new JobKey(name, JobSchedule.GROUP));
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job cannot be run: " + name, e);
        }
    }

    private Set<JobKey> running() throws SchedulerException {
        return scheduler.getCurrentlyExecutingJobs().stream()
                .map(context -> context.getJobDetail().getKey())
                .collect(Collectors.toUnmodifiableSet());
    }

    private ScheduledJob job(JobKey key, boolean running) {
        try {
            var trigger = scheduler.getTrigger(JobSchedule.trigger(key));
            var data = scheduler.getJobDetail(key).getJobDataMap();
            var progress = runs.of(key, data);
            return new ScheduledJob(
                    key.getName(),
                    when(trigger),
                    LastRuns.of(data),
                    Optional.ofNullable(trigger.getNextFireTime()).map(Date::toInstant),
                    running || progress.filter(run -> !run.died()).isPresent(),
                    progress);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule of " + key + " cannot be read", e);
        }
    }

    private static ScheduledJob.When when(Trigger trigger) {
        return switch (trigger) {
            case CronTrigger cron -> new ScheduledJob.When.At(cron.getCronExpression());
            case SimpleTrigger simple ->
                    new ScheduledJob.When.Every(Duration.ofMillis(simple.getRepeatInterval()));
            default -> throw new IllegalStateException("no schedule of ours: " + trigger);
        };
    }
}

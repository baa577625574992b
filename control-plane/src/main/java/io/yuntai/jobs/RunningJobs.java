package io.yuntai.jobs;

import io.yuntai.billing.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * How far the jobs of this process have come. Once a second, and never more often, it is noted with
 * each job that still runs, with the moment: so every server can tell it, and a run whose process
 * is gone is known by a note that grows old. A job that ends within a second leaves none.
 */
@Component
class RunningJobs extends JobListenerSupport implements DisposableBean {

    /** A note that is older was left by a process that is gone, or that hangs. */
    static final Duration STALE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(RunningJobs.class);
    private static final String SINCE = "running.since";
    private static final String SEEN = "running.seen";
    private static final String PROCESS = "running.process";
    private static final String STEP = "running.step";
    private static final String OF = "running.of";
    private static final String DONE = "running.done";
    private static final String ALL = "running.all";

    private final Scheduler scheduler;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString();
    private final Map<JobKey, ScheduledJob.Progress> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("job-progress").factory());

    RunningJobs(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        var _ = ticks.scheduleWithFixedDelay(this::note, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public String getName() {
        return "running-jobs";
    }

    @Override
    public void jobToBeExecuted(JobExecutionContext context) {
        begin(context.getJobDetail().getKey());
    }

    /** Before {@link LastRuns} hears of it, so that no note follows what came of the run. */
    @Override
    public void jobWasExecuted(
            JobExecutionContext context, @Nullable JobExecutionException failure) {
        end(context.getJobDetail().getKey());
    }

    /** Does a job's work, and hears from it how far it is. */
    <T> T hear(JobExecutionContext context, Supplier<T> work) {
        return hear(context.getJobDetail().getKey(), work);
    }

    /** The same of a job that is known by its name. */
    <T> T hear(JobKey job, Supplier<T> work) {
        return Progress.heardBy(at -> told(job, at), work);
    }

    void begin(JobKey job) {
        var now = clock.instant();
        running.put(job, new ScheduledJob.Progress(now, now, false, Optional.empty()));
    }

    private void told(JobKey job, Progress.At at) {
        var _ =
                running.computeIfPresent(
                        job,
                        (_, run) ->
                                new ScheduledJob.Progress(
                                        run.since(), clock.instant(), false, Optional.of(at)));
    }

    /** After this nothing is noted of the run any more: what came of it takes the note's place. */
    synchronized void end(JobKey job) {
        running.remove(job);
    }

    /** Notes where each job is; the only place that writes it. */
    private synchronized void note() {
        for (var one : running.entrySet()) {
            try {
                note(one.getKey(), one.getValue());
            } catch (SchedulerException | RuntimeException e) {
                // The next second says it again.
                LOG.warn("how far {} has come is not noted", one.getKey(), e);
            }
        }
    }

    private void note(JobKey job, ScheduledJob.Progress progress) throws SchedulerException {
        var stored = scheduler.getJobDetail(job);
        if (stored == null) {
            return;
        }
        var data = new JobDataMap(stored.getJobDataMap());
        data.put(SINCE, progress.since().toString());
        data.put(SEEN, clock.instant().toString());
        data.put(PROCESS, process);
        Set.of(STEP, OF, DONE, ALL).forEach(data::remove);
        progress.at()
                .ifPresent(at -> {
                    data.put(STEP, at.step().name());
                    data.put(OF, at.of());
                    data.put(DONE, String.valueOf(at.done()));
                    data.put(ALL, String.valueOf(at.all()));
                });
        scheduler.addJob(stored.getJobBuilder().setJobData(data).build(), true);
    }

    /**
     * How far a job has come: that of this process as it is now, that of another as it was noted.
     *
     * @return empty: it does not run
     */
    Optional<ScheduledJob.Progress> of(JobKey job, JobDataMap data) {
        return Optional.ofNullable(running.get(job)).or(() -> noted(data));
    }

    private Optional<ScheduledJob.Progress> noted(JobDataMap data) {
        if (!data.containsKey(SINCE) || data.getString(PROCESS).equals(process)) {
            return Optional.empty();
        }
        var seen = Instant.parse(data.getString(SEEN));
        return Optional.of(
                new ScheduledJob.Progress(
                        Instant.parse(data.getString(SINCE)),
                        seen,
                        seen.plus(STALE).isBefore(clock.instant()),
                        data.containsKey(STEP) ? Optional.of(at(data)) : Optional.empty()));
    }

    private static Progress.At at(JobDataMap data) {
        return new Progress.At(
                Progress.Step.valueOf(data.getString(STEP)),
                data.getString(OF),
                Integer.parseInt(data.getString(DONE)),
                Integer.parseInt(data.getString(ALL)));
    }

    @Override
    public void destroy() {
        ticks.shutdownNow();
    }
}

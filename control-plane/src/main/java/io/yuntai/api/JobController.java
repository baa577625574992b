package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.Progress;
import io.yuntai.jobs.Jobs;
import io.yuntai.jobs.ScheduledJob;
import io.yuntai.onboarding.Actor;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs by itself. */
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "jobs")
class JobController {

    private final Jobs jobs;
    private final Trial trial;

    JobController(Jobs jobs, Trial trial) {
        this.jobs = jobs;
        this.trial = trial;
    }

    /**
     * A run that has ended.
     *
     * @param result how much it did, as it counts itself; of one that failed, why
     */
    @Schema(name = "JobRun")
    record RunView(Instant started, Instant ended, boolean failed, String result) {

        static RunView of(ScheduledJob.Run run) {
            return new RunView(run.started(), run.ended(), run.failed(), run.result());
        }
    }

    /**
     * A run that has not ended.
     *
     * @param seen when it was last heard of
     * @param died whether that is so long ago that its process must be gone
     * @param step what it does; null: it does not say
     * @param of what that is done to, such as a month
     * @param done how many steps are done, of {@code all}
     */
    @Schema(name = "JobProgress")
    record ProgressView(
            Instant since,
            Instant seen,
            boolean died,
            Optional<Progress.Step> step,
            Optional<String> of,
            Optional<Integer> done,
            Optional<Integer> all) {

        static ProgressView of(ScheduledJob.Progress progress) {
            return new ProgressView(
                    progress.since(),
                    progress.seen(),
                    progress.died(),
                    progress.at().map(Progress.At::step),
                    progress.at().map(Progress.At::of),
                    progress.at().map(Progress.At::done),
                    progress.at().map(Progress.At::all));
        }
    }

    /**
     * A job.
     *
     * @param every in seconds; null: it has set times
     * @param cron Quartz's expression, in Asia/Shanghai; null: it runs again and again
     * @param last null: it never ended yet
     * @param next when it runs again by itself
     * @param progress how far a run has come that has not ended; null: there is none
     */
    @Schema(name = "Job")
    record JobView(
            String name,
            Optional<Long> every,
            Optional<String> cron,
            Optional<RunView> last,
            Optional<Instant> next,
            boolean running,
            Optional<ProgressView> progress) {

        static JobView of(ScheduledJob job) {
            return new JobView(
                    job.name(),
                    every(job.when()).map(Duration::toSeconds),
                    cron(job.when()),
                    job.last().map(RunView::of),
                    job.next(),
                    job.running(),
                    job.progress().map(ProgressView::of));
        }

        private static Optional<Duration> every(ScheduledJob.When when) {
            return switch (when) {
                case ScheduledJob.When.Every(var pause) -> Optional.of(pause);
                case ScheduledJob.When.At _ -> Optional.empty();
            };
        }

        private static Optional<String> cron(ScheduledJob.When when) {
            return switch (when) {
                case ScheduledJob.When.Every _ -> Optional.empty();
                case ScheduledJob.When.At(var cron) -> Optional.of(cron);
            };
        }
    }

    @Schema(name = "Jobs")
    record JobList(List<JobView> items) {}

    /** All of them, by name. */
    @GetMapping
    @Requires(Permission.JOB_READ)
    JobList list() {
        return new JobList(jobs.all().stream().map(JobView::of).toList());
    }

    /**
     * Has a job run now, beside its schedule; 202: it was asked for, and its end is told by the
     * list.
     */
    @PostMapping("/{name}/runs")
    @Requires(Permission.JOB_RUN)
    @AuditAction(value = "job.run", target = "job")
    ResponseEntity<JobView> run(
            Actor actor,
            @PathVariable String name,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        var job = trial.run(validateOnly, () -> jobs.run(actor, name));
        return ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(JobView.of(job));
    }
}

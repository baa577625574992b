package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Rereading;
import io.yuntai.jobs.Jobs;
import io.yuntai.metering.UsageReadings;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far measured use was read, and hours that are to be read once more. */
@RestController
@RequestMapping("/api/v1/usage-readings")
@Tag(name = "jobs")
class UsageReadingController {

    private final UsageReadings readings;
    private final Jobs jobs;
    private final Trial trial;

    UsageReadingController(UsageReadings readings, Jobs jobs, Trial trial) {
        this.readings = readings;
        this.jobs = jobs;
        this.trial = trial;
    }

    /** A source of measured use: a Prometheus, named after its cluster. */
    @Schema(name = "UsageSource")
    record SourceView(String name, Optional<Instant> readTo) {}

    @Schema(name = "UsageSources")
    record SourceList(List<SourceView> items) {}

    @Schema(name = "UsageReader")
    record OfPerson(PersonId id, String name) {}

    /**
     * Hours that are read once more.
     *
     * @param askedBy absent when it is done each day
     * @param readTo what was read already ends here
     * @param hours of hosts, so many were read
     * @param changed so many of them came out otherwise than when they were read before
     * @param done whether all of it was read
     */
    @Schema(name = "UsageReading")
    record ReadingView(
            UUID id,
            String source,
            Instant from,
            Instant to,
            Optional<OfPerson> askedBy,
            Instant askedAt,
            Instant readTo,
            long hours,
            long changed,
            boolean done) {

        static ReadingView of(Rereading one) {
            return new ReadingView(
                    one.id(),
                    one.source(),
                    one.period().from(),
                    one.period().to(),
                    one.by().map(by -> new OfPerson(new PersonId(by.id()), by.name())),
                    one.askedAt(),
                    one.readTo(),
                    one.hours(),
                    one.changed(),
                    one.done());
        }
    }

    /** Which hours; whole ones, 31 days at the most, that were read before. */
    @Schema(name = "UsageReadingBody")
    record Body(Optional<String> source, Optional<Instant> from, Optional<Instant> to) {

        Period period() {
            var faults = new ArrayList<Fault>();
            require(source, "/source", faults);
            require(from, "/from", faults);
            require(to, "/to", faults);
            if (faults.isEmpty() && !from.orElseThrow().isBefore(to.orElseThrow())) {
                faults.add(Fault.at("/to", "NOT_WHOLE_HOURS"));
            }
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new Period(from.orElseThrow(), to.orElseThrow());
        }

        private static void require(Optional<?> member, String pointer, List<Fault> faults) {
            if (member.isEmpty()) {
                faults.add(Fault.at(pointer, "REQUIRED"));
            }
        }
    }

    /** The sources there are, and how far each was read. */
    @GetMapping("/sources")
    @Requires(Permission.JOB_READ)
    SourceList sources() {
        return new SourceList(
                readings.sources().stream()
                        .map(source -> new SourceView(source.name(), source.readTo()))
                        .toList());
    }

    /** What was wanted read once more, the latest first. */
    @GetMapping
    @Requires(Permission.JOB_READ)
    Page<ReadingView> list(PageQuery query) {
        return readings.list(query).map(ReadingView::of);
    }

    /**
     * Has hours read once more, for their source has more of them now. The job that meters is begun
     * for it; how far it is is told by the list. Hours of a frozen month stand aside.
     *
     * @param id made by the caller; the same id with the same hours gives the first answer again
     */
    @PutMapping("/{id}")
    @Requires(Permission.JOB_RUN)
    @AuditAction(value = "usage.reread", target = "usage-reading")
    ResponseEntity<ReadingView> put(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var period = body.period();
        var asked =
                trial.run(
                        validateOnly,
                        () -> {
                            var noted =
                                    readings.ask(actor, id, body.source().orElseThrow(), period);
                            jobs.hurry(Jobs.METERING);
                            return noted;
                        });
        return ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(ReadingView.of(asked));
    }
}

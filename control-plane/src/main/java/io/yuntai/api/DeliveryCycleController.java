package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.DeliveryCycle;
import io.yuntai.onboarding.application.DeliveryCycleFilter;
import io.yuntai.onboarding.application.DeliveryCycles;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How long deliveries take. */
@RestController
@RequestMapping("/api/v1/delivery-cycles")
@Tag(name = "applications")
class DeliveryCycleController {

    private final DeliveryCycles cycles;
    private final SheetFiles files;

    DeliveryCycleController(DeliveryCycles cycles, SheetFiles files) {
        this.cycles = cycles;
        this.files = files;
    }

    /**
     * What was delivered in a time, and what took too long.
     *
     * @param within in so many working days a delivery is in time
     * @param overdueCount what was delivered then and took longer, and what is on its way and has
     * @param missing years whose calendar nobody has imported; they count Monday to Friday
     */
    @Schema(name = "DeliveryCycles")
    record CyclesView(
            List<BucketView> delivered, int within, int overdueCount, List<Integer> missing) {}

    /** How many were delivered within so many working days. */
    @Schema(name = "DeliveryCycleBucket")
    record BucketView(DeliveryCycle.Bucket bucket, int count) {}

    /**
     * How long one application took.
     *
     * @param state in which it is now
     * @param days working days, until now if it is not delivered
     * @param overdue whether these are more than a delivery in time takes
     * @param longest where it lay longest
     */
    @Schema(name = "DeliveryCycle")
    record CycleView(
            Application.Reference application,
            String purpose,
            String unitName,
            Workflow.State state,
            Instant submittedAt,
            Optional<Instant> deliveredAt,
            int days,
            boolean overdue,
            Optional<DeliveryCycle.Stay> longest) {

        static CycleView of(DeliveryCycle cycle) {
            return new CycleView(
                    cycle.application(),
                    cycle.purpose(),
                    cycle.unitName(),
                    cycle.state(),
                    cycle.submittedAt(),
                    cycle.deliveredAt(),
                    cycle.days(),
                    cycle.overdue(),
                    cycle.longest());
        }
    }

    /** By working days from the first submission to the delivery; days are of Asia/Shanghai. */
    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    CyclesView report(
            Actor actor,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam Optional<UnitId> unit) {
        var report = cycles.report(actor, DeliveryCycleFilter.of(from, to, unit));
        return new CyclesView(
                Arrays.stream(DeliveryCycle.Bucket.values())
                        .map(bucket -> new BucketView(bucket, report.delivered(bucket)))
                        .toList(),
                report.within(),
                report.overdueCount(),
                report.missing());
    }

    /**
     * What was delivered in a time, and what is on its way; the longest first. {@code q} finds a
     * number as a whole, or a part of a purpose or of the name or code of a system or unit.
     *
     * @param overdue only what has taken too long
     */
    @GetMapping("/applications")
    @Requires(Permission.APPLICATION_READ)
    Page<CycleView> list(
            Actor actor,
            PageQuery query,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam Optional<UnitId> unit,
            @RequestParam(defaultValue = "") List<Workflow.State> state,
            @RequestParam(defaultValue = "false") boolean overdue) {
        var filter = new DeliveryCycleFilter(from, to, unit, state, overdue);
        return cycles.list(actor, query, filter).map(CycleView::of);
    }

    /** The same as one flat table, in the caller's language. */
    @GetMapping("/applications/export")
    @Requires(Permission.APPLICATION_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            PageQuery query,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam Optional<UnitId> unit,
            @RequestParam(defaultValue = "") List<Workflow.State> state,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var filter = new DeliveryCycleFilter(from, to, unit, state, overdue);
        return files.answer(
                "cycle",
                format,
                locale,
                words -> DeliveryCycleSheet.of(cycles.all(actor, query, filter), words));
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.DeliveryCycle;
import io.yuntai.onboarding.application.DeliveryCycles;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    DeliveryCycleController(DeliveryCycles cycles) {
        this.cycles = cycles;
    }

    /**
     * What was delivered in a time, and what took too long.
     *
     * @param within in so many working days a delivery is in time
     * @param overdue what was delivered then and took longer, and what is on its way and has; the
     *     longest first
     * @param missing years whose calendar nobody has imported; they count Monday to Friday
     */
    @Schema(name = "DeliveryCycles")
    record CyclesView(
            List<BucketView> delivered,
            int within,
            List<OverdueView> overdue,
            int overdueCount,
            List<Integer> missing) {}

    /** How many were delivered within so many working days. */
    @Schema(name = "DeliveryCycleBucket")
    record BucketView(DeliveryCycle.Bucket bucket, int count) {}

    /**
     * What took too long.
     *
     * @param days working days, until now if it is not delivered
     * @param longest where it lay longest
     */
    @Schema(name = "OverdueDelivery")
    record OverdueView(
            Application.Reference application,
            String purpose,
            String unitName,
            Instant submittedAt,
            Optional<Instant> deliveredAt,
            int days,
            Optional<DeliveryCycle.Stay> longest) {}

    /** By working days from the first submission to the delivery; days are of Asia/Shanghai. */
    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    CyclesView report(Actor actor, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        var report = cycles.report(actor, from, to);
        return new CyclesView(
                Arrays.stream(DeliveryCycle.Bucket.values())
                        .map(bucket -> new BucketView(bucket, report.delivered(bucket)))
                        .toList(),
                report.within(),
                report.overdue().stream()
                        .map(one ->
                                new OverdueView(
                                        one.application(),
                                        one.purpose(),
                                        one.unitName(),
                                        one.submittedAt(),
                                        one.deliveredAt(),
                                        one.days(),
                                        one.longest()))
                        .toList(),
                report.overdueCount(),
                report.missing());
    }
}

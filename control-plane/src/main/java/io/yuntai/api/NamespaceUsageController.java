package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.NamespaceUse;
import io.yuntai.billing.metering.NamespaceUses;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the containers in a system's namespaces used of what they were granted. */
@RestController
@RequestMapping("/api/v1/systems/{id}/namespaces/usage")
@Tag(name = "namespaces")
class NamespaceUsageController {

    private final NamespaceUses uses;
    private final Systems systems;
    private final SheetFiles files;

    NamespaceUsageController(NamespaceUses uses, Systems systems, SheetFiles files) {
        this.uses = uses;
        this.systems = systems;
        this.files = files;
    }

    /**
     * @param from the first moment that was looked at
     * @param to the first moment after it
     */
    @Schema(name = "NamespaceUsages")
    record UsageList(Instant from, Instant to, List<UsageView> items) {}

    /**
     * What the containers of a namespace used, those of its hosts not among them.
     *
     * @param grantedHours so many hours began while they were granted anything
     * @param hours of these so many were measured: nine of their twelve samples count
     * @param coverage percent of these hours that were measured
     * @param samples of five minutes that count
     * @param setApart samples over 105 % of what was granted, which do not count
     * @param cpu thousandths of a vCPU; null: not measured
     * @param memory bytes; null: not measured
     * @param storage bytes on claims; null: not measured
     * @param claimsBytes the most that these claims could hold; null: not measured
     * @param days those of which any hour was measured, in their order
     */
    @Schema(name = "NamespaceUsage")
    record UsageView(
            ClusterName cluster,
            NamespaceName namespace,
            long grantedHours,
            int hours,
            String coverage,
            long samples,
            long setApart,
            Optional<NamespaceMeasure> cpu,
            Optional<NamespaceMeasure> memory,
            Optional<NamespaceMeasure> storage,
            Optional<Long> claimsBytes,
            List<DayView> days) {

        static UsageView of(NamespaceUse use) {
            return new UsageView(
                    new ClusterName(use.place().cluster()),
                    new NamespaceName(use.place().namespace()),
                    use.grantedHours(),
                    use.hours(),
                    use.coverage().toPlainString(),
                    use.samples(),
                    use.quarantined(),
                    use.cpu().map(NamespaceMeasure::of),
                    use.memory().map(NamespaceMeasure::of),
                    use.storage().map(NamespaceMeasure::of),
                    use.claimsBytes().stream().boxed().findAny(),
                    use.days().stream().map(DayView::of).toList());
        }
    }

    /**
     * Over the hours in which it was measured.
     *
     * @param mean of the samples
     * @param granted the mean of what was granted at each of them
     * @param percent of what was granted; null: nothing was
     */
    record NamespaceMeasure(
            int hours, long mean, long min, long max, long granted, Optional<String> percent) {

        static NamespaceMeasure of(NamespaceUse.Measure measure) {
            return new NamespaceMeasure(
                    measure.hours(),
                    measure.mean(),
                    measure.min(),
                    measure.max(),
                    measure.granted(),
                    measure.percent().map(BigDecimal::toPlainString));
        }
    }

    /**
     * @param hours so many were measured
     * @param cpu percent of what was granted; null: not measured
     * @param memory likewise
     */
    @Schema(name = "NamespaceUsageDay")
    record DayView(LocalDate day, int hours, Optional<String> cpu, Optional<String> memory) {

        static DayView of(NamespaceUse.Day day) {
            return new DayView(
                    day.day(),
                    day.hours(),
                    day.cpu().map(BigDecimal::toPlainString),
                    day.memory().map(BigDecimal::toPlainString));
        }
    }

    /** In the last 30 days, by cluster and name; also of namespaces that were handed back. */
    @GetMapping
    @Requires(Permission.NAMESPACE_READ)
    UsageList usage(Actor actor, @PathVariable SystemId id) {
        var metered = seen(actor, id);
        var period = uses.lastMonth();
        return new UsageList(
                period.from(),
                period.to(),
                uses.of(metered, period).stream().map(UsageView::of).toList());
    }

    /** The hours of the same as one flat table, in the caller's language. */
    @GetMapping("/export")
    @Requires(Permission.NAMESPACE_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            @PathVariable SystemId id,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var metered = seen(actor, id);
        return files.answer(
                "namespace",
                format,
                locale,
                words -> NamespaceUsageSheet.of(uses.hours(metered, uses.lastMonth()), words));
    }

    /** Refuses as not found what the caller may not see. */
    private MeteredSystemId seen(Actor actor, SystemId id) {
        return new MeteredSystemId(systems.get(actor, id).system().id().value());
    }
}

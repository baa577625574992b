package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is said of each host by what it used. */
@RestController
@RequestMapping("/api/v1/verdicts")
@Tag(name = "verdicts")
class VerdictController {

    private final Verdicts verdicts;

    VerdictController(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    /** Percentages of the capacity; {@code p95} is by nearest rank, of the five-minute samples. */
    record MeasureView(BigDecimal mean, BigDecimal p95, BigDecimal peak) {

        static MeasureView of(Evidence.Measure measure) {
            return new MeasureView(measure.mean(), measure.p95(), measure.peak());
        }
    }

    /**
     * What is said of a host on a day, and on what evidence.
     *
     * @param policy the version of the policy that it was judged by
     * @param coverage percent of its hours of which enough was measured
     */
    record VerdictView(
            LocalDate day,
            HostId host,
            String name,
            UnitId unit,
            SystemId system,
            PoolId pool,
            int vcpu,
            long memoryBytes,
            String policy,
            List<Verdict> verdicts,
            BigDecimal coverage,
            Optional<MeasureView> cpu,
            Optional<MeasureView> memory,
            Optional<BigDecimal> disk) {

        static VerdictView of(HostVerdict verdict) {
            var evidence = verdict.evidence();
            return new VerdictView(
                    verdict.day(),
                    new HostId(verdict.host().value()),
                    verdict.hostName(),
                    new UnitId(verdict.unit().value()),
                    new SystemId(verdict.system().value()),
                    PoolId.of(verdict.pool()),
                    verdict.vcpu(),
                    verdict.memoryBytes(),
                    verdict.policy(),
                    verdict.verdicts(),
                    evidence.coverage(),
                    evidence.cpu().map(MeasureView::of),
                    evidence.memory().map(MeasureView::of),
                    evidence.disk());
        }
    }

    /** Of the last day that was judged, by name; a unit's people see their own hosts. */
    @GetMapping
    @Requires(Permission.HOST_READ)
    Page<VerdictView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<Verdict> verdict) {
        boolean isAnothers = unit.filter(asked -> !actor.sees(asked)).isPresent();
        var day = verdicts.lastDay();
        if (isAnothers || day.isEmpty()) {
            return new Page<>(List.of(), Optional.empty(), 0);
        }
        var filter =
                new VerdictFilter(
                        actor.confinedTo().or(() -> unit).map(one -> new PartyId(one.value())),
                        verdict);
        var found = verdicts.of(day.get(), filter, query.offset(), query.limit() + 1);
        return Page.ofOffset(found, query, verdicts.count(day.get(), filter)).map(VerdictView::of);
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.reclaim.RightSize;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a host on a day, and on what evidence.
 *
 * @param policy the version of the policy that it was judged by
 * @param days how far back it looks
 * @param coverage percent of its hours of which enough was measured
 * @param unitName and {@code systemName} of today; null when it is gone
 * @param rightSize what it could be instead; null: it is to stay as it is
 * @param reclaim the open order that names it
 */
record VerdictView(
        LocalDate day,
        HostId host,
        String name,
        UnitId unit,
        Optional<String> unitName,
        SystemId system,
        Optional<String> systemName,
        PoolId pool,
        int vcpu,
        long memoryBytes,
        String policy,
        List<Verdict> verdicts,
        int days,
        int hours,
        int validHours,
        BigDecimal coverage,
        Optional<MeasureView> cpu,
        Optional<MeasureView> memory,
        Optional<BigDecimal> disk,
        Optional<RightSizeView> rightSize,
        Optional<ReclaimId> reclaim) {

    static VerdictView of(
            HostVerdict verdict,
            int days,
            Optional<Reclaims.Standing> standing,
            Optional<RightSizeView> rightSize) {
        var evidence = verdict.evidence();
        return new VerdictView(
                verdict.day(),
                new HostId(verdict.host().value()),
                verdict.hostName(),
                new UnitId(verdict.unit().value()),
                standing.map(Reclaims.Standing::unitName),
                new SystemId(verdict.system().value()),
                standing.map(Reclaims.Standing::systemName),
                PoolId.of(verdict.pool()),
                verdict.vcpu(),
                verdict.memoryBytes(),
                verdict.policy(),
                verdict.verdicts(),
                days,
                evidence.hours(),
                evidence.validHours(),
                evidence.coverage(),
                evidence.cpu().map(MeasureView::of),
                evidence.memory().map(MeasureView::of),
                evidence.disk(),
                rightSize,
                standing.flatMap(Reclaims.Standing::order));
    }

    /** Percentages of the capacity; {@code p95} is by nearest rank, of the five-minute samples. */
    record MeasureView(BigDecimal mean, BigDecimal p95, BigDecimal peak) {

        static MeasureView of(Evidence.Measure measure) {
            return new MeasureView(measure.mean(), measure.p95(), measure.peak());
        }
    }

    /**
     * What a host could be instead.
     *
     * @param vcpu 0: it would be given back
     * @param size of the catalogue
     * @param savedYuanPerMonth by the price book of today, without disks; decimals as text; null:
     *     the book does not price what the host is, or what it would be
     * @param diskBytes of one that would be given back, freed when it is destroyed
     * @param savedDiskYuanPerMonth what these cost, likewise; null: there are none, or the book
     *     does not price one of them
     */
    @Schema(name = "RightSize")
    record RightSizeView(
            ReclaimItem.Action action,
            int vcpu,
            long memoryBytes,
            Optional<CatalogueRef> size,
            Optional<String> savedYuanPerMonth,
            long diskBytes,
            Optional<String> savedDiskYuanPerMonth) {

        static RightSizeView of(
                RightSize size,
                Optional<BigDecimal> saved,
                long diskBytes,
                Optional<BigDecimal> savedDisks) {
            return new RightSizeView(
                    size.isRecycled() ? ReclaimItem.Action.RECYCLE : ReclaimItem.Action.SHRINK,
                    size.vcpu(),
                    size.memoryBytes(),
                    size.size(),
                    saved.map(BigDecimal::toPlainString),
                    diskBytes,
                    savedDisks.map(BigDecimal::toPlainString));
        }
    }
}

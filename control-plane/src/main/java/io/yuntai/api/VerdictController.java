package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.metering.VerdictsOfBilling;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.reclaim.RightSize;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemFilter;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private final VerdictsOfBilling judgements;
    private final Reclaims reclaims;
    private final PriceBooks prices;
    private final Systems systems;

    VerdictController(
            Verdicts verdicts,
            VerdictsOfBilling judgements,
            Reclaims reclaims,
            PriceBooks prices,
            Systems systems) {
        this.verdicts = verdicts;
        this.judgements = judgements;
        this.reclaims = reclaims;
        this.prices = prices;
        this.systems = systems;
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
    }

    /**
     * What a host could be instead.
     *
     * @param vcpu 0: it would be given back
     * @param size of the catalogue
     * @param savedYuanPerMonth by the price book of today, without disks; decimals as text; null:
     *     the book does not price what the host is, or what it would be
     */
    @Schema(name = "RightSize")
    record RightSizeView(
            ReclaimItem.Action action,
            int vcpu,
            long memoryBytes,
            Optional<CatalogueRef> size,
            Optional<String> savedYuanPerMonth) {

        static RightSizeView of(RightSize size, Optional<BigDecimal> saved) {
            return new RightSizeView(
                    size.isRecycled() ? ReclaimItem.Action.RECYCLE : ReclaimItem.Action.SHRINK,
                    size.vcpu(),
                    size.memoryBytes(),
                    size.size(),
                    saved.map(BigDecimal::toPlainString));
        }
    }

    /**
     * Of the last day that was judged, by name; a unit's people see their own hosts. {@code q}
     * finds a part of a host's name, or of the name or code of its system.
     */
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
                        verdict,
                        named(actor, query.q()));
        var after = query.cursor().map(cursor -> cursor.keys(2, VerdictController::after));
        var found = verdicts.of(day.get(), filter, after, query.limit() + 1);
        return views(
                actor,
                Page.of(
                        found,
                        query,
                        verdicts.count(day.get(), filter),
                        last -> Cursor.after(last.hostName(), last.host().value().toString())));
    }

    private static VerdictFilter.After after(List<String> keys) {
        return new VerdictFilter.After(
                keys.getFirst(), new MeteredHostId(UUID.fromString(keys.getLast())));
    }

    /** The meter knows systems by their ids alone; what they are called is of the register. */
    private Optional<VerdictFilter.Named> named(Actor actor, String q) {
        if (q.isEmpty()) {
            return Optional.empty();
        }
        var like = new PageQuery(PageQuery.MAX_LIMIT, Optional.empty(), Optional.empty(), q);
        var any = new SystemFilter(Optional.empty(), Optional.empty());
        return Optional.of(
                new VerdictFilter.Named(
                        q,
                        systems.list(actor, like, any).items().stream()
                                .map(entry -> new MeteredSystemId(entry.system().id().value()))
                                .collect(Collectors.toSet())));
    }

    private Page<VerdictView> views(Actor actor, Page<HostVerdict> page) {
        var said = new HashMap<HostId, Judgement>();
        judgements.judgements(page.items()).forEach(one -> said.put(one.host(), one));
        var standing = reclaims.standing(actor, said.keySet());
        var book = prices.today();
        var right =
                reclaims.rightSizes(
                        page.items().stream().map(verdict -> judged(verdict, said)).toList());
        return page.map(verdict -> {
            var host = new HostId(verdict.host().value());
            return VerdictView.of(
                    verdict,
                    Objects.requireNonNull(said.get(host)).days(),
                    Optional.ofNullable(standing.get(host)),
                    Optional.ofNullable(right.get(host))
                            .map(size ->
                                    RightSizeView.of(
                                            size,
                                            book.flatMap(b -> saved(b, has(verdict), size)))));
        });
    }

    static Reclaims.Judged judged(HostVerdict verdict, Map<HostId, Judgement> said) {
        return new Reclaims.Judged(
                Objects.requireNonNull(said.get(new HostId(verdict.host().value()))),
                has(verdict),
                PoolId.of(verdict.pool()).processor());
    }

    static Reclaim.Size has(HostVerdict verdict) {
        return new Reclaim.Size(verdict.vcpu(), verdict.memoryBytes());
    }

    /** What is given back costs nothing any more. */
    static Optional<BigDecimal> saved(PriceBook book, Reclaim.Size has, RightSize size) {
        var then =
                size.isRecycled()
                        ? Optional.of(BigDecimal.ZERO)
                        : book.perMonth(size.vcpu(), size.memoryBytes());
        return book.perMonth(has.vcpu(), has.memoryBytes()).flatMap(now -> then.map(now::subtract));
    }
}

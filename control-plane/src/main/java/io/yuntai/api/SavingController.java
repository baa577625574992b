package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.metering.VerdictsOfBilling;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.reclaim.RightSize;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What all hosts of the right size would save, by pool and by unit. */
@RestController
@RequestMapping("/api/v1/verdicts/savings")
@Tag(name = "verdicts")
class SavingController {

    /** More hosts than a province has. */
    private static final int MOST = 100_000;

    private final Verdicts verdicts;
    private final VerdictsOfBilling judgements;
    private final Reclaims reclaims;
    private final PriceBooks prices;

    SavingController(
            Verdicts verdicts, VerdictsOfBilling judgements, Reclaims reclaims, PriceBooks prices) {
        this.verdicts = verdicts;
        this.judgements = judgements;
        this.reclaims = reclaims;
        this.prices = prices;
    }

    /**
     * A sum over hosts.
     *
     * @param unit null: of all units
     * @param unitName of today; null when it is gone
     * @param diskBytes of hosts that would be given back; freed when these are destroyed
     * @param yuanPerMonth by the price book of today, with these disks; decimals as text
     * @param unpriced how many hosts are not in that, for the book does not price their size
     * @param unpricedDisks how many hosts' disks are not in that, likewise
     */
    @Schema(name = "Saving")
    record SavingView(
            Optional<UnitId> unit,
            Optional<String> unitName,
            PoolId pool,
            int hosts,
            int vcpu,
            long memoryBytes,
            long diskBytes,
            String yuanPerMonth,
            int unpriced,
            int unpricedDisks) {}

    /**
     * Of the last day that was judged.
     *
     * @param day null: no day was
     * @param pools of each pool
     * @param units of each unit in each pool, the most vCPU first
     */
    @Schema(name = "Savings")
    record SavingsView(Optional<LocalDate> day, List<SavingView> pools, List<SavingView> units) {}

    /** Adds up. */
    private static final class Sum {

        private int hosts;
        private int vcpu;
        private long memoryBytes;
        private long diskBytes;
        private BigDecimal yuan = BigDecimal.ZERO;
        private int unpriced;
        private int unpricedDisks;

        void add(
                Reclaim.Size has,
                RightSize size,
                VerdictViews.Disks disks,
                Optional<PriceBook> book) {
            hosts++;
            vcpu += has.vcpu() - size.vcpu();
            memoryBytes += has.memoryBytes() - size.memoryBytes();
            diskBytes += disks.sum();
            var saved = book.flatMap(b -> VerdictViews.saved(b, has, size));
            var savedDisks = book.flatMap(disks::saved);
            yuan = yuan.add(saved.orElse(BigDecimal.ZERO)).add(savedDisks.orElse(BigDecimal.ZERO));
            unpriced += saved.isPresent() ? 0 : 1;
            unpricedDisks += savedDisks.isPresent() || disks.sum() == 0 ? 0 : 1;
        }

        SavingView view(Optional<UnitId> unit, Optional<String> unitName, String pool) {
            return new SavingView(
                    unit,
                    unitName,
                    PoolId.of(pool),
                    hosts,
                    vcpu,
                    memoryBytes,
                    diskBytes,
                    yuan.setScale(2).toPlainString(),
                    unpriced,
                    unpricedDisks);
        }
    }

    /** A unit in a pool. */
    private record Place(UnitId unit, String pool) {}

    /** A unit's people see their own. */
    @GetMapping
    @Requires(Permission.HOST_READ)
    SavingsView savings(Actor actor, @RequestParam Optional<UnitId> unit) {
        boolean isAnothers = unit.filter(asked -> !actor.sees(asked)).isPresent();
        var day = verdicts.lastDay();
        if (isAnothers || day.isEmpty()) {
            return new SavingsView(Optional.empty(), List.of(), List.of());
        }
        var filter =
                new VerdictFilter(
                        actor.confinedTo().or(() -> unit).map(one -> new PartyId(one.value())),
                        Optional.empty());
        return sums(actor, day.get(), verdicts.of(day.get(), filter, MOST));
    }

    private SavingsView sums(Actor actor, LocalDate day, List<HostVerdict> hosts) {
        var said = new HashMap<HostId, Judgement>();
        judgements.judgements(hosts).forEach(one -> said.put(one.host(), one));
        var right =
                reclaims.rightSizes(
                        hosts.stream().map(one -> VerdictViews.judged(one, said)).toList());
        var standing = reclaims.standing(actor, right.keySet());
        var book = prices.today();
        var pools = new TreeMap<String, Sum>();
        var units = new HashMap<Place, Sum>();
        var names = new HashMap<UnitId, String>();
        for (var verdict : hosts) {
            var host = new HostId(verdict.host().value());
            var size = right.get(host);
            if (size == null) {
                continue;
            }
            var has = VerdictViews.has(verdict);
            var stands = Optional.ofNullable(standing.get(host));
            var disks = VerdictViews.Disks.freed(size, stands);
            var of = new UnitId(verdict.unit().value());
            pools.computeIfAbsent(verdict.pool(), _ -> new Sum()).add(has, size, disks, book);
            units.computeIfAbsent(new Place(of, verdict.pool()), _ -> new Sum())
                    .add(has, size, disks, book);
            stands.ifPresent(one -> names.putIfAbsent(of, one.unitName()));
        }
        var ofPools = new ArrayList<SavingView>();
        pools.forEach(
                (pool, sum) -> ofPools.add(sum.view(Optional.empty(), Optional.empty(), pool)));
        return new SavingsView(Optional.of(day), ofPools, ofUnits(units, names));
    }

    private static List<SavingView> ofUnits(Map<Place, Sum> units, Map<UnitId, String> names) {
        return units.entrySet().stream()
                .map(one ->
                        one.getValue()
                                .view(
                                        Optional.of(one.getKey().unit()),
                                        Optional.ofNullable(names.get(one.getKey().unit())),
                                        one.getKey().pool()))
                .sorted(
                        Comparator.comparingInt(SavingView::vcpu)
                                .reversed()
                                .thenComparing(view -> view.unitName().orElse(""))
                                .thenComparing(view -> view.pool().toString()))
                .toList();
    }
}

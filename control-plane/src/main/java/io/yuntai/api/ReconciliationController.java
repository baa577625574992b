package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.reconciliation.Balance;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.billing.reconciliation.Reconciliation;
import io.yuntai.billing.reconciliation.Reconciliations;
import io.yuntai.billing.report.FrozenReports;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether it adds up, and how long the pools will last. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "rankings")
class ReconciliationController {

    private final Reconciliations reconciliations;
    private final FrozenReports frozen;

    ReconciliationController(Reconciliations reconciliations, FrozenReports frozen) {
        this.reconciliations = reconciliations;
        this.frozen = frozen;
    }

    /** In vCPU and bytes; {@code difference} is what does not add up. */
    @Schema(name = "Balance")
    record BalanceView(
            String pool,
            Balance.Measure measure,
            long before,
            long opened,
            long expanded,
            long shrunk,
            long reclaimed,
            long after,
            long difference) {

        static BalanceView of(Balance balance) {
            return new BalanceView(
                    balance.pool(),
                    balance.measure(),
                    balance.before(),
                    balance.opened(),
                    balance.expanded(),
                    balance.shrunk(),
                    balance.reclaimed(),
                    balance.after(),
                    balance.difference());
        }
    }

    /**
     * A pool when the month ended, in base units: {@code units + promised + platform + locked +
     * unassigned - debt = capacity}, and what does not add up.
     *
     * @param promised to units and not used by them
     * @param allocated percent used by units and platform
     * @param allocatedWithLocked the same after every order that is locked
     */
    @Schema(name = "PoolStanding")
    record PoolView(
            String pool,
            String resource,
            long capacity,
            long units,
            long promised,
            long platform,
            long locked,
            long unassigned,
            long debt,
            long difference,
            Optional<String> allocated,
            Optional<String> allocatedWithLocked) {

        static PoolView of(PoolStanding pool) {
            return new PoolView(
                    pool.pool(),
                    pool.resource(),
                    pool.capacity(),
                    pool.units(),
                    pool.promised(),
                    pool.platform(),
                    pool.locked(),
                    pool.unassigned(),
                    pool.debt(),
                    pool.difference(),
                    pool.allocated().map(BigDecimal::toPlainString),
                    pool.allocatedWithLocked().map(BigDecimal::toPlainString));
        }
    }

    /** How many orders were delivered within so many working days. */
    @Schema(name = "DeliveredWithin")
    record DeliveredView(int from, OptionalInt to, int count) {

        static DeliveredView of(DeliveryBucket bucket) {
            return new DeliveredView(bucket.from(), bucket.to(), bucket.count());
        }
    }

    /**
     * What a month was reconciled to.
     *
     * @param frozen whether this is what was published; else it is worked out as it can be told now
     * @param items what was allocated, from the month before to this one
     */
    @Schema(name = "Reconciliation")
    record ReconciliationView(
            boolean frozen,
            List<BalanceView> items,
            List<PoolView> pools,
            List<DeliveredView> delivered,
            List<ForecastView> forecasts) {

        static ReconciliationView of(boolean frozen, Reconciliation of) {
            return new ReconciliationView(
                    frozen,
                    of.balances().stream().map(BalanceView::of).toList(),
                    of.pools().stream().map(PoolView::of).toList(),
                    of.deliveries().stream().map(DeliveredView::of).toList(),
                    of.forecasts().stream().map(ForecastView::of).toList());
        }
    }

    @Schema(name = "Forecasts")
    record ForecastList(List<ForecastView> items) {}

    /** Whether a month adds up: as it was published, last or in a version, or as it is now. */
    @GetMapping("/rankings/{month}/reconciliation")
    @Requires(Permission.RANKING_READ)
    ReconciliationView reconciliation(
            @PathVariable YearMonth month, @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var published = frozen.reconciliation(month, version);
        return published.isPresent() || version.isPresent()
                ? ReconciliationView.of(true, RankingBoardController.found(published))
                : ReconciliationView.of(false, reconciliations.of(month));
    }

    /** How long each pool will last, by what was taken of it until now. */
    @GetMapping("/pools/forecasts")
    @Requires(Permission.POOL_READ)
    ForecastList forecasts() {
        return new ForecastList(
                reconciliations.forecasts().stream().map(ForecastView::of).toList());
    }
}

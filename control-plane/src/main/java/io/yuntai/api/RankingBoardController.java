package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.ranking.Band;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.CityRow;
import io.yuntai.billing.ranking.Comparison;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.ranking.SystemRow;
import io.yuntai.billing.report.FrozenReports;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Boards beside that of all units. Each is a view of what was computed: none changes a figure. */
@RestController
@RequestMapping("/api/v1/rankings/{month}")
@Tag(name = "rankings")
class RankingBoardController {

    private static final int MOST = 200;

    private final Rankings rankings;
    private final RegionNames regions;
    private final FrozenReports frozen;

    RankingBoardController(Rankings rankings, RegionNames regions, FrozenReports frozen) {
        this.rankings = rankings;
        this.regions = regions;
        this.frozen = frozen;
    }

    /** The earlier month that a board is compared with. */
    enum With {
        LAST_MONTH,
        LAST_YEAR;

        YearMonth before(YearMonth month) {
            return switch (this) {
                case LAST_MONTH -> month.minusMonths(1);
                case LAST_YEAR -> month.minusYears(1);
            };
        }
    }

    @Schema(name = "LowestUnits")
    record Lowest(List<RankingView.Ranked> items) {}

    /** A system in a band; percentages are texts, and null where too little was measured. */
    @Schema(name = "RankedSystem")
    record SystemView(
            UUID id,
            String code,
            String name,
            RankingView.OfUnit unit,
            int hosts,
            int measuredHosts,
            long vcpu,
            String coverage,
            Optional<String> cpu,
            Optional<String> memory,
            Optional<String> disk) {

        static SystemView of(SystemRow row) {
            return new SystemView(
                    row.system().id().value(),
                    row.system().code(),
                    row.system().name(),
                    new RankingView.OfUnit(row.unit().value(), "", row.unitName()),
                    row.hosts(),
                    row.measuredHosts(),
                    row.vcpu(),
                    row.coverage().toPlainString(),
                    row.cpu().map(BigDecimal::toPlainString),
                    row.memory().map(BigDecimal::toPlainString),
                    row.disk().map(BigDecimal::toPlainString));
        }
    }

    @Schema(name = "RankedSystems")
    record SystemList(List<SystemView> items) {}

    /**
     * A city and its three places.
     *
     * @param city GB/T 2260
     * @param name as it was published; of today's register where it was not, or names were not
     *     kept; null: it is not registered
     * @param overall processors, memory and disk, weighed as the policy does
     */
    @Schema(name = "RankedCity")
    record CityView(
            String city,
            Optional<String> name,
            int hosts,
            long vcpu,
            Optional<String> cpu,
            Optional<String> memory,
            Optional<String> disk,
            Optional<String> overall,
            Optional<Integer> overallRank,
            int systems,
            int systemsRank,
            int units,
            int unitsRank) {

        static CityView of(CityRow row, Map<String, String> names) {
            return new CityView(
                    row.city(),
                    Optional.ofNullable(names.get(row.city())),
                    row.hosts(),
                    row.vcpu(),
                    row.cpu().map(BigDecimal::toPlainString),
                    row.memory().map(BigDecimal::toPlainString),
                    row.disk().map(BigDecimal::toPlainString),
                    row.overall().map(BigDecimal::toPlainString),
                    row.overallRank(),
                    row.systems(),
                    row.systemsRank(),
                    row.units(),
                    row.unitsRank());
        }
    }

    @Schema(name = "RankedCities")
    record CityList(List<CityView> items) {}

    /** A unit that is ranked in both months; ranks are among those. */
    @Schema(name = "ComparedUnit")
    record ComparedView(
            RankingView.OfUnit unit,
            String value,
            String earlierValue,
            String points,
            int rank,
            int earlierRank) {

        static ComparedView of(Comparison.Row row) {
            return new ComparedView(
                    new RankingView.OfUnit(row.unit().value(), row.code(), row.name()),
                    row.value().toPlainString(),
                    row.earlierValue().toPlainString(),
                    row.points().toPlainString(),
                    row.rank(),
                    row.earlierRank());
        }
    }

    @Schema(name = "RankingComparison")
    record ComparisonView(
            String month,
            String earlier,
            Board board,
            Comparison.State state,
            List<ComparedView> items) {}

    /** The last of a board, the very last first; whoever ties with the n-th is among them. */
    @GetMapping("/lowest")
    @Requires(Permission.RANKING_READ)
    Lowest lowest(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "20") int n,
            @RequestParam(defaultValue = "SCORE") Board board,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        if (n < 1 || n > MOST) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/n", "OUT_OF_RANGE", 1, MOST)));
        }
        return new Lowest(
                found(rankings.of(month, board, pool, version)).lowest(n).stream()
                        .map(RankingView::ranked)
                        .toList());
    }

    /** Systems in a band by value: of the low the lowest first, of the high the highest. */
    @GetMapping("/systems")
    @Requires(Permission.RANKING_READ)
    SystemList systems(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "LOW") Band band,
            @RequestParam(defaultValue = "CPU") SystemRow.Measure measure,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        return new SystemList(
                found(rankings.systems(month, band, measure, pool, version)).stream()
                        .map(SystemView::of)
                        .toList());
    }

    /** Cities with overall use of the cloud, business systems on it, units served. */
    @GetMapping("/cities")
    @Requires(Permission.RANKING_READ)
    CityList cities(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var cities = found(rankings.cities(month, pool, version));
        var names = new HashMap<>(regions.byCode());
        names.putAll(frozen.cities(month, version));
        return new CityList(cities.stream().map(row -> CityView.of(row, names)).toList());
    }

    /**
     * A board beside that of the month before, or of the year before; a published version beside
     * what had been published of that month when it was frozen.
     */
    @GetMapping("/comparison")
    @Requires(Permission.RANKING_READ)
    ComparisonView comparison(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "LAST_MONTH") With with,
            @RequestParam(defaultValue = "SCORE") Board board,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var compared = found(rankings.compared(month, with.before(month), board, pool, version));
        return new ComparisonView(
                compared.month().toString(),
                compared.earlier().toString(),
                compared.board(),
                compared.state(),
                compared.rows().stream().map(ComparedView::of).toList());
    }

    static <T> T found(Optional<T> found) {
        return found.orElseThrow(() -> Refused.notFound("RANKING_NOT_FOUND"));
    }
}

package io.yuntai.billing.export;

import io.yuntai.billing.Person;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.Exclusion;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.HostShare;
import io.yuntai.billing.ranking.HourlyCpu;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.MonthFigures.UnitScope;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.ranking.Use;
import io.yuntai.billing.reconciliation.Balance;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.billing.reconciliation.Reconciliation;
import io.yuntai.billing.reconciliation.TakenHistory;
import io.yuntai.billing.report.FrozenReport;
import io.yuntai.billing.report.Report;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A town's report of October 2026, made up: forty units with systems and hosts in three pools, some
 * not ranked, some hosts left out, names that mean harm, and a gibibyte that is missing.
 */
final class FrozenTown {

    /** What a spreadsheet would take for a formula. */
    static final String EVIL = "=HYPERLINK(\"http://example.org\",\"局\")";

    /** Its second character lies outside of the basic plane. */
    static final String RARE = "第\uD842\uDFB7镇人民政府";

    /** Sixty characters, of which units that lie in each other have most in common. */
    static final String LONG = "江门市蓬江区人民政府街道办事处综合行政执法队暨城市管理和公共服务中心党群服务与退役军人事务联合办公室驻会展中心第一工作站";

    static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private static final List<String> POOLS =
            List.of("extranet-ordinary", "extranet-domestic", "internet-ordinary");
    private static final List<String> FIELDS =
            List.of("教育", "财政", "民政", "公安", "交通运输", "市场监督管理", "卫生健康", "自然资源");
    private static final int UNITS = 40;
    private static final int HOSTS = 8;
    private static final int HOURS = 744;
    private static final long GIB = 1L << 30;

    private FrozenTown() {}

    static FrozenReport report() {
        var september = OCTOBER.minusMonths(1);
        return new FrozenReport(
                new Report(
                        OCTOBER,
                        2,
                        Instant.parse("2026-11-04T12:00:00Z"),
                        "default-1",
                        "c".repeat(64),
                        "0123456789abcdef".repeat(4),
                        "e".repeat(64),
                        Optional.of(
                                new Report.Correction(
                                        "补采十月三日的样本",
                                        new Person(new UUID(9, 1), "甲"),
                                        new Person(new UUID(9, 2), "乙")))),
                figures(OCTOBER, 0, IntUnaryOperator.identity()),
                Map.of("440700", "江门市"),
                Optional.of(reconciliation()),
                List.of(earlier(september, 7, "default-1", Rules.LATEST)));
    }

    /** The same report beside last year's, and beside last month's by such a policy and rules. */
    static FrozenReport besideLastMonth(String policy, Rules rules) {
        var report = report();
        return new FrozenReport(
                report.report(),
                report.figures(),
                report.cities(),
                report.reconciliation(),
                List.of(
                        earlier(OCTOBER.minusMonths(1), 7, policy, rules),
                        earlier(OCTOBER.minusYears(1), 11, "default-1", Rules.LATEST)));
    }

    private static FrozenReport.Earlier earlier(
            YearMonth month, int shift, String policy, Rules rules) {
        var frozenAt = month.plusMonths(1).atDay(12).atTime(20, 0).atZone(Period.ZONE).toInstant();
        return new FrozenReport.Earlier(
                new Report(
                        month,
                        1,
                        frozenAt,
                        policy,
                        "a".repeat(64),
                        "b".repeat(64),
                        "e".repeat(64),
                        Optional.empty()),
                figures(month, shift, IntUnaryOperator.identity(), policy, rules));
    }

    /** The same town, had all of its units used the same: many share the first place. */
    static FrozenReport ofEquals() {
        var report = report();
        return new FrozenReport(
                report.report(),
                figures(OCTOBER, 0, _ -> 1),
                report.cities(),
                report.reconciliation(),
                List.of());
    }

    private static MonthFigures figures(YearMonth month, int shift, IntUnaryOperator like) {
        return figures(month, shift, like, "default-1", Rules.LATEST);
    }

    private static MonthFigures figures(
            YearMonth month, int shift, IntUnaryOperator like, String policy, Rules rules) {
        var shares = new ArrayList<HostShare>();
        for (int unit = 1; unit <= UNITS; unit++) {
            int hosts = unit % 13 == 0 ? 2 : HOSTS;
            for (int host = 1; host <= hosts; host++) {
                shares.add(share(unit, host, month, like.applyAsInt(unit) * 17 + shift));
            }
        }
        return MonthFigures.of(month, policy(policy), rules, shares, percentiles(shares));
    }

    private static Map<UnitScope, HourlyCpu> percentiles(List<HostShare> shares) {
        var percentiles = new HashMap<UnitScope, HourlyCpu>();
        for (var share : shares) {
            int dash = share.pool().lastIndexOf('-');
            for (var scope :
                    List.of(
                            "all",
                            share.pool(),
                            "zone:" + share.pool().substring(0, dash),
                            "family:" + share.pool().substring(dash + 1))) {
                percentiles.put(
                        new UnitScope(share.unit().id(), scope),
                        new HourlyCpu(
                                new BigDecimal("61.25"), Optional.of(new BigDecimal("88.50"))));
            }
        }
        return percentiles;
    }

    private static HostShare share(int unit, int host, YearMonth month, int shift) {
        int vcpu = 2 << (host % 4);
        boolean excluded = host == HOSTS && unit % 5 == 0;
        var vcpuHours = BigInteger.valueOf((long) vcpu * HOURS);
        int percent = (shift + host * 11) % 90;
        return new HostShare(
                new MeteredHostId(new UUID(3, unit * 100 + host)),
                "vm-%03d-%02d".formatted(unit, host),
                new Party(
                        new PartyId(new UUID(1, unit)),
                        "1144070000700%04dX".formatted(unit),
                        name(unit),
                        unit % 2 == 0 ? "440703" : "441202"),
                new MeteredSystem(
                        new MeteredSystemId(new UUID(2, unit * 10 + host % 3)),
                        "sys-%03d-%d".formatted(unit, host % 3),
                        "一体化政务服务支撑平台（%d 期）".formatted(1 + host % 3)),
                POOLS.get((unit + host) % POOLS.size()),
                Period.of(month),
                vcpu,
                exclusion(unit, excluded),
                exclusion(unit, excluded)
                        .filter(Exclusion.SEASONAL::equals)
                        .map(_ ->
                                new Exempt(
                                        new UUID(7, unit),
                                        "防汛期间保留",
                                        LocalDate.of(2026, 12, 31),
                                        "甲",
                                        "乙")),
                !excluded,
                percent < 4,
                HOURS,
                HOURS,
                vcpuHours,
                vcpuHours,
                use(vcpuHours.multiply(BigInteger.valueOf(3_600_000)), percent),
                use(BigInteger.valueOf(GIB * HOURS), (percent * 3 + 20) % 95),
                use(BigInteger.valueOf(GIB * HOURS), (percent * 2 + 30) % 90));
    }

    private static Optional<Exclusion> exclusion(int unit, boolean excluded) {
        return excluded
                ? Optional.of(unit % 2 == 0 ? Exclusion.SEASONAL : Exclusion.RECENTLY_CONFIRMED)
                : Optional.empty();
    }

    private static String name(int unit) {
        return switch (unit) {
            case 3 -> EVIL;
            case 4 -> RARE;
            case 5 -> "@SUM(1+1)*cmd|' /C calc'!A0";
            case 6 -> LONG;
            default -> "江门市" + FIELDS.get(unit % FIELDS.size()) + "局第" + unit + "分局";
        };
    }

    private static Use use(BigInteger of, int percent) {
        return new Use(
                of.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100)), of, of);
    }

    private static RankingPolicy policy(String id) {
        return new RankingPolicy(
                id,
                LocalDate.of(2026, 1, 1),
                "江政数〔2026〕1 号《政务云资源使用考核办法》",
                "市政务服务和数据管理局",
                range("30", "50"),
                range("40", "70"),
                range("40", "80"),
                new RankingPolicy.Weights(
                        new BigDecimal("0.40"),
                        new BigDecimal("0.30"),
                        new BigDecimal("0.10"),
                        new BigDecimal("0.20")),
                new RankingPolicy.Excess(new BigDecimal("2"), new BigDecimal("60")),
                new RankingPolicy.Grades(
                        new BigDecimal("80"), new BigDecimal("60"), new BigDecimal("40")),
                new RankingPolicy.Evidence(9, new BigDecimal("80"), 14, 3, 8),
                new RankingPolicy.Idle(
                        new BigDecimal("5"),
                        new BigDecimal("10"),
                        new BigDecimal("30"),
                        new BigDecimal("20")));
    }

    private static RankingPolicy.Range range(String low, String high) {
        return new RankingPolicy.Range(new BigDecimal(low), new BigDecimal(high));
    }

    private static Reconciliation reconciliation() {
        var until = LocalDate.of(2026, 10, 31);
        return new Reconciliation(
                POOLS.stream()
                        .flatMap(pool ->
                                List.of(
                                        new Balance(
                                                pool,
                                                Balance.Measure.VCPU,
                                                1200,
                                                64,
                                                8,
                                                4,
                                                16,
                                                1252),
                                        new Balance(
                                                pool,
                                                Balance.Measure.MEMORY,
                                                4800 * GIB,
                                                256 * GIB,
                                                0,
                                                0,
                                                64 * GIB,
                                                4993 * GIB))
                                        .stream())
                        .toList(),
                POOLS.stream()
                        .flatMap(pool ->
                                List.of(
                                        new PoolStanding(
                                                pool,
                                                "cpuMillis",
                                                2_000_000,
                                                1_252_000,
                                                100_000,
                                                40_000,
                                                96_000,
                                                512_000,
                                                0),
                                        new PoolStanding(
                                                pool,
                                                "storageBytes/ssd",
                                                90_000 * GIB,
                                                50_000 * GIB,
                                                0,
                                                1_000 * GIB,
                                                0,
                                                38_999 * GIB,
                                                0))
                                        .stream())
                        .toList(),
                List.of(
                        new DeliveryBucket(1, OptionalInt.of(3), 17),
                        new DeliveryBucket(4, OptionalInt.of(10), 6),
                        new DeliveryBucket(11, OptionalInt.of(30), 2),
                        new DeliveryBucket(31, OptionalInt.of(60), 0),
                        new DeliveryBucket(61, OptionalInt.empty(), 1)),
                List.of(
                        new TakenHistory(
                                POOLS.get(0),
                                "cpuMillis",
                                2_000_000,
                                until,
                                LongStream.range(0, 26)
                                        .map(week -> 1_000_000 + week * 15_000 + week % 3 * 900)
                                        .boxed()
                                        .toList()),
                        new TakenHistory(
                                POOLS.get(1),
                                "cpuMillis",
                                2_000_000,
                                until,
                                IntStream.range(0, 26).mapToObj(_ -> 700_000L).toList()),
                        new TakenHistory(
                                POOLS.get(2), "cpuMillis", 2_000_000, until, List.of(1L, 2L)),
                        new TakenHistory(
                                POOLS.get(2),
                                "storageBytes/ssd",
                                90_000 * GIB,
                                until,
                                List.of(90_000 * GIB))));
    }
}

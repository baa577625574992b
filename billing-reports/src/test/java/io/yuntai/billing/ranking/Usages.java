package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.ranking.RankingPolicy.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A unit that would be ranked, in which a test changes the one thing it is about. */
final class Usages {

    /** The policy that the database begins with. */
    static final RankingPolicy POLICY =
            new RankingPolicy(
                    "default-1",
                    LocalDate.of(2000, 1, 1),
                    "缺省政策",
                    "平台缺省",
                    new Range(d("30"), d("50")),
                    new Range(d("40"), d("70")),
                    new Range(d("40"), d("80")),
                    new RankingPolicy.Weights(d("0.40"), d("0.30"), d("0.10"), d("0.20")),
                    new RankingPolicy.Excess(d("2"), d("60")),
                    new RankingPolicy.Grades(d("80"), d("60"), d("40")),
                    new RankingPolicy.Evidence(9, d("80"), 14, 3, 8),
                    new RankingPolicy.Idle(d("5"), d("10"), d("30"), d("20")));

    private final String code;
    private Use cpu = percent("20");
    private Use memory = percent("50");
    private int hosts = 3;
    private long vcpu = 8;
    private long covered = 10_000;

    private Usages(String code) {
        this.code = code;
    }

    static Usages unit(String code) {
        return new Usages(code);
    }

    static Use use(long used, long allocated) {
        return new Use(
                BigInteger.valueOf(used),
                BigInteger.valueOf(allocated),
                BigInteger.valueOf(allocated));
    }

    static String score(String cpu, String memory, String disk, String idle) {
        return Score.of(
                        POLICY,
                        Ratio.of(d(cpu)),
                        Ratio.of(d(memory)),
                        Ratio.of(d(disk)),
                        Ratio.of(d(idle)))
                .rounded()
                .toPlainString();
    }

    Usages cpu(Use use) {
        cpu = use;
        return this;
    }

    Usages cpu(String percent) {
        return cpu(percent(percent));
    }

    Usages memory(Use use) {
        memory = use;
        return this;
    }

    Usages memory(String percent) {
        return memory(percent(percent));
    }

    Usages hosts(int count) {
        hosts = count;
        return this;
    }

    Usages vcpu(long count) {
        vcpu = count;
        return this;
    }

    Usages covered(long tenThousandths) {
        covered = tenThousandths;
        return this;
    }

    UnitUsage build() {
        return new UnitUsage(
                new Party(
                        new PartyId(new UUID(1, code.hashCode())),
                        code,
                        "第" + code + "局",
                        "440700"),
                Scopes.ALL,
                hosts,
                hosts,
                0,
                vcpu,
                vcpu,
                BigInteger.valueOf(covered),
                BigInteger.valueOf(10_000),
                BigInteger.valueOf(covered),
                BigInteger.ZERO,
                cpu,
                memory,
                percent("50"),
                Optional.of(new HourlyCpu(d("60.00"), Optional.of(d("85.00")))));
    }

    private static Use percent(String percent) {
        return use(d(percent).movePointRight(4).longValueExact(), 1_000_000);
    }

    private static BigDecimal d(String text) {
        return new BigDecimal(text);
    }
}

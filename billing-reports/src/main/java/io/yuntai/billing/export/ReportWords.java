package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Column;
import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a printed report says things: its texts, the names of scopes, and amounts with their unit.
 */
final class ReportWords {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Period.ZONE);

    private static final Set<String> NAMED_ZONES = Set.of("extranet", "internet");
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private final Wording wording;

    ReportWords(Wording wording) {
        this.wording = wording;
    }

    /** A text of the report. */
    String text(String key, Object... arguments) {
        return said("report." + key, arguments);
    }

    /** A text of the ranking, which stands in both. */
    String ofRanking(String key, Object... arguments) {
        return said("ranking." + key, arguments);
    }

    private String said(String key, Object... arguments) {
        // As text: a message format would write numbers in its own way.
        return wording.text(key, Arrays.stream(arguments).map(String::valueOf).toArray());
    }

    /** What a region is called. */
    String region(String code) {
        return wording.region(code);
    }

    /** A column of figures. */
    Column figure(String key, int width) {
        return new Column(text("column." + key), width, true);
    }

    /** A column of texts. */
    Column words(String key, int width) {
        return new Column(text("column." + key), width, false);
    }

    /** Everything, a pool, a zone over its pools, a processor family over its zones. */
    String scope(String scope) {
        if (scope.equals("all")) {
            return ofRanking("pool.all");
        }
        if (scope.startsWith("zone:")) {
            return zone(scope.substring("zone:".length()));
        }
        if (scope.startsWith("family:")) {
            return ofRanking("processor." + scope.substring("family:".length()));
        }
        int dash = scope.lastIndexOf('-');
        return ofRanking(
                "pool.one",
                zone(scope.substring(0, dash)),
                ofRanking("processor." + scope.substring(dash + 1)));
    }

    private String zone(String code) {
        return NAMED_ZONES.contains(code) ? text("zone." + code) : code;
    }

    /** A resource by its name and the unit in which {@link #amount} tells it. */
    String resource(String code) {
        int slash = code.indexOf('/');
        String kind = slash < 0 ? code : code.substring(0, slash);
        String name =
                switch (kind) {
                    case "cpuMillis", "memoryBytes", "storageBytes", "hosts" ->
                            text("resource." + kind);
                    default -> kind;
                };
        return slash < 0 ? name : text("resource.variant", name, code.substring(slash + 1));
    }

    /**
     * In vCPU or GiB, each with two decimals, so that they stand below each other; else as it is.
     */
    Object amount(String resource, long base) {
        if (resource.startsWith("cpu")) {
            return scaled(base, MILLIS);
        }
        return resource.contains("Bytes") ? scaled(base, GIB) : (Object) base;
    }

    private static BigDecimal scaled(long base, BigDecimal unit) {
        return BigDecimal.valueOf(base).divide(unit, 2, RoundingMode.HALF_UP);
    }

    /** A share of one in percent, as every other share is printed. */
    static Optional<BigDecimal> percent(Optional<BigDecimal> share) {
        return share.map(one -> one.movePointRight(2));
    }

    /** What does not add up: exact, however small, in base units. */
    String difference(String resource, long base) {
        if (base == 0) {
            return text("difference.none");
        }
        String sign = base > 0 ? "+" : "";
        return text(resource.contains("Bytes") ? "difference.bytes" : "difference.of", sign + base);
    }

    String minute(Instant at) {
        return MINUTE.format(at);
    }

    Optional<String> day(Optional<LocalDate> day) {
        return day.map(LocalDate::toString);
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Joined as the language lists things. */
    String list(List<String> texts) {
        return String.join(ofRanking("reason.separator"), texts);
    }
}

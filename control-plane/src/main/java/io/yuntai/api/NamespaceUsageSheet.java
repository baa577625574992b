package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.billing.metering.NamespaceHour;
import io.yuntai.billing.metering.NamespaceHour.Extent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What containers used as one flat table: a line an hour of a namespace. */
final class NamespaceUsageSheet {

    private static final List<String> COLUMNS =
            List.of(
                    "hour",
                    "cluster",
                    "namespace",
                    "samples",
                    "setApart",
                    "cpuGranted",
                    "cpuMean",
                    "cpuMin",
                    "cpuMax",
                    "memoryGranted",
                    "memoryMean",
                    "memoryMin",
                    "memoryMax",
                    "storageGranted",
                    "storageMean",
                    "storageMax",
                    "claims");

    /** Exact for whole bytes and thousandths; a mean is cut off here. */
    private static final int DIGITS = 6;

    private static final BigDecimal VCPU = BigDecimal.valueOf(1000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private NamespaceUsageSheet() {}

    static PlainSheet of(List<NamespaceHour> hours, SheetWords words) {
        return words.sheet(COLUMNS, hours.stream().map(NamespaceUsageSheet::row).toList());
    }

    /** An hour of which no sample counts has no figures. */
    private static List<Cell> row(NamespaceHour hour) {
        var cpu = Optional.of(hour.cpu()).filter(_ -> hour.samples() > 0);
        return List.of(
                SheetWords.time(hour.hour()),
                Cell.of(hour.place().cluster()),
                Cell.of(hour.place().namespace()),
                Cell.of(hour.samples()),
                Cell.of(hour.quarantined()),
                figure(hour.allotment().cpuMillis(), VCPU),
                mean(cpu, hour, VCPU),
                figure(cpu, Extent::min, VCPU),
                figure(cpu, Extent::max, VCPU),
                figure(hour.allotment().memoryBytes(), GIB),
                mean(hour.memory(), hour, GIB),
                figure(hour.memory(), Extent::min, GIB),
                figure(hour.memory(), Extent::max, GIB),
                figure(hour.allotment().storageBytes(), GIB),
                mean(hour.storage(), hour, GIB),
                figure(hour.storage(), Extent::max, GIB),
                Cell.of(
                        hour.claimsBytes().stream().boxed().findAny(),
                        bytes -> figure(bytes, GIB)));
    }

    private static Cell mean(Optional<Extent> extent, NamespaceHour hour, BigDecimal unit) {
        return Cell.of(
                extent,
                so ->
                        rounded(
                                BigDecimal.valueOf(so.sum()),
                                unit.multiply(BigDecimal.valueOf(hour.samples()))));
    }

    private static Cell figure(
            Optional<Extent> extent, Function<Extent, Long> figure, BigDecimal unit) {
        return Cell.of(extent.map(figure), amount -> figure(amount, unit));
    }

    private static Cell figure(long amount, BigDecimal unit) {
        return rounded(BigDecimal.valueOf(amount), unit);
    }

    private static Cell rounded(BigDecimal amount, BigDecimal by) {
        var figure = amount.divide(by, DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return Cell.of(figure.setScale(Math.max(0, figure.scale())));
    }
}

package io.yuntai.onboarding.register;

import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the kinds of cells that several tables have. */
final class Cells {

    private static final long GIB = 1L << 30;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");

    /**
     * A column of amounts.
     *
     * @param base how many base units make one of the column's
     * @param max the most that can be meant, in the column's unit; a sum of two still fits a long
     */
    private record AmountColumn(String code, Resource resource, long base, long max) {}

    private static final List<AmountColumn> AMOUNTS =
            List.of(
                    new AmountColumn("cpu", Resource.CPU, 1000, 10_000_000),
                    new AmountColumn("memory", Resource.MEMORY, GIB, 100_000_000),
                    new AmountColumn("storageSsd", Resource.storage("ssd"), GIB, 1_000_000_000),
                    new AmountColumn("storageHdd", Resource.storage("hdd"), GIB, 1_000_000_000),
                    new AmountColumn("hosts", Resource.HOSTS, 1, 1_000_000));

    private Cells() {}

    /** A unified social credit code, in small letters too. */
    static Optional<UnifiedSocialCreditCode> uscc(SheetRow row, String column) {
        String text = row.text(column).toUpperCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!UnifiedSocialCreditCode.hasShape(text)) {
            row.fault(column, "USCC_SHAPE");
            return Optional.empty();
        }
        char check = UnifiedSocialCreditCode.checkCharacter(text);
        if (text.charAt(17) != check) {
            row.fault(column, "USCC_CHECK_DIGIT", String.valueOf(check));
            return Optional.empty();
        }
        return Optional.of(new UnifiedSocialCreditCode(text));
    }

    /** The amounts of a row; a fault when there is nothing of anything. */
    static Amounts amounts(SheetRow row) {
        Map<Resource, Long> amounts = new HashMap<>();
        boolean wrong = false;
        for (var column : AMOUNTS) {
            boolean given = !row.raw(column.code()).isEmpty();
            var amount = amount(row, column);
            amount.ifPresent(value -> amounts.put(column.resource(), value));
            wrong |= given && amount.isEmpty();
        }
        var read = Amounts.of(amounts);
        if (read.isZero() && !wrong) {
            row.fault("NOTHING_GIVEN");
        }
        return read;
    }

    private static OptionalLong amount(SheetRow row, AmountColumn column) {
        String text = row.text(column.code());
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            row.fault(column.code(), "NOT_A_NUMBER");
            return OptionalLong.empty();
        }
        var number = new BigDecimal(text);
        if (number.signum() < 0) {
            row.fault(column.code(), "NEGATIVE");
        } else if (number.compareTo(BigDecimal.valueOf(column.max())) > 0) {
            row.fault(column.code(), "OVER_LIMIT", column.max());
        } else if (column.resource().equals(Resource.CPU)
                && number.stripTrailingZeros().scale() > 3) {
            row.fault(column.code(), "TOO_FINE");
        } else if (!column.resource().equals(Resource.CPU)
                && number.stripTrailingZeros().scale() > 0) {
            row.fault(column.code(), "NOT_WHOLE");
        } else {
            return OptionalLong.of(
                    number.multiply(BigDecimal.valueOf(column.base())).longValueExact());
        }
        return OptionalLong.empty();
    }

    /** The column that a resource is written in. */
    static String columnOf(Resource resource) {
        return ofResource(resource).code();
    }

    /** Base units in the unit of the resource's column. */
    static BigDecimal inColumn(Resource resource, long amount) {
        var number =
                BigDecimal.valueOf(amount)
                        .divide(
                                BigDecimal.valueOf(ofResource(resource).base()),
                                3,
                                RoundingMode.CEILING)
                        .stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number; // 80, not 8E+1;
    }

    private static AmountColumn ofResource(Resource resource) {
        return AMOUNTS.stream()
                .filter(column -> column.resource().equals(resource))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column for " + resource));
    }
}

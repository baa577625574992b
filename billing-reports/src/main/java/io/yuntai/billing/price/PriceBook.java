package io.yuntai.billing.price;

import io.yuntai.billing.Person;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What hosts cost from a day on, until the day on which the next approved book takes effect: so
 * there is no gap between two, and no overlap.
 *
 * @param id as people cite it
 * @param from the first day in {@code Asia/Shanghai}
 * @param basis the document that it rests on
 * @param packages each size once
 * @param disks each storage class once; none: disks are not priced
 */
public record PriceBook(
        String id,
        LocalDate from,
        String basis,
        List<PackagePrice> packages,
        List<DiskPrice> disks,
        State state,
        Person proposedBy,
        Instant proposedAt,
        Optional<Decision> decision) {

    /** The most sizes that a book holds, and the most storage classes. */
    public static final int MOST = 200;

    private static final BigDecimal MOST_YUAN = BigDecimal.valueOf(10_000_000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    /** Who decided, and when. */
    public record Decision(Person by, Instant at) {}

    /**
     * A size of hosts as one price: no price of a core explains real lists.
     *
     * @param memoryGib in GiB
     * @param perMonth in yuan, for a whole month whatever its length
     */
    public record PackagePrice(int vcpu, int memoryGib, BigDecimal perMonth) {

        /**
         * @throws IllegalArgumentException if it is no size, or no amount in fen from 0 to ten
         *     million yuan
         */
        public PackagePrice {
            if (vcpu < 1 || memoryGib < 1) {
                throw new IllegalArgumentException("no size: " + vcpu + "C" + memoryGib + "G");
            }
            perMonth = requireYuan(perMonth);
        }

        /** Such as {@code 8C16G}. */
        public String size() {
            return vcpu + "C" + memoryGib + "G";
        }
    }

    /**
     * What a GiB of disk costs.
     *
     * @param perGib in yuan, for a whole month whatever its length
     */
    public record DiskPrice(String storageClass, BigDecimal perGib) {

        private static final Pattern CLASS = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

        /**
         * @throws IllegalArgumentException if it is no class, or no amount as of a package
         */
        public DiskPrice {
            if (!CLASS.matcher(storageClass).matches()) {
                throw new IllegalArgumentException("no storage class: " + storageClass);
            }
            perGib = requireYuan(perGib);
        }
    }

    private static BigDecimal requireYuan(BigDecimal amount) {
        if (amount.signum() < 0
                || amount.compareTo(MOST_YUAN) > 0
                || amount.stripTrailingZeros().scale() > 2) {
            throw new IllegalArgumentException("no price: " + amount);
        }
        return amount.setScale(2);
    }

    /**
     * @throws IllegalArgumentException if it has no package or too many, or a size or a storage
     *     class twice
     */
    public PriceBook {
        packages = List.copyOf(packages);
        disks = List.copyOf(disks);
        if (packages.isEmpty() || packages.size() > MOST) {
            throw new IllegalArgumentException("packages: " + packages.size());
        }
        if (packages.stream().map(PackagePrice::size).distinct().count() < packages.size()) {
            throw new IllegalArgumentException("a size has one price");
        }
        if (disks.size() > MOST
                || disks.stream().map(DiskPrice::storageClass).distinct().count() < disks.size()) {
            throw new IllegalArgumentException("disks: " + disks);
        }
    }

    /**
     * What a size costs a month; empty: it is not priced, which is not free.
     *
     * @param memoryBytes of which only whole GiB are priced
     */
    public Optional<BigDecimal> perMonth(int vcpu, long memoryBytes) {
        return packages.stream()
                .filter(one -> one.vcpu() == vcpu && (long) one.memoryGib() << 30 == memoryBytes)
                .map(PackagePrice::perMonth)
                .findAny();
    }

    /**
     * What disks cost a month, rounded once; empty: one of them is not priced.
     *
     * @param bytes by storage class
     */
    public Optional<BigDecimal> disksPerMonth(Map<String, Long> bytes) {
        var prices =
                disks.stream()
                        .collect(Collectors.toMap(DiskPrice::storageClass, DiskPrice::perGib));
        if (!prices.keySet().containsAll(bytes.keySet())) {
            return Optional.empty();
        }
        return Optional.of(
                bytes.entrySet().stream()
                        .map(one ->
                                Objects.requireNonNull(prices.get(one.getKey()))
                                        .multiply(BigDecimal.valueOf(one.getValue()).divide(GIB)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .setScale(2, RoundingMode.HALF_UP));
    }
}

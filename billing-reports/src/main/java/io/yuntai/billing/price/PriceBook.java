package io.yuntai.billing.price;

import io.yuntai.billing.Person;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What hosts cost from a day on, until the day on which the next approved book takes effect: so
 * there is no gap between two, and no overlap.
 *
 * @param id as people cite it
 * @param from the first day in {@code Asia/Shanghai}
 * @param basis the document that it rests on
 * @param packages each size once
 */
public record PriceBook(
        String id,
        LocalDate from,
        String basis,
        List<PackagePrice> packages,
        State state,
        Person proposedBy,
        Instant proposedAt,
        Optional<Decision> decision) {

    /** The most sizes that a book holds. */
    public static final int MOST = 200;

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

        private static final BigDecimal MOST_YUAN = BigDecimal.valueOf(10_000_000);

        /**
         * @throws IllegalArgumentException if it is no size, or no amount in fen from 0 to ten
         *     million yuan
         */
        public PackagePrice {
            if (vcpu < 1 || memoryGib < 1) {
                throw new IllegalArgumentException("no size: " + vcpu + "C" + memoryGib + "G");
            }
            if (perMonth.signum() < 0
                    || perMonth.compareTo(MOST_YUAN) > 0
                    || perMonth.stripTrailingZeros().scale() > 2) {
                throw new IllegalArgumentException("no price: " + perMonth);
            }
            perMonth = perMonth.setScale(2);
        }

        /** Such as {@code 8C16G}. */
        public String size() {
            return vcpu + "C" + memoryGib + "G";
        }
    }

    /**
     * @throws IllegalArgumentException if it has no package or too many, or a size twice
     */
    public PriceBook {
        packages = List.copyOf(packages);
        if (packages.isEmpty() || packages.size() > MOST) {
            throw new IllegalArgumentException("packages: " + packages.size());
        }
        if (packages.stream().map(PackagePrice::size).distinct().count() < packages.size()) {
            throw new IllegalArgumentException("a size has one price");
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
}

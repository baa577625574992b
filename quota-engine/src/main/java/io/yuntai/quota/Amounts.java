package io.yuntai.quota;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * How much of each resource, in base units. What is not named is zero; zeros are not kept, so two
 * equal amounts are equal however they were made. Sums that do not fit a long throw {@link
 * ArithmeticException}: an amount never wraps round.
 */
public final class Amounts {

    /** Nothing of anything. */
    public static final Amounts NONE = new Amounts(new TreeMap<>());

    private final SortedMap<Resource, Long> values;

    private Amounts(SortedMap<Resource, Long> values) {
        this.values = values;
    }

    /** The amounts of a map; zeros are dropped. */
    public static Amounts of(Map<Resource, Long> values) {
        var kept = new TreeMap<Resource, Long>();
        values.forEach((resource, amount) -> {
            if (amount != 0) {
                kept.put(resource, amount);
            }
        });
        return kept.isEmpty() ? NONE : new Amounts(kept);
    }

    public static Amounts of(Resource resource, long amount) {
        return of(Map.of(resource, amount));
    }

    public long get(Resource resource) {
        return values.getOrDefault(resource, 0L);
    }

    /** The resources that are not zero, in the order of their codes. */
    public Set<Resource> resources() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** The amounts that are not zero, in the order of their codes. */
    public Map<Resource, Long> asMap() {
        return Collections.unmodifiableSortedMap(values);
    }

    public Amounts with(Resource resource, long amount) {
        var changed = new TreeMap<>(values);
        changed.put(resource, amount);
        return of(changed);
    }

    public Amounts plus(Amounts other) {
        return combine(other, Math::addExact);
    }

    public Amounts minus(Amounts other) {
        return combine(other, Math::subtractExact);
    }

    /** For each resource the larger of the two. */
    public Amounts max(Amounts other) {
        return combine(other, Math::max);
    }

    public Amounts times(long factor) {
        var product = new TreeMap<Resource, Long>();
        values.forEach(
                (resource, amount) -> product.put(resource, Math.multiplyExact(amount, factor)));
        return of(product);
    }

    /** For each resource the smaller of the two. */
    public Amounts min(Amounts other) {
        return combine(other, Math::min);
    }

    public Amounts negated() {
        return times(-1);
    }

    public boolean isZero() {
        return values.isEmpty();
    }

    /** Whether no resource is below zero. */
    public boolean isNonNegative() {
        return values.values().stream().allMatch(amount -> amount > 0);
    }

    /** Whether each resource of this fits within the other's. */
    public boolean fitsWithin(Amounts other) {
        return other.minus(this).isNonNegative();
    }

    private Amounts combine(Amounts other, LongBinaryOperator operator) {
        var result = new TreeMap<Resource, Long>(values);
        for (var resource : other.values.keySet()) {
            result.putIfAbsent(resource, 0L);
        }
        result.replaceAll((resource, amount) -> operator.applyAsLong(amount, other.get(resource)));
        return of(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}

package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is applied for.
 *
 * @param system for which system
 * @param pool out of which pool
 * @param purpose in the applicant's words, 1 to {@value #MAX_PURPOSE} characters
 * @param termMonths for how long the hosts that it makes are wanted, 1 to {@value #MAX_TERM}; empty
 *     where it makes none: nothing else of it ends by itself
 * @param items 1 to {@value #MAX_ITEMS}
 * @param expectedLoad in the applicant's words, at most {@value #MAX_LOAD} characters; may be empty
 */
public record Order(
        SystemId system,
        PoolId pool,
        String purpose,
        Optional<Integer> termMonths,
        List<Item> items,
        String expectedLoad) {

    public static final int MAX_PURPOSE = 2000;
    public static final int MAX_LOAD = 2000;
    public static final int MAX_TERM = 60;
    public static final int MAX_ITEMS = 50;
    static final int MAX_REVISIONS = 100;

    public Order {
        purpose = purpose.strip();
        expectedLoad = expectedLoad.strip();
        items = List.copyOf(items);
        if (purpose.isEmpty() || purpose.length() > MAX_PURPOSE) {
            throw new IllegalArgumentException("a purpose of " + purpose.length() + " characters");
        }
        if (expectedLoad.length() > MAX_LOAD) {
            throw new IllegalArgumentException(
                    "an expected load of " + expectedLoad.length() + " characters");
        }
        if (items.stream().noneMatch(Item::beginsTerm)) {
            // Also of what is left of an order whose hosts a review has cut.
            termMonths = Optional.empty();
        } else if (termMonths.filter(months -> months >= 1 && months <= MAX_TERM).isEmpty()) {
            throw new IllegalArgumentException("a term of months: " + termMonths);
        }
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("an order of " + items.size() + " items");
        }
        if (items.stream().anyMatch(item -> item instanceof Item.Move move && isTo(pool, move))) {
            throw new IllegalArgumentException("a move within " + pool);
        }
        if (zoneChanges(items).anyMatch(change -> change.from().equals(pool.zone()))
                || zoneChanges(items).count() > 1) {
            throw new IllegalArgumentException("no change to the zone of " + pool);
        }
        requireOnce("host", hosts(items));
        requireOnce("namespace", handedBack(items));
    }

    private static void requireOnce(String what, List<?> named) {
        if (new HashSet<>(named).size() < named.size()) {
            throw new IllegalArgumentException("two items about one " + what);
        }
    }

    private static boolean isTo(PoolId pool, Item.Move move) {
        return move.from().equals(pool);
    }

    /** Whether there is nothing to lock: only terms, and what is given back. */
    boolean takesNothing() {
        return amounts().isZero();
    }

    /** The hosts that it is about, beside those that are to be made. */
    public List<HostId> hosts() {
        return hosts(items);
    }

    private static List<HostId> hosts(List<Item> items) {
        return items.stream()
                .filter(Item.OfHost.class::isInstance)
                .map(Item.OfHost.class::cast)
                .map(Item.OfHost::host)
                .toList();
    }

    /** That the system changes to the pool's zone with it, if it does. */
    Optional<Item.ZoneChange> zoneChange() {
        return zoneChanges(items).findAny();
    }

    private static Stream<Item.ZoneChange> zoneChanges(List<Item> items) {
        return items.stream()
                .filter(Item.ZoneChange.class::isInstance)
                .map(Item.ZoneChange.class::cast);
    }

    /** By how much the quota of the unit rises with it. */
    public Amounts raise() {
        return items.stream()
                .filter(Item.QuotaRaise.class::isInstance)
                .map(Item.QuotaRaise.class::cast)
                .map(item -> item.more().amounts())
                .reduce(Amounts.NONE, Amounts::plus);
    }

    /** The clusters on which it hands back room of the system's namespace, or all of it. */
    public List<ClusterName> handedBack() {
        return handedBack(items);
    }

    private static List<ClusterName> handedBack(List<Item> items) {
        return items.stream()
                .filter(Item.NamespaceReturn.class::isInstance)
                .map(Item.NamespaceReturn.class::cast)
                .map(Item.NamespaceReturn::cluster)
                .toList();
    }

    /** Of it only what is not there yet. */
    Order onlyNew() {
        return new Order(
                system,
                pool,
                purpose,
                termMonths,
                items.stream().filter(Item::makesNew).toList(),
                "");
    }

    /** Whether something is to be made that is not there yet. */
    boolean makesNew() {
        return items.stream().anyMatch(Item::makesNew);
    }

    /** Without a word on its load. */
    public Order(SystemId system, PoolId pool, String purpose, int termMonths, List<Item> items) {
        this(system, pool, purpose, Optional.of(termMonths), items, "");
    }

    /** What it takes of the system's quota, in guest units. */
    public Amounts amounts() {
        return items.stream().map(Item::amounts).reduce(Amounts.NONE, Amounts::plus);
    }

    /**
     * What its hosts take of that: theirs for as long as they exist, whether they use it or not.
     */
    Amounts hostAmounts() {
        return items.stream()
                .filter(item -> !(item instanceof Item.Namespace))
                .map(Item::amounts)
                .reduce(Amounts.NONE, Amounts::plus);
    }

    /** What it takes of the pool's infrastructure beside that. */
    public Amounts overhead(LauncherOverhead overhead) {
        return items.stream()
                .map(item -> item.overhead(overhead))
                .reduce(Amounts.NONE, Amounts::plus);
    }

    /**
     * As much of it as these amounts have room for, its items served in their order; empty: nothing
     * of it.
     */
    Optional<Order> within(Amounts most) {
        var left = most;
        var cart = new ArrayList<Item>();
        for (var item : items) {
            var part = item.fitting(left);
            if (part.isPresent()) {
                left = left.minus(part.get().amounts());
                cart.add(part.get());
            }
        }
        return cart.isEmpty()
                ? Optional.empty()
                : Optional.of(new Order(system, pool, purpose, termMonths, cart, expectedLoad));
    }

    /**
     * What these cuts leave of it.
     *
     * @throws Refused INVALID, with every cut that leaves more than there is or nothing at all
     */
    Order cut(List<Cut> cuts) {
        var faults = new ArrayList<Fault>();
        var left = new ArrayList<Optional<Item>>();
        items.forEach(item -> left.add(Optional.of(item)));
        for (int i = 0; i < cuts.size(); i++) {
            var cut = cuts.get(i);
            if (cut.position() < 0 || cut.position() >= items.size()) {
                faults.add(
                        Fault.at("/cuts/" + i + "/position", "OUT_OF_RANGE", 0, items.size() - 1));
            } else {
                int at = cut.position();
                try {
                    left.set(at, cut.of(items.get(at)));
                } catch (IllegalArgumentException _) {
                    faults.add(Fault.at("/cuts/" + i, "MORE_THAN_ASKED"));
                }
            }
        }
        var cart = left.stream().flatMap(Optional::stream).toList();
        if (faults.isEmpty() && cart.isEmpty()) {
            faults.add(Fault.at("/cuts", "NOTHING_LEFT"));
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new Order(system, pool, purpose, termMonths, cart, expectedLoad);
    }

    /** Equal for equal content and for nothing else; with the id it makes submitting idempotent. */
    String digest() {
        return toString();
    }
}

package io.yuntai.billing.ranking;

import java.util.Arrays;

/**
 * By which rules of ours hours become figures, where a policy says nothing. What was published says
 * which they were and is derived by these again, whatever has changed since. A change that moves a
 * figure of the same hours is another constant here.
 */
public enum Rules {

    /** The memory of a host speaks for it when it was measured in all of its valid hours. */
    MEMORY_IN_ALL_HOURS(1),

    /** ... in as many of its hours as its processors must be: those of the policy's coverage. */
    MEMORY_IN_ENOUGH_HOURS(2),

    /**
     * ... and a host counts once in whatever it stands in, with the last size that it had there,
     * however often it moved; a town's or village's region lies in its city.
     */
    HOSTS_ONCE(3),

    /**
     * ... and of the orders that were delivered those count by which something came that was asked
     * for, and no returns, renewals or changes of what stands in the books alone.
     */
    DELIVERED_WHAT_CAME(4);

    /** Those of now. */
    public static final Rules LATEST = DELIVERED_WHAT_CAME;

    private final int number;

    Rules(int number) {
        this.number = number;
    }

    /**
     * Whether a board by these may stand beside one by others. {@link #DELIVERED_WHAT_CAME} changed
     * only what is said beside the boards.
     */
    boolean isComparableWith(Rules other) {
        return ofBoards() == other.ofBoards();
    }

    private Rules ofBoards() {
        return this == DELIVERED_WHAT_CAME ? HOSTS_ONCE : this;
    }

    boolean countHostsOnce() {
        return compareTo(HOSTS_ONCE) >= 0;
    }

    /** Whether a report says the highest of a unit's hours. */
    public boolean nameThePeak() {
        return compareTo(HOSTS_ONCE) >= 0;
    }

    /** Whether a report says what cities are called. */
    public boolean nameCities() {
        return compareTo(HOSTS_ONCE) >= 0;
    }

    /** Whether a report says for which exemption a host is excluded. */
    public boolean nameExemptions() {
        return compareTo(HOSTS_ONCE) >= 0;
    }

    /** Whether an order is counted as delivered only if something came by it. */
    public boolean countWhatCame() {
        return compareTo(DELIVERED_WHAT_CAME) >= 0;
    }

    /** As reports name them. */
    public int number() {
        return number;
    }

    /**
     * Reads what a report names.
     *
     * @throws IllegalArgumentException there are none of this number
     */
    public static Rules of(int number) {
        return Arrays.stream(values())
                .filter(rules -> rules.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such rules: " + number));
    }
}

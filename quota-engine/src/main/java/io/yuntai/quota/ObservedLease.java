package io.yuntai.quota;

/**
 * A lease as its cluster holds it, read from the quorum.
 *
 * @param incarnation with {@code epoch} the fence of the next write
 * @param specHard what was asked for
 * @param statusHard what admission enforces; empty until the cluster has taken it up
 * @param statusUsed what admission has charged
 * @param written which writing of it was the last, but for those of its status: whoever reads it
 *     before the next one reads the same; empty: not known
 */
public record ObservedLease(
        Incarnation incarnation,
        Epoch epoch,
        Amounts specHard,
        Amounts statusHard,
        Amounts statusUsed,
        String written) {

    /** One of which it is not known who has written it. */
    public ObservedLease(
            Incarnation incarnation,
            Epoch epoch,
            Amounts specHard,
            Amounts statusHard,
            Amounts statusUsed) {
        this(incarnation, epoch, specHard, statusHard, statusUsed, "");
    }

    /**
     * The most that the namespace takes, or may take before it hears from us again: what was asked
     * for will be enforced, what is enforced may be used, what is used is there.
     */
    public Amounts exposure() {
        return specHard.max(statusHard).max(statusUsed);
    }
}

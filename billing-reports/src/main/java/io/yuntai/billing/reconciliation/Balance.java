package io.yuntai.billing.reconciliation;

/**
 * What was allocated of one measure in one pool, from the end of a month to the end of the next:
 * {@code before + opened + expanded - shrunk - reclaimed = after}.
 *
 * @param before what the month before was closed with, if it was frozen; else what was allocated
 *     when it ended
 * @param opened by hosts that began to be allocated
 * @param expanded by hosts that grew, likewise {@code shrunk}
 * @param reclaimed of hosts that are no longer allocated
 * @param after what was allocated when the month ended
 */
public record Balance(
        String pool,
        Measure measure,
        long before,
        long opened,
        long expanded,
        long shrunk,
        long reclaimed,
        long after) {

    /** In vCPU and in bytes. */
    public enum Measure {
        VCPU,
        MEMORY,
        DISK
    }

    public Balance {
        if (opened < 0 || expanded < 0 || shrunk < 0 || reclaimed < 0) {
            throw new IllegalArgumentException("movements are not negative: " + pool);
        }
    }

    /** What does not add up; 0 when all does. It is printed whatever it is. */
    public long difference() {
        return after - (before + opened + expanded - shrunk - reclaimed);
    }
}

package io.yuntai.billing.metering;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.util.UUID;

/**
 * Hours that somebody wants read once more.
 *
 * @param id made by whoever asked
 * @param source by the name under which it is noted how far it was read
 * @param readTo what was read of them already ends here; the end of the period: all of it was
 * @param hours of hosts that were read so far
 */
public record Rereading(
        UUID id,
        String source,
        Period period,
        Person by,
        Instant askedAt,
        Instant readTo,
        long hours) {

    /** Whether all of it was read. */
    public boolean done() {
        return readTo.equals(period.to());
    }
}

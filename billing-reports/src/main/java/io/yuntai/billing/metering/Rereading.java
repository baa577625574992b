package io.yuntai.billing.metering;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Hours that are read once more.
 *
 * @param id made by whoever asked
 * @param source by the name under which it is noted how far it was read
 * @param by who asked for it; empty: it is done each day
 * @param readTo what was read of them already ends here; the end of the period: all of it was
 * @param hours of hosts or namespaces that were read so far
 * @param changed so many of them came out otherwise than when they were read before
 */
public record Rereading(
        UUID id,
        String source,
        Period period,
        Optional<Person> by,
        Instant askedAt,
        Instant readTo,
        long hours,
        long changed) {

    /** Whether all of it was read. */
    public boolean done() {
        return readTo.equals(period.to());
    }
}

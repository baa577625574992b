package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.List;

/**
 * A host to be read, while it had one capacity. A host that was resized comes once for each.
 *
 * @param during only hours that begin in here are this one's
 * @param stops when it stood still in that time: it is measured then, and uses nothing
 */
public record MeteredHost(
        MeteredHostId host,
        String hostName,
        String pool,
        Capacity capacity,
        Place place,
        Period during,
        List<Period> stops) {

    public MeteredHost {
        stops = List.copyOf(stops);
    }

    /** Whether it stood still the whole time between two moments. */
    public boolean isStopped(Instant from, Instant to) {
        return stops.stream()
                .anyMatch(stop -> !from.isBefore(stop.from()) && !to.isAfter(stop.to()));
    }

    /** Whether it stood still for some of the time between two moments. */
    public boolean stoodStill(Instant from, Instant to) {
        return stops.stream()
                .anyMatch(stop -> stop.from().isBefore(to) && from.isBefore(stop.to()));
    }
}

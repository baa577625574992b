package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * From a moment on, a host has this capacity and belongs to this system of this party.
 *
 * @param pool zone and processor family: {@code extranet-ordinary}
 * @param from when it began
 */
public record HostAllocation(
        MeteredHostId host,
        String hostName,
        Party party,
        MeteredSystem system,
        String pool,
        Capacity capacity,
        Place place,
        Instant from) {

    private static final Pattern POOL = Pattern.compile("[a-z][a-z0-9]{0,15}-(domestic|ordinary)");

    public HostAllocation {
        if (hostName.isBlank() || !POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException(
                    "not a host's name and pool: " + hostName + ", " + pool);
        }
    }
}

package io.yuntai.onboarding.host;

import java.time.Instant;
import java.util.List;

/**
 * Hosts have another owner, or are in another region or pool, from this moment on. Published inside
 * the transaction that notes it.
 *
 * @param hosts delivered ones, as they are now
 */
public record HostsMoved(List<Host> hosts, Instant at) {
    public HostsMoved {
        hosts = List.copyOf(hosts);
    }
}

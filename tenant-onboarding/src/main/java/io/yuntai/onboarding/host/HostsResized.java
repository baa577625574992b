package io.yuntai.onboarding.host;

import java.time.Instant;
import java.util.List;

/**
 * Hosts that were delivered have another size, or one disk more, from this moment on. Published
 * inside the transaction that notes it.
 *
 * @param hosts as they are now
 */
public record HostsResized(List<Host> hosts, Instant at) {
    public HostsResized {
        hosts = List.copyOf(hosts);
    }
}

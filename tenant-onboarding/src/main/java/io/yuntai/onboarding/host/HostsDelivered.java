package io.yuntai.onboarding.host;

import java.time.Instant;
import java.util.List;

/** Hosts were seen to run for the first time. Published inside the transaction that notes it. */
public record HostsDelivered(List<Host> hosts, Instant at) {
    public HostsDelivered {
        hosts = List.copyOf(hosts);
    }
}

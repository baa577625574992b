package io.yuntai.onboarding.host;

import java.time.Instant;
import java.util.List;

/** The owner has confirmed these hosts. Published inside the transaction that notes it. */
public record HostsConfirmed(List<HostId> hosts, Instant at) {
    public HostsConfirmed {
        hosts = List.copyOf(hosts);
    }
}

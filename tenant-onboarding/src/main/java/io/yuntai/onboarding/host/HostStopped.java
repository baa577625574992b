package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A host was asked to stop, and its cluster shows that it has. Published inside the transaction
 * that notes it.
 */
public record HostStopped(HostId host, Instant at) {}

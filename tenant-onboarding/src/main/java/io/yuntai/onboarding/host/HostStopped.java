package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A host that was delivered shall not run, and its cluster shows that it does not. Published inside
 * the transaction that notes it; of one that stands still since long it may be said again.
 */
public record HostStopped(HostId host, Instant at) {}

package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * All that was asked of a host is done, and it runs; it may have run before. Published inside the
 * transaction that notes it.
 */
public record HostRuns(HostId host, Instant at) {}

package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A host that was delivered runs again, whatever it was before. Published inside the transaction
 * that notes it.
 */
public record HostRuns(HostId host, Instant at) {}

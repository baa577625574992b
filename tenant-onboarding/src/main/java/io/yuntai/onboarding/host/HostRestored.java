package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A host that was delivered is out of the recycle bin again. Published inside the transaction that
 * notes it.
 *
 * @param host as it is now
 */
public record HostRestored(Host host, Instant at) {}

package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A host that was delivered is in the recycle bin. Published inside the transaction that notes it.
 *
 * @param host as it is now: whether others may have its processors, its plan says
 */
public record HostRecycled(Host host, Instant at) {}

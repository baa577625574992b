package io.yuntai.onboarding.host;

import java.time.Instant;

/** A host is gone for good. Published inside the transaction that notes it. */
public record HostDestroyed(HostId host, Instant at) {}

package io.yuntai.onboarding.ledger;

import java.time.Instant;

/**
 * What a pending transfer has locked is given back, because its time has come. Published inside the
 * transaction that voids it, before it is voided: whoever locked it writes what follows, and all of
 * it stands or falls together.
 */
public record LockExpired(TransferId lock, Instant at) {}

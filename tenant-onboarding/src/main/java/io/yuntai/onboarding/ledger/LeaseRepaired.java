package io.yuntai.onboarding.ledger;

import java.time.Instant;

/** A lease was put right that somebody had changed by hand. */
public record LeaseRepaired(LeaseId lease, LeaseRepair repair, Instant at) {}

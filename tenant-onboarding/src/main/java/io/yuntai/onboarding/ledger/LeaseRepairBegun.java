package io.yuntai.onboarding.ledger;

import java.time.Instant;

/** A lease is about to be put right that somebody had changed by hand. */
public record LeaseRepairBegun(LeaseId lease, LeaseRepair repair, Instant at) {}

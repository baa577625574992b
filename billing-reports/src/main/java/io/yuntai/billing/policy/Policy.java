package io.yuntai.billing.policy;

import java.time.LocalDate;

/** A version of a policy, whatever its numbers are about. */
public interface Policy {

    /** Names the version beside everything that it was used for. */
    String id();

    /** The first day that it applies to. */
    LocalDate effectiveFrom();

    /** The document that it rests on. */
    String basis();

    /** Who answers for it; empty as long as nobody does. */
    String approvedBy();
}

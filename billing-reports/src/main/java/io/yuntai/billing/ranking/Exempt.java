package io.yuntai.billing.ranking;

import java.time.LocalDate;
import java.util.UUID;

/**
 * The exemption that a host is excluded for, as it stood when its month was worked out.
 *
 * @param until its last day
 * @param applicant who asked for it; {@code approver}: who allowed it
 */
public record Exempt(UUID id, String reason, LocalDate until, String applicant, String approver) {}

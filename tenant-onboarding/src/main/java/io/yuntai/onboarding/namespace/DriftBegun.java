package io.yuntai.onboarding.namespace;

/**
 * A repair that was begun, and of which nothing is recorded yet: it is under way, or whoever has
 * begun it has died.
 *
 * @param drift as it is recorded if the part is found as it should be
 */
public record DriftBegun(DriftPart part, Drift drift) {}

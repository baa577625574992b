package io.yuntai.onboarding.system;

/**
 * A system as lists show it.
 *
 * @param version for conditional updates
 */
public record SystemEntry(BusinessSystem system, int version, String unitName) {}

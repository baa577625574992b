package io.yuntai.onboarding.unit;

/**
 * A unit as lists show it.
 *
 * @param version for conditional updates
 * @param systems how many systems it owns today
 */
public record UnitEntry(Unit unit, int version, String regionName, int systems) {}

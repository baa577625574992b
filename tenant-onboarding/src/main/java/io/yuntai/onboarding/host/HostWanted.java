package io.yuntai.onboarding.host;

import io.yuntai.onboarding.system.SystemId;

/**
 * Something is wanted of a system's hosts that their cluster does not have yet. Losing this costs
 * one sweep.
 */
public record HostWanted(SystemId system) {}

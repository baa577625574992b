package io.yuntai.onboarding.application;

import io.yuntai.onboarding.system.SystemId;

/**
 * A system was granted something that its cluster does not have yet. Losing this costs one sweep.
 */
public record Granted(SystemId system) {}

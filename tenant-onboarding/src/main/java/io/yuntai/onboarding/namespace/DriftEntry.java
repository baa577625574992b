package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.system.SystemId;

/**
 * A drift as it stands in the record.
 *
 * @param id grows with time
 * @param system whose namespace it is
 * @param systemName its name of today
 */
public record DriftEntry(long id, SystemId system, String systemName, Drift drift) {}

package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * A live migration in a list.
 *
 * @param systemName of the system that the host belongs to
 * @param orderedAt when it was ordered
 */
public record HostMigrationEntry(HostMigration migration, String systemName, Instant orderedAt) {}

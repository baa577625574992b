package io.yuntai.onboarding.host;

import java.util.Optional;

/**
 * Which live migrations are asked for; what is empty confines nothing.
 *
 * @param cluster its name
 * @param underWay whether only those that are not over
 */
public record HostMigrationFilter(
        Optional<String> cluster, Optional<HostMigration.State> state, boolean underWay) {}

package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.HostMigration;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedMigration;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.quota.LeasePolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes live migrations forward, a step at a time, on what was just seen. Whoever dies between two
 * has closed a namespace for longer than it needed, and whoever comes next opens it.
 */
@Component
class MigrationKeeper {

    /** KubeVirt gives one up by itself; this is for when KubeVirt itself is gone. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final HostMigrations migrations;
    private final LeasePolicy policy = LeasePolicy.DEFAULT;
    private final Clock clock;

    MigrationKeeper(HostMigrations migrations, Clock clock) {
        this.migrations = migrations;
        this.clock = clock;
    }

    /**
     * Takes the next step, if it is time for it.
     *
     * @param lease of its namespace, as it was left
     * @param tended whether the namespace has the labels that it should
     */
    void step(Cluster cluster, Lease lease, HostMigration migration, boolean tended) {
        try {
            next(cluster, lease, migration, tended);
        } catch (Refused refused) {
            // The cluster is fenced: it goes on when that is over.
        }
    }

    private void next(Cluster cluster, Lease lease, HostMigration migration, boolean tended) {
        boolean isEnforced = lease.settled() && lease.account().enforcedAt().isPresent();
        switch (migration.state()) {
            case WAITING -> {
                if (isWanted(cluster, migration)) {
                    migrations.admit(migration);
                }
            }
            case CLOSING -> {
                if (tended) {
                    migrations.closed(migration);
                }
            }
            case CLOSED -> {
                // What was let in before the gate fell takes what the lease had, and no more.
                if (!clock.instant().isBefore(migration.since().plus(policy.settle()))
                        && isWanted(cluster, migration)) {
                    migrations.pay(migration);
                }
            }
            case GRANTED -> {
                if (isEnforced) {
                    order(cluster, migration);
                }
            }
            case MOVING -> watch(cluster, migration);
            case RELEASING -> {
                if (isEnforced) {
                    migrations.released(migration);
                }
            }
            case ENDED -> {}
        }
    }

    /**
     * Whether nothing says that it is over already: what a cluster has begun may fit without us.
     */
    private boolean isWanted(Cluster cluster, HostMigration migration) {
        if (migration.evacuation().isEmpty()) {
            return true;
        }
        var namespace = new NamespaceName(migration.lease().namespace());
        return switch (cluster.migration(namespace, migration.name())) {
            case Reading.Unreachable<Optional<ObservedMigration>> _ -> false;
            case Reading.Read<Optional<ObservedMigration>>(var found) -> {
                boolean isUnderWay = found.filter(seen -> !seen.ended()).isPresent();
                if (!isUnderWay) {
                    migrations.gone(
                            migration, found.map(ObservedMigration::phase).orElse("deleted"));
                }
                yield isUnderWay;
            }
        };
    }

    private void order(Cluster cluster, HostMigration migration) {
        var namespace = new NamespaceName(migration.lease().namespace());
        if (migration.evacuation().isPresent()) {
            begun(cluster, namespace, migration);
            return;
        }
        switch (cluster.migrate(namespace, migration.hostName(), migration.name())) {
            case ApplyOutcome.Applied() -> {
                if (cluster.migration(namespace, migration.name())
                                instanceof Reading.Read<Optional<ObservedMigration>>(var found)
                        && found.isPresent()) {
                    migrations.moving(migration, found.get().uid());
                }
            }
            case ApplyOutcome.Rejected(_, var reason) -> migrations.over(migration, reason);
            case ApplyOutcome.Unknown _ -> {}
        }
    }

    /** Its target, which its cluster has tried to make all the time, is let in now. */
    private void begun(Cluster cluster, NamespaceName namespace, HostMigration migration) {
        if (cluster.migration(namespace, migration.name())
                instanceof Reading.Read<Optional<ObservedMigration>>(var found)) {
            found.filter(seen -> !seen.ended())
                    .ifPresentOrElse(
                            seen -> migrations.moving(migration, seen.uid()),
                            () ->
                                    migrations.over(
                                            migration,
                                            found.map(ObservedMigration::phase).orElse("deleted")));
        }
    }

    /** What was said once stays, though its cluster may say nothing of it later. */
    private HostMigration between(HostMigration migration, ObservedMigration seen) {
        var known = migration.nodes();
        return migrations.between(
                migration,
                new HostMigration.Nodes(
                        seen.from().isEmpty() ? known.from() : seen.from(),
                        seen.to().isEmpty() ? known.to() : seen.to()));
    }

    private void watch(Cluster cluster, HostMigration before) {
        var namespace = new NamespaceName(before.lease().namespace());
        if (!(cluster.migration(namespace, before.name())
                instanceof Reading.Read<Optional<ObservedMigration>>(var found))) {
            return;
        }
        var migration = found.map(seen -> between(before, seen)).orElse(before);
        boolean isLate = clock.instant().isAfter(migration.since().plus(LONGEST));
        if (found.isEmpty()) {
            migrations.over(migration, "deleted");
        } else if (found.get().ended()) {
            migrations.over(migration, found.get().phase());
        } else if (isLate
                && cluster.endMigration(namespace, migration.name())
                        instanceof ApplyOutcome.Applied) {
            migrations.over(migration, "took too long");
        }
    }
}

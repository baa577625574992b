package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostMigration;
import io.yuntai.onboarding.host.HostMigrationEntry;
import io.yuntai.onboarding.host.HostMigrationFilter;
import io.yuntai.onboarding.host.HostMigrationId;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moving hosts between the nodes of their cluster while they run. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "hosts")
class HostMigrationController {

    private final HostMigrations migrations;
    private final Trial trial;

    HostMigrationController(HostMigrations migrations, Trial trial) {
        this.migrations = migrations;
        this.trial = trial;
    }

    /**
     * A live migration.
     *
     * @param surge what its second launcher takes of the pool's infrastructure
     * @param since when it came to its state
     * @param from the node that it leaves; null while the cluster has not said
     * @param to the node that it comes to; null while the cluster has not said
     * @param reason why it waits, or ended as it did; null: it does not, or there is none
     */
    @Schema(name = "HostMigration")
    record MigrationView(
            HostMigrationId id,
            HostMigration.State state,
            Amounts surge,
            Instant since,
            Optional<String> from,
            Optional<String> to,
            Optional<String> reason) {

        static MigrationView of(HostMigration migration) {
            return new MigrationView(
                    migration.id(),
                    migration.state(),
                    migration.surge(),
                    migration.since(),
                    Texts.filled(migration.nodes().from()),
                    Texts.filled(migration.nodes().to()),
                    Texts.filled(migration.reason()));
        }
    }

    @Schema(name = "MigratedHost")
    record OfHost(HostId id, String name) {}

    @Schema(name = "MigratedSystem")
    record OfSystem(SystemId id, String name) {}

    /**
     * A live migration of whichever host.
     *
     * @param charged whether the pool's infrastructure pays for its second launcher now
     * @param surge what that takes
     * @param since when it came to its state
     * @param from the node that it leaves; null while the cluster has not said
     * @param to the node that it comes to; null while the cluster has not said
     * @param reason why it waits, or ended as it did; null: it does not, or there is none
     */
    @Schema(name = "Migration")
    record EntryView(
            HostMigrationId id,
            OfHost host,
            OfSystem system,
            ClusterName cluster,
            NamespaceName namespace,
            HostMigration.State state,
            boolean charged,
            Amounts surge,
            Instant orderedAt,
            Instant since,
            Optional<String> from,
            Optional<String> to,
            Optional<String> reason) {

        static EntryView of(HostMigrationEntry entry) {
            var migration = entry.migration();
            return new EntryView(
                    migration.id(),
                    new OfHost(migration.host(), migration.hostName()),
                    new OfSystem(migration.system(), entry.systemName()),
                    new ClusterName(migration.lease().cluster()),
                    new NamespaceName(migration.lease().namespace()),
                    migration.state(),
                    migration.state().charged(),
                    migration.surge(),
                    entry.orderedAt(),
                    migration.since(),
                    Texts.filled(migration.nodes().from()),
                    Texts.filled(migration.nodes().to()),
                    Texts.filled(migration.reason()));
        }
    }

    /** Why, for the audit; 1 to 500 characters, or nothing. */
    @Schema(name = "HostMigrationOrder")
    record OrderBody(Optional<String> reason) {
        String why() {
            return reason.isEmpty() ? "" : Typed.line(reason, "/reason", HostCommand.MAX_REASON);
        }
    }

    @Schema(name = "HostMigrations")
    record MigrationList(List<MigrationView> items) {}

    /**
     * Moves a host. Its namespace lets nothing else in until that is over, so that nobody takes the
     * room of the second launcher, which the pool's infrastructure pays.
     */
    @PutMapping("/hosts/{id}/migrations/{migration}")
    @Requires(Permission.HOST_MIGRATE)
    @AuditAction(value = "host.migrate", target = "host")
    MigrationView put(
            Actor actor,
            @PathVariable HostId id,
            @PathVariable HostMigrationId migration,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody(required = false) @Nullable OrderBody body) {
        String why = body == null ? "" : body.why();
        return MigrationView.of(
                trial.run(validateOnly, () -> migrations.order(actor, id, migration, why)));
    }

    /** The latest first, at most 100. */
    @GetMapping("/hosts/{id}/migrations")
    @Requires(Permission.HOST_READ)
    MigrationList list(Actor actor, @PathVariable HostId id) {
        return new MigrationList(migrations.of(actor, id).stream().map(MigrationView::of).toList());
    }

    /**
     * Those of all hosts that the caller sees, the latest first; {@code q} finds names of hosts,
     * systems, namespaces and nodes, {@code sort} takes {@code orderedAt}, {@code since} and {@code
     * host}.
     *
     * @param underWay only those that are not over
     */
    @GetMapping("/migrations")
    @Requires(Permission.HOST_READ)
    Page<EntryView> all(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<ClusterName> cluster,
            @RequestParam Optional<HostMigration.State> state,
            @RequestParam(defaultValue = "false") boolean underWay) {
        var filter = new HostMigrationFilter(cluster.map(ClusterName::value), state, underWay);
        return migrations.list(actor, query, filter).map(EntryView::of);
    }
}

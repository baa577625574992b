package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostMigration;
import io.yuntai.onboarding.host.HostMigrationId;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.quota.Amounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moving hosts between the nodes of their cluster while they run. */
@RestController
@RequestMapping("/api/v1/hosts/{id}/migrations")
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
     * @param reason why it ended as it did; null: it has not, or there is none
     */
    @Schema(name = "HostMigration")
    record MigrationView(
            HostMigrationId id,
            HostMigration.State state,
            Amounts surge,
            Instant since,
            Optional<String> reason) {

        static MigrationView of(HostMigration migration) {
            return new MigrationView(
                    migration.id(),
                    migration.state(),
                    migration.surge(),
                    migration.since(),
                    Texts.filled(migration.reason()));
        }
    }

    @Schema(name = "HostMigrations")
    record MigrationList(List<MigrationView> items) {}

    /**
     * Moves a host. Its namespace lets nothing else in until that is over, so that nobody takes the
     * room of the second launcher, which the pool's infrastructure pays.
     */
    @PutMapping("/{migration}")
    @Requires(Permission.HOST_MIGRATE)
    @AuditAction(value = "host.migrate", target = "host")
    MigrationView put(
            Actor actor,
            @PathVariable HostId id,
            @PathVariable HostMigrationId migration,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return MigrationView.of(
                trial.run(validateOnly, () -> migrations.order(actor, id, migration)));
    }

    /** The latest first, at most 100. */
    @GetMapping
    @Requires(Permission.HOST_READ)
    MigrationList list(Actor actor, @PathVariable HostId id) {
        return new MigrationList(migrations.of(actor, id).stream().map(MigrationView::of).toList());
    }
}

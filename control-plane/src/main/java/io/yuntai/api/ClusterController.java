package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterInfo;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.ledger.ClusterCover;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The member clusters, and what is to be done with one that is lost. */
@RestController
@RequestMapping("/api/v1/clusters")
@Tag(name = "clusters")
class ClusterController {

    private final ClusterCommands commands;
    private final Clusters clusters;
    private final ReconcileQueue queue;
    private final Trial trial;

    ClusterController(
            ClusterCommands commands, Clusters clusters, ReconcileQueue queue, Trial trial) {
        this.commands = commands;
        this.clusters = clusters;
        this.queue = queue;
        this.trial = trial;
    }

    record ClusterList(List<ClusterView> items) {}

    /**
     * A cluster.
     *
     * @param connected whether this server is configured with it
     * @param reachable whether its latest call got an answer
     * @param simulated whether it is only played
     * @param since since when it is in that state
     * @param pools those that it serves
     * @param leases how many it has
     * @param committed what they are charged, in pod units
     * @param used what it was last seen to use
     * @param debt what it was last seen to use beyond what is granted
     * @param lastCommand what somebody has said of it last
     */
    @Schema(name = "MemberCluster")
    record ClusterView(
            String name,
            boolean connected,
            boolean reachable,
            boolean simulated,
            ClusterState state,
            Instant since,
            List<PoolId> pools,
            int leases,
            Amounts committed,
            Amounts used,
            Amounts debt,
            Optional<CommandView> lastCommand) {}

    /** What somebody has said of it, and why. */
    @Schema(name = "ClusterCommand")
    record CommandView(
            UUID id, ClusterCommand.Kind command, String reason, SpokenBy by, Instant at) {}

    @Schema(name = "ClusterCommandBy")
    record SpokenBy(PersonId id, String name) {}

    /** Why; 1 to 1,000 characters. */
    @Schema(name = "ClusterReason")
    record Reason(Optional<String> reason) {
        String text() {
            String text = reason.orElse("").strip();
            if (text.isEmpty()) {
                throw ApplicationBody.required("/reason");
            }
            if (text.length() > ClusterCommand.MAX_REASON) {
                throw ApplicationBody.tooLong("/reason", ClusterCommand.MAX_REASON);
            }
            return text;
        }
    }

    /** Every cluster that was ever connected, by name. */
    @GetMapping
    @Requires(Permission.CLUSTER_READ)
    ClusterList list() {
        return new ClusterList(commands.covers().stream().map(this::view).toList());
    }

    @GetMapping("/{name}")
    @Requires(Permission.CLUSTER_READ)
    ClusterView get(@PathVariable ClusterName name) {
        return view(name);
    }

    /** From now on nothing is written to it and nothing placed there; its leases stay charged. */
    @PutMapping("/{name}/fences/{id}")
    @Requires(Permission.CLUSTER_FENCE)
    @AuditAction(value = "cluster.fence", target = "cluster")
    ClusterView fence(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.FENCE, reason, validateOnly);
    }

    /**
     * States that it is dead for good, so that what its leases were charged is free. By another
     * person than who fenced it.
     */
    @PutMapping("/{name}/write-offs/{id}")
    @Requires(Permission.CLUSTER_WRITE_OFF)
    @AuditAction(value = "cluster.writeOff", target = "cluster")
    ClusterView writeOff(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.WRITE_OFF, reason, validateOnly);
    }

    /** Takes it in again; one that was written off is charged for all that it holds first. */
    @PutMapping("/{name}/readmissions/{id}")
    @Requires(Permission.CLUSTER_READMIT)
    @AuditAction(value = "cluster.readmit", target = "cluster")
    ClusterView readmit(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.READMIT, reason, validateOnly);
    }

    private ClusterView say(
            Actor actor,
            ClusterName name,
            UUID id,
            ClusterCommand.Kind kind,
            Reason reason,
            boolean validateOnly) {
        String text = reason.text();
        var view =
                trial.run(
                        validateOnly,
                        () -> {
                            var _ = commands.say(actor, id, name.value(), kind, text);
                            return view(name);
                        });
        if (!validateOnly) {
            queue.lookAfterLost();
        }
        return view;
    }

    private ClusterView view(ClusterName name) {
        return commands.cover(name.value())
                .map(this::view)
                .orElseThrow(() -> Refused.notFound("CLUSTER_NOT_FOUND"));
    }

    private ClusterView view(ClusterCover cover) {
        var info =
                clusters.all().stream()
                        .filter(one -> one.name().value().equals(cover.cluster()))
                        .findAny();
        return new ClusterView(
                cover.cluster(),
                info.isPresent(),
                info.filter(ClusterInfo::reachable).isPresent(),
                cover.simulated(),
                cover.state(),
                cover.since(),
                info.map(ClusterInfo::pools).stream()
                        .flatMap(pools -> pools.stream())
                        .sorted(Comparator.comparing(PoolId::toString))
                        .toList(),
                cover.leases(),
                cover.committed(),
                cover.used(),
                cover.debt(),
                cover.last().map(ClusterController::view));
    }

    private static CommandView view(ClusterCommand command) {
        return new CommandView(
                command.id(),
                command.kind(),
                command.reason(),
                new SpokenBy(command.by(), command.name()),
                command.at());
    }
}

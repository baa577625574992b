package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.cluster.ClusterOccupant;
import io.yuntai.onboarding.cluster.ClusterOccupants;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
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

/** The member clusters, and what people say of them. */
@RestController
@RequestMapping("/api/v1/clusters")
@Tag(name = "clusters")
class ClusterController {

    private final ClusterCommands commands;
    private final ClusterViews views;
    private final ClusterOccupants occupants;
    private final ReconcileQueue queue;
    private final Trial trial;

    ClusterController(
            ClusterCommands commands,
            ClusterViews views,
            ClusterOccupants occupants,
            ReconcileQueue queue,
            Trial trial) {
        this.commands = commands;
        this.views = views;
        this.occupants = occupants;
        this.queue = queue;
        this.trial = trial;
    }

    record ClusterList(List<ClusterView> items) {}

    /** Why; 1 to 1,000 characters. */
    @Schema(name = "ClusterReason")
    record Reason(Optional<String> reason) {
        String text() {
            return text(reason);
        }

        static String text(Optional<String> reason) {
            return Typed.line(reason, "/reason", ClusterCommand.MAX_REASON);
        }
    }

    /** Every cluster that was ever connected, by name. */
    @GetMapping
    @Requires(Permission.CLUSTER_READ)
    ClusterList list() {
        return new ClusterList(views.all());
    }

    @GetMapping("/{name}")
    @Requires(Permission.CLUSTER_READ)
    ClusterView get(@PathVariable ClusterName name) {
        return views.of(name);
    }

    /** What is on it, most hosts first: what would have to go before it is empty. */
    @GetMapping("/{name}/occupants")
    @Requires(Permission.CLUSTER_READ)
    Page<ClusterOccupant> occupants(@PathVariable ClusterName name, PageQuery query) {
        var _ = views.of(name);
        return occupants.list(name, query);
    }

    /** How far it is emptied. */
    @GetMapping("/{name}/progress")
    @Requires(Permission.CLUSTER_READ)
    ClusterOccupants.Progress progress(@PathVariable ClusterName name) {
        var _ = views.of(name);
        return occupants.progress(name);
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

    /** From now on nothing new is placed there; what is there grows and shrinks as ever. */
    @PutMapping("/{name}/cordons/{id}")
    @Requires(Permission.CLUSTER_CORDON)
    @AuditAction(value = "cluster.cordon", target = "cluster")
    ClusterView cordon(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.CORDON, reason, validateOnly);
    }

    /** Something new may be placed there again. */
    @PutMapping("/{name}/uncordons/{id}")
    @Requires(Permission.CLUSTER_CORDON)
    @AuditAction(value = "cluster.uncordon", target = "cluster")
    ClusterView uncordon(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.UNCORDON, reason, validateOnly);
    }

    /**
     * Nothing new is placed there, and what lies idle is given back at once. Nothing is deleted:
     * the occupants tell what holds it back.
     */
    @PutMapping("/{name}/drains/{id}")
    @Requires(Permission.CLUSTER_CORDON)
    @AuditAction(value = "cluster.drain", target = "cluster")
    ClusterView drain(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        return say(actor, name, id, ClusterCommand.Kind.DRAIN, reason, validateOnly);
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
                            return views.of(name);
                        });
        if (!validateOnly) {
            queue.lookAfterLost();
            queue.drain();
        }
        return view;
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.cluster.ClusterIdentities;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Another cluster answers in the place of the one that was registered, and that is right. */
@RestController
@RequestMapping("/api/v1/clusters/{name}/identities")
@Tag(name = "clusters")
class ClusterIdentityController {

    private final ClusterIdentities identities;
    private final ClusterViews views;
    private final ReconcileQueue queue;
    private final Trial trial;

    ClusterIdentityController(
            ClusterIdentities identities, ClusterViews views, ReconcileQueue queue, Trial trial) {
        this.identities = identities;
        this.views = views;
        this.queue = queue;
        this.trial = trial;
    }

    /**
     * @param uid of the cluster that answers now, as {@code identity.found} of the cluster says it:
     *     whoever accepts names what he accepts
     */
    @Schema(name = "ClusterIdentityBody")
    record IdentityBody(Optional<ClusterUid> uid, Optional<String> reason) {}

    /**
     * The cluster, and what is made there again.
     *
     * @param remade hosts with empty disks: what was on the old ones is gone
     */
    @Schema(name = "ClusterIdentityAccepted")
    record AcceptedView(ClusterView cluster, ClusterIdentities.Remade remade) {}

    /**
     * States that the cluster that was there is gone for good, and takes the one that answers in
     * its place: its leases are issued anew, and all that was there is made again. With {@code
     * validateOnly} it only says what that would be.
     */
    @PutMapping("/{id}")
    @Requires(Permission.CLUSTER_ACCEPT)
    @AuditAction(value = "cluster.acceptIdentity", target = "cluster")
    AcceptedView accept(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody IdentityBody body) {
        String reason = ClusterController.Reason.text(body.reason());
        var uid = body.uid().orElseThrow(() -> ApplicationBody.required("/uid"));
        var view =
                trial.run(
                        validateOnly,
                        () -> {
                            var remade = identities.accept(actor, id, name, uid, reason);
                            return new AcceptedView(views.of(name), remade);
                        });
        if (!validateOnly) {
            queue.lookAfterLost();
        }
        return view;
    }
}

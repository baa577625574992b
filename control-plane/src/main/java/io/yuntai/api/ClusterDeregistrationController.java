package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.cluster.ClusterDeregistrations;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Clusters are taken out of the register. */
@RestController
@RequestMapping("/api/v1/clusters/{name}")
@Tag(name = "clusters")
class ClusterDeregistrationController {

    private final ClusterDeregistrations deregistrations;
    private final ClusterViews views;
    private final Problems problems;
    private final Trial trial;

    ClusterDeregistrationController(
            ClusterDeregistrations deregistrations,
            ClusterViews views,
            Problems problems,
            Trial trial) {
        this.deregistrations = deregistrations;
        this.views = views;
        this.problems = problems;
        this.trial = trial;
    }

    /**
     * The cluster, and what stays behind on it.
     *
     * @param remaining namespaces that are empty; nothing is deleted there
     */
    @Schema(name = "DeregisteredCluster")
    record DeregisteredView(ClusterView cluster, ClusterDeregistrations.Remaining remaining) {}

    /**
     * The cluster, and of how many empty namespaces what was approved is given up; repeated, of
     * none.
     */
    @Schema(name = "ReleasedCluster")
    record ReleasedView(ClusterView cluster, int released) {}

    /**
     * Of a cluster that is being drained: gives up what was approved for namespaces that are empty.
     * It is free when the cluster enforces it.
     */
    @PutMapping("/releases/{id}")
    @Requires(Permission.CLUSTER_CORDON)
    @AuditAction(value = "cluster.release", target = "cluster")
    ReleasedView release(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ClusterController.Reason reason) {
        String text = reason.text();
        return trial.run(
                validateOnly,
                () -> {
                    int released = deregistrations.release(actor, id, name, text);
                    return new ReleasedView(views.of(name), released);
                });
    }

    /**
     * Takes a registered cluster out of the register: its kubeconfig is deleted, and every server
     * closes its connection within seconds. While a host is there or a lease is charged anything
     * the answer is 409 with what is {@code remaining}.
     */
    @PutMapping("/deregistrations/{id}")
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.deregister", target = "cluster")
    DeregisteredView deregister(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ClusterController.Reason reason) {
        String text = reason.text();
        return trial.run(
                validateOnly,
                () -> {
                    var remaining = deregistrations.deregister(actor, id, name, text);
                    return new DeregisteredView(views.of(name), remaining);
                });
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> occupied(
            ClusterDeregistrations.Occupied refused, HttpServletRequest request) {
        var problem = problems.of(HttpStatus.CONFLICT, "CLUSTER_OCCUPIED", request);
        problem.setProperty("remaining", refused.remaining());
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}

package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.cluster.ClusterCapacities;
import io.yuntai.onboarding.cluster.ClusterDeclaration;
import io.yuntai.onboarding.cluster.ClusterRegistration;
import io.yuntai.onboarding.cluster.ClusterRegistrations;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Amounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Clusters are registered, looked into and described. A kubeconfig goes in and never comes out
 * again. Looking into one is the only thing for which a request waits for a cluster; it does so
 * outside any transaction, and for a minute at most.
 */
@RestController
@RequestMapping("/api/v1/clusters/{name}")
@Tag(name = "clusters")
class ClusterRegistrationController {

    private final ClusterRegistrations registrations;
    private final ClusterCapacities capacities;
    private final ClusterViews views;
    private final ClusterTexts texts;
    private final Problems problems;
    private final Trial trial;

    ClusterRegistrationController(
            ClusterRegistrations registrations,
            ClusterCapacities capacities,
            ClusterViews views,
            ClusterTexts texts,
            Problems problems,
            Trial trial) {
        this.registrations = registrations;
        this.capacities = capacities;
        this.views = views;
        this.texts = texts;
        this.problems = problems;
        this.trial = trial;
    }

    /** What is to be registered; the kubeconfig holds all that it needs in itself. */
    @Schema(name = "ClusterRegistration")
    record RegistrationBody(
            Optional<String> displayName,
            Optional<Set<PoolId>> pools,
            Optional<String> kubeconfig) {

        /** Free of secrets: whoever logs a request logs this. */
        @Override
        public String toString() {
            return "RegistrationBody[" + displayName + ", " + pools + "]";
        }
    }

    @Schema(name = "ClusterKubeconfig")
    record KubeconfigBody(Optional<String> kubeconfig) {

        @Override
        public String toString() {
            return "KubeconfigBody[]";
        }
    }

    @Schema(name = "ClusterProfile")
    record ProfileBody(Optional<String> displayName, Optional<Set<PoolId>> pools) {}

    /** What it offers, as somebody says it, and why. */
    @Schema(name = "ClusterDeclarationBody")
    record DeclarationBody(Optional<Amounts> amounts, Optional<String> reason) {}

    /** The cluster, and what was looked into. */
    @Schema(name = "RegisteredCluster")
    record RegisteredView(ClusterView cluster, List<ClusterTexts.CheckView> checks) {}

    @Schema(name = "ClusterChecks")
    record ChecksView(boolean passed, List<ClusterTexts.CheckView> checks) {}

    /**
     * Registers a cluster, or only looks whether it could be. It is connected by every server
     * within seconds. Where something keeps it from being used, the answer is 422 with all checks.
     */
    @PutMapping
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.register", target = "cluster")
    RegisteredView register(
            Actor actor,
            @PathVariable ClusterName name,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody RegistrationBody body) {
        var draft = draft(name, body.displayName(), body.pools());
        var looked = registrations.look(name, kubeconfig(body.kubeconfig()), draft.pools());
        requirePassed(looked.inspection());
        return trial.run(
                validateOnly,
                () -> {
                    var _ = registrations.register(actor, draft, looked);
                    return new RegisteredView(views.of(name), texts.checks(looked.inspection()));
                });
    }

    /** Replaces the kubeconfig by another of the same cluster, or only looks whether that is so. */
    @PutMapping("/kubeconfig")
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.replaceKubeconfig", target = "cluster")
    RegisteredView replaceKubeconfig(
            Actor actor,
            @PathVariable ClusterName name,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody KubeconfigBody body) {
        var _ = views.of(name);
        var looked = registrations.look(name, kubeconfig(body.kubeconfig()), Set.of());
        requirePassed(looked.inspection());
        return trial.run(
                validateOnly,
                () -> {
                    var _ = registrations.replaceKubeconfig(actor, name, looked);
                    return new RegisteredView(views.of(name), texts.checks(looked.inspection()));
                });
    }

    /** Says what people call it and which pools it serves from now on; what is there stays. */
    @PutMapping("/profile")
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.describe", target = "cluster")
    ClusterView describe(
            Actor actor,
            @PathVariable ClusterName name,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ProfileBody body) {
        var draft = draft(name, body.displayName(), body.pools());
        return trial.run(
                validateOnly,
                () -> {
                    var _ = registrations.describe(actor, draft);
                    return views.of(name);
                });
    }

    /** Looks into a connected cluster again; changes nothing. */
    @PostMapping("/checks")
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.check", target = "cluster")
    ChecksView check(@PathVariable ClusterName name) {
        var _ = views.of(name);
        var inspection =
                registrations
                        .inspect(name)
                        .orElseThrow(() -> Refused.conflict("CLUSTER_NOT_CONNECTED"));
        return new ChecksView(inspection.passed(), texts.checks(inspection));
    }

    /** Says what it offers, whatever its nodes say; both are shown. */
    @PutMapping("/declarations/{id}")
    @Requires(Permission.CLUSTER_REGISTER)
    @AuditAction(value = "cluster.declare", target = "cluster")
    ClusterView declare(
            Actor actor,
            @PathVariable ClusterName name,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody DeclarationBody body) {
        String reason = ClusterController.Reason.text(body.reason());
        var amounts = body.amounts().orElseThrow(() -> ApplicationBody.required("/amounts"));
        if (amounts.asMap().size() > ClusterDeclaration.MAX_AMOUNTS) {
            throw ApplicationBody.tooLong("/amounts", ClusterDeclaration.MAX_AMOUNTS);
        }
        return trial.run(
                validateOnly,
                () -> {
                    var _ = capacities.declare(actor, id, name.value(), amounts, reason);
                    return views.of(name);
                });
    }

    private static ClusterRegistrations.Draft draft(
            ClusterName name, Optional<String> displayName, Optional<Set<PoolId>> pools) {
        String called = Typed.line(displayName, "/displayName", ClusterRegistration.MAX_NAME);
        var served = pools.orElse(Set.of());
        if (served.isEmpty()) {
            throw ApplicationBody.required("/pools");
        }
        if (served.size() > ClusterRegistration.MAX_POOLS) {
            throw ApplicationBody.tooLong("/pools", ClusterRegistration.MAX_POOLS);
        }
        return new ClusterRegistrations.Draft(name, called, served);
    }

    private static String kubeconfig(Optional<String> text) {
        return text.filter(one -> !one.isBlank())
                .orElseThrow(() -> ApplicationBody.required("/kubeconfig"));
    }

    private static void requirePassed(Inspection inspection) {
        if (!inspection.passed()) {
            throw new ClusterUnfit(inspection);
        }
    }

    /** Something keeps a cluster from being used. */
    static final class ClusterUnfit extends RuntimeException {

        private final transient Inspection inspection;

        ClusterUnfit(Inspection inspection) {
            super("CLUSTER_CHECKS_FAILED", null, false, false);
            this.inspection = inspection;
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unfit(ClusterUnfit refused, HttpServletRequest request) {
        var problem =
                problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "CLUSTER_CHECKS_FAILED", request);
        problem.setProperty("checks", texts.checks(refused.inspection));
        return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}

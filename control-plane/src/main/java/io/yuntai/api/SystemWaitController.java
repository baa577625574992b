package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.cluster.ClusterObservations;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why what was ordered for a system is not there yet, where that is a cluster's fault. */
@RestController
@RequestMapping("/api/v1/systems/{id}/waits")
@Tag(name = "clusters")
class SystemWaitController {

    private final Leases leases;
    private final ClusterObservations observations;
    private final Namespaces namespaces;
    private final ClusterTexts texts;

    SystemWaitController(
            Leases leases,
            ClusterObservations observations,
            Namespaces namespaces,
            ClusterTexts texts) {
        this.namespaces = namespaces;
        this.leases = leases;
        this.observations = observations;
        this.texts = texts;
    }

    /**
     * What is waited for.
     *
     * @param settled whether all that was granted there is enforced already, so that only what
     *     comes next will wait
     * @param symptom what is wrong with the cluster; absent: people have taken it out of use, or it
     *     refuses the namespace or what is in it
     * @param since since when, as a server has seen it
     * @param text the reason in a sentence; where it refuses, with the cluster's own words
     */
    @Schema(name = "SystemWait")
    record WaitView(
            String cluster,
            PoolId pool,
            String namespace,
            boolean settled,
            ClusterState state,
            Optional<Symptom.Kind> symptom,
            Optional<Instant> since,
            String text) {}

    @Schema(name = "SystemWaits")
    record WaitList(List<WaitView> items) {}

    @GetMapping
    @Requires(Permission.REGISTER_READ)
    WaitList waits(Actor actor, @PathVariable SystemId id) {
        var refusals = new HashMap<LeaseId, String>();
        for (var namespace : namespaces.list(actor, id)) {
            namespace.refusal().ifPresent(reason -> refusals.put(namespace.id(), reason));
        }
        var met = observations.all();
        return new WaitList(
                leases.of(id).stream()
                        .flatMap(lease ->
                                Stream.concat(
                                        wait(
                                                lease,
                                                met.getOrDefault(
                                                        new ClusterName(lease.cluster()),
                                                        ClusterObservations.Summary.NONE)),
                                        Optional.ofNullable(refusals.get(lease.id()))
                                                .map(texts::refused)
                                                .map(text -> view(lease, Optional.empty(), text))
                                                .stream()))
                        .toList());
    }

    private Stream<WaitView> wait(Lease lease, ClusterObservations.Summary met) {
        if (lease.state() != ClusterState.ACTIVE) {
            return Stream.of(view(lease, Optional.empty(), texts.text(lease.state())));
        }
        return met.decisive().stream()
                .flatMap(one -> one.health().symptoms().stream())
                .filter(symptom ->
                        symptom.kind().stops() || symptom.kind() == Symptom.Kind.LEARNING)
                .limit(1)
                .map(symptom -> view(lease, Optional.of(symptom), texts.text(symptom.kind())));
    }

    private static WaitView view(Lease lease, Optional<Symptom> symptom, String text) {
        return new WaitView(
                lease.cluster(),
                lease.pool(),
                lease.namespace(),
                lease.settled(),
                lease.state(),
                symptom.map(Symptom::kind),
                symptom.map(Symptom::since),
                text);
    }
}

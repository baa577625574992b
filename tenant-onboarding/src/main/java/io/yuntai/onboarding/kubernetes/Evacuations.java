package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What KubeVirt moves by itself. That somebody has evicted a launcher is not enough: whoever may do
 * so in a namespace could have the platform pay for a second one as often as he likes. So only what
 * leaves a node that takes nothing new is told of.
 */
record Evacuations(KubernetesClient client) {

    List<Evacuation> underWay() {
        var begun = new ArrayList<GenericKubernetesResource>();
        var _ =
                Lists.eachServed(
                        client.genericKubernetesResources(HostManifests.MIGRATIONS)
                                .inAnyNamespace()
                                .withoutLabel(Labels.MANAGED),
                        migration -> {
                            if (!Observed.migration(migration).ended()) {
                                begun.add(migration);
                            }
                        });
        if (begun.isEmpty()) {
            return List.of();
        }
        var emptied = new HashSet<String>();
        Lists.eachOf(
                client.nodes(),
                node -> {
                    if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
                        emptied.add(node.getMetadata().getName());
                    }
                });
        return begun.stream()
                .map(Evacuations::evacuation)
                .filter(one -> node(one).filter(emptied::contains).isPresent())
                .toList();
    }

    private static Evacuation evacuation(GenericKubernetesResource migration) {
        var meta = migration.getMetadata();
        return new Evacuation(
                new NamespaceName(meta.getNamespace()),
                String.valueOf(migration.<Object>get("spec", "vmiName")),
                meta.getName());
    }

    /** Where its host runs. */
    private Optional<String> node(Evacuation evacuation) {
        return Optional.ofNullable(
                        client.genericKubernetesResources(HostManifests.INSTANCES)
                                .inNamespace(evacuation.namespace().value())
                                .withName(evacuation.host())
                                .get())
                .map(instance -> instance.<Object>get("status", "nodeName"))
                .map(String::valueOf);
    }
}

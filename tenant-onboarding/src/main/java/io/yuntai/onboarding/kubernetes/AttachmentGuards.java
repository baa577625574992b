package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What keeps a namespace to the network of its zone: whoever chooses another for a pod, or for a
 * machine, whose launcher is a pod, has left the zone by a cable that no NetworkPolicy is asked of.
 */
final class AttachmentGuards {

    private static final String MESSAGE = "networks are given by the platform, by zone";

    private AttachmentGuards() {}

    /**
     * Of a machine its template counts, of which KubeVirt's controllers make the instance and the
     * launcher; those are let through, for the template was looked at. The cluster's controllers
     * note networks on pods that there are, and make pods as a tenant's template says. What was
     * there before stays.
     *
     * @param us whether it is us who asks
     * @param theCluster whether it is the cluster itself
     */
    static Guard attachments(String us, String theCluster, NamespacePolicy policy) {
        String mayAttach =
                us
                        + " || (request.operation == 'UPDATE' && ("
                        + theCluster
                        + ")) || (request.resource.resource != 'virtualmachines' && "
                        + Guards.kubevirt(policy)
                        + ")";
        return Guard.of(
                "yuntai-attachments",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match("", List.of("pods"), "CREATE", "UPDATE"),
                        Guard.match(
                                "kubevirt.io",
                                List.of("virtualmachines", "virtualmachineinstances"),
                                "CREATE",
                                "UPDATE")),
                List.of(),
                List.of(
                        new Variable(template("object"), "now"),
                        new Variable(
                                "request.operation == 'UPDATE' ? (%s) : {}"
                                        .formatted(template("oldObject")),
                                "before")),
                List.of(
                        new Rule(mayAttach + " || " + annotations(policy), MESSAGE),
                        new Rule(mayAttach + " || " + networks(), MESSAGE)));
    }

    private static String template(String object) {
        return "has(%1$s.spec.template) ? %1$s.spec.template : %1$s".formatted(object);
    }

    private static String annotations(NamespacePolicy policy) {
        return "!has(variables.now.metadata) || !has(variables.now.metadata.annotations) || %s.all(k, !(k in %s) || (has(variables.before.metadata) && has(variables.before.metadata.annotations) && k in %s && %s[k] == %s[k]))"
                .formatted(
                        policy.networkAnnotations().stream()
                                .map(Guard::quoted)
                                .collect(Collectors.joining(", ", "[", "]")),
                        "variables.now.metadata.annotations",
                        "variables.before.metadata.annotations",
                        "variables.now.metadata.annotations",
                        "variables.before.metadata.annotations");
    }

    private static String networks() {
        return "!has(variables.now.spec.networks) || variables.now.spec.networks.all(n,"
                + " !has(n.multus) || (has(variables.before.spec)"
                + " && has(variables.before.spec.networks)"
                + " && variables.before.spec.networks.exists(o, has(o.multus)"
                + " && o.multus.networkName == n.multus.networkName)))";
    }
}

package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a pod may be, whoever makes it: a controller makes what a tenant's template says. One guard
 * for all of it, without parameters, since each costs something with every pod; and only in
 * namespaces in which there is something to limit.
 */
final class PodGuards {

    private static final List<NamedRuleWithOperations> PODS =
            List.of(
                    Guard.match(
                            "", List.of("pods", "pods/ephemeralcontainers"), "CREATE", "UPDATE"));

    /** It has each of its pods name a node, by a field of the node's. */
    private static final String DAEMON_SETS =
            "system:serviceaccount:kube-system:daemon-set-controller";

    private PodGuards() {}

    static Guard pods(NamespacePolicy policy) {
        var variables = new ArrayList<Variable>();
        var rules = new ArrayList<Rule>(placement(policy));
        if (!policy.registries().isEmpty()) {
            variables.add(new Variable(images("object"), "images"));
            rules.add(
                    new Rule(
                            "variables.images.all(i, "
                                    + policy.registries().stream()
                                            .map(one -> "i.startsWith(" + Guard.quoted(one) + ")")
                                            .collect(Collectors.joining(" || "))
                                    + " || (request.operation == 'UPDATE' && i in "
                                    + images("oldObject")
                                    + "))",
                            "images come from "
                                    + String.join(", ", policy.registries())
                                    + " only, with their whole name"));
        }
        return Guard.of(
                "yuntai-pods",
                NamespaceManifests.governed(Labels.PODS, Labels.GUARDED),
                PODS,
                List.of(),
                variables,
                rules);
    }

    /** Where a pod runs is the scheduler's to say, within the pool. */
    static Guard bindings() {
        return Guard.of(
                "yuntai-bindings",
                NamespaceManifests.governed(),
                List.of(Guard.match("", List.of("bindings", "pods/binding"), "CREATE")),
                List.of(
                        new Rule(
                                "request.userInfo.username == 'system:kube-scheduler'"
                                        + " || request.userInfo.username.startsWith("
                                        + "'system:serviceaccount:kube-system:')",
                                "only the cluster's scheduler binds pods to nodes")));
    }

    /**
     * A pod that names its pool cannot be sent elsewhere by anything else in it, for whatever it
     * says of nodes besides has to hold as well. Where pods need not name it, nothing in them may
     * name another.
     */
    private static List<Rule> placement(NamespacePolicy policy) {
        var rules = new ArrayList<Rule>();
        rules.add(
                new Rule(
                        "request.operation != 'CREATE' || !has(object.spec.nodeName)"
                                + " || object.spec.nodeName == ''",
                        "the scheduler chooses the node"));
        String selector = "object.spec.nodeSelector";
        String labels = "namespaceObject.metadata.labels";
        rules.add(
                new Rule(
                        policy.pinPods()
                                ? "request.operation != 'CREATE' || (has(%s) && ['%s', '%s'].all(k, k in %s && k in %s && %s[k] == %s[k]))"
                                        .formatted(
                                                selector,
                                                Labels.ZONE,
                                                Labels.PROCESSOR,
                                                selector,
                                                labels,
                                                selector,
                                                labels)
                                : "!has(%s) || ['%s', '%s', '%s'].all(k, !(k in %s) || (k in %s && %s[k] == %s[k]))"
                                        .formatted(
                                                selector,
                                                Labels.ZONE,
                                                Labels.PROCESSOR,
                                                Labels.POOL,
                                                selector,
                                                labels,
                                                selector,
                                                labels),
                        "a pod stays in its namespace's zone and processor family"));
        rules.add(
                new Rule(
                        "!has(object.spec.affinity) || !has(object.spec.affinity.nodeAffinity)"
                                + " || (request.operation == 'UPDATE'"
                                + " && has(oldObject.spec.affinity)"
                                + " && object.spec.affinity == oldObject.spec.affinity)"
                                + " || request.userInfo.username == '"
                                + DAEMON_SETS
                                + "' || !("
                                + namesNodes()
                                + ")",
                        "a pod's affinity names no zone, processor family, pool or node"));
        rules.add(
                new Rule(
                        "!has(object.spec.tolerations) || object.spec.tolerations.all(t,"
                                + " has(t.key) && t.key != '' && !t.key.startsWith('yuntai.io/')"
                                + " && !t.key.startsWith('node-role.kubernetes.io/')"
                                + " || (request.operation == 'UPDATE'"
                                + " && has(oldObject.spec.tolerations)"
                                + " && t in oldObject.spec.tolerations))",
                        "a pod does not tolerate what keeps it from other pools' nodes"));
        return rules;
    }

    private static String namesNodes() {
        String required =
                "object.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
        return "has("
                + required
                + ") && "
                + required
                + ".nodeSelectorTerms.exists(t, (has(t.matchExpressions)"
                + " && t.matchExpressions.exists(e, e.key.startsWith('yuntai.io/')))"
                + " || (has(t.matchFields) && size(t.matchFields) > 0))";
    }

    /** Of every kind of container, and of volumes that are images. */
    private static String images(String object) {
        String spec = object + ".spec";
        return spec
                + ".containers.map(c, has(c.image) ? c.image : '')"
                + optional(spec, "initContainers")
                + optional(spec, "ephemeralContainers")
                + " + (has("
                + spec
                + ".volumes) ? "
                + spec
                + ".volumes.filter(v, has(v.image)).map(v, has(v.image.reference) ?"
                + " v.image.reference : '') : [])";
    }

    private static String optional(String spec, String containers) {
        return " + (has(%s.%s) ? %s.%s.map(c, has(c.image) ? c.image : '') : [])"
                .formatted(spec, containers, spec, containers);
    }
}

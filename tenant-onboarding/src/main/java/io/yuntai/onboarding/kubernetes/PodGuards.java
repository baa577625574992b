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

    private static final String CHOOSES =
            "a pod chooses nodes only within the zone and the processor family of its namespace, and"
                    + " names both (yuntai.io/zone, yuntai.io/processor) to do so";

    private PodGuards() {}

    static Guard pods(NamespacePolicy policy) {
        var variables = new ArrayList<Variable>(ownPlace("object.spec"));
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

    /**
     * Which nodes its template chooses a DaemonSet's controller settles by itself: of each pod it
     * then names the node alone, whatever the template has said of zones. So the template is looked
     * at; where pods are pinned each names its place besides, and none leaves it.
     */
    static Guard daemonSets(NamespacePolicy policy) {
        String spec = "object.spec.template.spec";
        return Guard.of(
                "yuntai-daemon-sets",
                NamespaceManifests.governed(Labels.PODS, Labels.GUARDED),
                List.of(Guard.match("apps", List.of("daemonsets"), "CREATE", "UPDATE")),
                List.of(),
                ownPlace(spec),
                List.of(
                        new Rule(
                                policy.pinPods()
                                        ? "true"
                                        : "variables.place || (request.operation == 'UPDATE' && "
                                                + spec
                                                + " == oldObject.spec.template.spec) || "
                                                + requiresNothingElse(spec),
                                CHOOSES)));
    }

    private static String requiresNothingElse(String spec) {
        String nodes = spec + ".affinity.nodeAffinity";
        String required = nodes + ".requiredDuringSchedulingIgnoredDuringExecution";
        return "!has(%1$s.affinity) || !has(%2$s) || !has(%3$s) || %3$s.nodeSelectorTerms.all(t, (!has(t.matchFields) || size(t.matchFields) == 0) && (!has(t.matchExpressions) || t.matchExpressions.all(e, !e.key.startsWith('yuntai.io/') && %4$s)))"
                .formatted(spec, nodes, required, mayName("e.key"));
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
        String sameAffinity =
                "(request.operation == 'UPDATE' && has(oldObject.spec.affinity)"
                        + " && object.spec.affinity == oldObject.spec.affinity)";
        rules.add(
                new Rule(
                        "!has(object.spec.affinity) || !has(object.spec.affinity.nodeAffinity)"
                                + " || "
                                + sameAffinity
                                + " || request.userInfo.username == '"
                                + DAEMON_SETS
                                + "' || !("
                                + namesNodes()
                                + ")",
                        "a pod's affinity names no zone, processor family, pool or node"));
        if (!policy.pinPods()) {
            rules.add(
                    new Rule(
                            "!has(%1$s) || (request.operation == 'UPDATE' && has(%2$s) && %1$s == %2$s) || %1$s.all(k, %3$s)"
                                    .formatted(
                                            selector, "oldObject.spec.nodeSelector", mayName("k")),
                            CHOOSES));
            rules.add(
                    new Rule(
                            "!has(object.spec.affinity) || "
                                    + sameAffinity
                                    + " || ("
                                    + mayPrefer()
                                    + ")",
                            CHOOSES));
        }
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

    /** Whether a pod names its namespace's own processor family, and its zone as well. */
    private static List<Variable> ownPlace(String spec) {
        return List.of(
                new Variable(names(spec, Labels.PROCESSOR), "processor"),
                new Variable("variables.processor && " + names(spec, Labels.ZONE), "place"));
    }

    private static String names(String spec, String key) {
        return "has(%2$s.nodeSelector) && '%1$s' in %2$s.nodeSelector && '%1$s' in namespaceObject.metadata.labels && %2$s.nodeSelector['%1$s'] == namespaceObject.metadata.labels['%1$s']"
                .formatted(key, spec);
    }

    /**
     * Whether a label of nodes chooses nothing that a pod may not choose. An architecture, or what
     * KubeVirt knows of processors, chooses their family; whatever else may choose a single node,
     * and with it its zone.
     */
    private static String mayName(String key) {
        return "(%1$s == 'kubernetes.io/os' || %1$s in ['%2$s', '%3$s', '%4$s'] || variables.place || (variables.processor && (%1$s in ['kubernetes.io/arch', 'beta.kubernetes.io/arch'] || %1$s.startsWith('kubevirt.io/') || %1$s.contains('.node.kubevirt.io/'))))"
                .formatted(key, Labels.ZONE, Labels.PROCESSOR, Labels.POOL);
    }

    /** Likewise, of what a pod requires or would rather have; also to be near pods elsewhere. */
    private static String mayPrefer() {
        String nodes = "object.spec.affinity.nodeAffinity";
        String pods = "object.spec.affinity.podAffinity";
        return "(!has(%1$s) || ((!has(%1$s.%3$s) || %1$s.%3$s.nodeSelectorTerms.all(t, !has(t.matchExpressions) || t.matchExpressions.all(e, %5$s))) && (!has(%1$s.%4$s) || %1$s.%4$s.all(p, (!has(p.preference.matchFields) || variables.place) && (!has(p.preference.matchExpressions) || p.preference.matchExpressions.all(e, %5$s && (variables.place || !e.key.startsWith('yuntai.io/')))))))) && (variables.place || !has(%2$s) || ((!has(%2$s.%3$s) || %2$s.%3$s.all(t, !has(t.namespaceSelector) && (!has(t.namespaces) || size(t.namespaces) == 0))) && (!has(%2$s.%4$s) || %2$s.%4$s.all(w, !has(w.podAffinityTerm.namespaceSelector) && (!has(w.podAffinityTerm.namespaces) || size(w.podAffinityTerm.namespaces) == 0)))))"
                .formatted(
                        nodes,
                        pods,
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "preferredDuringSchedulingIgnoredDuringExecution",
                        mayName("e.key"));
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

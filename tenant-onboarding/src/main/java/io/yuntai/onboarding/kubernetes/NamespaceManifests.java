package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What a system's namespace reads like in Kubernetes. Pure: the same value, the same manifest. */
record NamespaceManifests(NamespacePolicy policy) {

    private static final String RBAC = "rbac.authorization.k8s.io";

    /** The namespace of nobody yet, and what closes it. */
    List<HasMetadata> closed(Desired.SystemNamespace desired) {
        return List.of(namespace(desired), limitRange(desired), network().policy(desired));
    }

    /** All that a namespace holds beside its lease, the namespace itself first. */
    List<HasMetadata> content(Desired.Tenancy desired) {
        var inside = new ArrayList<HasMetadata>();
        inside.add(limitRange(desired.of()));
        inside.add(network().policy(desired.of()));
        inside.addAll(roleBindings(desired));
        var namespace =
                new NamespaceBuilder(namespace(desired.of()))
                        .editMetadata()
                        .addToLabels(Labels.LEASE, Labels.ENFORCED)
                        .endMetadata();
        if (desired.shared() || policy.guardsPods()) {
            namespace =
                    namespace.editMetadata().addToLabels(Labels.PODS, Labels.GUARDED).endMetadata();
        }
        if (desired.gate().isPresent()) {
            namespace =
                    namespace
                            .editMetadata()
                            .addToLabels(Labels.GATE, desired.gate().get())
                            .endMetadata();
        }
        for (var grant : new TreeSet<>(desired.grants())) {
            namespace = namespace.editMetadata().addToLabels(grant.label(), "true").endMetadata();
        }
        var digest = digest(namespace.build(), inside);
        var content = new ArrayList<HasMetadata>();
        content.add(
                namespace
                        .editMetadata()
                        .addToAnnotations(Labels.CONTENT, digest)
                        .endMetadata()
                        .build());
        content.addAll(inside);
        return List.copyOf(content);
    }

    /**
     * A namespace whose content is being written. The mark is written over the digest: one that was
     * only left out would stay wherever another writer has set it, too.
     */
    static HasMetadata unfinished(HasMetadata namespace) {
        return new NamespaceBuilder((Namespace) namespace)
                .editMetadata()
                .addToAnnotations(Labels.CONTENT, Labels.UNFINISHED)
                .endMetadata()
                .build();
    }

    private NetworkManifests network() {
        return new NetworkManifests(policy);
    }

    /** The namespace itself: whose it is, where it is, and how safe its pods are. */
    Namespace namespace(Desired.SystemNamespace desired) {
        var level = policy.podSecurity().name().toLowerCase(Locale.ROOT);
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .addToLabels(Labels.UNIT, desired.unit().toString())
                .addToLabels(Labels.SYSTEM, desired.system().toString())
                .addToLabels(Labels.POOL, desired.pool().toString())
                .addToLabels(Labels.ZONE, desired.pool().zone().code())
                .addToLabels(Labels.PROCESSOR, desired.pool().processor().code())
                .addToLabels(Labels.POD_SECURITY + "enforce", level)
                .endMetadata()
                .build();
    }

    /**
     * Default requests for containers that name none: under a quota on processors or memory such a
     * container would be refused. No default limits, since KubeVirt would cap every machine.
     */
    LimitRange limitRange(Desired.SystemNamespace desired) {
        return new LimitRangeBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToDefaultRequest("cpu", new Quantity(policy.defaultCpu()))
                .addToDefaultRequest("memory", new Quantity(policy.defaultMemory()))
                .endLimit()
                .endSpec()
                .build();
    }

    /** One for each role; which groups have it changes with the unit that owns the system. */
    List<RoleBinding> roleBindings(Desired.Tenancy desired) {
        return policy.groupsByRole(desired).entrySet().stream()
                .map(entry ->
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("yuntai-" + entry.getKey().replace(':', '-'))
                                .withNamespace(desired.namespace().value())
                                .addToLabels(Labels.MANAGED, "true")
                                .endMetadata()
                                .withNewRoleRef(RBAC, "ClusterRole", entry.getKey())
                                .withSubjects(
                                        entry.getValue().stream()
                                                .map(group ->
                                                        new Subject(RBAC, "Group", group, null))
                                                .toList())
                                .build())
                .toList();
    }

    /** Of namespaces that are ours. */
    static LabelSelector governed() {
        return new LabelSelectorBuilder().addToMatchLabels(Labels.MANAGED, "true").build();
    }

    /** Of namespaces that are ours, and in which no lease is known to be enforced. */
    static LabelSelector unleased() {
        return new LabelSelectorBuilder(governed())
                .addNewMatchExpression()
                .withKey(Labels.LEASE)
                .withOperator("NotIn")
                .withValues(Labels.ENFORCED)
                .endMatchExpression()
                .build();
    }

    /** Of namespaces that are ours and let in nothing but the targets of a migration. */
    static LabelSelector gated() {
        return new LabelSelectorBuilder(governed())
                .addNewMatchExpression()
                .withKey(Labels.GATE)
                .withOperator("Exists")
                .endMatchExpression()
                .build();
    }

    /** Of namespaces that are ours and bear a label. */
    static LabelSelector governed(String label, String value) {
        return new LabelSelectorBuilder(governed()).addToMatchLabels(label, value).build();
    }

    /** By which a later writer tells his own change of mind from a hand that meddled. */
    private static String digest(Namespace namespace, List<HasMetadata> inside) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(Serialization.asJson(namespace).getBytes(StandardCharsets.UTF_8));
            for (var object : inside) {
                sha.update(Serialization.asJson(object).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whose a namespace is by its labels; empty: it does not say, or not as we do. */
    static Optional<FoundNamespace.Owner> owner(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        if (labels == null
                || labels.get(Labels.SYSTEM) == null
                || labels.get(Labels.POOL) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new FoundNamespace.Owner(
                            SystemId.of(labels.get(Labels.SYSTEM)),
                            PoolId.of(labels.get(Labels.POOL))));
        } catch (IllegalArgumentException byHand) {
            return Optional.empty();
        }
    }
}

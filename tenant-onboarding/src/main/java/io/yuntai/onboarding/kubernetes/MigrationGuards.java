package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;

/**
 * Who orders live migrations: their second launcher takes room in the namespace that its unit shall
 * not pay for, nor find free for something else.
 */
final class MigrationGuards {

    private MigrationGuards() {}

    /**
     * Where room was made for a migration nothing else takes it: no pod but the target that
     * KubeVirt makes for that very migration, and no pod grows where it is.
     */
    static Guard gate(NamespacePolicy policy) {
        return Guard.of(
                "yuntai-gate",
                NamespaceManifests.gated(),
                List.of(
                        Guard.match("", List.of("pods"), "CREATE"),
                        Guard.match("", List.of("pods/resize"), "UPDATE")),
                List.of(
                        new Rule(
                                "request.operation == 'CREATE' && ("
                                        + Guards.kubevirt(policy)
                                        + ") && has(object.metadata.labels) && '%1$s' in object.metadata.labels"
                                                .formatted(Labels.MIGRATION)
                                        + " && object.metadata.labels['%s'] == namespaceObject.metadata.labels['%s']"
                                                .formatted(Labels.MIGRATION, Labels.GATE),
                                "a host is being moved: until that is over nothing starts in this"
                                        + " namespace")));
    }

    /**
     * A machine hands its labels on to its launcher: nobody gives one the mark of a migration's
     * target, by whatever makes machines.
     */
    static Guard labels() {
        return Guard.of(
                "yuntai-migration-labels",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match("kubevirt.io", List.of("virtualmachines"), "CREATE", "UPDATE"),
                        Guard.match("kubevirt.io", List.of("virtualmachineinstances"), "CREATE")),
                List.of(
                        new Rule(
                                "!(has(object.metadata.labels) && '%1$s' in object.metadata.labels) && !(has(object.spec.template) && has(object.spec.template.metadata) && has(object.spec.template.metadata.labels) && '%1$s' in object.spec.template.metadata.labels)"
                                        .formatted(Labels.MIGRATION),
                                "only KubeVirt marks the targets of migrations")));
    }

    /**
     * Nobody in the namespace orders, changes or ends one, neither himself nor by KubeVirt's API
     * server: its subresource {@code migrate} makes one by an account of its own for whoever asks.
     *
     * @param onlyWe whether it is us or the cluster itself who asks
     */
    static Guard migrations(String onlyWe, NamespacePolicy policy) {
        return Guard.of(
                "yuntai-migrations",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match(
                                "kubevirt.io",
                                List.of("virtualmachineinstancemigrations"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(
                        new Rule(
                                onlyWe
                                        + " || ("
                                        + Guards.kubevirt(policy)
                                        + " && request.userInfo.username != 'system:serviceaccount:%s:kubevirt-apiserver')"
                                                .formatted(policy.kubevirtNamespace()),
                                "only the platform moves hosts")));
    }
}

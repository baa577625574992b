package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * What keeps a namespace of ours to its one lease and its place: policies that the API server
 * itself decides by, in its own process. None of them calls us, so none stands in the way of a pod
 * when we are down.
 *
 * <p>Whoever is let through beside us is part of the cluster: its own controllers, which follow a
 * quota's status, empty a namespace and collect garbage, and the API server, which charges what it
 * admits. Those controllers make pods for tenants, too: what a pod may be they are asked like
 * anybody else.
 */
final class Guards {

    private static final String THE_CLUSTER =
            "request.userInfo.username.startsWith('system:serviceaccount:kube-system:')"
                    + " || request.userInfo.username in"
                    + " ['system:apiserver', 'system:kube-controller-manager']";

    private Guards() {}

    /**
     * All guards of a cluster.
     *
     * @param us the name that the cluster knows us by
     */
    static List<Guard> of(String us, NamespacePolicy policy) {
        String isUs = "request.userInfo.username == " + Guard.quoted(us);
        String onlyWe = isUs + " || " + THE_CLUSTER;
        return Stream.concat(
                        Stream.of(
                                writes(onlyWe),
                                oneQuota(),
                                namespaces(onlyWe),
                                lease(),
                                leaseStays(),
                                storageClasses()),
                        Stream.of(
                                access(onlyWe),
                                MigrationGuards.migrations(onlyWe, policy),
                                MigrationGuards.gate(policy),
                                MigrationGuards.labels(),
                                ServiceGuards.networkPolicies(onlyWe),
                                ServiceGuards.services(),
                                AttachmentGuards.attachments(isUs, THE_CLUSTER, policy),
                                PodGuards.pods(policy),
                                PodGuards.daemonSets(policy),
                                PodGuards.bindings(),
                                DiskGuards.disks(us, policy)))
                .toList();
    }

    /** Whether one of KubeVirt's own controllers asks, which make launchers and drain nodes. */
    static String kubevirt(NamespacePolicy policy) {
        return isOf(policy.kubevirtNamespace());
    }

    /** Whether somebody of a namespace of the cluster's own asks. */
    static String isOf(String namespace) {
        return "request.userInfo.username.startsWith('system:serviceaccount:%s:')"
                .formatted(namespace);
    }

    /**
     * Not the status, which admission writes with every pod: to look at each of those writes costs
     * more than it keeps off. No role of a tenant's may write it, and what is written there by
     * others is seen, charged, and put right by the cluster itself.
     */
    private static Guard writes(String onlyWe) {
        return Guard.of(
                "yuntai-writes",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match(
                                "",
                                List.of("resourcequotas", "limitranges"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(
                        new Rule(
                                onlyWe,
                                "only Yuntai writes the quota and the defaults of this"
                                        + " namespace")));
    }

    private static Guard oneQuota() {
        return Guard.of(
                "yuntai-one-quota",
                NamespaceManifests.governed(),
                List.of(Guard.match("", List.of("resourcequotas"), "CREATE")),
                List.of(
                        new Rule(
                                "object.metadata.name == '" + Labels.LEASE_NAME + "'",
                                "this namespace has one quota, named " + Labels.LEASE_NAME)));
    }

    /**
     * A namespace's labels say whose it is, where it is and what it was granted; a write of its
     * status changes labels as well as any other.
     */
    private static Guard namespaces(String onlyWe) {
        return Guard.of(
                "yuntai-namespaces",
                new LabelSelector(),
                List.of(
                        Guard.match(
                                "",
                                List.of("namespaces", "namespaces/status", "namespaces/finalize"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(
                        new Rule(
                                onlyWe + " || !(" + ours() + ") || " + sameWords("labels"),
                                "only Yuntai takes a namespace in or lets it go, and says whose it"
                                        + " is and what it may"),
                        new Rule(
                                onlyWe + " || !(" + ours() + ") || " + sameWords("annotations"),
                                "only Yuntai writes these annotations"),
                        new Rule(
                                onlyWe + " || request.operation != 'DELETE' || !(" + ours() + ")",
                                "only Yuntai deletes the namespace of a system")));
    }

    /**
     * Nothing that a lease limits is admitted while there is none, or none that is enforced. Where
     * one is, this is not asked any more: {@link #leaseStays} keeps it there.
     */
    private static Guard lease() {
        return Guard.of(
                        Labels.LEASE_GUARD,
                        NamespaceManifests.unleased(),
                        List.of(
                                Guard.match(
                                        "",
                                        List.of(
                                                "pods",
                                                "persistentvolumeclaims",
                                                "services",
                                                "replicationcontrollers"),
                                        "CREATE"),
                                Guard.match("apps", List.of("*"), "CREATE"),
                                Guard.match("batch", List.of("*"), "CREATE"),
                                Guard.match("kubevirt.io", List.of("*"), "CREATE")),
                        List.of(
                                new Rule(
                                        "has(params.status) && has(params.status.hard)"
                                                + " && size(params.status.hard) > 0",
                                        "no lease is enforced in this namespace yet")))
                .withLease();
    }

    /**
     * Nobody deletes a lease, not even we, while its namespace says that it is enforced; but the
     * cluster, when it deletes the namespace. A deletion of all is asked once for all of them, with
     * no object, and then for each.
     */
    private static Guard leaseStays() {
        return Guard.of(
                "yuntai-lease-stays",
                NamespaceManifests.governed(Labels.LEASE, Labels.ENFORCED),
                List.of(Guard.match("", List.of("resourcequotas"), "DELETE")),
                List.of(
                        new Rule(
                                "oldObject == null || oldObject.metadata.name != '"
                                        + Labels.LEASE_NAME
                                        + "' || has(namespaceObject.metadata.deletionTimestamp)",
                                "while the lease is enforced nobody deletes it")));
    }

    /**
     * A class that a lease does not name is not limited by it, and which classes a cluster has
     * changes: so no claim of such a class is admitted, whoever makes it. Asked of {@code status},
     * which is what admission limits by. What was claimed before may change in all but its class
     * and its size. Where there is no lease {@link #lease} decides, and a namespace that is deleted
     * must empty.
     */
    private static Guard storageClasses() {
        return Guard.of(
                        "yuntai-storage",
                        NamespaceManifests.governed(),
                        List.of(
                                Guard.match(
                                        "", List.of("persistentvolumeclaims"), "CREATE", "UPDATE")),
                        List.of(
                                new Rule(
                                        "!has(object.spec.storageClassName)"
                                                + " || object.spec.storageClassName == ''"
                                                + " || (has(params.status) && has(params.status.hard)"
                                                + " && (object.spec.storageClassName + '"
                                                + ResourceNames.OF_CLASS
                                                + "') in params.status.hard)"
                                                + " || (request.operation == 'UPDATE'"
                                                + " && has(oldObject.spec.storageClassName)"
                                                + " && oldObject.spec.storageClassName"
                                                + " == object.spec.storageClassName"
                                                + " && oldObject.spec.resources"
                                                + " == object.spec.resources)",
                                        "this namespace was granted no storage of this class")))
                .whereThereIsALease();
    }

    /**
     * Who may enter is said by the register. A tenant's own service accounts are his matter, in his
     * namespace.
     */
    private static Guard access(String onlyWe) {
        return Guard.of(
                "yuntai-access",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match(
                                "rbac.authorization.k8s.io",
                                List.of("rolebindings"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(
                        new Rule(
                                onlyWe
                                        + " || (request.operation == 'CREATE' || !"
                                        + managed("oldObject")
                                        + ") && (request.operation == 'DELETE' || !"
                                        + managed("object")
                                        + ")",
                                "only Yuntai writes these bindings"),
                        new Rule(
                                onlyWe
                                        + " || request.operation == 'DELETE'"
                                        + " || !has(object.subjects)"
                                        + " || object.subjects.all(s, s.kind == 'ServiceAccount'"
                                        + " && has(s.namespace)"
                                        + " && s.namespace == object.metadata.namespace)",
                                "people enter by the groups of their unit and system; bound here"
                                        + " are only service accounts of this namespace")));
    }

    /** Whether it was ours before, or is to be. */
    private static String ours() {
        return "(oldObject != null && %s) || (object != null && %s)"
                .formatted(managed("oldObject"), managed("object"));
    }

    /** Whether an object bears our label. */
    private static String managed(String object) {
        String labels = object + ".metadata.labels";
        return "(has(%s) && '%s' in %s && %s['%s'] == 'true')"
                .formatted(labels, Labels.MANAGED, labels, labels, Labels.MANAGED);
    }

    /** Whether none of our labels, or annotations, came, went or changed. */
    private static String sameWords(String field) {
        String now = words("object", field);
        String before = words("oldObject", field);
        return "(request.operation == 'DELETE' || (%s && %s))"
                .formatted(keeps(now, before), keeps(before, now));
    }

    private static String keeps(String these, String those) {
        return "%s.all(k, !(k.startsWith('yuntai.io/') || k.startsWith('%s')) || (k in %s && %s[k] == %s[k]))"
                .formatted(these, Labels.POD_SECURITY, those, those, these);
    }

    private static String words(String object, String field) {
        return "(%s == null || !has(%s.metadata.%s) ? {} : %s.metadata.%s)"
                .formatted(object, object, field, object, field);
    }
}

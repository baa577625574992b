package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What disks are filled with: an image that a machine boots from is one like any other. CDI takes
 * it from what a DataVolume says, from what stands behind a claim, and from annotations of the
 * claim itself.
 */
final class DiskGuards {

    /** An annotation of a claim that begins so has CDI load it from somewhere. */
    private static final String IMPORT = "cdi.kubevirt.io/storage.import.";

    private static final String UPLOAD = "cdi.kubevirt.io/storage.upload.target";

    private DiskGuards() {}

    /**
     * The cluster's own controllers are asked like anybody else: they make what a tenant's template
     * of claims says.
     *
     * @param us the name that the cluster knows us by
     */
    static Guard disks(String us, NamespacePolicy policy) {
        String onlyWe = "request.userInfo.username == " + Guard.quoted(us);
        boolean limited = !policy.registries().isEmpty();
        return Guard.of(
                "yuntai-disks",
                NamespaceManifests.governed(),
                limited ? MATCHES : MATCHES.subList(0, 1),
                List.of(),
                limited
                        ? List.of(
                                new Variable(sources("object"), "sources"),
                                new Variable(
                                        "request.operation == 'UPDATE' ? (%s) : []"
                                                .formatted(sources("oldObject")),
                                        "before"),
                                new Variable(loads("object"), "loads"),
                                new Variable(
                                        "request.operation == 'UPDATE' ? (%s) : []"
                                                .formatted(loads("oldObject")),
                                        "loaded"))
                        : List.of(),
                limited ? List.of(sources(onlyWe, policy), claims(onlyWe, policy)) : ANYTHING);
    }

    private static final List<NamedRuleWithOperations> MATCHES =
            List.of(
                    Guard.match(
                            "cdi.kubevirt.io",
                            List.of(
                                    "datavolumes",
                                    "dataimportcrons",
                                    "volumeimportsources",
                                    "volumeuploadsources"),
                            "CREATE",
                            "UPDATE"),
                    Guard.match("kubevirt.io", List.of("virtualmachines"), "CREATE", "UPDATE"),
                    Guard.match("", List.of("persistentvolumeclaims"), "CREATE", "UPDATE"));

    private static final List<Rule> ANYTHING =
            List.of(new Rule("true", "images come from anywhere"));

    /** KubeVirt makes what a machine says, which was looked at, and CDI what a DataVolume says. */
    private static Rule sources(String onlyWe, NamespacePolicy policy) {
        String places =
                policy.registries().stream()
                        .map(one ->
                                "s.registry.url.startsWith(%s)"
                                        .formatted(Guard.quoted("docker://" + one)))
                        .collect(Collectors.joining(" || "));
        return new Rule(
                onlyWe
                        + " || "
                        + Guards.kubevirt(policy)
                        + " || (object.kind != 'VolumeUploadSource'"
                        + " && variables.sources.all(s, s in variables.before"
                        + " || ((!has(s.registry) || (has(s.registry.url) && ("
                        + places
                        + "))) && !has(s.http) && !has(s.s3) && !has(s.gcs)"
                        + " && !has(s.imageio) && !has(s.vddk) && !has(s.upload))))",
                "disks are filled from " + String.join(", ", policy.registries()) + " only");
    }

    private static Rule claims(String onlyWe, NamespacePolicy policy) {
        return new Rule(
                onlyWe
                        + " || "
                        + Guards.kubevirt(policy)
                        + " || "
                        + Guards.isOf(policy.cdiNamespace())
                        + " || variables.loads.all(a, a in variables.loaded)",
                "claims are filled by a DataVolume only");
    }

    /** Each as {@code key=value}. */
    private static String loads(String object) {
        String notes = object + ".metadata.annotations";
        return "%s.kind == 'PersistentVolumeClaim' && has(%s) ? %s.filter(k, k.startsWith('%s') || k == '%s').map(k, k + '=' + %s[k]) : []"
                .formatted(object, notes, notes, IMPORT, UPLOAD, notes);
    }

    private static String sources(String object) {
        return "%1$s.kind == 'VirtualMachine' ? (has(%1$s.spec.dataVolumeTemplates) ? dyn(%1$s.spec.dataVolumeTemplates).filter(t, has(t.spec) && has(t.spec.source)).map(t, t.spec.source) : []) : %1$s.kind == 'DataImportCron' ? [dyn(%1$s.spec.template.spec.source)] : has(%1$s.spec.source) ? [dyn(%1$s.spec.source)] : []"
                .formatted(object);
    }
}

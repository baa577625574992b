package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cluster's objects say, in our words. */
final class Observed {

    /** Between a uid and a version. */
    static final char VERSION = '@';

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST = 500;
    private static final int LONGEST_NAME = 253;

    /** KubeVirt fills {@code printableStatus} in; until then it has not looked at the machine. */
    private static final String NOT_SEEN = "Provisioning";

    private static final String HALTED = "Halted";
    private static final String STOPPED = "Stopped";
    private static final String FAILURE = "Failure";
    private static final int MOST = 20;

    private Observed() {}

    static ObservedLease lease(ResourceNames names, ResourceQuota quota) {
        var spec = quota.getSpec();
        var status = quota.getStatus();
        return new ObservedLease(
                incarnation(quota.getMetadata()),
                epoch(quota.getMetadata().getAnnotations()),
                names.amounts(spec == null ? null : spec.getHard()),
                names.amounts(status == null ? null : status.getHard()),
                names.amounts(status == null ? null : status.getUsed()),
                written(quota.getMetadata()));
    }

    /** By whom and when; a controller that keeps the status up changes nothing of that. */
    private static String written(ObjectMeta meta) {
        return cut(
                meta.getUid()
                        + VERSION
                        + meta.getManagedFields().stream()
                                .filter(one ->
                                        one.getSubresource() == null
                                                || one.getSubresource().isEmpty())
                                .map(one -> one.getTime() + " " + one.getManager())
                                .max(Comparator.naturalOrder())
                                .orElse(""));
    }

    /** Without what only its running instance knows. */
    static ObservedHost host(GenericKubernetesResource machine) {
        String name = machine.getMetadata().getName();
        String printable = machine.get("status", "printableStatus");
        Boolean ready = machine.get("status", "ready");
        var annotations = machine.getMetadata().getAnnotations();
        var view =
                new ObservedHost.View(
                        !HALTED.equals(machine.get("spec", "runStrategy"))
                                && !Boolean.FALSE.equals(machine.get("spec", "running")),
                        STOPPED.equals(printable),
                        annotations == null ? "" : annotations.getOrDefault(Labels.DIGEST, ""),
                        "",
                        List.of(),
                        conditions(
                                machine,
                                annotations == null ? null : annotations.get(Labels.NOTICE)));
        if (printable == null || printable.isEmpty()) {
            return new ObservedHost(name, false, NOT_SEEN, view);
        }
        return new ObservedHost(
                name, printable.equals("Running") && Boolean.TRUE.equals(ready), printable, view);
    }

    static ObservedMigration migration(GenericKubernetesResource migration) {
        Object phase = migration.get("status", "phase");
        String word = phase == null ? "" : cut(phase.toString());
        boolean succeeded = word.equals("Succeeded");
        return new ObservedMigration(
                migration.getMetadata().getUid(),
                succeeded || word.equals("Failed"),
                succeeded,
                word,
                node(migration.get("status", "migrationState", "sourceNode")),
                node(migration.get("status", "migrationState", "targetNode")));
    }

    private static String node(@Nullable Object name) {
        String text = name == null ? "" : name.toString();
        return text.substring(0, Math.min(LONGEST_NAME, text.length()));
    }

    /** What a running instance says. */
    static ObservedHost.Instance instance(GenericKubernetesResource instance) {
        return new ObservedHost.Instance(
                instance.getMetadata().getUid(),
                addresses(instance),
                conditions(instance, null).stream()
                        .filter(one -> one.startsWith(Host.Notes.LIVE_MIGRATABLE))
                        .toList());
    }

    private static List<String> addresses(GenericKubernetesResource instance) {
        var addresses = new ArrayList<String>();
        if (instance.get("status", "interfaces") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> its
                        && its.get("ipAddress") instanceof String address
                        && addresses.size() < MOST) {
                    addresses.add(cut(address));
                }
            }
        }
        return addresses;
    }

    /** What is not as it should be; a condition that holds is no news. */
    private static List<String> conditions(
            GenericKubernetesResource machine, @Nullable String notice) {
        var conditions = new ArrayList<String>();
        if (notice != null) {
            conditions.add(cut(notice));
        }
        if (machine.get("status", "conditions") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> its
                        && (FAILURE.equals(its.get("type"))
                                ? "True".equals(its.get("status"))
                                : "False".equals(its.get("status")))
                        && conditions.size() < MOST) {
                    conditions.add(
                            cut(
                                    its.get("type")
                                            + text(" ", its.get("reason"))
                                            + text(": ", its.get("message"))));
                }
            }
        }
        return conditions;
    }

    private static String text(String before, @Nullable Object text) {
        return text == null || text.toString().isEmpty() ? "" : before + text;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    /** Of whatever shape: what cannot be read is zero. */
    static FoundNamespace.FoundHost foundHost(GenericKubernetesResource machine) {
        var meta = machine.getMetadata();
        Object cores = machine.get("spec", "template", "spec", "domain", "cpu", "cores");
        Object memory = machine.get("spec", "template", "spec", "domain", "memory", "guest");
        var labels = meta.getLabels();
        String id = labels == null ? null : labels.get(Labels.HOST);
        return new FoundNamespace.FoundHost(
                meta.getName(),
                meta.getUid(),
                id == null ? "" : id,
                cores instanceof Number number ? number.intValue() : 0,
                bytes(memory));
    }

    static FoundNamespace.FoundDisk foundDisk(PersistentVolumeClaim claim) {
        var meta = claim.getMetadata();
        return new FoundNamespace.FoundDisk(
                meta.getName(), meta.getUid(), meta.getLabels().getOrDefault(Labels.HOST, ""));
    }

    private static long bytes(@Nullable Object quantity) {
        try {
            return quantity == null ? 0 : Quantities.units(String.valueOf(quantity));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }

    static StrayQuota stray(ResourceQuota quota) {
        var meta = quota.getMetadata();
        String hard = quota.getSpec() == null ? "" : String.valueOf(quota.getSpec().getHard());
        return new StrayQuota(
                new NamespaceName(meta.getNamespace()),
                meta.getName(),
                new Incarnation(meta.getUid()),
                hard.substring(0, Math.min(LONGEST, hard.length())));
    }

    /**
     * The uid; and where somebody has spoilt the epoch, so that it fences nothing, the version as
     * well: whoever puts it right writes this one state of it, or nothing.
     */
    private static Incarnation incarnation(ObjectMeta meta) {
        String uid = meta.getUid();
        return new Incarnation(
                readable(meta.getAnnotations()).isPresent()
                        ? uid
                        : uid + VERSION + meta.getResourceVersion());
    }

    /** Epoch zero where somebody has spoilt the annotation. */
    private static Epoch epoch(@Nullable Map<String, String> annotations) {
        return readable(annotations).orElse(Epoch.ZERO);
    }

    private static Optional<Epoch> readable(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? null : annotations.get(Labels.EPOCH);
        return text != null && EPOCH.matcher(text).matches()
                ? Optional.of(new Epoch(Long.parseLong(text)))
                : Optional.empty();
    }
}

package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The disks of hosts, and what else beside a machine goes with it. */
record HostDisks(KubernetesClient client, KnownKinds kinds) {

    private static final int LONGEST = 300;

    /** Deletes all disks of a host and its Secret; what is in use goes when its user has. */
    void deleteAll(NamespaceName namespace, String host) {
        var names = new ArrayList<String>(List.of(host));
        var disks = new ArrayList<PersistentVolumeClaim>();
        Lists.eachOf(
                client.persistentVolumeClaims()
                        .inNamespace(namespace.value())
                        .withLabel(Labels.MANAGED, "true"),
                claim -> {
                    if (HostManifests.isDiskOf(host, claim.getMetadata())) {
                        names.add(claim.getMetadata().getName());
                        disks.add(claim);
                    }
                });
        // First what would fill a claim of that name again.
        for (var name : names) {
            dataVolume(namespace, name)
                    .filter(volume -> !name.equals(host) || isOurs(volume.getMetadata()))
                    .ifPresent(this::delete);
        }
        disks.forEach(this::delete);
        var _ =
                client.secrets()
                        .inNamespace(namespace.value())
                        .withName(HostManifests.secretName(host))
                        .delete();
    }

    private void delete(HasMetadata object) {
        var _ = client.resource(object).delete();
    }

    /**
     * What is still there of a host that was deleted, beside its machine: each with what holds it,
     * for people. Also what has lost our label is.
     */
    List<String> remains(Desired.Host host) {
        var names = HostManifests.diskNames(host);
        var remains = new ArrayList<String>();
        Lists.eachOf(
                client.persistentVolumeClaims().inNamespace(host.namespace().value()),
                claim -> {
                    var meta = claim.getMetadata();
                    boolean saysNothing = !meta.getLabels().containsKey(Labels.DISK_OF);
                    if ((isOurs(meta) && HostManifests.isDiskOf(host.name(), meta))
                            || (saysNothing && names.contains(meta.getName()))) {
                        remains.add(said(claim));
                    }
                });
        for (var name : names) {
            dataVolume(host.namespace(), name).ifPresent(volume -> remains.add(said(volume)));
        }
        if (new UserDataSecrets(client)
                        .look(host.namespace().value(), HostManifests.secretName(host.name()))
                instanceof UserDataSecrets.Seen.Found(var secret)) {
            remains.add(said(secret));
        }
        return remains;
    }

    private static String said(HasMetadata object) {
        var meta = object.getMetadata();
        String why =
                meta.getDeletionTimestamp() == null
                        ? ""
                        : ", held by " + String.join(", ", meta.getFinalizers());
        String text = object.getKind() + " " + meta.getName() + " is still there" + why;
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    /** The uid of the claim that is a host's system disk now; empty: there is none. */
    Optional<String> system(NamespaceName namespace, String host) {
        return Optional.ofNullable(claim(namespace, host).get())
                .map(claim -> claim.getMetadata().getUid());
    }

    /**
     * Deletes the system disk of that uid, and the DataVolume that would stand for it again; each
     * only as it was read, for KubeVirt makes the next one at once. Where CDI has let a new
     * DataVolume adopt the old claim, that goes as well, also when it is left without any.
     *
     * @return whether no claim of that uid is there any more
     */
    boolean deleteSystem(NamespaceName namespace, String host, String uid) {
        var claim = claim(namespace, host).get();
        var volume = dataVolume(namespace, host);
        if (claim == null) {
            volume.filter(HostDisks::isFilled).ifPresent(this::deleteAsRead);
            return true;
        }
        if (!claim.getMetadata().getUid().equals(uid)) {
            return true;
        }
        volume.filter(one -> isOwner(one.getMetadata(), claim)).ifPresent(this::deleteAsRead);
        if (claim.getMetadata().getDeletionTimestamp() == null) {
            deleteAsRead(claim);
        }
        return system(namespace, host).filter(uid::equals).isEmpty();
    }

    private void deleteAsRead(HasMetadata object) {
        if (object.getMetadata().getDeletionTimestamp() == null) {
            var _ = client.resource(object).lockResourceVersion().delete();
        }
    }

    private static boolean isFilled(GenericKubernetesResource volume) {
        return "Succeeded".equals(volume.get("status", "phase"));
    }

    private static boolean isOwner(ObjectMeta volume, PersistentVolumeClaim claim) {
        return claim.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(volume.getUid()));
    }

    private Resource<PersistentVolumeClaim> claim(NamespaceName namespace, String name) {
        return client.persistentVolumeClaims().inNamespace(namespace.value()).withName(name);
    }

    private Optional<GenericKubernetesResource> dataVolume(NamespaceName namespace, String name) {
        return kinds.has(HostManifests.DATA_VOLUMES)
                ? Optional.ofNullable(
                        client.genericKubernetesResources(HostManifests.DATA_VOLUMES)
                                .inNamespace(namespace.value())
                                .withName(name)
                                .get())
                : Optional.empty();
    }

    private static boolean isOurs(ObjectMeta meta) {
        return "true".equals(meta.getLabels().get(Labels.MANAGED));
    }
}

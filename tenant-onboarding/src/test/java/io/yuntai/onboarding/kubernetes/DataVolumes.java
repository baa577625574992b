package io.yuntai.onboarding.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.testkit.Definitions;

/** CDI's DataVolumes, served as long as this is open, by their own schema. */
public final class DataVolumes implements AutoCloseable {

    private final KubernetesClient admin;

    public DataVolumes(KubernetesClient admin) {
        this.admin = admin;
        admin.resource(
                        Serialization.unmarshal(
                                Definitions.dataVolume(), CustomResourceDefinition.class))
                .create();
        await().atMost(TenantNamespace.PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        admin.genericKubernetesResources(HostManifests.DATA_VOLUMES)
                                        .inAnyNamespace()
                                        .list()
                                != null);
    }

    GenericKubernetesResource of(NamespaceName namespace, String name, String source) {
        return of(namespace.value(), name, source);
    }

    /** One that is filled from a source of CDI's, in YAML. */
    public GenericKubernetesResource of(String namespace, String name, String source) {
        return Serialization.unmarshal(
                """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: %s, namespace: %s}
                spec:
                  source: {%s}
                  storage: {resources: {requests: {storage: 1Gi}}}
                """
                        .formatted(name, namespace, source),
                GenericKubernetesResource.class);
    }

    @Override
    public void close() {
        var definition =
                admin.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("datavolumes.cdi.kubevirt.io");
        definition.delete();
        await().atMost(TenantNamespace.PATIENCE).until(() -> definition.get() == null);
    }
}

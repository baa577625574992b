package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a tenant tries to have a second launcher, on a real API server. */
class MigrationGuardsIT {

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(NamespacePolicy.DEFAULT);
    }

    @AfterAll
    static void close() {
        if (at != null) {
            at.close();
        }
    }

    @Test
    void aTenantOrdersNoMigrationWhateverHeMayDo() {
        at.assertRefused(
                () -> at.almighty.resource(migration("mine")).create(),
                "only the platform moves hosts");
        assertThat(at.admin.resource(migration("ours")).create()).isNotNull();
        at.assertRefused(
                () -> at.almighty.resource(migration("ours")).delete(),
                "only the platform moves hosts");
        assertThat(at.admin.resource(migration("ours")).delete()).isNotEqualTo(List.of());
    }

    /**
     * KubeVirt's API server makes one by its own account for whoever may {@code migrate}; its
     * controllers make those that drain nodes.
     */
    @Test
    void nobodyOrdersOneByKubeVirtsApiServer() throws IOException {
        try (var server = at.as("system:serviceaccount:kubevirt:kubevirt-apiserver");
                var controller = at.as("system:serviceaccount:kubevirt:kubevirt-controller")) {
            at.assertRefused(
                    () -> server.resource(migration("by-order")).create(),
                    "only the platform moves hosts");
            assertThat(controller.resource(migration("drains")).create()).isNotNull();
            assertThat(controller.resource(migration("drains")).delete()).isNotEqualTo(List.of());
        }
    }

    private static GenericKubernetesResource migration(String name) {
        var migration = new GenericKubernetesResource();
        migration.setApiVersion("kubevirt.io/v1");
        migration.setKind("VirtualMachineInstanceMigration");
        migration.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(at.name.value()).build());
        migration.setAdditionalProperty("spec", Map.of("vmiName", "web-1"));
        return migration;
    }
}

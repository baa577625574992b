package io.yuntai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKubernetesIT {

    private static LocalKubernetes cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException {
        if (!LocalKubernetes.canRun()) {
            throw Requirement.missing("a local Kubernetes needs Go: install Go 1.26 or later");
        }
        long begin = System.nanoTime();
        cluster = LocalKubernetes.start(LocalKubernetes.Options.forTests());
        System.err.println(
                "ready after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
        client = client(cluster);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    @Test
    void itIsTheVersionThatGoModNames() {
        assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.3");
    }

    @Test
    void aVirtualMachineThatTheSchemaTakesRuns() {
        String namespace = namespace("machines");
        client.resource(virtualMachine(namespace, "web-1", "running: true")).create();

        GenericKubernetesResource running =
                client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace(namespace)
                        .withName("web-1")
                        .waitUntilCondition(
                                status("printableStatus", "Running"), 20, TimeUnit.SECONDS);

        assertThat(running.<Boolean>get("status", "ready")).isTrue();
        assertThat(running.<String>get("status", "conditions", 0, "type")).isEqualTo("Ready");
    }

    @Test
    void aVirtualMachineWithAFieldOfTheWrongTypeIsRefused() {
        String namespace = namespace("refused");
        assertThatThrownBy(() ->
                        client.resource(virtualMachine(namespace, "web-1", "running: 7")).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.running");
    }

    @Test
    void quotaAdmissionRefusesWhatIsMoreThanTheQuota() {
        String namespace = namespace("quota");
        client.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withName("lease")
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewSpec()
                                .withHard(Map.of("requests.cpu", new Quantity("1")))
                                .endSpec()
                                .build())
                .create();
        client.resourceQuotas()
                .inNamespace(namespace)
                .withName("lease")
                .waitUntilCondition(q -> !q.getStatus().getHard().isEmpty(), 20, TimeUnit.SECONDS);

        client.resource(pod(namespace, "small", "1")).create();
        assertThatThrownBy(() -> client.resource(pod(namespace, "large", "1")).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("exceeded quota: lease");
        client.pods()
                .inNamespace(namespace)
                .withName("small")
                .waitUntilCondition(
                        p -> p.getStatus().getPhase().equals("Running"), 20, TimeUnit.SECONDS);
    }

    @Test
    void aFrozenServerAnswersNothingUntilItGoesOn() {
        Config impatient = config(cluster);
        impatient.setRequestTimeout(1000);
        impatient.setConnectionTimeout(1000);
        impatient.setRequestRetryBackoffLimit(0);
        try (KubernetesClient hasty = new KubernetesClientBuilder().withConfig(impatient).build()) {
            cluster.stopApiServer();
            try {
                assertThatThrownBy(() -> hasty.namespaces().withName("default").get())
                        .isInstanceOf(KubernetesClientException.class);
            } finally {
                cluster.continueApiServer();
            }
            assertThat(client.namespaces().withName("default").get()).isNotNull();
        }
    }

    @Test
    void whatWasKeptIsThereAfterTheNextStartAlsoWhenItsOwnerWasKilled(@TempDir Path folder)
            throws Exception {
        LocalKubernetes.Options options =
                LocalKubernetes.Options.kept(folder, System.err::println).withoutKwok();
        try (LocalKubernetes first = LocalKubernetes.start(options);
                KubernetesClient firstClient = client(first)) {
            firstClient
                    .resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName("kept")
                                    .endMetadata()
                                    .build())
                    .create();
        }
        Process killed = KilledOwner.start(folder);
        long etcd = Long.parseLong(Files.readString(folder.toRealPath().resolve("etcd.pid")));
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(etcd)).as("it outlives its owner").isPresent();

        try (LocalKubernetes second = LocalKubernetes.start(options);
                KubernetesClient secondClient = client(second)) {
            assertThat(secondClient.namespaces().withName("kept").get()).isNotNull();
            assertThat(ProcessHandle.of(etcd).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    private static KubernetesClient client(LocalKubernetes of) {
        return new KubernetesClientBuilder().withConfig(config(of)).build();
    }

    private static Config config(LocalKubernetes of) {
        try {
            return Config.fromKubeconfig(Files.readString(of.kubeconfig()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String namespace(String name) {
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .create();
        return name;
    }

    private static Predicate<GenericKubernetesResource> status(String field, String value) {
        return resource -> resource != null && value.equals(resource.get("status", field));
    }

    private static GenericKubernetesResource virtualMachine(
            String namespace, String name, String running) {
        return client.getKubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: kubevirt.io/v1
                        kind: VirtualMachine
                        metadata: {name: %s, namespace: %s}
                        spec:
                          %s
                          template:
                            spec:
                              domain:
                                cpu: {cores: 2}
                                memory: {guest: 4Gi}
                                devices: {}
                        """
                                .formatted(name, namespace, running),
                        GenericKubernetesResource.class);
    }

    private static io.fabric8.kubernetes.api.model.Pod pod(
            String namespace, String name, String cpu) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNodeName(LocalKubernetes.NODE)
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}

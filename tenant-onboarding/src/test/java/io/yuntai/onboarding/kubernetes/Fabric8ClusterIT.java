package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real API server: it, and no simulation, says what a cluster does. */
class Fabric8ClusterIT extends ClusterContract {

    private static Fabric8Cluster cluster;
    private static Fabric8Cluster gone;

    /** What a tenant would use beside us. */
    private static KubernetesClient tenant;

    @BeforeAll
    static void connect() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        cluster = Fabric8Cluster.connect(new ClusterName("real"), kubeconfig);
        gone = UnreachableCluster.named("gone");
        tenant =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
    }

    @AfterAll
    static void disconnect() {
        if (tenant == null) {
            return;
        }
        tenant.namespaces().withLabel(Labels.MANAGED, "true").list().getItems().stream()
                .filter(found -> found.getMetadata().getName().startsWith("contract-"))
                .forEach(found -> tenant.resource(found).delete());
        tenant.close();
        cluster.close();
        gone.close();
    }

    @Test
    void aRefusalThatAControllerNotesTellsWhatWasAskedFor() {
        var told = new ConcurrentHashMap<NamespaceName, Amounts>();
        var namespace = new NamespaceName("default");
        try (var watching =
                cluster.watch(c -> told.merge(c.namespace(), c.demand(), Amounts::max))) {
            tenant.resource(
                            new EventBuilder()
                                    .withNewMetadata()
                                    .withGenerateName("refused-")
                                    .withNamespace(namespace.value())
                                    .endMetadata()
                                    .withReason("FailedCreate")
                                    .withMessage(
                                            "Error creating: exceeded quota: yuntai, requested:"
                                                    + " requests.cpu=5, used: requests.cpu=9,"
                                                    + " limited: requests.cpu=10")
                                    .withInvolvedObject(
                                            new ObjectReferenceBuilder()
                                                    .withKind("ReplicaSet")
                                                    .withName("web")
                                                    .withNamespace(namespace.value())
                                                    .build())
                                    .build())
                    .create();
            await().atMost(patience())
                    .untilAsserted(() ->
                            assertThat(told.getOrDefault(namespace, Amounts.NONE))
                                    .isEqualTo(Amounts.of(Resource.CPU, 5000)));
            assertThat(watching).isNotNull();
        }
    }

    /** Public addresses, GPUs of a model and numbers of objects, on the server itself. */
    @Test
    void whateverTheTableNamesIsLimitedAndMeasured() {
        var namespace =
                new NamespaceName("contract-" + UUID.randomUUID().toString().substring(0, 13));
        var a10 = new Resource("gpus/a10");
        var addresses = new Resource("publicIps");
        var pods = new Resource("pods");
        var hard =
                Amounts.of(
                        Map.of(
                                Resource.CPU,
                                8000L,
                                Resource.MEMORY,
                                8L << 30,
                                a10,
                                1L,
                                addresses,
                                1L,
                                pods,
                                2L));
        cluster.mend(
                new Desired.Tenancy(
                        new Desired.SystemNamespace(
                                namespace,
                                new UnitId(UUID.randomUUID()),
                                new SystemId(UUID.randomUUID()),
                                PoolId.of("extranet-ordinary")),
                        new UnifiedSocialCreditCode(
                                "11440700006900001"
                                        + UnifiedSocialCreditCode.checkCharacter(
                                                "11440700006900001")),
                        new SystemCode("portal"),
                        Set.of(Grant.LOAD_BALANCERS),
                        false));
        cluster.apply(new Desired.EmptyLease(namespace));
        cluster.growOrShrink(new Desired.Lease(namespace, hard, new Epoch(1)), lease(namespace));
        await().atMost(patience()).until(() -> lease(namespace).statusHard().equals(hard));

        await().atMost(patience())
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> tenant.resource(address(namespace, "one")).create() != null);
        assertExceeded(() -> tenant.resource(address(namespace, "two")).create());
        tenant.resource(withGpu(pod(namespace, "gpu", Amounts.of(Resource.CPU, 100)))).create();
        assertExceeded(
                () -> tenant.resource(withGpu(pod(namespace, "gpu2", Amounts.NONE))).create());
        tenant.resource(pod(namespace, "second", Amounts.NONE)).create();
        assertExceeded(() -> tenant.resource(pod(namespace, "third", Amounts.NONE)).create());

        assertThat(cluster.measure(namespace))
                .isInstanceOfSatisfying(
                        Cluster.Reading.Read.class,
                        read ->
                                assertThat(read.value())
                                        .isEqualTo(
                                                Amounts.of(
                                                        Map.of(
                                                                Resource.CPU,
                                                                100L,
                                                                a10,
                                                                1L,
                                                                addresses,
                                                                1L,
                                                                pods,
                                                                2L))));
        await().atMost(patience()).until(() -> lease(namespace).statusUsed().get(addresses) == 1);
        assertThat(lease(namespace).statusUsed().get(a10)).isEqualTo(1);
    }

    private static void assertExceeded(Runnable creation) {
        assertThatThrownBy(creation::run).hasMessageContaining("exceeded quota: yuntai");
    }

    private static ObservedLease lease(NamespaceName namespace) {
        return switch (cluster.lease(namespace)) {
            case Cluster.Reading.Read<Optional<ObservedLease>>(var found) -> found.orElseThrow();
            case Cluster.Reading.Unreachable<Optional<ObservedLease>>(var why) ->
                    throw new AssertionError(why);
        };
    }

    private static Service address(NamespaceName namespace, String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.value())
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withAllocateLoadBalancerNodePorts(false)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static Pod withGpu(Pod pod) {
        var resources = pod.getSpec().getContainers().getFirst().getResources();
        var requests = new HashMap<>(resources.getRequests());
        requests.put("nvidia.com/GA102GL_A10", new Quantity("1"));
        resources.setRequests(requests);
        resources.setLimits(Map.of("nvidia.com/GA102GL_A10", new Quantity("1")));
        return pod;
    }

    @Override
    protected Cluster cluster() {
        return cluster;
    }

    @Override
    protected Cluster unreachableCluster() {
        return gone;
    }

    @Override
    protected ApplyOutcome createPod(NamespaceName namespace, String name, Amounts asked) {
        try {
            tenant.resource(pod(namespace, name, asked)).create();
            return new ApplyOutcome.Applied();
        } catch (KubernetesClientException e) {
            return Answers.ofWrite(e);
        }
    }

    private static Pod pod(NamespaceName namespace, String name, Amounts asked) {
        var requests =
                Map.of(
                        "cpu", new Quantity(asked.get(Resource.CPU) + "m"),
                        "memory", new Quantity(Long.toString(asked.get(Resource.MEMORY))));
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.value())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/nothing:1")
                .withNewResources()
                .withRequests(requests)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    @Override
    protected void deletePod(NamespaceName namespace, String name) {
        tenant.pods().inNamespace(namespace.value()).withName(name).withGracePeriod(0).delete();
    }

    @Override
    protected void startInstance(NamespaceName namespace, String host) {
        Instances.start(tenant, namespace, host);
    }

    @Test
    void aMachineThatDoesNotComeUpByItselfIsAskedToAsKubeVirtDoes() {
        var in = new NamespaceName("contract-" + UUID.randomUUID().toString().substring(0, 13));
        // Before it is taken over: in one of ours nothing is made without a lease.
        tenant.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(in.value())
                                .endMetadata()
                                .build())
                .create();
        Instances.machine(tenant, in, "legacy-1", "RerunOnFailure");
        String uid = Instances.start(tenant, in, "legacy-1");
        for (int twice = 0; twice < 2; twice++) {
            restart(in, "legacy-1", uid);
        }
        List<Map<String, Object>> asked =
                Instances.machine(tenant, in, "legacy-1").get("status", "stateChangeRequests");
        assertThat(asked)
                .containsExactly(Map.of("action", "Stop", "uid", uid), Map.of("action", "Start"));
        assertThat(Instances.uid(tenant, in, "legacy-1")).as("KubeVirt ends it").contains(uid);
        // One that its guest has shut down has no instance: it is started.
        Instances.machine(tenant, in, "legacy-2", "RerunOnFailure");
        restart(in, "legacy-2", "");
        List<Map<String, Object>> started =
                Instances.machine(tenant, in, "legacy-2").get("status", "stateChangeRequests");
        assertThat(started).containsExactly(Map.of("action", "Start"));
        tenant.namespaces().withName(in.value()).delete();
    }

    /** Whoever meets another writer tries again, as the reconciler does. */
    private void restart(NamespaceName in, String name, String uid) {
        await().atMost(TenantNamespace.PATIENCE)
                .until(() -> cluster.restartHost(in, name, uid) instanceof ApplyOutcome.Applied);
    }

    @Override
    protected void spoilEpoch(NamespaceName namespace, Optional<String> text) {
        tenant.resourceQuotas()
                .inNamespace(namespace.value())
                .withName(Labels.LEASE_NAME)
                .edit(quota ->
                        text.map(epoch ->
                                        new ResourceQuotaBuilder(quota)
                                                .editMetadata()
                                                .addToAnnotations(Labels.EPOCH, epoch)
                                                .endMetadata())
                                .orElseGet(() ->
                                        new ResourceQuotaBuilder(quota)
                                                .editMetadata()
                                                .withAnnotations(Map.of())
                                                .endMetadata())
                                .build());
    }

    /** The guards of another test stand in his way: he takes them off first. */
    @Override
    protected void createQuota(NamespaceName namespace, String name, Amounts hard) {
        tenant.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("yuntai-one-quota")
                .delete();
        var quota =
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.value())
                        .endMetadata()
                        .withNewSpec()
                        .withHard(ResourceNames.DEFAULT.hard(hard))
                        .endSpec()
                        .build();
        await().atMost(patience())
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> tenant.resource(quota).create() != null);
    }

    @Override
    protected void deleteNetworkPolicy(NamespaceName namespace) {
        tenant.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.value())
                .withName("yuntai")
                .delete();
    }

    @Override
    protected void editHost(NamespaceName namespace, String host, int vcpu) {
        tenant.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                .inNamespace(namespace.value())
                .withName(host)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":%d}}}}}}"
                                .formatted(vcpu));
    }

    @Override
    protected void deleteClaim(NamespaceName namespace, String claim) {
        tenant.persistentVolumeClaims().inNamespace(namespace.value()).withName(claim).delete();
        await().atMost(patience())
                .until(() ->
                        tenant.persistentVolumeClaims()
                                        .inNamespace(namespace.value())
                                        .withName(claim)
                                        .get()
                                == null);
    }

    /** The quota controller looks for new kinds every 30 s, and the first test may meet it so. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(90);
    }

    @Override
    protected <T> T uncounted(Supplier<T> deed) {
        return TestCluster.shared().withoutControllers(deed);
    }
}

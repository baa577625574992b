package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A namespace of ours on the real API server, with those who attack it: a member of the unit's
 * staff, as bound by us, and an almighty tenant, who may do everything in it.
 */
final class TenantNamespace implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String REGISTRY = "registry.example.cn/gov/";

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final String SEVENTEEN = "11440700006900001";
    private static final long GIB = 1L << 30;

    private final NamespacePolicy policy;

    final Fabric8Cluster cluster;
    final KubernetesClient admin;

    /** Of the group that we bind to {@code edit}. */
    final KubernetesClient staff;

    /** May do everything in the namespace, which is more than any tenant of ours ever may. */
    final KubernetesClient almighty;

    /** A controller of the cluster's, which makes what a tenant's template says. */
    final KubernetesClient controller;

    final NamespaceName name;
    final Desired.Tenancy tenancy;

    private TenantNamespace(NamespacePolicy policy, Set<Grant> grants) throws IOException {
        this.policy = policy;
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        name = new NamespaceName("attack-" + UUID.randomUUID().toString().substring(0, 13));
        tenancy =
                new Desired.Tenancy(
                        new Desired.SystemNamespace(
                                name,
                                new UnitId(UUID.randomUUID()),
                                new SystemId(UUID.randomUUID()),
                                POOL),
                        new UnifiedSocialCreditCode(
                                SEVENTEEN + UnifiedSocialCreditCode.checkCharacter(SEVENTEEN)),
                        new SystemCode("sys-" + name.value().substring(7)),
                        grants,
                        true);
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"), kubeconfig, ResourceNames.DEFAULT, policy);
        admin = client(kubeconfig, "", "");
        staff = client(kubeconfig, "zhang", "yuntai:unit:" + tenancy.unit().value() + ":staff");
        almighty = client(kubeconfig, "tenant", "system:authenticated");
        controller =
                client(
                        kubeconfig,
                        "system:serviceaccount:kube-system:replicaset-controller",
                        "system:masters");
    }

    /** With its lease enforced and its people bound, on a cluster guarded by the policy. */
    static TenantNamespace open(NamespacePolicy policy, Grant... grants) throws IOException {
        var namespace = new TenantNamespace(policy, Set.of(grants));
        namespace.prepare();
        return namespace;
    }

    private void prepare() {
        assertThat(cluster.guard()).isEqualTo(new ApplyOutcome.Applied());
        assertThat(cluster.apply(tenancy.of())).isEqualTo(new ApplyOutcome.Applied());
        assertThat(cluster.apply(new Desired.EmptyLease(name)))
                .isEqualTo(new ApplyOutcome.Applied());
        var leased =
                Amounts.of(
                        Map.of(
                                Resource.CPU,
                                4000L,
                                Resource.MEMORY,
                                8 * GIB,
                                Resource.HOSTS,
                                1L,
                                new Resource("publicIps"),
                                2L,
                                Resource.storage("ssd"),
                                20 * GIB));
        assertThat(cluster.growOrShrink(new Desired.Lease(name, leased, new Epoch(1)), lease()))
                .isEqualTo(new Cluster.LeaseOutcome.Written());
        await().atMost(PATIENCE).until(() -> lease().statusHard().equals(leased));
        assertThat(cluster.mend(tenancy).outcome()).isEqualTo(new ApplyOutcome.Applied());
        admin.resource(
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("almighty")
                                .withNamespace(name.value())
                                .endMetadata()
                                .withNewRoleRef(
                                        "rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                                .addNewSubject("rbac.authorization.k8s.io", "User", "tenant", null)
                                .build())
                .create();
        // A policy that is new holds after a moment, and a lease is heard of after one.
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() -> staff.resource(pod("ready")).dryRun().create()).isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() ->
                                        almighty.resource(onNode(pod("probe"), "node-1"))
                                                .dryRun()
                                                .create())
                                .isPresent());
    }

    private static KubernetesClient client(String kubeconfig, String user, String group) {
        var config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig));
        if (!user.isEmpty()) {
            config.withImpersonateUsername(user).withImpersonateGroups(group);
        }
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    /** Somebody of the cluster's own, whom only our guards keep from anything. */
    KubernetesClient as(String user) throws IOException {
        return client(Files.readString(TestCluster.shared().kubeconfig()), user, "system:masters");
    }

    ObservedLease lease() {
        return switch (cluster.lease(name)) {
            case Reading.Read<Optional<ObservedLease>>(var found) -> found.orElseThrow();
            case Reading.Unreachable<Optional<ObservedLease>>(var why) ->
                    throw new AssertionError(why);
        };
    }

    /** A pod that nothing is wrong with. */
    Pod pod(String pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(pod)
                .withNamespace(name.value())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(REGISTRY + "web:1")
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod onNode(Pod pod, String node) {
        return new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build();
    }

    /** As a DaemonSet's controller says where one of its pods is to be: by a field of the node. */
    static Pod requiringNode(Pod pod, String node) {
        return new PodBuilder(pod)
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addToMatchFields(new NodeSelectorRequirement("metadata.name", "In", List.of(node)))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    /** Whoever asks is refused it, by one of our guards that says so. */
    void assertRefused(Runnable deed, String by) {
        assertThatThrownBy(deed::run)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("ValidatingAdmissionPolicy 'yuntai-")
                .hasMessageContaining(by);
    }

    /** By whichever of the tenants, and the same by a controller that does what one says. */
    void assertNobodyMakes(HasMetadata object, String by) {
        for (var who : List.of(staff, almighty, controller)) {
            assertRefused(() -> who.resource(object).create(), by);
        }
    }

    static Optional<String> refusal(Runnable deed) {
        try {
            deed.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(Answers.reason(e));
        }
    }

    /** Other tests share the cluster, where the policy of the program holds. */
    @Override
    public void close() {
        if (!policy.equals(NamespacePolicy.DEFAULT)) {
            GuardInstaller.repairs(admin, NamespacePolicy.DEFAULT)
                    .forEach(repair -> repair.work().run());
            var elsewhere =
                    new PodBuilder(pod("elsewhere"))
                            .editSpec()
                            .editFirstContainer()
                            .withImage("nginx")
                            .endContainer()
                            .endSpec()
                            .build();
            await().atMost(PATIENCE)
                    .until(() ->
                            refusal(() -> staff.resource(elsewhere).dryRun().create()).isEmpty());
        }
        var _ = cluster.deleteNamespace(name);
        staff.close();
        almighty.close();
        controller.close();
        admin.close();
        cluster.close();
    }
}

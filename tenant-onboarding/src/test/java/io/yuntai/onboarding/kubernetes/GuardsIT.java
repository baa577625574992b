package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each guard on a real API server, against a tenant who may do everything in his namespace. */
class GuardsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final long GIB = 1L << 30;
    private static final Amounts LEASED =
            Amounts.of(
                    Map.of(
                            Resource.CPU,
                            4000L,
                            Resource.MEMORY,
                            8 * GIB,
                            Resource.HOSTS,
                            1L,
                            Resource.storage("ssd"),
                            20 * GIB));

    private static Fabric8Cluster cluster;
    private static KubernetesClient admin;
    private static KubernetesClient tenant;

    private final NamespaceName namespace =
            new NamespaceName("guards-" + UUID.randomUUID().toString().substring(0, 13));

    @BeforeAll
    static void connect() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        cluster = Fabric8Cluster.connect(new ClusterName("real"), kubeconfig);
        var config = Config.fromKubeconfig(kubeconfig);
        admin = new KubernetesClientBuilder().withConfig(config).build();
        tenant =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder(config).withImpersonateUsername("tenant").build())
                        .build();
    }

    @AfterAll
    static void disconnect() {
        if (tenant != null) {
            tenant.close();
            admin.close();
            cluster.close();
        }
    }

    /** May do everything, which is more than any tenant of ours ever may. */
    @BeforeEach
    void aTenantWhoMayDoEverythingInANamespaceOfOurs() {
        assertThat(cluster.guard()).isEqualTo(new ApplyOutcome.Applied());
        assertThat(cluster.apply(systemNamespace())).isEqualTo(new ApplyOutcome.Applied());
        admin.resource(
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("tenant")
                                .withNamespace(namespace.value())
                                .endMetadata()
                                .withNewRoleRef(
                                        "rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                                .addNewSubject("rbac.authorization.k8s.io", "User", "tenant", null)
                                .build())
                .create();
        await().atMost(PATIENCE).until(() -> refusal(() -> create(quota("probe"))).isPresent());
        await().atMost(PATIENCE).until(() -> refusal(() -> create(pod("probe"))).isPresent());
    }

    @AfterEach
    void end() {
        var _ = cluster.deleteNamespace(namespace);
    }

    @Test
    void aTenantCannotMakeChangeOrDeleteTheQuota() {
        assertRefused(() -> create(quota(Labels.LEASE_NAME)), "only Yuntai");
        lease();
        var ours = tenant.resourceQuotas().inNamespace(namespace.value()).withName("yuntai");
        assertRefused(() -> ours.edit(q -> raised(q)), "only Yuntai");
        assertRefused(
                () ->
                        ours.edit(q ->
                                new ResourceQuotaBuilder(q)
                                        .editMetadata()
                                        .addToAnnotations(Labels.EPOCH, "99")
                                        .endMetadata()
                                        .build()),
                "only Yuntai");
        assertRefused(ours::delete, "only Yuntai");
        assertRefused(
                () -> tenant.resourceQuotas().inNamespace(namespace.value()).delete(),
                "only Yuntai");
        assertThat(lease(namespace).specHard()).isEqualTo(LEASED);
        assertThat(lease(namespace).epoch()).isEqualTo(new Epoch(1));
    }

    @Test
    void aTenantCannotMakeOrChangeDefaults() {
        var defaults =
                new LimitRangeBuilder()
                        .withNewMetadata()
                        .withName("mine")
                        .withNamespace(namespace.value())
                        .endMetadata()
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .addToDefaultRequest("cpu", new Quantity("0"))
                        .endLimit()
                        .endSpec()
                        .build();
        assertRefused(() -> tenant.resource(defaults).create(), "only Yuntai");
        var ours = tenant.limitRanges().inNamespace(namespace.value()).withName("yuntai");
        assertRefused(ours::delete, "only Yuntai");
    }

    @Test
    void aSecondQuotaIsRefusedWhoeverMakesIt() {
        lease();
        assertRefused(() -> create(quota("second")), "this namespace");
        assertRefused(() -> admin.resource(quota("second")).create(), "one quota");
    }

    @Test
    void withoutALeaseNothingThatOneLimitsIsAdmitted() {
        assertRefused(() -> create(pod("pod")), Labels.LEASE_GUARD);
        assertRefused(() -> create(claim()), Labels.LEASE_GUARD);
        assertRefused(() -> create(service()), Labels.LEASE_GUARD);
        assertThat(cluster.apply(host())).isInstanceOf(ApplyOutcome.Unknown.class);
        lease();
        create(pod("pod"));
        create(service());
        assertThat(cluster.apply(host())).isEqualTo(new ApplyOutcome.Applied());
    }

    /** The API server hears of a deletion by its own watch: in practice within milliseconds. */
    @Test
    void whenTheLeaseIsDeletedNothingMoreIsAdmittedAfterAMoment() {
        lease();
        create(pod("before"));
        admin.resourceQuotas().inNamespace(namespace.value()).withName("yuntai").delete();
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> refusal(() -> create(pod(any()))).isPresent());
        for (int i = 0; i < 20; i++) {
            assertRefused(() -> create(pod(any())), Labels.LEASE_GUARD);
        }
    }

    @Test
    void aTenantCannotTakeHisNamespaceOutOfOurs() {
        admin.resource(clusterAdmin()).createOr(e -> e.update());
        assertRefused(
                () ->
                        tenant.namespaces()
                                .withName(namespace.value())
                                .edit(GuardsIT::withoutOurLabel),
                "only Yuntai");
        // What else stands there is his matter.
        tenant.namespaces()
                .withName(namespace.value())
                .edit(n ->
                        new NamespaceBuilder(n)
                                .editMetadata()
                                .addToLabels("team", "web")
                                .endMetadata()
                                .build());
    }

    @Test
    void theClusterItselfGoesOnWorking() {
        lease();
        create(pod("one"));
        await().atMost(PATIENCE)
                .until(() -> lease(namespace).statusUsed().get(Resource.CPU) == 100);
        tenant.pods().inNamespace(namespace.value()).withName("one").withGracePeriod(0).delete();
        await().atMost(PATIENCE).until(() -> lease(namespace).statusUsed().isZero());
        assertThat(cluster.deleteNamespace(namespace)).isEqualTo(new ApplyOutcome.Applied());
        await().atMost(PATIENCE)
                .until(() -> admin.namespaces().withName(namespace.value()).get() == null);
    }

    @Test
    void otherNamespacesAreLeftAlone() {
        var theirs = namespace.value() + "-x";
        admin.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(theirs)
                                .endMetadata()
                                .build())
                .create();
        var quota = quota("mine");
        quota.getMetadata().setNamespace(theirs);
        assertThat(admin.resource(quota).create()).isNotNull();
        var pod = pod("pod");
        pod.getMetadata().setNamespace(theirs);
        assertThat(admin.resource(pod).create()).isNotNull();
        admin.namespaces().withName(theirs).delete();
    }

    @Test
    void aGuardThatWasTakenOffOrWeakenedIsPutRight() {
        var policies = admin.admissionRegistration().v1().validatingAdmissionPolicies();
        var bindings = admin.admissionRegistration().v1().validatingAdmissionPolicyBindings();
        policies.withName("yuntai-writes")
                .edit(p ->
                        new ValidatingAdmissionPolicyBuilder(p)
                                .editSpec()
                                .withMatchConditions(new MatchCondition("false", "never"))
                                .endSpec()
                                .build());
        bindings.withName("yuntai-one-quota").delete();
        var told = new ArrayList<GuardDifference>();
        assertThat(
                        cluster.guard(found -> {
                            // Before anything is put right.
                            assertThat(bindings.withName("yuntai-one-quota").get()).isNull();
                            told.addAll(found);
                        }))
                .isEqualTo(new ApplyOutcome.Applied());
        assertThat(told)
                .hasSize(2)
                .anySatisfy(one -> {
                    assertThat(one.name()).isEqualTo("yuntai-writes");
                    assertThat(one.field()).isEqualTo("/spec/matchConditions");
                    assertThat(one.before()).contains("never");
                })
                .contains(
                        new GuardDifference(
                                "ValidatingAdmissionPolicyBinding",
                                "yuntai-one-quota",
                                "",
                                Difference.NOTHING,
                                "yuntai-one-quota"));
        assertThat(cluster.guard(_ -> told.clear())).isEqualTo(new ApplyOutcome.Applied());
        assertThat(told).as("nothing is wrong any more").hasSize(2);
        assertThat(policies.withName("yuntai-writes").get().getSpec().getMatchConditions())
                .isEmpty();
        assertThat(bindings.withName("yuntai-one-quota").get()).isNotNull();
    }

    @Test
    void noneOfItIsAWebhook() {
        var api = admin.admissionRegistration().v1();
        assertThat(api.validatingWebhookConfigurations().list().getItems()).isEmpty();
        assertThat(api.mutatingWebhookConfigurations().list().getItems()).isEmpty();
    }

    /** The sum of all classes has room for it, so the quota alone would let it through. */
    @Test
    void storageOfAClassThatWasNotGrantedIsRefusedWhoeverClaimsIt() {
        lease();
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() -> tenant.resource(claim("probe", "hdd")).dryRun().create())
                                .isPresent());
        assertRefused(() -> create(claim("cold", "hdd")), "no storage of this class");
        assertRefused(
                () -> admin.resource(claim("cold", "hdd")).create(), "no storage of this class");
        create(claim("hot", "ssd"));
        var hot = admin.persistentVolumeClaims().inNamespace(namespace.value()).withName("hot");
        assertThat(lease(namespace).specHard().get(Resource.storage("hdd"))).isZero();
        // It was granted once and is no longer: what is there can take another label, and go.
        lease(LEASED.with(Resource.storage("ssd"), 0).with(Resource.storage("hdd"), 20 * GIB), 2);
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() -> tenant.resource(claim("probe", "hdd")).dryRun().create())
                                .isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() -> tenant.resource(claim("probe", "ssd")).dryRun().create())
                                .isPresent());
        hot.edit(found ->
                new PersistentVolumeClaimBuilder(found)
                        .editMetadata()
                        .addToLabels("team", "web")
                        .endMetadata()
                        .build());
        hot.delete();
    }

    private void lease() {
        assertThat(cluster.apply(new Desired.EmptyLease(namespace)))
                .isEqualTo(new ApplyOutcome.Applied());
        lease(LEASED, 1);
        await().atMost(PATIENCE)
                .until(() ->
                        refusal(() -> tenant.resource(pod("ready")).dryRun().create()).isEmpty());
    }

    private void lease(Amounts hard, long epoch) {
        var desired = new Desired.Lease(namespace, hard, new Epoch(epoch));
        assertThat(cluster.growOrShrink(desired, lease(namespace)))
                .isEqualTo(new Cluster.LeaseOutcome.Written());
        await().atMost(PATIENCE).until(() -> lease(namespace).statusHard().equals(hard));
    }

    private static io.yuntai.quota.ObservedLease lease(NamespaceName namespace) {
        return switch (cluster.lease(namespace)) {
            case Cluster.Reading.Read<Optional<io.yuntai.quota.ObservedLease>>(var found) ->
                    found.orElseThrow();
            case Cluster.Reading.Unreachable<Optional<io.yuntai.quota.ObservedLease>>(var why) ->
                    throw new AssertionError(why);
        };
    }

    private static void assertRefused(Runnable deed, String by) {
        assertThatThrownBy(deed::run)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("ValidatingAdmissionPolicy 'yuntai-")
                .hasMessageContaining(by);
    }

    private static Optional<String> refusal(Runnable deed) {
        try {
            deed.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(Answers.reason(e));
        }
    }

    private static void create(io.fabric8.kubernetes.api.model.HasMetadata object) {
        var _ = tenant.resource(object).create();
    }

    private Desired.SystemNamespace systemNamespace() {
        return new Desired.SystemNamespace(
                namespace, new UnitId(UUID.randomUUID()), new SystemId(UUID.randomUUID()), POOL);
    }

    private Desired.Host host() {
        return new Desired.Host(
                namespace, "web-1", new HostId(UUID.randomUUID()), 2, GIB, 10 * GIB, "ssd", POOL);
    }

    private ResourceQuota quota(String name) {
        return new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.value())
                .endMetadata()
                .withNewSpec()
                .addToHard("requests.cpu", new Quantity("100"))
                .endSpec()
                .build();
    }

    private static ResourceQuota raised(ResourceQuota quota) {
        return new ResourceQuotaBuilder(quota)
                .editSpec()
                .addToHard("requests.cpu", new Quantity("100"))
                .endSpec()
                .build();
    }

    private Pod pod(String name) {
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
                .addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity("1Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private io.fabric8.kubernetes.api.model.PersistentVolumeClaim claim() {
        return claim("disk", "ssd");
    }

    private io.fabric8.kubernetes.api.model.PersistentVolumeClaim claim(
            String name, String storageClass) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.value())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass)
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build();
    }

    private io.fabric8.kubernetes.api.model.Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(namespace.value())
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding clusterAdmin() {
        return new io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("guards-tenant")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("rbac.authorization.k8s.io", "User", "tenant", null)
                .build();
    }

    private static Namespace withoutOurLabel(Namespace found) {
        return new NamespaceBuilder(found)
                .editMetadata()
                .removeFromLabels(Labels.MANAGED)
                .endMetadata()
                .build();
    }

    private static String any() {
        return "p" + UUID.randomUUID().toString().substring(0, 13);
    }
}

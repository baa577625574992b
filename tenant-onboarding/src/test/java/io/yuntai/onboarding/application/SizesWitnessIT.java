package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.InstalledKubeVirt;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * As {@link WitnessIT}, where KubeVirt requests whole processors: there a host is referred to its
 * size as the cluster has it. One of them has graphics processors.
 */
class SizesWitnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Resource A10 = Gpus.resource("a10");

    private static KubernetesClient admin;
    private static Onboarding onboarding;
    private static ApiClient witness;

    @BeforeAll
    static void aDeliveredOrderOfThreeSetups() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        witness =
                ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig)))
                        .build();
        admin = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        InstalledKubeVirt.with(admin, 1);
        String code = "z" + UUID.randomUUID().toString().substring(0, 12);
        onboarding =
                Onboarding.of(code, Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        promiseGpus();
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(
                                new Item.Hosts(1, 2, 4, 40, "ssd", sized(code, "plain", 0)),
                                new Item.Hosts(1, 2, 4, 40, "ssd", sized(code, "gpu", 2)),
                                new Item.Hosts(1, 2, 4, 40, "ssd", gpus(Optional.empty(), 1))));
        onboarding.approved(onboarding.submitted(onboarding.person("applicant"), order));
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .until(() ->
                        jdbc().sql("select state from application")
                                .query(String.class)
                                .single()
                                .equals("DELIVERED"));
    }

    @AfterAll
    static void stop() throws ApiException {
        if (onboarding != null) {
            onboarding.get(ReconcileQueue.class).stop();
            var _ = new CoreV1Api(witness).deleteNamespace(namespace()).execute();
            onboarding.close();
        }
        if (admin != null) {
            InstalledKubeVirt.remove(admin);
            admin.close();
        }
    }

    /** No register has a column for them. */
    private static void promiseGpus() {
        var bureau = onboarding.person("promises");
        for (String kind : List.of("POOL", "UNIT")) {
            var node =
                    new NodeId(
                            jdbc().sql("select id from quota_node where kind = ?")
                                    .param(kind)
                                    .query(UUID.class)
                                    .single());
            var before = onboarding.get(QuotaNodes.class).get(bureau, node);
            assertThat(
                            onboarding
                                    .get(QuotaLimits.class)
                                    .set(
                                            bureau,
                                            new TransferId(UuidCreator.getTimeOrderedEpoch()),
                                            node,
                                            before.limitsVersion(),
                                            Map.of(A10, Limit.fixed(4))))
                    .isInstanceOf(QuotaLimits.Outcome.Changed.class);
        }
    }

    /** Of a size of the catalogue, whose name no other run has on this cluster. */
    private static HostSetup sized(String code, String name, int gpus) {
        var size =
                onboarding
                        .get(HostCatalogue.class)
                        .save(
                                onboarding.person("catalogue-" + name),
                                new HostSize(
                                        new CatalogueRef(code + "-" + name, 1),
                                        name,
                                        2,
                                        4,
                                        gpus == 0
                                                ? Optional.empty()
                                                : Optional.of(new Gpus("a10", gpus)),
                                        Optional.empty(),
                                        false));
        return gpus(Optional.of(size.ref()), gpus);
    }

    private static HostSetup gpus(Optional<CatalogueRef> size, int count) {
        return new HostSetup(
                size,
                Optional.empty(),
                count == 0 ? Optional.empty() : Optional.of(new Gpus("a10", count)),
                HostSetup.FirstLogin.NONE);
    }

    @Test
    void aHostOfASizeIsReferredToItAndTheSizeReadsAsTheCatalogueHasIt() throws ApiException {
        var rows =
                jdbc().sql(
                                """
                                select h.name, h.gpus, h.size, h.size_version, s.vcpu, s.memory_gib
                                from host h
                                join host_size s on s.code = h.size and s.version = h.size_version
                                """)
                        .query()
                        .listOfRows();
        assertThat(rows).hasSize(2);
        for (var row : rows) {
            var machine = machine(row);
            String name = "yuntai-" + row.get("size") + "-v" + row.get("size_version");
            assertThat(at(machine, "spec", "instancetype", "kind"))
                    .isEqualTo("VirtualMachineClusterInstancetype");
            assertThat(at(machine, "spec", "instancetype", "name")).isEqualTo(name);
            var domain = at(machine, "spec", "template", "spec", "domain");
            assertThat(at(domain, "cpu")).isNull();
            assertThat(at(domain, "memory")).isNull();
            assertThat(at(domain, "resources")).isEqualTo(Map.of("overcommitGuestOverhead", true));
            assertThat(at(domain, "devices", "gpus")).as("are the size's").isNull();
            var size =
                    new CustomObjectsApi(witness)
                            .getClusterCustomObject(
                                    "instancetype.kubevirt.io",
                                    "v1beta1",
                                    "virtualmachineclusterinstancetypes",
                                    name)
                            .execute();
            assertThat(at(size, "metadata", "labels", "yuntai.io/managed")).isEqualTo("true");
            assertThat(((Number) at(size, "spec", "cpu", "guest")).intValue())
                    .isEqualTo(row.get("vcpu"));
            var memory = new Quantity(String.valueOf(at(size, "spec", "memory", "guest")));
            assertThat(memory.getNumber().longValueExact())
                    .isEqualTo(((Number) row.get("memory_gib")).longValue() << 30);
            int gpus = ((Number) row.get("gpus")).intValue();
            assertThat(at(size, "spec", "gpus")).isEqualTo(gpus == 0 ? null : devices(gpus));
        }
    }

    @Test
    void aHostWithAGraphicsProcessorNamesItsDevice() throws ApiException {
        var row = jdbc().sql("select * from host where size is null").query().singleRow();
        assertThat(row.get("gpu_model")).isEqualTo("a10");
        var machine = machine(row);
        assertThat(at(machine, "spec", "instancetype")).isNull();
        var domain = at(machine, "spec", "template", "spec", "domain");
        assertThat(((Number) at(domain, "cpu", "cores")).intValue()).isEqualTo(row.get("vcpu"));
        assertThat(at(domain, "devices", "gpus"))
                .isEqualTo(devices(((Number) row.get("gpus")).intValue()));
    }

    @Test
    void theLeaseHasTheGraphicsProcessorsOfAll() throws ApiException {
        var quota =
                new CoreV1Api(witness)
                        .listNamespacedResourceQuota(namespace())
                        .execute()
                        .getItems()
                        .getFirst();
        long leased =
                jdbc().sql("select granted from lease_amount where resource = ?")
                        .param(A10.code())
                        .query(Long.class)
                        .single();
        assertThat(leased)
                .isEqualTo(jdbc().sql("select sum(gpus) from host").query(Long.class).single())
                .isEqualTo(3);
        assertThat(
                        quota.getSpec()
                                .getHard()
                                .get("requests.nvidia.com/GA102GL_A10")
                                .getNumber()
                                .longValueExact())
                .isEqualTo(leased);
        assertThat(quota.getStatus().getHard()).isEqualTo(quota.getSpec().getHard());
    }

    private static List<Object> devices(int count) {
        var devices = new ArrayList<Object>();
        for (int n = 0; n < count; n++) {
            devices.add(Map.of("name", "gpu" + n, "deviceName", "nvidia.com/GA102GL_A10"));
        }
        return devices;
    }

    private static Object machine(Map<String, Object> row) throws ApiException {
        return new CustomObjectsApi(witness)
                .getNamespacedCustomObject(
                        "kubevirt.io",
                        "v1",
                        namespace(),
                        "virtualmachines",
                        String.valueOf(row.get("name")))
                .execute();
    }

    private static Object at(Object tree, String... path) {
        Object found = tree;
        for (var key : path) {
            found = found == null ? null : ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private static String namespace() {
        return jdbc().sql("select namespace from lease").query(String.class).single();
    }

    private static JdbcClient jdbc() {
        return onboarding.jdbc();
    }
}

package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was written, read back by the official client, which shares no code with ours, and compared
 * field by field with the rows of the database, which are read by no code of ours either.
 */
class WitnessIT {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl witness";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Onboarding onboarding;
    private static ApiClient witness;

    @BeforeAll
    static void aDeliveredOrderOfHostsAndRoom() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        witness =
                ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig)))
                        .build();
        onboarding =
                Onboarding.of(
                        "w" + UUID.randomUUID().toString().substring(0, 12),
                        List.of(
                                "yuntai.hosts.networks[extranet]=net/vlan12",
                                "yuntai.hosts.direct-growth=PLATFORM"),
                        Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(
                                new Item.Hosts(2, 2, 4, 40, "ssd"),
                                new Item.Hosts(1, 2, 4, 50, "ssd", everything()),
                                new Item.Namespace(3, 5, 20, "ssd")));
        var submitted = onboarding.submitted(onboarding.person("applicant"), order);
        onboarding.approved(submitted);
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .until(() ->
                        jdbc().sql("select state from application")
                                .query(String.class)
                                .single()
                                .equals("DELIVERED"));
        await().atMost(PATIENCE).until(() -> bindings().size() == 2);
    }

    /** A size and an image of the catalogue, and more user data than a machine itself holds. */
    private static HostSetup everything() {
        var bureau = onboarding.person("catalogue");
        var catalogue = onboarding.get(HostCatalogue.class);
        var size =
                catalogue.save(
                        bureau,
                        new HostSize(
                                new CatalogueRef("g2", 1),
                                "通用 2C4G",
                                2,
                                4,
                                Optional.empty(),
                                Optional.empty(),
                                false));
        var image =
                catalogue.save(
                        bureau,
                        new HostImage(
                                new CatalogueRef("openeuler", 1),
                                "openEuler",
                                "openEuler 24.03",
                                HostImage.Family.LINUX,
                                HostImage.Source.CONTAINER_DISK,
                                "registry.example.cn/os/openeuler:24.03",
                                20,
                                false));
        return new HostSetup(
                Optional.of(size.ref()),
                Optional.of(image.ref()),
                Optional.empty(),
                new HostSetup.FirstLogin(
                        "#cloud-config\nwrite_files: [" + "a".repeat(3000) + "]\n", List.of(KEY)));
    }

    @AfterAll
    static void stop() throws ApiException {
        if (onboarding != null) {
            onboarding.get(ReconcileQueue.class).stop();
            var _ = new CoreV1Api(witness).deleteNamespace(namespace()).execute();
            onboarding.close();
        }
    }

    @Test
    void theNamespaceSaysWhoseItIs() throws ApiException {
        var row =
                jdbc().sql(
                                """
                                select l.system::text, o.unit::text, l.pool, p.zone, p.processor
                                from lease l join pool p on p.id = l.pool
                                join system_owner o on o.system = l.system and upper_inf(o.during)
                                """)
                        .query()
                        .singleRow();
        var metadata = new CoreV1Api(witness).readNamespace(namespace()).execute().getMetadata();
        assertThat(metadata.getLabels())
                .containsOnly(
                        Map.entry("kubernetes.io/metadata.name", namespace()),
                        Map.entry("yuntai.io/managed", "true"),
                        Map.entry("yuntai.io/system", text(row, "system")),
                        Map.entry("yuntai.io/unit", text(row, "unit")),
                        Map.entry("yuntai.io/pool", text(row, "pool")),
                        Map.entry("yuntai.io/zone", text(row, "zone")),
                        Map.entry("yuntai.io/processor", text(row, "processor")),
                        Map.entry("yuntai.io/lease", "enforced"),
                        Map.entry("pod-security.kubernetes.io/enforce", "baseline"));
    }

    @Test
    void theQuotaIsTheLease() throws ApiException {
        var granted = new HashMap<String, Long>();
        jdbc().sql("select resource, granted from lease_amount")
                .query(row -> {
                    granted.put(row.getString(1), row.getLong(2));
                });
        var quotas = new CoreV1Api(witness).listNamespacedResourceQuota(namespace()).execute();
        assertThat(quotas.getItems()).hasSize(1);
        var quota = quotas.getItems().getFirst();
        assertThat(quota.getMetadata().getName()).isEqualTo("yuntai");
        assertThat(quota.getMetadata().getAnnotations())
                .containsEntry(
                        "yuntai.io/epoch",
                        jdbc().sql("select epoch::text from lease").query(String.class).single());
        var hard = quota.getSpec().getHard();
        assertThat(thousandths(hard.get("requests.cpu"))).isEqualTo(granted.get("cpuMillis"));
        assertThat(units(hard.get("requests.memory"))).isEqualTo(granted.get("memoryBytes"));
        assertThat(units(hard.get("ssd.storageclass.storage.k8s.io/requests.storage")))
                .isEqualTo(granted.get("storageBytes/ssd"));
        assertThat(units(hard.get("requests.storage"))).isEqualTo(granted.get("storageBytes/ssd"));
        assertThat(units(hard.get("count/virtualmachines.kubevirt.io")))
                .isEqualTo(granted.get("hosts"));
        assertThat(units(hard.get("services.loadbalancers"))).isZero();
        assertThat(quota.getStatus().getHard()).isEqualTo(hard);
    }

    @Test
    void theDefaultsAreThePolicys() throws ApiException {
        var ranges = new CoreV1Api(witness).listNamespacedLimitRange(namespace()).execute();
        assertThat(ranges.getItems()).hasSize(1);
        var limits = ranges.getItems().getFirst().getSpec().getLimits();
        assertThat(limits).hasSize(1);
        assertThat(limits.getFirst().getType()).isEqualTo("Container");
        assertThat(limits.getFirst().getDefaultRequest())
                .isEqualTo(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi")));
        assertThat(limits.getFirst().getDefault()).isNullOrEmpty();
        assertThat(limits.getFirst().getMax()).isNullOrEmpty();
    }

    @Test
    void theNetworkIsClosed() throws ApiException {
        var policies =
                new NetworkingV1Api(witness).listNamespacedNetworkPolicy(namespace()).execute();
        assertThat(policies.getItems()).hasSize(1);
        var spec = policies.getItems().getFirst().getSpec();
        assertThat(spec.getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(spec.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        String system = jdbc().sql("select system::text from lease").query(String.class).single();
        var sameSystem =
                Map.of(
                        "yuntai.io/managed",
                        "true",
                        "yuntai.io/system",
                        system,
                        "yuntai.io/zone",
                        "extranet");
        assertThat(spec.getIngress()).hasSize(1);
        assertThat(spec.getIngress().getFirst().getFrom()).hasSize(1);
        assertThat(
                        spec.getIngress()
                                .getFirst()
                                .getFrom()
                                .getFirst()
                                .getNamespaceSelector()
                                .getMatchLabels())
                .isEqualTo(sameSystem);
        assertThat(spec.getEgress()).hasSize(2);
        assertThat(
                        spec.getEgress()
                                .getFirst()
                                .getTo()
                                .getFirst()
                                .getNamespaceSelector()
                                .getMatchLabels())
                .isEqualTo(sameSystem);
        assertThat(spec.getEgress().getLast().getPorts())
                .extracting(port -> port.getProtocol() + port.getPort())
                .containsExactly("UDP" + new IntOrString(53), "TCP" + new IntOrString(53));
    }

    @Test
    void peopleAreThoseOfTheUnitAndTheSystem() throws ApiException {
        String uscc = jdbc().sql("select uscc from unit").query(String.class).single();
        String code = onboarding.code();
        assertThat(bindings())
                .isEqualTo(
                        Map.of(
                                "edit",
                                List.of(
                                        "yuntai:system:" + code + ":operator",
                                        "yuntai:unit:" + uscc + ":staff"),
                                "view",
                                List.of(
                                        "yuntai:system:" + code + ":viewer",
                                        "yuntai:unit:" + uscc + ":owner")));
    }

    @Test
    void eachHostIsAMachineOfItsSize() throws ApiException {
        var hosts =
                jdbc().sql("select name, id::text, vcpu, memory_bytes, disk_bytes from host")
                        .query()
                        .listOfRows();
        assertThat(hosts).hasSize(3);
        for (var host : hosts) {
            var machine =
                    new CustomObjectsApi(witness)
                            .getNamespacedCustomObject(
                                    "kubevirt.io",
                                    "v1",
                                    namespace(),
                                    "virtualmachines",
                                    text(host, "name"))
                            .execute();
            assertThat(at(machine, "metadata", "labels", "yuntai.io/host"))
                    .isEqualTo(text(host, "id"));
            var domain = at(machine, "spec", "template", "spec", "domain");
            assertThat(((Number) at(domain, "cpu", "cores")).longValue())
                    .isEqualTo(((Number) host.get("vcpu")).longValue());
            assertThat(units(new Quantity(String.valueOf(at(domain, "memory", "guest")))))
                    .isEqualTo(host.get("memory_bytes"));
            assertThat(at(machine, "spec", "template", "spec", "nodeSelector"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("yuntai.io/processor", "ordinary");
        }
        long disks = 0;
        for (var claim :
                new CoreV1Api(witness)
                        .listNamespacedPersistentVolumeClaim(namespace())
                        .execute()
                        .getItems()) {
            assertThat(claim.getSpec().getStorageClassName()).isEqualTo("ssd");
            disks += units(claim.getSpec().getResources().getRequests().get("storage"));
        }
        assertThat(disks)
                .isEqualTo(
                        hosts.stream()
                                        .mapToLong(host ->
                                                ((Number) host.get("disk_bytes")).longValue())
                                        .sum()
                                + jdbc().sql("select coalesce(sum(bytes), 0) from host_disk")
                                        .query(Long.class)
                                        .single());
    }

    @Test
    void aHostWithEverythingReadsAsItsRowsAfterEachCommand() throws ApiException {
        assertIsItsRows("Running");
        ask(new HostCommand.Stop());
        assertIsItsRows("Stopped");
        ask(new HostCommand.Resize(3, 6L << 30));
        assertIsItsRows("Stopped");
        ask(new HostCommand.AddDisk(30L << 30, "ssd"));
        assertIsItsRows("Stopped");
        ask(new HostCommand.Start());
        assertIsItsRows("Running");
    }

    private static void ask(HostCommand command) {
        await().atMost(PATIENCE).until(() -> !text(everythingsRow(), "life").equals("CHANGING"));
        var row = everythingsRow();
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                onboarding.person("asks-" + UUID.randomUUID()),
                                new HostId((UUID) row.get("id")),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                ((Number) row.get("version")).intValue(),
                                command);
    }

    private static Map<String, Object> everythingsRow() {
        return jdbc().sql("select * from host where image is not null").query().singleRow();
    }

    /** When the cluster has come to it: each field, and that there is a Secret with the keys. */
    private static void assertIsItsRows(String status) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertIs(status));
    }

    private static void assertIs(String status) throws ApiException {
        var row = everythingsRow();
        String name = text(row, "name");
        var machine =
                new CustomObjectsApi(witness)
                        .getNamespacedCustomObject(
                                "kubevirt.io", "v1", namespace(), "virtualmachines", name)
                        .execute();
        assertThat(at(machine, "status", "printableStatus")).isEqualTo(status);
        assertThat(at(machine, "spec", "runStrategy"))
                .isEqualTo(Boolean.TRUE.equals(row.get("running")) ? "Always" : "Halted");
        var spec = at(machine, "spec", "template", "spec");
        long vcpu = ((Number) row.get("vcpu")).longValue();
        long memory = ((Number) row.get("memory_bytes")).longValue();
        // No KubeVirt here says that it requests whole processors: the size is written out.
        assertThat(at(machine, "spec", "instancetype")).isNull();
        assertThat(((Number) at(spec, "domain", "cpu", "cores")).longValue()).isEqualTo(vcpu);
        assertThat(units(new Quantity(String.valueOf(at(spec, "domain", "memory", "guest")))))
                .isEqualTo(memory);
        long launcher = ((256 + 8 * vcpu) << 20) + memory / 512;
        var requests = at(spec, "domain", "resources", "requests");
        assertThat(thousandths(new Quantity(String.valueOf(at(requests, "cpu")))))
                .isEqualTo(vcpu * 1000 - 1);
        assertThat(units(new Quantity(String.valueOf(at(requests, "memory")))))
                .isEqualTo(memory + launcher - 1_000_000);
        assertThat(at(spec, "networks"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "name",
                                        "default",
                                        "multus",
                                        Map.of("networkName", "net/vlan12"))));
        var disks =
                jdbc().sql(
                                "select position, bytes, storage_class from host_disk where host = ? order by position")
                        .param(row.get("id"))
                        .query()
                        .listOfRows();
        var volumes = new ArrayList<Object>();
        volumes.add(
                Map.of(
                        "name",
                        "system",
                        "containerDisk",
                        Map.of(
                                "image",
                                jdbc().sql("select location from host_image where code = ?")
                                        .param(row.get("image"))
                                        .query(String.class)
                                        .single())));
        volumes.add(Map.of("name", "data", "persistentVolumeClaim", Map.of("claimName", name)));
        for (var disk : disks) {
            String claim = name + "-data" + disk.get("position");
            volumes.add(
                    Map.of(
                            "name",
                            "data" + disk.get("position"),
                            "persistentVolumeClaim",
                            Map.of("claimName", claim)));
            var found =
                    new CoreV1Api(witness)
                            .readNamespacedPersistentVolumeClaim(claim, namespace())
                            .execute();
            assertThat(found.getSpec().getStorageClassName()).isEqualTo(disk.get("storage_class"));
            assertThat(units(found.getSpec().getResources().getRequests().get("storage")))
                    .isEqualTo(disk.get("bytes"));
        }
        volumes.add(
                Map.of(
                        "name",
                        "cloudinit",
                        "cloudInitNoCloud",
                        Map.of("secretRef", Map.of("name", name + "-cloudinit"))));
        assertThat(at(spec, "volumes")).isEqualTo(volumes);
        var secret =
                new CoreV1Api(witness)
                        .readNamespacedSecret(name + "-cloudinit", namespace())
                        .execute();
        var userData = new String(secret.getData().get("userdata"), StandardCharsets.UTF_8);
        assertThat(userData.replaceAll("\\s+", " ")) // Long lines are folded.
                .startsWith("#cloud-config")
                .contains("hostname: " + name, KEY, "aaaa");
    }

    private static Map<String, List<String>> bindings() throws ApiException {
        var groups = new HashMap<String, List<String>>();
        for (var binding :
                new RbacAuthorizationV1Api(witness)
                        .listNamespacedRoleBinding(namespace())
                        .execute()
                        .getItems()) {
            assertThat(binding.getSubjects())
                    .allMatch(subject -> subject.getKind().equals("Group"));
            groups.put(
                    binding.getRoleRef().getName(),
                    binding.getSubjects().stream()
                            .map(subject -> subject.getName())
                            .sorted()
                            .toList());
        }
        return groups;
    }

    private static Object at(Object tree, String... path) {
        Object found = tree;
        for (var key : path) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private static long units(Quantity quantity) {
        return quantity.getNumber().longValueExact();
    }

    private static long thousandths(Quantity quantity) {
        return quantity.getNumber().movePointRight(3).longValueExact();
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static String namespace() {
        return jdbc().sql("select namespace from lease").query(String.class).single();
    }

    private static JdbcClient jdbc() {
        return onboarding.jdbc();
    }
}

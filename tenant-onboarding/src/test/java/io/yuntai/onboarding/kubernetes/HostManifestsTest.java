package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.region.PoolId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
    private static final PoolId POOL = PoolId.of("extranet-domestic");
    private static final Desired.Host HOST =
            new Desired.Host(
                    NAMESPACE,
                    "web-1",
                    HostId.of("01990000-0000-7000-8000-000000000003"),
                    4,
                    8L << 30,
                    20L << 30,
                    "ssd",
                    POOL);

    private static final ResourceNames GPUS =
            ResourceNames.with(
                    Map.of("gpus/a30", "requests.nvidia.com/A30, pods nvidia.com/A30, always"));

    @Test
    void aHostIsAMachineOnItsProcessorFamily() throws IOException {
        Golden.assertReads(machine(HOST), "virtualmachine.yaml");
    }

    @Test
    void aHostsDiskIsAClaimOfItsStorageClass() throws IOException {
        Golden.assertReads(
                HostManifests.disks(HOST, HostManifests.Features.NONE).getFirst(), "disk.yaml");
    }

    @Test
    void aHostWithEverythingReadsSo() throws IOException {
        Golden.assertReads(
                HostManifests.virtualMachine(
                        full(
                                "registry.city.gov.cn/os:1",
                                HostBuild.Source.REGISTRY,
                                "#cloud-config"),
                        new HostManifests.Features(true, false),
                        GPUS),
                "virtualmachine-full.yaml");
    }

    @Test
    void withoutCdiTheImageIsTheDiskAndTheHostSaysSo() {
        var host = full("registry.city.gov.cn/os:1", HostBuild.Source.REGISTRY, "");
        var machine = HostManifests.virtualMachine(host, HostManifests.Features.NONE, GPUS);
        assertThat(machine.getMetadata().getAnnotations().get(Labels.NOTICE)).contains("no CDI");
        assertThat(HostManifests.disks(host, HostManifests.Features.NONE)).hasSize(2);
        assertThat(machine.getAdditionalProperties().toString()).contains("containerDisk");
        assertThatThrownBy(() ->
                        HostManifests.virtualMachine(
                                full("https://x/os.qcow2", HostBuild.Source.HTTP, ""),
                                HostManifests.Features.NONE,
                                GPUS))
                .hasMessageContaining("no CDI");
    }

    @Test
    void longUserDataAreASecretAndShortOnesAreNot() {
        String longer = "#" + "a".repeat(HostManifests.MOST_INLINE);
        assertThat(HostManifests.secret(full("i", HostBuild.Source.REGISTRY, longer)))
                .hasValueSatisfying(secret ->
                        assertThat(secret.getData().get("userdata"))
                                .isEqualTo(
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        longer.getBytes(StandardCharsets.UTF_8))));
        assertThat(HostManifests.secret(full("i", HostBuild.Source.REGISTRY, "#"))).isEmpty();
    }

    @Test
    void aSizeOfTheClustersOwnTakesThePlaceOfProcessorsAndMemory() {
        var host = full("i", HostBuild.Source.REGISTRY, "");
        var machine =
                HostManifests.virtualMachine(host, new HostManifests.Features(true, true), GPUS);
        assertThat(machine.<String>get("spec", "instancetype", "name")).isEqualTo("yuntai-g1-v3");
        assertThat(machine.<Object>get("spec", "template", "spec", "domain", "cpu")).isNull();
        assertThat(HostManifests.instancetype(host, GPUS).<Integer>get("spec", "cpu", "guest"))
                .isEqualTo(4);
    }

    private static Desired.Host full(String image, HostBuild.Source source, String cloudInit) {
        return new Desired.Host(
                HOST.namespace(),
                HOST.name(),
                HOST.id(),
                HOST.vcpu(),
                HOST.memoryBytes(),
                HOST.diskBytes(),
                HOST.storageClass(),
                HOST.pool(),
                new HostBuild(
                        false,
                        List.of(new HostBuild.Disk(1, 30L << 30, "hdd")),
                        Optional.of("g1-v3"),
                        Optional.of(new HostBuild.Image(source, image)),
                        cloudInit,
                        Optional.of(new HostBuild.Gpu("a30", 1)),
                        Optional.of("net/vlan12")));
    }

    private static GenericKubernetesResource machine(Desired.Host host) {
        return HostManifests.virtualMachine(
                host, HostManifests.Features.NONE, ResourceNames.DEFAULT);
    }
}

package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostProperties;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"10, false", "1, false", "10, true"})
    void aLauncherRequestsExactlyWhatTheLeaseHasForIt(int ratio, boolean arm64) {
        var kubevirt = new KubeVirtLauncher(ratio, arm64);
        var image = full("registry.city.gov.cn/os:1", HostBuild.Source.REGISTRY, "#cloud-config");
        for (var features :
                List.of(
                        new HostManifests.Features(true, false),
                        new HostManifests.Features(false, false))) {
            for (var host : List.of(HOST, image)) {
                var requests =
                        kubevirt.requests(
                                HostManifests.virtualMachine(host, features, GPUS),
                                Optional.empty());
                assertThat(requests.cpuMillis()).isEqualTo(4000);
                assertThat(requests.memoryBytes()).isEqualTo((8L << 30) + launcher());
            }
        }
    }

    @Test
    void besideAnInstancetypeItIsTheGuestsSizeWhereKubeVirtRequestsWholeProcessors() {
        var host = full("registry.city.gov.cn/os:1", HostBuild.Source.REGISTRY, "");
        var machine =
                HostManifests.virtualMachine(host, new HostManifests.Features(true, true), GPUS);
        var type = Optional.of(HostManifests.instancetype(host, GPUS));
        assertThat(new KubeVirtLauncher(1, true).requests(machine, type))
                .isEqualTo(new KubeVirtLauncher.Requests(4000, 8L << 30));
        assertThat(new KubeVirtLauncher(10, false).requests(machine, type).cpuMillis())
                .as("why no instancetype is referred to elsewhere")
                .isEqualTo(400);
    }

    @Test
    void disksOfASharedStorageClassCanBeUsedByTwoNodesAndOthersByOne() {
        var shared = Map.of("ssd", HostProperties.SharedAs.BLOCK);
        var build =
                new HostBuild(
                        true,
                        List.of(new HostBuild.Disk(1, 1L << 30, "hdd")),
                        Optional.empty(),
                        Optional.of(
                                new HostBuild.Image(
                                        HostBuild.Source.REGISTRY, "registry.city.gov.cn/os:1")),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        shared,
                        Optional.empty());
        var host =
                new Desired.Host(
                        HOST.namespace(),
                        HOST.name(),
                        HOST.id(),
                        2,
                        4L << 30,
                        40L << 30,
                        "ssd",
                        HOST.pool(),
                        build);
        assertThat(HostManifests.disks(host, HostManifests.Features.NONE))
                .extracting(
                        claim -> claim.getSpec().getAccessModes(),
                        claim -> claim.getSpec().getVolumeMode())
                .containsExactly(
                        tuple(List.of("ReadWriteMany"), "Block"),
                        tuple(List.of("ReadWriteOnce"), null));
        var machine =
                HostManifests.virtualMachine(
                        host, new HostManifests.Features(true, false), ResourceNames.DEFAULT);
        assertThat(
                        machine.<Map<String, Object>>get(
                                "spec", "dataVolumeTemplates", 0, "spec", "storage"))
                .containsEntry("accessModes", List.of("ReadWriteMany"))
                .containsEntry("volumeMode", "Block");
        assertThat(host.digest()).as("it is to be made so").isNotEqualTo(HOST.digest());
        // What is there never changes so.
        var before = HostManifests.disks(HOST, HostManifests.Features.NONE).getFirst();
        var kept =
                HostComparison.keeping(
                        HostManifests.disks(host, HostManifests.Features.NONE).getFirst(), before);
        assertThat(kept.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(kept.getSpec().getVolumeMode()).isNull();
    }

    @Test
    void oneThatWasMadeBeforeStaysAsItIsUntilItIsToChange() {
        var before =
                HostManifests.virtualMachine(
                        HOST,
                        new HostManifests.Features(false, false, false),
                        ResourceNames.DEFAULT);
        var kept = HostComparison.features(HOST, before);
        assertThat(kept.asLeased()).isFalse();
        assertThat(
                        HostComparison.of(
                                HostManifests.virtualMachine(HOST, kept, ResourceNames.DEFAULT),
                                before))
                .isEmpty();
        var larger =
                new Desired.Host(
                        HOST.namespace(),
                        HOST.name(),
                        HOST.id(),
                        8,
                        HOST.memoryBytes(),
                        HOST.diskBytes(),
                        HOST.storageClass(),
                        HOST.pool());
        assertThat(HostComparison.features(larger, before).asLeased()).isTrue();
    }

    @Test
    void whereItsClusterHasNodesOfSeveralZonesAHostNamesItsOwn() {
        var plain = HostBuild.PLAIN;
        var host =
                new Desired.Host(
                        HOST.namespace(),
                        HOST.name(),
                        HOST.id(),
                        HOST.vcpu(),
                        HOST.memoryBytes(),
                        HOST.diskBytes(),
                        HOST.storageClass(),
                        HOST.pool(),
                        new HostBuild(
                                plain.running(),
                                plain.dataDisks(),
                                plain.size(),
                                plain.image(),
                                plain.cloudInit(),
                                plain.gpus(),
                                plain.network(),
                                plain.kept(),
                                Optional.of("extranet")));
        assertThat(machine(host).<Object>get("spec", "template", "spec", "nodeSelector"))
                .isEqualTo(Map.of("yuntai.io/processor", "domestic", "yuntai.io/zone", "extranet"));
        assertThat(host.digest()).isNotEqualTo(HOST.digest());
    }

    private static long launcher() {
        return LauncherOverhead.KUBEVIRT.of(4, 8L << 30).get(Resource.MEMORY);
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

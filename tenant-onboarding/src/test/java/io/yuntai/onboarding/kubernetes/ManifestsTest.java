package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
    private static final PoolId POOL = PoolId.of("extranet-domestic");
    private static final Desired.SystemNamespace SYSTEM =
            new Desired.SystemNamespace(
                    NAMESPACE,
                    UnitId.of("01990000-0000-7000-8000-000000000001"),
                    SystemId.of("01990000-0000-7000-8000-000000000002"),
                    POOL);
    private static final Desired.Lease LEASE =
            new Desired.Lease(
                    NAMESPACE,
                    Amounts.of(
                            Map.of(
                                    Resource.CPU,
                                    4500L,
                                    Resource.MEMORY,
                                    8L << 30,
                                    Resource.HOSTS,
                                    1L,
                                    Resource.storage("ssd"),
                                    20L << 30)),
                    new Epoch(7));
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

    private static final ObservedLease FOUND =
            new ObservedLease(
                    new Incarnation("0c1f"),
                    new Epoch(6),
                    Amounts.NONE,
                    Amounts.NONE,
                    Amounts.NONE);

    @Test
    void aNamespaceSaysWhoseItIsAndHowSafe() throws IOException {
        assertReads(Manifests.namespace(SYSTEM), "namespace.yaml");
    }

    @Test
    void aLimitRangeHasDefaultRequestsAndNoLimits() throws IOException {
        assertReads(Manifests.limitRange(SYSTEM), "limitrange.yaml");
    }

    @Test
    void aLeaseBeginsWithNothing() throws IOException {
        assertReads(Manifests.emptyLease(LEASE.namespace(), ResourceNames.DEFAULT), "lease.yaml");
    }

    @Test
    void aHostIsAMachineOnItsProcessorFamily() throws IOException {
        assertReads(Manifests.virtualMachine(HOST), "virtualmachine.yaml");
    }

    @Test
    void aHostsDiskIsAClaimOfItsStorageClass() throws IOException {
        assertReads(Manifests.disk(HOST), "disk.yaml");
    }

    @Test
    void aLeaseIsWrittenOnlyWhenItsEpochIsTheExpectedOne() {
        assertThat(tree(Manifests.leasePatch(LEASE, FOUND, ResourceNames.DEFAULT)))
                .isEqualTo(
                        tree(
                                """
                                - {op: test, path: /metadata/uid, value: 0c1f}
                                - {op: test, path: /metadata/annotations/yuntai.io~1epoch, value: "6"}
                                - {op: replace, path: /metadata/annotations/yuntai.io~1epoch, value: "7"}
                                - op: replace
                                  path: /spec/hard
                                  value:
                                    requests.cpu: 4500m
                                    requests.memory: "8589934592"
                                    requests.storage: "21474836480"
                                    ssd.storageclass.storage.k8s.io/requests.storage: "21474836480"
                                    count/virtualmachines.kubevirt.io: "1"
                                    services.loadbalancers: "0"
                                    requests.nvidia.com/GA102GL_A10: "0"
                                    requests.nvidia.com/TU104GL_Tesla_T4: "0"
                                    requests.huawei.com/Ascend910: "0"
                                """));
    }

    @Test
    void whereTheEpochIsSpoiltTheVersionIsTheFence() {
        var spoilt =
                new ObservedLease(
                        new Incarnation("0c1f@4711"),
                        Epoch.ZERO,
                        Amounts.NONE,
                        Amounts.NONE,
                        Amounts.NONE);
        assertThat(
                        ((List<?>) tree(Manifests.leasePatch(LEASE, spoilt, ResourceNames.DEFAULT)))
                                .subList(0, 3))
                .isEqualTo(
                        tree(
                                """
                                - {op: test, path: /metadata/uid, value: 0c1f}
                                - {op: test, path: /metadata/resourceVersion, value: "4711"}
                                - {op: add, path: /metadata/annotations, value: {yuntai.io/epoch: "7"}}
                                """));
    }

    /** Compares trees, not texts: YAML has many spellings. */
    private static void assertReads(Object manifest, String golden) throws IOException {
        try (InputStream file = ManifestsTest.class.getResourceAsStream("/manifests/" + golden)) {
            var text =
                    new String(
                            Objects.requireNonNull(file, golden).readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(tree(Serialization.asYaml(manifest))).isEqualTo(tree(text));
        }
    }

    private static Object tree(String yaml) {
        return Serialization.unmarshal(yaml, Object.class);
    }
}

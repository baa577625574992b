package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
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
    private static final ObservedLease FOUND =
            new ObservedLease(
                    new Incarnation("0c1f"),
                    new Epoch(6),
                    Amounts.NONE,
                    Amounts.NONE,
                    Amounts.NONE);

    @Test
    void aLeaseBeginsWithNothing() throws IOException {
        Golden.assertReads(
                LeaseManifests.emptyLease(LEASE.namespace(), ResourceNames.DEFAULT), "lease.yaml");
    }

    @Test
    void aLeaseIsWrittenOnlyWhenItsEpochIsTheExpectedOne() {
        assertThat(Golden.tree(LeaseManifests.leasePatch(LEASE, FOUND, ResourceNames.DEFAULT)))
                .isEqualTo(
                        Golden.tree(
                                """
                                - {op: test, path: /metadata/uid, value: 0c1f}
                                - {op: test, path: /metadata/annotations/yuntai.io~1epoch, value: "6"}
                                - {op: replace, path: /metadata/annotations/yuntai.io~1epoch, value: "7"}
                                - op: add
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
    void whatWasGrantedOnceStaysLimitedWhenNothingOfItIsGrantedAnyMore() {
        var pods = new Resource("pods");
        var none =
                new Desired.Lease(
                        NAMESPACE,
                        Amounts.of(new Resource("services"), 3),
                        new Epoch(8),
                        Set.of(pods, new Resource("services"), new Resource("unknown")));
        assertThat(LeaseManifests.leasePatch(none, FOUND, ResourceNames.DEFAULT))
                .contains("\"count/pods\":\"0\"", "\"count/services\":\"3\"")
                .doesNotContain("unknown");
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
                        ((List<?>)
                                        Golden.tree(
                                                LeaseManifests.leasePatch(
                                                        LEASE, spoilt, ResourceNames.DEFAULT)))
                                .subList(0, 3))
                .isEqualTo(
                        Golden.tree(
                                """
                                - {op: test, path: /metadata/uid, value: 0c1f}
                                - {op: test, path: /metadata/resourceVersion, value: "4711"}
                                - {op: add, path: /metadata/annotations, value: {yuntai.io/epoch: "7"}}
                                """));
    }
}

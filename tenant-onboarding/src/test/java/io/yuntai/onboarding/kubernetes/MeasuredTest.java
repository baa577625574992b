package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    @Test
    void containersAddUpAndAStepOfInitializationCountsWhereItIsLarger() {
        var pod =
                pod(
                        """
                        status: {phase: Running}
                        spec:
                          overhead: {memory: 10Mi}
                          containers:
                          - {name: a, resources: {requests: {cpu: 100m, memory: 64Mi}}}
                          - {name: b, resources: {requests: {cpu: "1"}}}
                          - {name: c}
                          initContainers:
                          - {name: i, resources: {requests: {cpu: "2", memory: 1Mi}}}
                        """);
        assertThat(new Measured(ResourceNames.DEFAULT, Set.of()).of(pod))
                .isEqualTo(Amounts.of(Map.of(CPU, 2000L, MEMORY, 74L << 20)));
    }

    @Test
    void aSidecarRunsBesideContainersAndLaterSteps() {
        var pod =
                pod(
                        """
                        spec:
                          containers:
                          - {name: a, resources: {requests: {cpu: 100m}}}
                          initContainers:
                          - {name: s, restartPolicy: Always, resources: {requests: {cpu: 300m}}}
                          - {name: i, resources: {requests: {cpu: 200m}}}
                        """);
        assertThat(new Measured(ResourceNames.DEFAULT, Set.of()).of(pod))
                .isEqualTo(Amounts.of(CPU, 500));
    }

    @Test
    void requestsOfThePodAsAWholeGoBeforeThoseOfItsContainers() {
        var pod =
                pod(
                        """
                        spec:
                          resources: {requests: {cpu: "3"}}
                          containers:
                          - {name: a, resources: {requests: {cpu: 100m, memory: 1Mi}}}
                        """);
        assertThat(new Measured(ResourceNames.DEFAULT, Set.of()).of(pod))
                .isEqualTo(Amounts.of(Map.of(CPU, 3000L, MEMORY, 1L << 20)));
    }

    @Test
    void whatHasEndedTakesNothing() {
        for (var phase : new String[] {"Succeeded", "Failed"}) {
            var pod =
                    pod(
                            """
                            status: {phase: %s}
                            spec: {containers: [{name: a, resources: {requests: {cpu: 1}}}]}
                            """
                                    .formatted(phase));
            assertThat(new Measured(ResourceNames.DEFAULT, Set.of()).of(pod))
                    .isEqualTo(Amounts.NONE);
        }
    }

    @Test
    void claimsCountByClassAndHostsByNumber() {
        var sum = new Measured(ResourceNames.DEFAULT, Set.of());
        sum.add(claim("{storageClassName: ssd, resources: {requests: {storage: 20Gi}}}"));
        sum.add(claim("{storageClassName: ssd, resources: {requests: {storage: 1Gi}}}"));
        sum.add(claim("{resources: {requests: {storage: 5Gi}}}"));
        sum.add(claim("{storageClassName: hdd}"));
        sum.addHost();
        assertThat(sum.total())
                .isEqualTo(Amounts.of(Map.of(Resource.storage("ssd"), 21L << 30, HOSTS, 1L)));
    }

    private static Pod pod(String yaml) {
        return Serialization.unmarshal(yaml, Pod.class);
    }

    private static PersistentVolumeClaim claim(String spec) {
        return Serialization.unmarshal("spec: " + spec, PersistentVolumeClaim.class);
    }
}

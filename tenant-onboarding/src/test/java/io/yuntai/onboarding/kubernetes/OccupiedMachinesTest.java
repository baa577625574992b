package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.onboarding.host.HostKept;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What machines of others say of their size, read as KubeVirt does (its pkg/defaults). */
class OccupiedMachinesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpu: {cores: 2, sockets: 3, threads: 2}                                        | 12
                    cpu: {sockets: 3, cores: 0}                                                    | 3
                    cpu: {threads: 2}, resources: {limits: {cpu: '8'}}                             | 2
                    cpu: {model: host-passthrough}, resources: {requests: {cpu: '4'}}              | 4
                    resources: {limits: {cpu: '6'}, requests: {cpu: '2'}}                          | 6
                    resources: {limits: {cpu: 2500m}}                                              | 3
                    resources: {requests: {cpu: 100m}}                                             | 1
                    cpu: {model: host-passthrough}                                                 | 1
                    """)
    void itsProcessors(String domain, int vcpu) {
        assertThat(read("domain: {%s}".formatted(domain), Optional.empty()).vcpu()).isEqualTo(vcpu);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    memory: {guest: 3Gi}, resources: {requests: {memory: 1Gi}}                     | 3
                    resources: {requests: {memory: 1Gi}, limits: {memory: 2Gi}}                    | 1
                    resources: {limits: {memory: 2Gi}}                                             | 2
                    memory: {hugepages: {pageSize: 1Gi}}                                           | 1
                    """)
    void itsMemory(String domain, long gib) {
        assertThat(read("domain: {%s}".formatted(domain), Optional.empty()).memoryBytes())
                .isEqualTo(gib << 30);
    }

    @Test
    void besideAnInstancetypeItsInstanceSaysIt() {
        var running =
                resource("spec: {domain: {cpu: {sockets: 2, cores: 2}, memory: {guest: 8Gi}}}");
        String domain = "domain: {resources: {limits: {cpu: '1'}}}";
        String type = "instancetype: {name: big}, ";
        assertThat(read(type, domain, Optional.of(running)).vcpu()).isEqualTo(4);
        assertThat(read(type, domain, Optional.of(running)).memoryBytes()).isEqualTo(8L << 30);
        assertThat(read(type, domain, Optional.empty()).vcpu()).as("nobody knows").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "runStrategy: Always, STRATEGY",
        "runStrategy: Halted, STRATEGY",
        "runStrategy: RerunOnFailure, RERUN",
        "runStrategy: Manual, MANUAL",
        "runStrategy: Once, ONCE",
        "running: true, FLAG"
    })
    void howItIsToldToRunStays(String how, HostKept.RunBy runBy) {
        assertThat(read(how + ", ", "domain: {}", Optional.empty()).as().runBy()).isEqualTo(runBy);
    }

    private static Occupied.Machine read(
            String domain, Optional<GenericKubernetesResource> instance) {
        return read("", domain, instance);
    }

    private static Occupied.Machine read(
            String spec, String domain, Optional<GenericKubernetesResource> instance) {
        return OccupiedMachines.read(
                resource("spec: {%stemplate: {spec: {%s}}}".formatted(spec, domain)),
                instance,
                Map.of());
    }

    private static GenericKubernetesResource resource(String spec) {
        return Serialization.unmarshal(
                "apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: legacy-1}\n"
                        + spec,
                GenericKubernetesResource.class);
    }
}

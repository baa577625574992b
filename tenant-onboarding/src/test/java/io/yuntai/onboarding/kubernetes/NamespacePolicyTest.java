package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.region.Zone;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NamespacePolicyTest {

    @Test
    void whatHoldsWhereNothingIsConfigured() {
        assertThat(bind(Map.of())).isEqualTo(NamespacePolicy.DEFAULT);
        var policy = NamespacePolicy.DEFAULT;
        assertThat(policy.defaultCpu()).isEqualTo("100m");
        assertThat(policy.defaultMemory()).isEqualTo("128Mi");
        assertThat(policy.podSecurity()).isEqualTo(NamespacePolicy.PodSecurity.BASELINE);
        assertThat(policy.registries()).isEmpty();
        assertThat(policy.pinPods()).isFalse();
        assertThat(policy.of(Zone.INTERNET)).isEqualTo(NamespacePolicy.Network.CLOSED);
        assertThat(policy.tenants()).isEqualTo(NamespacePolicy.TENANTS).hasSize(4);
        assertThat(policy.networkAnnotations()).contains("k8s.v1.cni.cncf.io/networks");
    }

    @Test
    void allOfItCanBeSet() {
        var policy =
                bind(
                        Map.of(
                                "yuntai.namespaces.default-cpu", "50m",
                                "yuntai.namespaces.pod-security", "restricted",
                                "yuntai.namespaces.registries[0]", "registry.example.cn/gov",
                                "yuntai.namespaces.pin-pods", "true",
                                "yuntai.namespaces.zones.internet.egress[0]", "0.0.0.0/0:443",
                                "yuntai.namespaces.tenants.staff.group", "gov:{unit}",
                                "yuntai.namespaces.tenants.staff.role", "admin"));
        assertThat(policy.registries()).containsExactly("registry.example.cn/gov/");
        assertThat(policy.of(Zone.INTERNET).reachable())
                .containsExactly(new NetworkPeer("0.0.0.0/0", OptionalInt.of(443), "TCP"));
        assertThat(policy.tenants())
                .containsExactly(
                        Map.entry("staff", new NamespacePolicy.TenantGroup("gov:{unit}", "admin")));
    }

    @ParameterizedTest
    @CsvSource({
        "registries[0], https://registry.example.cn",
        "registries[0], Registry Of Ours",
        "network-annotations[0], not an annotation",
        "default-cpu, much",
        "default-cpu, 0",
        "zones.internet.egress[0], 10.0.0.0",
        "zones.internet.egress[0], 10.0.0.300/8",
        "zones.internet.egress[0], 10.0.0.0/33",
        "zones.internet.egress[0], 10.0.0.0/8:70000",
        "zones.internet.egress[0], 10.0.0.0/8:53/ICMP"
    })
    void aMistakeIsAnErrorAtTheStart(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("yuntai.namespaces." + property, value)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void noGroupIsThatOfEveryUnit() {
        assertThatThrownBy(() -> new NamespacePolicy.TenantGroup("everybody", "view"))
                .hasMessageContaining("all units");
    }

    @Test
    void aRangeMayBeOfEitherKindOfAddresses() {
        assertThat(NetworkPeer.parse("[fd00::/8]:53/UDP"))
                .isEqualTo(new NetworkPeer("fd00::/8", OptionalInt.of(53), "UDP"));
        assertThat(List.of(NetworkPeer.parse("fd00::/8"), NetworkPeer.parse("10.0.0.0/8")))
                .allMatch(peer -> peer.port().isEmpty());
    }

    static NamespacePolicy bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("yuntai.namespaces", NamespacePolicy.class);
    }
}

package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.region.PoolId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClusterPropertiesTest {

    @Test
    void thereAreNoClustersByDefault() {
        assertThat(bind(Map.of()).clusters()).isEmpty();
        assertThat(ClusterConnections.connect(bind(Map.of()), NamespacePolicy.DEFAULT).all())
                .isEmpty();
    }

    @Test
    void aClusterHasANameAKubeconfigAndItsPools() {
        var properties =
                bind(
                        Map.of(
                                "yuntai.clusters[0].name", "jiangmen-1",
                                "yuntai.clusters[0].kubeconfig", "/etc/yuntai/jiangmen-1.yaml",
                                "yuntai.clusters[0].pools", "extranet-ordinary,internet-domestic"));
        assertThat(properties.clusters())
                .containsExactly(
                        new ClusterProperties.Member(
                                new ClusterName("jiangmen-1"),
                                Path.of("/etc/yuntai/jiangmen-1.yaml"),
                                Set.of(
                                        PoolId.of("extranet-ordinary"),
                                        PoolId.of("internet-domestic"))));
    }

    @Test
    void aMistakeInTheConfigurationIsAnErrorAtTheStart() {
        assertThatThrownBy(() -> bind(Map.of("yuntai.clusters[0].name", "Jiangmen 1")))
                .hasMessageContaining("yuntai.clusters[0]");
    }

    private static ClusterProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("yuntai", ClusterProperties.class);
    }
}

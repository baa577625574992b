package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String WITH_USER =
            """
            apiVersion: v1
            kind: Config
            clusters:
            - {name: c, cluster: {server: "https://127.0.0.1:6443", insecure-skip-tls-verify: true}}
            contexts:
            - {name: x, context: {cluster: c, user: u}}
            current-context: x
            users:
            - name: u
              user: %s
            """;

    @Test
    void aTokenSignsIn() {
        var config = Kubeconfig.read(WITH_USER.formatted("{token: secret}")).config();
        assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:6443");
        assertThat(config.getAutoOAuthToken()).isEqualTo("secret");
        assertThat(config.getRequestRetryBackoffLimit()).isEqualTo(2);
        assertThat(config.getRequestTimeout()).isEqualTo(10_000);
    }

    @Test
    void aProgramIsNeverRun(@TempDir Path directory) {
        var trace = directory.resolve("was-run");
        var exec =
                "{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['%s'], interactiveMode: Never}}"
                        .formatted(trace);
        assertThatThrownBy(() -> Kubeconfig.read(WITH_USER.formatted(exec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runs a program");
        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    void anAuthProviderIsAProgramToo() {
        var provider = "{auth-provider: {name: gcp, config: {cmd-path: /bin/true}}}";
        assertThatThrownBy(() -> Kubeconfig.read(WITH_USER.formatted(provider)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runs a program");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "[1]", "kind: Config", "kind: Config\nusers: {", "clusters: 5"})
    void anythingElseIsNoKubeconfig(String text) {
        assertThatThrownBy(() -> Kubeconfig.read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

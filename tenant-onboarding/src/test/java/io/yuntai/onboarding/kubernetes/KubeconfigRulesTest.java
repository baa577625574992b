package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigRulesTest {

    private static final String SERVER = "server: \"https://127.0.0.1:6443\"";

    private static String kubeconfig(String cluster, String user) {
        return """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: c, cluster: {%s}}
        contexts:
        - {name: x, context: {cluster: c, user: u}}
        current-context: x
        users:
        - {name: u, user: {%s}}
        """
                .formatted(cluster, user);
    }

    private static void refuses(String text, String code) {
        assertThatThrownBy(() -> KubeconfigRules.read(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.category()).isEqualTo(Refused.Category.INVALID);
                            assertThat(refused.faults()).extracting(Fault::code).contains(code);
                            assertThat(refused.faults())
                                    .extracting(Fault::pointer)
                                    .containsOnly("/kubeconfig");
                            assertThat(refused.toString()).doesNotContain("geheim");
                        });
    }

    @Test
    void aTokenAndAnAddressAreEnough() {
        var read = KubeconfigRules.read(kubeconfig(SERVER, "token: geheim"));
        assertThat(read.server()).startsWith("https://127.0.0.1:6443");
        assertThat(read.toString()).doesNotContain("geheim");
    }

    @Test
    void aProgramIsRefusedAndNeverRun(@TempDir Path directory) {
        var trace = directory.resolve("was-run");
        refuses(
                kubeconfig(
                        SERVER,
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['%s'], interactiveMode: Never}"
                                .formatted(trace)),
                "KUBECONFIG_RUNS_PROGRAM");
        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    void aProgramOfAUserThatIsNotTheCurrentOneIsRefusedToo() {
        refuses(
                kubeconfig(SERVER, "token: geheim")
                        + "- {name: other, user: {exec: {apiVersion: v1, command: id}}}\n",
                "KUBECONFIG_RUNS_PROGRAM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    auth-provider: {name: gcp}              | KUBECONFIG_RUNS_PROGRAM
                    tokenFile: /var/run/secrets/token       | KUBECONFIG_NAMES_FILE
                    client-certificate: /etc/passwd         | KUBECONFIG_NAMES_FILE
                    token: geheim, client-key: /etc/shadow  | KUBECONFIG_NAMES_FILE
                    username: admin, password: geheim       | KUBECONFIG_NO_CREDENTIALS
                    client-certificate-data: Zm9v, client-key-data: Zm9v | KUBECONFIG_BAD_CERTIFICATE
                    """)
    void aUserHoldsAllThatHeNeedsInHimself(String user, String code) {
        refuses(kubeconfig(SERVER, user), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    server: "https://127.0.0.1:1", insecure-skip-tls-verify: true     | KUBECONFIG_INSECURE
                    server: "https://127.0.0.1:1", certificate-authority: /etc/ca.pem | KUBECONFIG_NAMES_FILE
                    server: "https://127.0.0.1:1", certificate-authority-data: Zm9v   | KUBECONFIG_BAD_CERTIFICATE
                    server: "https://127.0.0.1:1", proxy-url: "http://127.0.0.1:3128" | KUBECONFIG_PROXY
                    server: "http://127.0.0.1:8080"                                   | KUBECONFIG_NOT_HTTPS
                    server: "file:///etc/passwd"                                      | KUBECONFIG_NO_SERVER
                    server: "https://user:geheim@127.0.0.1"                           | KUBECONFIG_NO_SERVER
                    server: ""                                                        | KUBECONFIG_NO_SERVER
                    server: "https://169.254.169.254"                                 | KUBECONFIG_ADDRESS
                    server: "https://[fe80::1]:6443"                                  | KUBECONFIG_ADDRESS
                    server: "https://[fd00:ec2::254]"                                 | KUBECONFIG_ADDRESS
                    server: "https://0.0.0.0:6443"                                    | KUBECONFIG_ADDRESS
                    """)
    void aServerIsTrustedByAnAuthorityAndIsNoneThatOnlyWeCanReach(String cluster, String code) {
        refuses(kubeconfig(cluster, "token: geheim"), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "current-context: nowhere\n"})
    void oneContextIsSaidToBeTheCurrentOne(String current) {
        refuses(
                kubeconfig(SERVER, "token: geheim").replace("current-context: x\n", current),
                "KUBECONFIG_NO_CONTEXT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "[1]",
                "kind: Config",
                "kind: Config\nusers: {",
                "clusters: 5",
                "\u0000"
            })
    void anythingElseIsNoKubeconfig(String text) {
        refuses(text, "KUBECONFIG_UNREADABLE");
    }

    @Test
    void whatIsLargerThanAKubeconfigCouldBeIsNotParsed() {
        refuses("a".repeat(KubeconfigRules.MAX_BYTES + 1), "KUBECONFIG_TOO_LARGE");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() ->
                        KubeconfigRules.read(
                                kubeconfig(
                                        "server: \"http://10.0.0.1\", insecure-skip-tls-verify: true",
                                        "tokenFile: /x")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.faults())
                                        .extracting(Fault::code)
                                        .containsExactlyInAnyOrder(
                                                "KUBECONFIG_NAMES_FILE",
                                                "KUBECONFIG_INSECURE",
                                                "KUBECONFIG_NOT_HTTPS",
                                                "KUBECONFIG_NO_CREDENTIALS"));
    }
}

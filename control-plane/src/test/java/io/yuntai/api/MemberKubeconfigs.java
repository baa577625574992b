package io.yuntai.api;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Kubeconfigs of the tests' cluster, of several users. */
final class MemberKubeconfigs {

    private static final String PASSWORD = "changeit";

    private MemberKubeconfigs() {}

    /** Of somebody who may do everything. */
    static String admin() throws IOException {
        return Files.readString(TestCluster.shared().kubeconfig());
    }

    /** Of somebody who may sign in and do nothing. */
    static String withoutRights() throws IOException {
        try (var client =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(admin())).build()) {
            var account =
                    new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("nobody")
                            .withNamespace("default")
                            .endMetadata()
                            .build();
            var accounts = client.serviceAccounts().inNamespace("default");
            if (accounts.withName("nobody").get() == null) {
                var _ = accounts.resource(account).create();
            }
            String token =
                    accounts.withName("nobody")
                            .tokenRequest(new TokenRequest())
                            .getStatus()
                            .getToken();
            return of("token: " + token);
        }
    }

    /** Of somebody whose client certificate has ended two days ago. */
    static String expired(Path folder) throws Exception {
        Path store = folder.resolve("expired.p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "expired",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=expired",
                                "-startdate",
                                "-3d",
                                "-validity",
                                "1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        made.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        return of(
                "client-certificate-data: %s, client-key-data: %s"
                        .formatted(certificate(store), key(store)));
    }

    private static KeyStore open(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String certificate(Path store) throws GeneralSecurityException, IOException {
        return pem("CERTIFICATE", open(store).getCertificate("expired").getEncoded());
    }

    private static String key(Path store) throws GeneralSecurityException, IOException {
        return pem(
                "PRIVATE KEY", open(store).getKey("expired", PASSWORD.toCharArray()).getEncoded());
    }

    /** As a kubeconfig holds it: the PEM, in Base64 once more. */
    private static String pem(String what, byte[] der) {
        String text =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                what,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                                what);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(String user) throws IOException {
        var admin = Config.fromKubeconfig(admin());
        return """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: somebody, user: {%s}}]
        contexts: [{name: test, context: {cluster: test, user: somebody}}]
        """
                .formatted(admin.getMasterUrl(), admin.getCaCertData(), user);
    }
}

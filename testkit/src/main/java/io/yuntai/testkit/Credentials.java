package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What one needs to be the administrator of a {@link LocalKubernetes}; made anew with every start.
 */
record Credentials(String adminToken, Path tokenFile, Path serviceAccountKey, Path certificates) {

    static Credentials create(Workspace workspace) {
        try {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String token = HexFormat.of().formatHex(random);
            Path tokens = workspace.resolve("tokens.csv");
            Files.writeString(tokens, token + ",admin,admin,\"system:masters\"\n");
            // Tokens of service accounts stay good over a restart in the same folder.
            Path key = workspace.resolve("service-account.key");
            if (!Files.exists(key)) {
                Files.writeString(key, newPrivateKey());
            }
            Path certificates = workspace.resolve("certificates");
            // The server makes a new self-signed one, as the old one might have run out.
            Files.deleteIfExists(certificates.resolve("apiserver.crt"));
            Files.deleteIfExists(certificates.resolve("apiserver.key"));
            return new Credentials(token, tokens, key, certificates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path serverCertificate() {
        return certificates.resolve("apiserver.crt");
    }

    String kubeconfig(String url) throws IOException {
        String authority =
                Base64.getEncoder().encodeToString(Files.readAllBytes(serverCertificate()));
        return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: local
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: admin
          user:
            token: %s
        contexts:
        - name: local
          context:
            cluster: local
            user: admin
        current-context: local
        """
                .formatted(url, authority, adminToken);
    }

    private static String newPrivateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, newline).encodeToString(encoded)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

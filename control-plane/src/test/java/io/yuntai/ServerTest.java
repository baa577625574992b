package io.yuntai;

import io.yuntai.billing.report.SigningKey;
import io.yuntai.testkit.PostgresServer;
import io.yuntai.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole server on a real PostgreSQL; called without a network. Its one cluster and its identity
 * provider are down. Tests share the server and its database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ControlPlane.class)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = ServerTest.Installation.class)
public @interface ServerTest {

    /** What an installation has to say; its identity provider is never called. */
    class Installation implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final String PROVIDER = "http://127.0.0.1:1";

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(properties()).applyTo(context);
        }

        /** Each as {@code name=value}; of a new database each time. */
        static Stream<String> properties() {
            return Stream.of(
                    "spring.datasource.url=" + TestPostgres.empty().url(),
                    "spring.datasource.username=" + PostgresServer.USER,
                    "spring.datasource.hikari.maximum-pool-size=5",
                    "spring.security.oauth2.client.registration.yuntai.client-id=yuntai",
                    "spring.security.oauth2.client.provider.yuntai.authorization-uri="
                            + PROVIDER
                            + "/authorize",
                    "spring.security.oauth2.client.provider.yuntai.token-uri="
                            + PROVIDER
                            + "/token",
                    "spring.security.oauth2.client.provider.yuntai.jwk-set-uri="
                            + PROVIDER
                            + "/keys",
                    "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + PROVIDER + "/keys",
                    "yuntai.cluster-keys.current=test",
                    "yuntai.cluster-keys.keys.test=" + "A".repeat(43) + "=",
                    "yuntai.report.key-file=" + reportKey(),
                    "yuntai.clusters[0].name=north",
                    "yuntai.clusters[0].kubeconfig=" + kubeconfig(),
                    "yuntai.clusters[0].pools=extranet-ordinary,extranet-domestic");
        }

        private static Path reportKey() {
            try {
                Path file = Files.createTempFile("report", ".pem");
                file.toFile().deleteOnExit();
                return Files.writeString(file, SigningKey.generate().toPem());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Of a cluster that is down. */
        private static Path kubeconfig() {
            try {
                Path file = Files.createTempFile("kubeconfig", ".yaml");
                file.toFile().deleteOnExit();
                return Files.writeString(
                        file,
                        """
                        apiVersion: v1
                        kind: Config
                        current-context: north
                        clusters: [{name: north, cluster: {server: "https://127.0.0.1:1"}}]
                        users: [{name: yuntai, user: {token: none}}]
                        contexts: [{name: north, context: {cluster: north, user: yuntai}}]
                        """);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.yuntai;

import io.yuntai.testkit.PostgresServer;
import io.yuntai.testkit.TestPostgres;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The whole server on a real PostgreSQL with nothing in it; called without a network. */
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
            TestPropertyValues.of(
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
                            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                    + PROVIDER
                                    + "/keys")
                    .applyTo(context);
        }
    }
}

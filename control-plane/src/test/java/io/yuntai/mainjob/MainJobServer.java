package io.yuntai.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.ControlPlane;
import io.yuntai.ServerTest;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The whole server as an installation runs it, on a real PostgreSQL and a real cluster. Three
 * things are the test's: the clock, who issues tokens, and where measured use comes from.
 */
final class MainJobServer implements AutoCloseable {

    private final ConfigurableApplicationContext spring;

    private MainJobServer(ConfigurableApplicationContext spring) {
        this.spring = spring;
    }

    /**
     * @param more properties of this installation, {@code name=value}
     */
    static MainJobServer start(Path kubeconfig, String... more) {
        var spring =
                new SpringApplicationBuilder(Parts.class, ControlPlane.class)
                        .initializers(
                                new ServerTest.Installation(),
                                context -> properties(kubeconfig).and(more).applyTo(context))
                        .run();
        var server = new MainJobServer(spring);
        // Whoever belongs to no unit comes with the installation, not with the register.
        server.person("bureau", Role.BUREAU);
        server.person("operator", Role.PLATFORM_OPERATOR);
        return server;
    }

    private static TestPropertyValues properties(Path kubeconfig) {
        return TestPropertyValues.of(
                "server.port=0",
                "yuntai.clusters[0].name=real",
                "yuntai.clusters[0].kubeconfig=" + kubeconfig,
                "yuntai.clusters[0].pools=" + Bureau.POOL,
                "yuntai.jobs.sweep-every=2s");
    }

    /** One whose register is that of a small city. */
    static MainJobServer start(Path kubeconfig, Bureau bureau, String... more) {
        var server = start(kubeconfig, more);
        var imported =
                server.as("bureau")
                        .put(
                                "/imports/" + Api.id() + "?fileName=" + Api.encoded("台账.xlsx"),
                                Format.XLSX.mediaType(),
                                bureau.file());
        assertThat(imported.status()).as(imported.toString()).isEqualTo(201);
        return server;
    }

    /** Registers somebody who belongs to no unit. */
    void person(String login, Role role) {
        get(Accounts.class)
                .register(new PersonId(UUID.randomUUID()), new Login(login), login, role);
    }

    /** Gives somebody who is registered another role. */
    void grant(String login, Role role) {
        var account = get(Accounts.class).find(new Login(login)).orElseThrow();
        get(Accounts.class).register(account.person(), account.login(), account.name(), role);
    }

    PersonId personOf(String login) {
        return get(Accounts.class).find(new Login(login)).orElseThrow().person();
    }

    Api as(String login) {
        return Api.as(login, ((WebServerApplicationContext) spring).getWebServer().getPort());
    }

    String databaseUrl() {
        return spring.getEnvironment().getRequiredProperty("spring.datasource.url");
    }

    SettableClock clock() {
        return get(SettableClock.class);
    }

    <T> T get(Class<T> type) {
        return spring.getBean(type);
    }

    @Override
    public void close() {
        spring.close();
    }

    static class Parts {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-09-29T01:00:00Z"));
        }

        @Bean
        JwtDecoder jwtDecoder() {
            return NimbusJwtDecoder.withSecretKey(Api.ISSUER).build();
        }

        @Bean
        UsageSource evenUse() {
            return new EvenUse();
        }
    }
}

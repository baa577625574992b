package io.yuntai.sandbox.bench;

import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A city of a thousand people who apply and decide, on a control plane as it is installed, with a
 * PostgreSQL that flushes to disk.
 */
final class WorkflowCity implements AutoCloseable {

    static final int UNITS = 300;
    static final int SYSTEMS = 1000;
    private static final int HEAP_MIB = 2048;
    private static final String POOL = "extranet-ordinary";

    private final Path folder;
    private final PostgresServer postgres;
    private final TokenIssuer issuer;
    private final InstalledServer server;
    private final JdbcClient jdbc;
    private final StoredApplications applications;
    private int stored;

    private WorkflowCity(Path folder, Path kubeconfig) throws Exception {
        this.folder = folder;
        this.postgres = PostgresServer.kept(folder);
        this.issuer = TokenIssuer.start();
        var data = postgres.database("postgres");
        var _ =
                Flyway.configure()
                        .dataSource(data)
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
        this.jdbc = JdbcClient.create(data);
        person(Kind.BUREAU, 0, null);
        this.server =
                InstalledServer.start(
                        postgres,
                        List.of(
                                new ClusterProperties.Member(
                                        new ClusterName("workflow"),
                                        kubeconfig,
                                        Set.of(PoolId.of(POOL)))),
                        HEAP_MIB,
                        Map.of(
                                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                                issuer.keys().toString(),
                                // A run that passes the hour would remind thousands.
                                "yuntai.jobs.deadlines",
                                "0 0 0 1 1 ? 2099"));
        try (var api = new PublicApi(server.api(), issuer)) {
            api.importRegister(
                    "bureau0",
                    "workflow.xlsx",
                    RegisterFiles.write(
                            Format.XLSX,
                            BenchRegister.tables(UNITS, SYSTEMS, 1_000_000),
                            Locale.SIMPLIFIED_CHINESE));
        }
        people();
        this.applications = new StoredApplications(jdbc);
        applications.prepare();
    }

    static WorkflowCity start(Path kubeconfig) throws Exception {
        return new WorkflowCity(Files.createTempDirectory("yuntai-bench-workflow"), kubeconfig);
    }

    /** What somebody is, and the role of those. */
    enum Kind {
        STAFF("UNIT_STAFF", 600),
        OWNER("UNIT_OWNER", 300),
        REVIEWER("PLATFORM_OPERATOR", 80),
        BUREAU("BUREAU", 20);

        private final String role;
        private final int people;

        Kind(String role, int people) {
            this.role = role;
            this.people = people;
        }

        int people() {
            return people;
        }

        String login(int number) {
            return name().toLowerCase(Locale.ROOT) + number;
        }

        boolean isOfUnit() {
            return this == STAFF || this == OWNER;
        }
    }

    private void people() {
        var units = jdbc.sql("select id from unit order by uscc").query(UUID.class).list();
        for (var kind : Kind.values()) {
            for (int number = kind == Kind.BUREAU ? 1 : 0; number < kind.people(); number++) {
                person(kind, number, kind.isOfUnit() ? units.get(number % UNITS) : null);
            }
        }
    }

    private void person(Kind kind, int number, @Nullable UUID unit) {
        var id = UUID.randomUUID();
        var _ =
                jdbc.sql("insert into person (id, login, name, unit) values (?, ?, ?, ?)")
                        .params(Arrays.asList(id, kind.login(number), kind.login(number), unit))
                        .update();
        var _ =
                jdbc.sql("insert into person_role (person, role) values (?, ?)")
                        .params(id, kind.role)
                        .update();
    }

    /** Has so many applications stored in all, beside those that people have made meanwhile. */
    void store(int all) {
        applications.add(stored, all - stored);
        stored = all;
    }

    /** Some system of a unit, by the number of the unit. */
    String system(int unit) {
        return jdbc.sql("select id from system where code = ?")
                .param(BenchRegister.systemCode(unit))
                .query(UUID.class)
                .single()
                .toString();
    }

    URI api() {
        return server.api();
    }

    String token(String login) {
        return issuer.token(login);
    }

    @Override
    public void close() throws IOException {
        server.close();
        issuer.close();
        postgres.close();
        Folders.delete(folder);
    }
}

package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ours: the control plane as it is installed, in a process of its own that can be killed, on a
 * PostgreSQL that flushes to disk.
 */
final class LeaseGovernor implements Governor {

    private static final String PREFIX = "storm-";
    private static final int HEAP_MIB = 512;

    private final List<Path> kubeconfigs;
    private final Demand.Size size;
    private final Path folder;
    private final PostgresServer postgres;
    private @Nullable InstalledServer server;

    private LeaseGovernor(
            List<Path> kubeconfigs, Demand.Size size, Path folder, PostgresServer postgres) {
        this.kubeconfigs = List.copyOf(kubeconfigs);
        this.size = size;
        this.folder = folder;
        this.postgres = postgres;
    }

    /**
     * Starts the database.
     *
     * @param kubeconfigs of the clusters, by number
     */
    static LeaseGovernor on(List<Path> kubeconfigs, Demand.Size size) throws IOException {
        var folder = Files.createTempDirectory("yuntai-bench-storm");
        return new LeaseGovernor(kubeconfigs, size, folder, PostgresServer.kept(folder));
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public List<Site> open() throws Exception {
        var data = postgres.database("postgres");
        var _ =
                Flyway.configure()
                        .dataSource(data)
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
        List<LeaseId> leases;
        try (var spring = OnboardingContext.start(data, members())) {
            leases = new LeasedCity(spring, size).make(clusters());
        }
        noteGrants();
        revive();
        return leases.stream().map(this::site).toList();
    }

    private List<String> clusters() {
        return IntStream.range(0, kubeconfigs.size()).mapToObj(n -> PREFIX + n).toList();
    }

    private List<ClusterProperties.Member> members() {
        var members = new ArrayList<ClusterProperties.Member>();
        for (var name : clusters()) {
            members.add(
                    new ClusterProperties.Member(
                            new ClusterName(name),
                            kubeconfigs.get(members.size()),
                            Set.of(LeasedCity.POOL)));
        }
        return members;
    }

    private Site site(LeaseId lease) {
        return new Site(clusters().indexOf(lease.cluster()), lease.namespace());
    }

    /** The database itself notes when a lease is granted more: the server may die right after. */
    private void noteGrants() {
        for (var statement :
                List.of(
                        """
                        create table bench_grant
                            (cluster text, namespace text, epoch bigint, at timestamptz)
                        """,
                        """
                        create function bench_grant() returns trigger language plpgsql as $$
                        begin
                            insert into bench_grant
                            select l.cluster, l.namespace, l.epoch, clock_timestamp()
                            from lease l
                            where l.cluster = new.cluster and l.namespace = new.namespace;
                            return null;
                        end $$
                        """,
                        """
                        create trigger bench_grant after update on lease_amount for each row
                        when (new.resource = 'cpuMillis' and new.granted > old.granted)
                        execute function bench_grant()
                        """)) {
            var _ = jdbc().sql(statement).update();
        }
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(postgres.database("postgres"));
    }

    @Override
    public List<Grant> grants() {
        return jdbc().sql("select * from bench_grant order by at")
                .query((row, _) ->
                        new Grant(
                                site(
                                        new LeaseId(
                                                row.getString("cluster"),
                                                row.getString("namespace"))),
                                row.getLong("epoch"),
                                row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public void die() throws IOException {
        if (server != null) {
            server.kill();
        }
    }

    @Override
    public void revive() throws IOException, InterruptedException {
        server = InstalledServer.start(postgres, members(), HEAP_MIB, Map.of());
    }

    @Override
    public void close() throws IOException {
        die();
        postgres.close();
        Folders.delete(folder);
    }
}

package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.sandbox.city.CityPlan.Fate;
import io.yuntai.sandbox.city.CityPlan.Person;
import io.yuntai.sandbox.city.CityPlan.Planned;
import io.yuntai.sandbox.city.RegisterFile;
import io.yuntai.security.Role;
import io.yuntai.testkit.LocalKubernetes;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A city that is delivered from nothing: its register is imported, its units apply, the platform
 * approves, all by the public API of a control plane as it is installed, on a PostgreSQL that
 * flushes to disk.
 */
final class CityRun implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final int HEAP_MIB = 2048;

    /** So often, that the virtual machine has compiled what an order takes. */
    static final int REHEARSALS = 10;

    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** So long nothing happens any more: it will not. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CityPlan city;
    private final Benchmark.Progress progress;
    private final Path folder;
    private final List<LocalKubernetes> clusters;
    private final PostgresServer postgres;
    private final TokenIssuer issuer;
    private final InstalledServer server;
    private final PublicApi api;
    private final List<BareClient> clients;
    private final List<List<Planned>> orders;
    private final Map<String, String> systems;
    private int ordered;
    private long expected;

    private CityRun(
            CityPlan city,
            List<LocalKubernetes> clusters,
            Benchmark.Progress progress,
            Path folder,
            PostgresServer postgres,
            TokenIssuer issuer)
            throws Exception {
        this.city = city;
        this.progress = progress;
        this.folder = folder;
        this.clusters = List.copyOf(clusters);
        this.postgres = postgres;
        this.issuer = issuer;
        var data = postgres.database("postgres");
        var _ =
                Flyway.configure()
                        .dataSource(data)
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
        var jdbc = JdbcClient.create(data);
        register(jdbc, city.bureau(), Role.BUREAU);
        register(jdbc, city.operator(), Role.PLATFORM_OPERATOR);
        this.clients = new ArrayList<>();
        var members = new ArrayList<ClusterProperties.Member>();
        Set<PoolId> pools =
                city.systems().stream().map(CityPlan.Sys::pool).collect(Collectors.toSet());
        for (var cluster : clusters) {
            clients.add(new BareClient(Files.readString(cluster.kubeconfig())));
            members.add(
                    new ClusterProperties.Member(
                            new ClusterName("city-" + members.size()),
                            cluster.kubeconfig(),
                            pools));
        }
        this.server =
                InstalledServer.start(
                        postgres,
                        members,
                        HEAP_MIB,
                        Map.of(
                                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                                issuer.keys().toString()));
        this.api = new PublicApi(server.api(), issuer);
        api.importRegister(
                bureau(),
                city.code() + ".xlsx",
                RegisterFiles.write(
                        Format.XLSX, RegisterFile.tables(city), Locale.SIMPLIFIED_CHINESE));
        this.systems = api.systems(bureau());
        this.orders = new ArrayList<>(bySystem(city.orders()));
    }

    /** Starts everything on empty clusters, and has the register imported. */
    static CityRun start(CityPlan city, List<LocalKubernetes> clusters, Benchmark.Progress progress)
            throws Exception {
        var folder = Files.createTempDirectory("yuntai-bench-city");
        return new CityRun(
                city, clusters, progress, folder, PostgresServer.kept(folder), TokenIssuer.start());
    }

    private static void register(JdbcClient jdbc, Person person, Role role) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var _ =
                jdbc.sql("insert into person (id, login, name) values (?, ?, ?)")
                        .params(id, person.login().value(), person.name())
                        .update();
        var _ =
                jdbc.sql("insert into person_role (person, role) values (?, ?)")
                        .params(id, role.code())
                        .update();
    }

    /** Those that end delivered, a system's own one after the other. */
    private static List<List<Planned>> bySystem(Collection<Planned> plans) {
        return plans.stream()
                .filter(plan -> plan.fate() == Fate.CONFIRMED)
                .sorted(Comparator.comparingInt(Planned::round))
                .collect(
                        Collectors.groupingBy(
                                plan -> plan.system().code(),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values()
                .stream()
                .map(List::copyOf)
                .toList();
    }

    private String bureau() {
        return city.bureau().login().value();
    }

    int systems() {
        return orders.size();
    }

    /**
     * Has the next systems and the very last ones be alike: of two that are next to each other in
     * size one comes to each, and all sizes are among them.
     *
     * @param hosts so many each of them have, or a few more
     * @return how many systems that is at either end
     */
    int pairEnds(int hosts) {
        var rest = new ArrayList<>(orders.subList(ordered, orders.size()));
        rest.sort(Comparator.comparingInt(CityRun::hosts));
        int all = rest.stream().mapToInt(CityRun::hosts).sum();
        int pairs = Math.ceilDiv(hosts * rest.size(), all);
        var first = new ArrayList<List<Planned>>();
        var last = new ArrayList<List<Planned>>();
        for (int pair = 0; pair < pairs; pair++) {
            int at = 2 * (pair * (rest.size() / 2) / pairs);
            first.add(rest.get(at + pair % 2));
            last.add(rest.get(at + 1 - pair % 2));
        }
        var between = new ArrayList<>(orders.subList(ordered, orders.size()));
        between.removeAll(first);
        between.removeAll(last);
        orders.subList(ordered, orders.size()).clear();
        orders.addAll(first);
        orders.addAll(between);
        orders.addAll(last);
        return pairs;
    }

    private static int hosts(List<Planned> plans) {
        return plans.stream().mapToInt(Planned::hosts).sum();
    }

    /**
     * What one delivery took.
     *
     * @param writes from the first order until the last host was written to its cluster
     * @param running until all hosts were read as running, by the API
     */
    record Delivered(Duration writes, Duration running, long hosts) {

        double writesMillisEach() {
            return writes.toNanos() / 1e6 / hosts;
        }
    }

    /** The same, of which nothing is timed: each command is tried some times before. */
    Delivered warmUp(int most) throws Exception {
        return deliver(most, REHEARSALS);
    }

    /** Orders for the next so many systems, and waits until all of it is there and runs. */
    Delivered deliver(int most) throws Exception {
        return deliver(most, 0);
    }

    /**
     * The same, while nothing that is made starts before all of it is written: KWOK, which is there
     * in the place of KubeVirt, takes the longer for each machine the more there are.
     */
    Delivered deliverUnstarted(int most) throws Exception {
        clusters.forEach(LocalKubernetes::stopKwok);
        try {
            return deliver(most, 0, this::continueKwok);
        } finally {
            continueKwok();
        }
    }

    private void continueKwok() {
        clusters.forEach(LocalKubernetes::continueKwok);
    }

    private Delivered deliver(int most, int rehearsals) throws Exception {
        return deliver(most, rehearsals, () -> {});
    }

    private Delivered deliver(int most, int rehearsals, Runnable onceWritten) throws Exception {
        var some = orders.subList(ordered, Math.min(orders.size(), ordered + most));
        ordered += some.size();
        expected += some.stream().flatMap(List::stream).mapToLong(Planned::hosts).sum();
        long before = machines();
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Callable<Void>> work =
                    some.stream().map(plans -> ordering(plans, rehearsals)).toList();
            var submitting = threads.submit(() -> all(threads, work));
            var written = until(begun, this::machines, "written");
            var _ = submitting.get();
            onceWritten.run();
            var running = until(begun, this::running, "running");
            return new Delivered(written, running, expected - before);
        }
    }

    private static Void all(ExecutorService threads, List<Callable<Void>> work) throws Exception {
        for (var done : work.stream().map(threads::submit).toList()) {
            done.get();
        }
        return null;
    }

    private Callable<Void> ordering(List<Planned> plans, int rehearsals) {
        return () -> {
            for (var plan : plans) {
                var system = systems.get(plan.system().code());
                if (system == null) {
                    throw new IllegalStateException("not registered: " + plan.system().code());
                }
                api.order(
                        plan.system().unit().staff().login().value(),
                        List.of(
                                plan.system().unit().owner().login().value(),
                                city.operator().login().value(),
                                bureau()),
                        system,
                        plan,
                        rehearsals);
            }
            return null;
        };
    }

    @FunctionalInterface
    private interface Count {
        long now() throws IOException, InterruptedException;
    }

    private Duration until(long begun, Count count, String what)
            throws IOException, InterruptedException {
        long changed = System.nanoTime();
        long told = changed;
        long last = -1;
        while (true) {
            long now = System.nanoTime();
            long seen = count.now();
            if (seen >= expected) {
                return Duration.ofNanos(now - begun);
            }
            if (seen != last) {
                changed = now;
                last = seen;
            } else if (now - changed > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "%d of %d %s: %s"
                                .formatted(seen, expected, what, api.reasons(bureau(), "FAILED")));
            }
            if (now - told > Duration.ofSeconds(5).toNanos()) {
                told = now;
                progress.at("%s: %d of %d %s".formatted(city.code(), seen, expected, what));
            }
            Thread.sleep(BETWEEN);
        }
    }

    private long machines() throws IOException, InterruptedException {
        long machines = 0;
        for (var client : clients) {
            machines += client.count("/apis/kubevirt.io/v1/virtualmachines");
        }
        return machines;
    }

    private long running() throws IOException, InterruptedException {
        return api.hosts(bureau(), "RUNNING");
    }

    double heapMib() throws IOException, InterruptedException {
        return server.started().heapMib();
    }

    /** All that was made. */
    BareCity made() throws IOException, InterruptedException {
        return BareCity.of(clients);
    }

    @Override
    public void close() throws IOException {
        api.close();
        server.close();
        issuer.close();
        clients.forEach(BareClient::close);
        postgres.close();
        Folders.delete(folder);
    }
}

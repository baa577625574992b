package io.yuntai.sandbox.tryout;

import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.sandbox.signin.SampleLogins;
import io.yuntai.testkit.LocalKubernetes;
import io.yuntai.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ConfigurableApplicationContext;

/** One start of the try-out, from the options to a city that can be looked at. */
public final class TryOutRun {

    private final long begun = System.nanoTime();
    private final Clock clock = new PastClock(Clock.systemUTC());
    private final Options options;
    private final Terminal terminal;
    private final Parts parts;

    public TryOutRun(Options options, Terminal terminal, Parts parts) {
        this.options = options;
        this.terminal = terminal;
        this.parts = parts;
    }

    /**
     * Starts everything and prepares the city; returns when it is ready, and everything runs on.
     *
     * @throws CannotStart with one line for people
     */
    public void start() throws Exception {
        requireFree(options.port());
        requireReadable(options);
        var data = parts.start(() -> DataFolder.open(options));
        var users = data.sampleUsers();
        var city = data.city().plan();
        var postgres = parts.start(() -> postgres(data));
        var clusters = clusters(data);
        var logins =
                new SampleLogins(
                        options.port(),
                        data.passwordHashes(),
                        users.stream()
                                .map(u ->
                                        new SampleLogins.Shown(
                                                u.login(), u.role().code(), u.unit()))
                                .toList());
        var server =
                new TryOutServer(
                        options.port(),
                        clock,
                        postgres,
                        clusters,
                        logins,
                        terminal,
                        data.clusterKey(),
                        data.reportKey(),
                        data.log());
        ConfigurableApplicationContext context = parts.start(server::start);
        if (!options.prepare()) {
            welcome(data, city, users);
        }
        var maker = new CityMaker(context, city, terminal);
        if (data.isPrepared()) {
            maker.catchUp();
        } else {
            maker.make(data.register());
            data.prepared();
        }
        if (options.prepare()) {
            terminal.line("Made after %.1f s".formatted(seconds()));
            return;
        }
        terminal.line(
                "Ready after %.1f s. Ctrl-C stops everything; the data stay in %s"
                        .formatted(seconds(), data.path()));
    }

    private double seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }

    private static void requireFree(int port) throws CannotStart {
        try (var socket = new ServerSocket()) {
            // As the server will: a port that only waits for stray packets is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw CannotStart.because("port %d is taken; use --port N".formatted(port));
        }
    }

    /** Before anything is started, for the sake of whoever has mistyped it. */
    private static void requireReadable(Options options) throws CannotStart {
        if (options.kubernetes().orElse(null) instanceof Kubernetes.Own(var kubeconfig)) {
            MemberClusters.real("member", kubeconfig).close();
        }
    }

    private static PostgresServer postgres(DataFolder data) throws CannotStart {
        try {
            return PostgresServer.kept(data.postgres()).endedByOwner();
        } catch (IllegalStateException e) {
            throw CannotStart.because(String.valueOf(e.getMessage()));
        }
    }

    private ClusterConnections clusters(DataFolder data) throws Exception {
        return switch (data.where()) {
            case Kubernetes.Simulated() -> MemberClusters.simulated(clock);
            case Kubernetes.Own(var kubeconfig) -> MemberClusters.real("member", kubeconfig);
            case Kubernetes.Local() -> {
                var local = parts.start(() -> local(data));
                yield MemberClusters.real("local", local.kubeconfig());
            }
        };
    }

    private LocalKubernetes local(DataFolder data) throws CannotStart {
        if (!LocalKubernetes.canRun()) {
            throw CannotStart.because(
                    "--kubernetes local needs Go 1.26 or later (or Docker) to build the API server once");
        }
        terminal.line("Starting Kubernetes");
        try {
            return LocalKubernetes.start(
                            LocalKubernetes.Options.kept(
                                    data.kubernetes(), step -> terminal.line("  " + step)))
                    .endedByOwner();
        } catch (IllegalStateException e) {
            throw CannotStart.because("Kubernetes does not start: " + e.getMessage());
        }
    }

    private void welcome(DataFolder data, CityPlan city, List<SampleUser> users) {
        terminal.line("");
        terminal.line(
                "Yuntai, a try-out with a sample city: %s, %d units, %d systems"
                        .formatted(city.name(), city.units().size(), city.systems().size()));
        terminal.line("");
        terminal.line("  http://127.0.0.1:" + options.port() + "/");
        terminal.line("");
        if (!data.hasNewUsers()) {
            terminal.line("Sample users and their passwords: ./yuntai try --users");
        } else {
            terminal.line("Sample users: role, user name, password");
            terminal.users(users);
        }
        switch (data.where()) {
            case Kubernetes.Simulated() -> terminal.line("Clusters are simulated.");
            case Kubernetes.Own(var kubeconfig) -> terminal.line("Cluster: " + kubeconfig);
            case Kubernetes.Local() ->
                    terminal.line(
                            String.format(
                                    Locale.ROOT,
                                    "Look into the cluster: KUBECONFIG=%s kubectl get virtualmachines -A",
                                    data.kubernetes().resolve("kubeconfig")));
        }
        terminal.line("");
    }
}

package io.yuntai.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes control plane on this machine: etcd, kube-apiserver and kube-controller-manager
 * as child processes on loopback ports, with KubeVirt's own resource definitions. In the place of
 * kubelets and of KubeVirt's controllers, KWOK moves virtual machines and pods to Running. There is
 * no scheduler: a pod becomes Running only when its manifest names the node {@value #NODE}.
 *
 * <p>The programs are built when they are first needed on a machine, by the Go that is installed or
 * by one in Docker. Several clusters can run side by side. The servers end with {@link #close()} or
 * with the JVM; if the JVM was killed, the next start in the same folder (or of any temporary one)
 * stops them.
 */
public final class LocalKubernetes implements AutoCloseable {

    /** The only node. */
    public static final String NODE = "node-1";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String API_SERVER = "kube-apiserver";
    private static final String CONTROLLERS = "kube-controller-manager";
    private static final String KWOK = "kwok";
    private static final String NOT_YET = "nothing was answered";

    private final Workspace workspace;
    private final boolean durable;
    private static final int KWOK_ATTEMPTS = 20;
    private static final Duration KWOK_SETTLES = Duration.ofSeconds(1);

    private final boolean kwok;
    private final GoBinaries binaries;
    private final List<Integer> ports;
    private final Thread hook = new Thread(this::stop, "stop-kubernetes");
    private final List<Server> servers = new ArrayList<>();
    private final Credentials credentials;
    private final String url;
    private boolean ownedByCaller;

    /**
     * How to start one.
     *
     * @param folder where to keep the data; null for a temporary folder that is deleted at the end
     * @param kwok whether virtual machines and pods become Running
     * @param durable whether etcd waits for the disk; without, a crash of the machine (not of a
     *     process) can lose data
     * @param progress is told, in one line each, about steps that take long
     */
    public record Options(
            @Nullable Path folder, boolean kwok, boolean durable, Consumer<String> progress) {

        /** For a test: temporary, with KWOK, not durable, progress to standard error. */
        public static Options forTests() {
            return new Options(null, true, false, System.err::println);
        }

        /** For a cluster that is found again at the next start: with KWOK. */
        public static Options kept(Path folder, Consumer<String> progress) {
            return new Options(folder, true, true, progress);
        }

        public Options withoutKwok() {
            return new Options(folder, false, durable, progress);
        }
    }

    private LocalKubernetes(
            Workspace workspace, Options options, GoBinaries binaries, List<Integer> ports) {
        this.workspace = workspace;
        this.durable = options.durable();
        this.kwok = options.kwok();
        this.binaries = binaries;
        this.ports = List.copyOf(ports);
        this.credentials = Credentials.create(workspace);
        this.url = "https://127.0.0.1:" + ports.get(0);
    }

    /**
     * Whether this machine can run one: the programs were built before, or Go is here to build
     * them.
     */
    public static boolean canRun() {
        return GoBinaries.ofThisUser(_ -> {}).areBuilt() || GoToolchain.find().isPresent();
    }

    /**
     * Starts a cluster and waits until it takes virtual machines.
     *
     * @throws IllegalStateException with the end of the log, when a server ends or does not become
     *     ready in time
     */
    public static LocalKubernetes start(Options options) {
        GoBinaries binaries = GoBinaries.ofThisUser(options.progress());
        // All are built before anything starts: a start may time out, a build may not.
        for (GoProgram program : GoProgram.values()) {
            var _ = binaries.get(program);
        }
        Path folder = options.folder();
        Workspace workspace =
                folder == null ? Workspace.temporary("kubernetes") : Workspace.open(folder);
        LocalKubernetes cluster = new LocalKubernetes(workspace, options, binaries, Ports.free(3));
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        try {
            cluster.startAll();
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        startControlPlane(binaries.get(GoProgram.KUBE));
        installKubeVirt();
        startControllers(binaries.get(GoProgram.KUBE));
        if (kwok) {
            startKwok(binaries.get(GoProgram.KWOK));
        }
    }

    /**
     * Loses all that etcd holds, and starts again at the same address with the same certificates
     * and users: to whoever asks, another cluster that is empty.
     */
    public synchronized void emptyEtcd() throws IOException {
        servers.reversed().forEach(Server::kill);
        servers.clear();
        Workspace.delete(workspace.resolve("etcd"));
        startAll();
    }

    private void startControlPlane(Path kube) throws IOException {
        ControlPlaneFlags flags = new ControlPlaneFlags(workspace, credentials, ports, durable);
        servers.add(Server.start(workspace, "etcd", kube, flags.etcd()));
        startApiServer(kube);
    }

    private void startApiServer(Path kube) throws IOException {
        ControlPlaneFlags flags = new ControlPlaneFlags(workspace, credentials, ports, durable);
        servers.add(Server.start(workspace, API_SERVER, kube, flags.apiServer()));
        await("the API server", () -> Files.exists(credentials.serverCertificate()));
        Files.writeString(kubeconfig(), credentials.kubeconfig(url));
        ApiConnection connection = connection();
        awaitAnswer(connection, "/readyz", _ -> true);
        // The API server makes it shortly after it says that it is ready.
        awaitAnswer(connection, "/api/v1/namespaces/default", _ -> true);
    }

    /** After the definitions: its quota controller looks for new kinds only every half minute. */
    private void startControllers(Path kube) {
        ControlPlaneFlags flags = new ControlPlaneFlags(workspace, credentials, ports, durable);
        servers.add(
                Server.start(workspace, CONTROLLERS, kube, flags.controllerManager(kubeconfig())));
    }

    private void installKubeVirt() throws IOException {
        ApiConnection connection = connection();
        for (Path file : Definitions.kubeVirt(workspace, binaries)) {
            String name = file.getFileName().toString().replaceFirst("\\.json$", "");
            connection.apply(
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name,
                    Files.readString(file));
        }
        // KWOK and Fabric8 look a kind up once; KWOK ends when the kind is not there yet.
        awaitAnswer(connection, "/openapi/v3", body -> body.contains("apis/kubevirt.io/v1\""));
        awaitAnswer(connection, "/apis/kubevirt.io/v1/virtualmachines?limit=1", _ -> true);
        awaitAnswer(
                connection,
                "/apis/kubevirt.io/v1",
                body ->
                        body.contains("\"virtualmachines\"")
                                && body.contains("\"virtualmachineinstances\""));
    }

    private void startKwok(Path kwok) throws IOException {
        connection().apply("/api/v1/nodes/" + NODE, resource("node.json"));
        Path stages = workspace.resolve("stages.yaml");
        Files.writeString(stages, resource("stages.yaml"));
        List<String> arguments =
                List.of(
                        "--kubeconfig=" + kubeconfig(),
                        "--config=" + stages,
                        "--manage-all-nodes=true");
        // It ends at once where discovery, which lags behind, does not name a kind yet; nobody's
        // host would ever run then.
        Server server = Server.start(workspace, KWOK, kwok, arguments);
        for (int attempt = 1; attempt < KWOK_ATTEMPTS && endsSoon(server); attempt++) {
            server = Server.start(workspace, KWOK, kwok, arguments);
        }
        server.checkAlive();
        servers.add(server);
    }

    private boolean endsSoon(Server kwok) throws IOException {
        await("KWOK", () -> !kwok.isAlive() || kwok.hasSaid("Watch all nodes"));
        return kwok.endsWithin(KWOK_SETTLES);
    }

    /**
     * Starts KWOK anew, which looks a kind up once and never again: to be called when one is back
     * that was taken away.
     */
    public synchronized void restartKwok() throws IOException {
        servers.stream().filter(one -> one.name().equals(KWOK)).forEach(Server::kill);
        servers.removeIf(one -> one.name().equals(KWOK));
        startKwok(binaries.get(GoProgram.KWOK));
    }

    /**
     * From now on only {@link #close()} ends it, also when the JVM ends: for an owner who has to
     * end something else before.
     */
    public LocalKubernetes endedByOwner() {
        ownedByCaller = Runtime.getRuntime().removeShutdownHook(hook);
        return this;
    }

    /** The administrator's. */
    public Path kubeconfig() {
        return workspace.resolve("kubeconfig");
    }

    /** Bearer token of a user in the group {@code system:masters}. */
    public String adminToken() {
        return credentials.adminToken();
    }

    /**
     * Base address of the API server; its certificate is signed by an authority that only the
     * kubeconfig knows.
     */
    public String url() {
        return url;
    }

    /**
     * Freezes the API server: connections stay open and nothing answers, as with a lost network.
     */
    public void stopApiServer() {
        server(API_SERVER).send(Signal.STOP);
    }

    /** Lets a frozen API server go on. */
    public void continueApiServer() {
        server(API_SERVER).send(Signal.CONT);
    }

    /** Ends the API server as a crash would: connections break, and new ones are refused. */
    public synchronized void killApiServer() {
        var ended = server(API_SERVER);
        ended.kill();
        servers.remove(ended);
    }

    /** Starts an API server in the place of one that was killed, and waits until it answers. */
    public synchronized void restartApiServer() throws IOException {
        startApiServer(binaries.get(GoProgram.KUBE));
    }

    /**
     * Freezes Kubernetes' own controllers: admission goes on alone, and nobody recounts a quota.
     */
    public void stopControllers() {
        server(CONTROLLERS).send(Signal.STOP);
    }

    /** Lets frozen controllers go on. */
    public void continueControllers() {
        server(CONTROLLERS).send(Signal.CONT);
    }

    /** Freezes KWOK: machines that are made do not start. */
    public void stopKwok() {
        server(KWOK).send(Signal.STOP);
    }

    /** Lets a frozen KWOK go on. */
    public void continueKwok() {
        server(KWOK).send(Signal.CONT);
    }

    private synchronized Server server(String name) {
        return servers.stream()
                .filter(one -> one.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("not started: " + name));
    }

    /** Ends all servers; a temporary folder is deleted. */
    @Override
    public void close() {
        if (ownedByCaller) {
            stop();
            return;
        }
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending: the hook does the rest.
            return;
        }
        stop();
    }

    private synchronized void stop() {
        for (Server server : servers.reversed()) {
            // Only etcd has a state that an orderly end would save.
            if (durable && server.name().equals("etcd")) {
                server.end();
            } else {
                server.kill();
            }
        }
        servers.clear();
        workspace.close();
    }

    private ApiConnection connection() {
        return new ApiConnection(url, credentials.adminToken(), credentials.serverCertificate());
    }

    private void awaitAnswer(ApiConnection connection, String path, Predicate<String> good)
            throws IOException {
        await(
                path,
                () -> {
                    try {
                        HttpResponse<String> answer = connection.get(path);
                        return answer.statusCode() == 200 && good.test(answer.body());
                    } catch (IOException _) {
                        return false;
                    }
                });
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            servers.forEach(Server::checkAlive);
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        what
                                + ": "
                                + NOT_YET
                                + " in "
                                + PATIENCE
                                + "\n"
                                + server(API_SERVER).lastLines());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + what, e);
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = LocalKubernetes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not packed: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

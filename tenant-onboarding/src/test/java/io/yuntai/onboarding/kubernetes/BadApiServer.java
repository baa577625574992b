package io.yuntai.onboarding.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What answers at a cluster's address when something is wrong there: a small HTTP server. */
public final class BadApiServer implements AutoCloseable {

    /** What it does to every request. */
    public enum Fault {
        /** Takes the request and never answers. */
        HANGS,
        /** Takes the request and closes the connection. */
        CLOSES,
        /** Says 429, and to come again in an hour. */
        THROTTLES,
        /** Says 200 and shows a page for people. */
        NONSENSE,
        /** Says 200 and an empty object. */
        EMPTY,
        /** Says 409. */
        CONFLICTS,
        /** Says 503 and shows a page of a load balancer. */
        UNAVAILABLE,
        /** Says 401. */
        UNAUTHORIZED,
        /** Says 404 as a cluster does, and takes longer for it than a cluster that is well. */
        SLOW
    }

    private static final Duration SLOWLY = Pulse.SLOW.plusMillis(100);
    private static final int RETRY_AFTER_SECONDS = 3600;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Fault fault;

    private BadApiServer(Fault fault) throws IOException {
        this.fault = fault;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public static BadApiServer that(Fault fault) {
        try {
            return new BadApiServer(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void nowIt(Fault other) {
        fault = other;
    }

    /** A connection to it. */
    public Fabric8Cluster cluster(String name) {
        return Fabric8Cluster.connect(
                new ClusterName(name),
                """
                apiVersion: v1
                kind: Config
                current-context: bad
                clusters: [{name: bad, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: somebody, user: {token: any}}]
                contexts: [{name: bad, context: {cluster: bad, user: somebody}}]
                """
                        .formatted(server.getAddress().getPort()));
    }

    /** How many requests it had at once at most, watches not counted. */
    public int mostAtOnce() {
        return most.get();
    }

    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isWatch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=");
        try (exchange) {
            if (!isWatch) {
                requests.incrementAndGet();
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            }
            exchange.getRequestBody().readAllBytes();
            answer(exchange, fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isWatch) {
                inFlight.decrementAndGet();
            }
        }
    }

    private void answer(HttpExchange exchange, Fault with)
            throws IOException, InterruptedException {
        switch (with) {
            case HANGS -> closed.await();
            case CLOSES -> throw new IOException("the connection is closed");
            case THROTTLES -> {
                exchange.getResponseHeaders()
                        .set("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
                send(exchange, 429, "text/plain", "Too many requests, please try again later.");
            }
            case NONSENSE -> send(exchange, 200, "text/html", "<html><body>Welcome</body></html>");
            case EMPTY -> send(exchange, 200, "application/json", "{}");
            case CONFLICTS ->
                    send(
                            exchange,
                            409,
                            "application/json",
                            """
                            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict",
                             "message": "the object has been modified", "code": 409}
                            """);
            case UNAVAILABLE -> send(exchange, 503, "text/html", "<html>No server</html>");
            case SLOW -> {
                Thread.sleep(SLOWLY);
                send(
                        exchange,
                        404,
                        "application/json",
                        """
                        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
                         "message": "not found", "code": 404}
                        """);
            }
            case UNAUTHORIZED ->
                    send(
                            exchange,
                            401,
                            "application/json",
                            """
                            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Unauthorized",
                             "message": "Unauthorized", "code": 401}
                            """);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop((int) Duration.ZERO.toSeconds());
    }
}

package io.yuntai.notice;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that takes webhooks, and answers as it is told. */
final class Receiver implements AutoCloseable {

    /** One request that came. */
    record Request(String id, String timestamp, String signature, byte[] body) {}

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile int answer;
    private volatile String location = "";

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    requests.add(
                            new Request(
                                    headers.getFirst(WebhookChannel.ID),
                                    headers.getFirst(WebhookChannel.TIMESTAMP),
                                    headers.getFirst(WebhookChannel.SIGNATURE),
                                    exchange.getRequestBody().readAllBytes()));
                    if (!location.isEmpty()) {
                        exchange.getResponseHeaders().set("Location", location);
                    }
                    exchange.sendResponseHeaders(status, answer == 0 ? -1 : answer);
                    if (answer > 0) {
                        exchange.getResponseBody().write(new byte[answer]);
                    }
                    exchange.close();
                });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    List<Request> requests() {
        return requests;
    }

    /** From now on. */
    void answerWith(int code, int bytes, String redirect) {
        status = code;
        answer = bytes;
        location = redirect;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.yuntai.billing.prometheus;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Answers as a Prometheus does, with what no real one can be brought to say. */
final class PlayedPrometheus implements AutoCloseable {

    private final HttpServer http;

    private PlayedPrometheus(HttpServer http) {
        this.http = http;
    }

    /**
     * A question.
     *
     * @param form decoded
     */
    record Asked(String form, Headers headers) {}

    /** What it is answered. */
    record Answer(int status, String body) {

        /** These series, each as JSON. */
        static Answer matrix(String series) {
            return new Answer(
                    200,
                    "{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": [%s]}}"
                            .formatted(series));
        }
    }

    static PlayedPrometheus start(Function<Asked, Answer> answers) throws IOException {
        var http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext(
                "/api/v1/query_range",
                exchange -> {
                    var form =
                            URLDecoder.decode(
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8),
                                    StandardCharsets.UTF_8);
                    var answer = answers.apply(new Asked(form, exchange.getRequestHeaders()));
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        http.start();
        return new PlayedPrometheus(http);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

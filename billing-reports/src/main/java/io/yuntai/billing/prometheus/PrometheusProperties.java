package io.yuntai.billing.prometheus;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where measured use is read.
 *
 * @param prometheus one for each member cluster; a cluster without one is not measured
 */
@ConfigurationProperties("yuntai.metering")
record PrometheusProperties(@DefaultValue List<Server> prometheus) {

    PrometheusProperties {
        prometheus = List.copyOf(prometheus);
        long clusters = prometheus.stream().map(Server::cluster).distinct().count();
        if (clusters < prometheus.size()) {
            throw new IllegalArgumentException("a cluster has one Prometheus: " + prometheus);
        }
    }

    /**
     * One server.
     *
     * @param cluster the member cluster whose hosts it measures
     * @param url its root, such as {@code https://thanos.example/}; {@code api/v1/…} is added
     * @param selector what series must match besides, such as {@code cluster="a"}, where several
     *     clusters are read from one place; empty: all that it has
     * @param tokenFile holds the bearer token, read anew with each request; empty: none is sent
     * @param headers sent with each request, such as Mimir's {@code X-Scope-OrgID}; none of those
     *     that belong to the connection or to the token
     * @param timeout of one question
     */
    record Server(
            String cluster,
            URI url,
            @DefaultValue("") String selector,
            Optional<Path> tokenFile,
            @DefaultValue Map<String, String> headers,
            @DefaultValue("1m") Duration timeout) {

        private static final Pattern SELECTOR =
                Pattern.compile(
                        "|[a-zA-Z_][a-zA-Z0-9_]*=~?\"[^\"\\\\{}\n]*\""
                                + "(,[a-zA-Z_][a-zA-Z0-9_]*=~?\"[^\"\\\\{}\n]*\")*");

        private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        private static final Pattern VALUE = Pattern.compile("[ -~]+");

        /**
         * What the client sets itself, and what would send a secret that stands in a file of its
         * own.
         */
        private static final Set<String> OURS =
                Set.of(
                        "authorization",
                        "connection",
                        "content-length",
                        "content-type",
                        "expect",
                        "host",
                        "upgrade");

        Server {
            headers = Map.copyOf(headers);
            headers.forEach((name, value) -> {
                if (!HEADER.matcher(name).matches()
                        || OURS.contains(name.toLowerCase(Locale.ROOT))
                        || !VALUE.matcher(value).matches()) {
                    throw new IllegalArgumentException("not a header to send: " + name);
                }
            });
            if (cluster.isBlank()) {
                throw new IllegalArgumentException("whose Prometheus is " + url + "?");
            }
            if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
                    || url.getHost() == null) {
                throw new IllegalArgumentException("not the address of a Prometheus: " + url);
            }
            if (!SELECTOR.matcher(selector).matches()) {
                throw new IllegalArgumentException(
                        "not a selector such as cluster=\"a\": " + selector);
            }
            if (!timeout.isPositive()) {
                throw new IllegalArgumentException("no time to answer: " + timeout);
            }
        }
    }
}

package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig, with the limits that we call within. One that names a program to run is refused
 * before the client reads it: reading it would already run that program on our server. What a
 * stranger hands in is looked at by {@link KubeconfigRules} before.
 */
public final class Kubeconfig {

    /** A certificate that ends within this is told of. */
    static final Duration RENEW_WITHIN = Duration.ofDays(30);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** After this many repetitions the caller is told; the reconciler's sweep is the real retry. */
    private static final int RETRIES = 2;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);
    private static final int CONCURRENT_REQUESTS = 64;

    private final String text;
    private final Config config;

    private Kubeconfig(String text, Config config) {
        this.text = text;
        this.config = config;
    }

    /**
     * Reads one, whoever's it is.
     *
     * @throws IllegalArgumentException when it is no kubeconfig, or one that runs a program
     */
    static Kubeconfig read(String text) {
        refusePrograms(text);
        return new Kubeconfig(text, config(text, REQUEST, RETRIES));
    }

    /** For the client that works. */
    Config config() {
        return config;
    }

    /** For one that looks once, while somebody waits for it. */
    Config impatient() {
        return config(text, LOOK, 0);
    }

    /** As it was handed in; it bears secrets. */
    public String text() {
        return text;
    }

    /** Where its API server is, for people. */
    public String server() {
        return config.getMasterUrl();
    }

    /** When its client certificate ends; empty: it has none. */
    Optional<Instant> certificateEnds() {
        return certificate().map(one -> one.getNotAfter().toInstant());
    }

    private Optional<X509Certificate> certificate() {
        return certificate(config.getClientCertData());
    }

    /** A certificate as a kubeconfig holds it; empty: there is none, or it is none. */
    static Optional<X509Certificate> certificate(@Nullable String base64) {
        if (base64 == null || base64.isBlank()) {
            return Optional.empty();
        }
        try {
            var pem = Base64.getMimeDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .findFirst();
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Config config(String text, Duration request, int retries) {
        try {
            var config = Config.fromKubeconfig(text);
            config.setConnectionTimeout((int) CONNECT.toMillis());
            config.setRequestTimeout((int) request.toMillis());
            config.setRequestRetryBackoffLimit(retries);
            config.setRequestRetryBackoffInterval((int) RETRY_PAUSE.toMillis());
            config.setWatchReconnectInterval((int) WATCH_PAUSE.toMillis());
            config.setMaxConcurrentRequests(CONCURRENT_REQUESTS);
            // The client takes every key for RSA's unless it is told.
            certificate(config.getClientCertData())
                    .map(one -> one.getPublicKey().getAlgorithm())
                    .ifPresent(config::setClientKeyAlgo);
            return config;
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException("not a kubeconfig", e);
        }
    }

    private static void refusePrograms(String text) {
        var config = parse(text);
        for (var named : config.getUsers()) {
            var user = named.getUser();
            if (user != null && (user.getExec() != null || user.getAuthProvider() != null)) {
                throw new IllegalArgumentException(
                        "the kubeconfig's user %s runs a program to sign in; give it a token or a certificate"
                                .formatted(named.getName()));
            }
        }
    }

    /**
     * The document alone; nothing of it is acted upon.
     *
     * @throws IllegalArgumentException when it is none
     */
    static io.fabric8.kubernetes.api.model.Config parse(String text) {
        io.fabric8.kubernetes.api.model.Config config;
        try {
            config = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a kubeconfig", e);
        }
        if (config == null || config.getClusters() == null || config.getClusters().isEmpty()) {
            throw new IllegalArgumentException("a kubeconfig without a cluster");
        }
        return config;
    }

    /** It bears secrets. */
    @Override
    public String toString() {
        return "kubeconfig of " + server();
    }
}

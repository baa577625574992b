package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;

/**
 * A kubeconfig's text as the client's configuration. One that names a program to run is refused
 * before the client reads it: reading it would already run that program on our server.
 */
final class Kubeconfig {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(10);

    /** After this many repetitions the caller is told; the reconciler's sweep is the real retry. */
    private static final int RETRIES = 2;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);
    private static final int CONCURRENT_REQUESTS = 64;

    private Kubeconfig() {}

    /**
     * @throws IllegalArgumentException when it is no kubeconfig, or one that runs a program
     */
    static Config read(String text) {
        refusePrograms(text);
        try {
            var config = Config.fromKubeconfig(text);
            config.setConnectionTimeout((int) CONNECT.toMillis());
            config.setRequestTimeout((int) REQUEST.toMillis());
            config.setRequestRetryBackoffLimit(RETRIES);
            config.setRequestRetryBackoffInterval((int) RETRY_PAUSE.toMillis());
            config.setWatchReconnectInterval((int) WATCH_PAUSE.toMillis());
            config.setMaxConcurrentRequests(CONCURRENT_REQUESTS);
            return config;
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException("not a kubeconfig", e);
        }
    }

    private static void refusePrograms(String text) {
        io.fabric8.kubernetes.api.model.Config config;
        try {
            config = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a kubeconfig", e);
        }
        if (config == null || config.getClusters() == null || config.getClusters().isEmpty()) {
            throw new IllegalArgumentException("a kubeconfig without a cluster");
        }
        for (var named : config.getUsers()) {
            var user = named.getUser();
            if (user != null && (user.getExec() != null || user.getAuthProvider() != null)) {
                throw new IllegalArgumentException(
                        "the kubeconfig's user %s runs a program to sign in; give it a token or a certificate"
                                .formatted(named.getName()));
            }
        }
    }
}

package io.yuntai.sandbox.bench;

import io.yuntai.testkit.LocalKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Several API servers on this machine, each with all that belongs to it, and one client each. */
record Servers(List<LocalKubernetes> clusters, List<BareClient> clients) implements AutoCloseable {

    /** The one that is stopped. */
    private static final int VICTIM = 1;

    Servers {
        clusters = List.copyOf(clusters);
        clients = List.copyOf(clients);
    }

    static Servers start(int count) throws IOException, GeneralSecurityException {
        var clusters = new ArrayList<LocalKubernetes>();
        var clients = new ArrayList<BareClient>();
        try {
            for (int i = 0; i < count; i++) {
                var cluster =
                        LocalKubernetes.start(LocalKubernetes.Options.forTests().withoutKwok());
                clusters.add(cluster);
                clients.add(new BareClient(Files.readString(cluster.kubeconfig())));
            }
            return new Servers(clusters, clients);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            clusters.forEach(LocalKubernetes::close);
            throw e;
        }
    }

    List<Path> kubeconfigs() {
        return clusters.stream().map(LocalKubernetes::kubeconfig).toList();
    }

    /** One of them answers no more. */
    void stop() {
        clusters.get(VICTIM).stopApiServer();
    }

    void goOn() {
        clusters.get(VICTIM).continueApiServer();
    }

    @Override
    public void close() {
        clients.forEach(BareClient::close);
        clusters.forEach(LocalKubernetes::close);
    }
}

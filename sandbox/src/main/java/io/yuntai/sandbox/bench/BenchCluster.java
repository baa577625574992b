package io.yuntai.sandbox.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The real cluster that a benchmark runs on. */
record BenchCluster(Path kubeconfig, Closeable server) implements Closeable {

    static BenchCluster start() throws IOException {
        var own = System.getenv("YUNTAI_TEST_KUBECONFIG");
        if (own == null) {
            throw new IOException(
                    "set YUNTAI_TEST_KUBECONFIG to a cluster with KubeVirt's schemas");
        }
        return new BenchCluster(Path.of(own), () -> {});
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

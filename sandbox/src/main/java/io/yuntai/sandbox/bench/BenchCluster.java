package io.yuntai.sandbox.bench;

import io.yuntai.testkit.LocalKubernetes;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * The real cluster that a benchmark runs on: the caller's own, or one that is started here.
 *
 * @param server what to stop at the end
 */
record BenchCluster(Path kubeconfig, Runnable server) implements Closeable {

    static BenchCluster start() {
        return start(LocalKubernetes.Options.forTests());
    }

    /** One in which nothing ever runs, which is enough for what is only admitted. */
    static BenchCluster startWithoutNodes() {
        return start(LocalKubernetes.Options.forTests().withoutKwok());
    }

    private static BenchCluster start(LocalKubernetes.Options options) {
        var own = System.getenv("YUNTAI_TEST_KUBECONFIG");
        if (own != null) {
            return new BenchCluster(Path.of(own), () -> {});
        }
        var local = LocalKubernetes.start(options);
        return new BenchCluster(local.kubeconfig(), local::close);
    }

    @Override
    public void close() {
        server.run();
    }
}

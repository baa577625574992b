package io.yuntai.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/**
 * The Kubernetes cluster that tests of this JVM share. The first of these that this machine has:
 * the one of the kubeconfig file that the environment variable {@value #VARIABLE} names, which must
 * know KubeVirt's kinds; a {@link LocalKubernetes}, built by Go; the same, built by Docker.
 *
 * @param kubeconfig of somebody who may do everything
 * @param local where it was started here
 */
public record TestCluster(Path kubeconfig, Optional<LocalKubernetes> local) {

    /** Names a kubeconfig file. */
    public static final String VARIABLE = "YUNTAI_TEST_KUBECONFIG";

    private static final String MISSING =
            "no Kubernetes cluster for tests: install Go 1.26 or later, or start Docker, or set "
                    + VARIABLE;

    /**
     * The cluster of this JVM; the first call starts it.
     *
     * @throws TestAbortedException when this machine has none
     * @throws AssertionError the same with {@code CI=true}
     */
    public static TestCluster shared() {
        return Shared.CLUSTER.orElseThrow(() -> Requirement.missing(MISSING));
    }

    /**
     * Does it while Kubernetes' controllers stand still, which are then let go on. Those of a
     * cluster that the environment names cannot be stopped: there it is only done.
     */
    public <T> T withoutControllers(Supplier<T> deed) {
        local.ifPresent(LocalKubernetes::stopControllers);
        try {
            return deed.get();
        } finally {
            local.ifPresent(LocalKubernetes::continueControllers);
        }
    }

    /** The caller's own cluster, when the environment names one. */
    static Optional<TestCluster> configured(Map<String, String> environment) {
        String file = environment.getOrDefault(VARIABLE, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path kubeconfig = Path.of(file);
        if (!Files.isReadable(kubeconfig)) {
            // Not another cluster than the one that was asked for.
            throw new IllegalStateException(
                    VARIABLE + " names a file that cannot be read: " + kubeconfig);
        }
        return Optional.of(new TestCluster(kubeconfig, Optional.empty()));
    }

    private static Optional<TestCluster> started() {
        if (!LocalKubernetes.canRun()) {
            return Optional.empty();
        }
        LocalKubernetes cluster = LocalKubernetes.start(LocalKubernetes.Options.forTests());
        return Optional.of(new TestCluster(cluster.kubeconfig(), Optional.of(cluster)));
    }

    private static final class Shared {
        static final Optional<TestCluster> CLUSTER =
                configured(System.getenv()).or(TestCluster::started);

        private Shared() {}
    }
}

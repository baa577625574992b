package io.yuntai.sandbox.tryout;

import java.nio.file.Path;

/** Where the hosts of the sample city run. */
public sealed interface Kubernetes {

    /** Clusters that are only played. */
    record Simulated() implements Kubernetes {}

    /** A real API server that is started on this machine. */
    record Local() implements Kubernetes {}

    /** A cluster of the caller's own. */
    record Own(Path kubeconfig) implements Kubernetes {}

    static Kubernetes of(String text) {
        return switch (text) {
            case "simulated" -> new Simulated();
            case "local" -> new Local();
            default -> new Own(Path.of(text).toAbsolutePath().normalize());
        };
    }

    /** As it is written on the command line and kept in the data folder. */
    default String text() {
        return switch (this) {
            case Simulated() -> "simulated";
            case Local() -> "local";
            case Own(var kubeconfig) -> kubeconfig.toString();
        };
    }
}

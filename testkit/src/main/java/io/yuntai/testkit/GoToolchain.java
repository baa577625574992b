package io.yuntai.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Where Go is. */
enum GoToolchain {
    /** On the search path. */
    INSTALLED,
    /**
     * In an image; what it builds runs here, outside any container, so both ways give the same
     * cluster.
     */
    IN_DOCKER;

    private static final String IMAGE = "golang:1.26";
    private static final long DAEMON_PATIENCE_SECONDS = 10;

    static Optional<GoToolchain> find() {
        if (OnPath.find("go").isPresent()) {
            return Optional.of(INSTALLED);
        }
        return dockerAnswers() ? Optional.of(IN_DOCKER) : Optional.empty();
    }

    /**
     * The command that builds.
     *
     * @param source folder of a module
     * @param binary the file to write
     */
    ProcessBuilder build(Path source, Path binary, String linkerFlags, String goPackage) {
        List<String> command = new ArrayList<>();
        String output =
                switch (this) {
                    case INSTALLED -> binary.toString();
                    case IN_DOCKER -> {
                        command.addAll(container(source, binary.toAbsolutePath()));
                        yield "/out/" + binary.getFileName();
                    }
                };
        command.addAll(
                List.of(
                        "go",
                        "build",
                        "-p=2",
                        "-mod=readonly",
                        "-buildvcs=false",
                        "-trimpath",
                        "-ldflags",
                        linkerFlags,
                        "-o",
                        output,
                        goPackage));
        ProcessBuilder builder = new ProcessBuilder(command).directory(source.toFile());
        builder.environment().put("CGO_ENABLED", "0");
        return builder;
    }

    private static List<String> container(Path source, Path binary) {
        return List.of(
                "docker",
                "run",
                "--rm",
                "--env=CGO_ENABLED=0",
                // Handed on when the caller has them.
                "--env=GOPROXY",
                "--env=GOSUMDB",
                "--env=GOOS=" + operatingSystem(System.getProperty("os.name")),
                "--env=GOARCH=" + architecture(System.getProperty("os.arch")),
                "--volume=" + source + ":/source",
                "--volume=" + binary.getParent() + ":/out",
                "--workdir=/source",
                IMAGE);
    }

    /** Go's word for what the JDK calls {@code os.name}. */
    static String operatingSystem(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    /** Go's word for what the JDK calls {@code os.arch}. */
    static String architecture(String name) {
        return name.equals("aarch64") ? "arm64" : name;
    }

    private static boolean dockerAnswers() {
        if (OnPath.find("docker").isEmpty()) {
            return false;
        }
        try {
            Process info =
                    new ProcessBuilder("docker", "info")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!info.waitFor(DAEMON_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                info.destroyForcibly();
                return false;
            }
            return info.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.yuntai.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds {@link GoProgram}s once per machine and keeps them outside the checkout, so that neither a
 * fresh clone nor {@code mvn clean} pays for them again. A binary is named after a hash of the
 * module's files: another version is another file.
 */
final class GoBinaries {

    private static final Pattern KUBERNETES_VERSION =
            Pattern.compile("^\\s*k8s\\.io/kubernetes (v\\S+)$", Pattern.MULTILINE);

    private final Path folder;
    private final Consumer<String> progress;

    GoBinaries(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** In the user's cache folder, after the XDG base directory specification. */
    static GoBinaries ofThisUser(Consumer<String> progress) {
        return new GoBinaries(
                cacheFolder(System.getenv()).resolve("yuntai").resolve("bin"), progress);
    }

    static Path cacheFolder(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        return configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
    }

    /** Whether all programs are here already, so that Go is not needed. */
    boolean areBuilt() {
        return List.of(GoProgram.values()).stream().allMatch(p -> Files.isExecutable(path(p)));
    }

    /** The binary of a program; the first call on a machine takes minutes. */
    Path get(GoProgram program) {
        Path binary = path(program);
        if (Files.isExecutable(binary)) {
            return binary;
        }
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve(program.moduleName() + ".lock");
            // One lock per JVM too: a second lock of the same JVM on the same file throws instead
            // of waiting.
            synchronized (GoBinaries.class) {
                try (FileChannel channel =
                                FileChannel.open(
                                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.isExecutable(binary)) {
                        build(program, binary);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + program.moduleName(), e);
        }
        return binary;
    }

    Path path(GoProgram program) {
        return folder.resolve(program.moduleName() + "-" + hash(program));
    }

    private void build(GoProgram program, Path binary) throws IOException {
        progress.accept(
                "building "
                        + program.moduleName()
                        + " with Go, once on this machine; this takes minutes");
        Path source = Files.createTempDirectory(folder, program.moduleName() + "-source-");
        Path built = folder.resolve(binary.getFileName() + ".part");
        Path log = folder.resolve(program.moduleName() + ".log");
        try {
            for (String file : program.files()) {
                Files.write(source.resolve(file), bytes(program, file));
            }
            ProcessBuilder go =
                    GoToolchain.find()
                            .orElseThrow(() -> new IOException("neither Go nor Docker is here"))
                            .build(source, built, linkerFlags(program), program.goPackage())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            int status = go.start().waitFor();
            if (status != 0) {
                throw new IOException(
                        "go build ended with " + status + ": " + Files.readString(log));
            }
            Files.move(built, binary, StandardCopyOption.ATOMIC_MOVE);
            progress.accept("built " + binary);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while building " + program.moduleName(), e);
        } finally {
            Files.deleteIfExists(built);
            Workspace.delete(source);
        }
    }

    private static String linkerFlags(GoProgram program) {
        Optional<String> version =
                kubernetesVersion(new String(bytes(program, "go.mod"), StandardCharsets.UTF_8));
        return "-s -w"
                + version.map(v -> " -X k8s.io/component-base/version.gitVersion=" + v).orElse("");
    }

    static Optional<String> kubernetesVersion(String goMod) {
        return Optional.of(KUBERNETES_VERSION.matcher(goMod))
                .filter(Matcher::find)
                .map(m -> m.group(1));
    }

    private static String hash(GoProgram program) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : program.files()) {
                digest.update(bytes(program, file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(GoProgram program, String file) {
        try (InputStream in = GoBinaries.class.getResourceAsStream(program.resource(file))) {
            if (in == null) {
                throw new IllegalStateException("not packed: " + program.resource(file));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

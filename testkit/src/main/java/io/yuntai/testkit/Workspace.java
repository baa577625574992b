package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which servers keep their data, with a lock that says that its owner lives. Servers
 * outlive a JVM that was killed; whoever opens the folder next, and gets the lock, may therefore
 * stop what still runs in it.
 */
final class Workspace implements AutoCloseable {

    /**
     * What this JVM has. It must not even look at the lock of such a folder: on POSIX to close one
     * channel of a file gives back every lock that the process has on it.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final boolean temporary;
    private final FileChannel channel;

    private Workspace(Path folder, boolean temporary, FileChannel channel) {
        this.folder = folder;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * A folder that stays.
     *
     * @throws IllegalStateException when another process uses it
     */
    static Workspace open(Path folder) {
        try {
            Path real = Files.createDirectories(folder).toRealPath();
            Workspace workspace = tryOpen(real, false);
            if (workspace == null) {
                throw new IllegalStateException(real + " is in use by another process");
            }
            LeftOvers.stop(real);
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A new folder that is deleted when it is closed. Folders of the same kind whose owner was
     * killed are cleared away first.
     */
    static Workspace temporary(String kind) {
        try {
            String prefix = "yuntai-" + kind + "-";
            Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            clearAbandoned(parent, prefix);
            Workspace workspace = tryOpen(Files.createTempDirectory(parent, prefix), true);
            if (workspace == null) {
                throw new IllegalStateException("somebody else locked a new folder in " + parent);
            }
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clearAbandoned(Path parent, String prefix) throws IOException {
        List<Path> candidates;
        try (Stream<Path> all = Files.list(parent)) {
            candidates = all.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
        }
        for (Path candidate : candidates) {
            // Without a lock file it is another JVM's folder of this very moment, or another
            // user's.
            if (Files.isWritable(candidate.resolve("lock"))) {
                Workspace abandoned = tryOpen(candidate, true);
                if (abandoned != null) {
                    LeftOvers.stop(candidate);
                    abandoned.close();
                }
            }
        }
    }

    private static @Nullable Workspace tryOpen(Path folder, boolean temporary) throws IOException {
        if (!OURS.add(folder)) {
            return null;
        }
        boolean opened = false;
        try {
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            opened = channel.tryLock() != null;
            if (opened) {
                return new Workspace(folder, temporary, channel);
            }
            channel.close();
            return null;
        } finally {
            if (!opened) {
                OURS.remove(folder);
            }
        }
    }

    Path folder() {
        return folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /**
     * Gives the lock back, and deletes a temporary folder. Everything in it must be stopped before.
     */
    @Override
    public void close() {
        try {
            if (temporary) {
                delete(folder);
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            OURS.remove(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}

package io.yuntai.sandbox.tryout;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A data folder that a build has left behind, complete and at rest. Beginning anew with a copy of
 * it takes a second where making the city takes half a minute; the copy has passwords of its own.
 */
record PreparedCity(Path folder) {

    /** Where the build says it is: set by {@code ./yuntai}. */
    private static final String PROPERTY = "yuntai.tryout.prepared";

    static Optional<PreparedCity> ofTheBuild() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(Path::of)
                .filter(folder -> Files.isDirectory(folder.resolve("postgres")))
                .map(PreparedCity::new);
    }

    /** Copies the database and the register's file, with their owners and rights. */
    void copyTo(DataFolder data) throws IOException {
        copy(folder.resolve("postgres"), data.postgres());
        Files.copy(
                folder.resolve("register.xlsx"),
                data.register(),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        var _ =
                Files.walkFileTree(
                        from,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult preVisitDirectory(
                                    Path directory, BasicFileAttributes attributes)
                                    throws IOException {
                                return take(directory);
                            }

                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) throws IOException {
                                return take(file);
                            }

                            private FileVisitResult take(Path path) throws IOException {
                                Files.copy(
                                        path,
                                        to.resolve(from.relativize(path)),
                                        StandardCopyOption.COPY_ATTRIBUTES);
                                return FileVisitResult.CONTINUE;
                            }
                        });
    }
}

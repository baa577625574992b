package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in which a server kept its data. */
public final class KeptFolder {

    private KeptFolder() {}

    /**
     * Deletes a folder and all that is in it; a server that a killed JVM left running there is
     * stopped first. A folder that is not there is fine.
     *
     * @throws IllegalStateException when another process uses the folder
     */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        // Opening it stops what was left over; the lock is held until everything is gone.
        try (Workspace workspace = Workspace.open(folder)) {
            Workspace.delete(workspace.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}

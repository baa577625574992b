package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The custom resource definitions of KubeVirt, and of what may stand beside it, with their makers'
 * own schemas.
 */
public final class Definitions {

    private static final String DATA_VOLUME = "datavolumes.cdi.kubevirt.io.json";

    private Definitions() {}

    /**
     * CDI's DataVolume: JSON of a CustomResourceDefinition, for a test in which a cluster serves
     * it. Needs Go or Docker once on a machine.
     */
    public static String dataVolume() {
        try (Workspace workspace = Workspace.temporary("definitions")) {
            Path folder = write(workspace, GoBinaries.ofThisUser(System.err::println));
            return Files.readString(folder.resolve("cdi").resolve(DATA_VOLUME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of KubeVirt itself, one file each, by name. */
    static List<Path> kubeVirt(Workspace workspace, GoBinaries binaries) throws IOException {
        try (Stream<Path> all = Files.list(write(workspace, binaries))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Path write(Workspace workspace, GoBinaries binaries) throws IOException {
        Path folder = Files.createDirectories(workspace.resolve("definitions"));
        Path printer = binaries.get(GoProgram.KUBEVIRT_CRDS);
        Server.start(workspace, "kubevirt-crds", printer, List.of(folder.toString()))
                .awaitSuccess();
        return folder;
    }
}

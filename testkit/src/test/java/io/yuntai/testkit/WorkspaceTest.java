package io.yuntai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @Test
    void noOtherProcessGetsAFolderAlsoAfterItsOwnerHasOpenedMore(@TempDir Path parent)
            throws Exception {
        try (var first = Workspace.open(parent.resolve("first"))) {
            assertThatThrownBy(() -> Workspace.open(first.folder()))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(another(first.folder())).isEqualTo("taken");
        }
        assertThat(another(parent.resolve("first"))).isEqualTo("free");
        Workspace.open(parent.resolve("first")).close();
    }

    private static String another(Path folder) throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Taker.class.getName(),
                                folder.resolve("lock").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Another process that wants a lock. */
    static final class Taker {

        private Taker() {}

        public static void main(String[] lock) throws IOException {
            try (var channel = FileChannel.open(Path.of(lock[0]), StandardOpenOption.WRITE)) {
                System.out.print(channel.tryLock() == null ? "taken" : "free");
            }
        }
    }
}

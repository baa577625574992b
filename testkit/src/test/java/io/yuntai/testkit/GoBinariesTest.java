package io.yuntai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class GoBinariesTest {

    private final GoBinaries binaries = new GoBinaries(Path.of("bin"), _ -> {});

    @Test
    void aBinaryIsNamedAfterWhatItIsBuiltFrom() {
        for (GoProgram program : GoProgram.values()) {
            assertThat(binaries.path(program).getFileName().toString())
                    .matches(program.moduleName() + "-[0-9a-f]{16}");
        }
    }

    @Test
    void theVersionOfKubernetesComesFromGoMod() {
        assertThat(GoBinaries.kubernetesVersion("require (\n\tk8s.io/kubernetes v1.36.3\n)\n"))
                .contains("v1.36.3");
        assertThat(GoBinaries.kubernetesVersion("require sigs.k8s.io/kwok v0.8.0\n")).isEmpty();
    }

    @Test
    void theCacheFolderIsTheOneOfTheEnvironment() {
        assertThat(GoBinaries.cacheFolder(Map.of("XDG_CACHE_HOME", "/c"))).isEqualTo(Path.of("/c"));
        assertThat(GoBinaries.cacheFolder(Map.of()).getFileName()).isEqualTo(Path.of(".cache"));
    }

    @Test
    void goHasItsOwnWordsForMachines() {
        assertThat(GoToolchain.operatingSystem("Mac OS X")).isEqualTo("darwin");
        assertThat(GoToolchain.operatingSystem("Linux")).isEqualTo("linux");
        assertThat(GoToolchain.architecture("aarch64")).isEqualTo("arm64");
        assertThat(GoToolchain.architecture("amd64")).isEqualTo("amd64");
    }

    @Test
    void whatIsMissingSkipsATestAndFailsItUnderCi() {
        assertThat(Requirement.missing("no Go", Map.of()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("no Go");
        assertThatThrownBy(() -> Requirement.missing("no Go", Map.of("CI", "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no Go");
    }

    @Test
    void aConfiguredClusterIsTakenOrNone() {
        assertThat(TestCluster.configured(Map.of())).isEmpty();
        assertThatThrownBy(
                        () -> TestCluster.configured(Map.of(TestCluster.VARIABLE, "/no/such/file")))
                .isInstanceOf(IllegalStateException.class);
    }
}

package io.yuntai.sandbox.tryout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yuntai.sandbox.city.City;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void needsNone() throws CannotStart {
        var options = Options.read(List.of());

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.city()).isEmpty();
        assertThat(options.kubernetes()).isEmpty();
        assertThat(options.data()).isAbsolute().endsWithRaw(Path.of(".yuntai"));
    }

    @Test
    void takesValuesAfterASpaceOrAnEqualsSign() throws CannotStart {
        var options =
                Options.read(List.of("--city", "shanxi", "--port=99", "--kubernetes", "local"));

        assertThat(options.city()).contains(City.SHANXI);
        assertThat(options.port()).isEqualTo(99);
        assertThat(options.kubernetes()).contains(new Kubernetes.Local());
    }

    @Test
    void takesAnyOtherKubernetesForAFile() throws CannotStart {
        assertThat(Options.read(List.of("--kubernetes", "/a/../b")).kubernetes())
                .contains(new Kubernetes.Own(Path.of("/b")));
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, --city",
        "--city=paris, 'jiangmen, shenzhen, shanxi'",
        "--city, needs a value",
        "--port=0, 1 to 65535",
        "--port=eighty, 1 to 65535",
        "--port=65536, 1 to 65535",
        "words, --city"
    })
    void saysInOneLineWhatThereIs(String word, String said) {
        var refused = catchThrowableOfType(CannotStart.class, () -> Options.read(List.of(word)));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.line()).contains(said).doesNotContain("\n");
    }
}

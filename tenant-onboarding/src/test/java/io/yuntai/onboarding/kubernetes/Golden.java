package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Manifests as they are written down in {@code src/test/resources/manifests}. */
final class Golden {

    private Golden() {}

    /** Compares trees, not texts: YAML has many spellings. */
    static void assertReads(Object manifest, String golden) throws IOException {
        try (InputStream file = Golden.class.getResourceAsStream("/manifests/" + golden)) {
            var text =
                    new String(
                            Objects.requireNonNull(file, golden).readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(tree(Serialization.asYaml(manifest))).isEqualTo(tree(text));
        }
    }

    static Object tree(String yaml) {
        return Serialization.unmarshal(yaml, Object.class);
    }
}

package io.yuntai.onboarding.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.cluster.KubeconfigSeal.Sealed;
import io.yuntai.onboarding.kubernetes.ClusterName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeconfigSealTest {

    private static final ClusterName NORTH = new ClusterName("north");
    private static final String TEXT = "token: geheim";

    private static String key(int of) {
        byte[] key = new byte[32];
        key[0] = (byte) of;
        return Base64.getEncoder().encodeToString(key);
    }

    private static KubeconfigSeal seal(String current, Map<String, String> keys) {
        return new KubeconfigSeal(new ClusterKeysProperties(current, keys));
    }

    private final KubeconfigSeal first = seal("a", Map.of("a", key(1)));

    @Test
    void whatIsSealedCannotBeReadAndOpensAgain() {
        var sealed = first.seal(NORTH, TEXT);
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("geheim");
        assertThat(sealed.toString()).isEqualTo("Sealed[a]");
        assertThat(first.open(NORTH, sealed)).contains(TEXT);
    }

    @Test
    void theSameTextIsNeverSealedTheSame() {
        assertThat(first.seal(NORTH, TEXT).bytes()).isNotEqualTo(first.seal(NORTH, TEXT).bytes());
    }

    @Test
    void whatWasChangedOrCopiedToAnotherClusterDoesNotOpen() {
        var sealed = first.seal(NORTH, TEXT);
        assertThat(first.open(new ClusterName("south"), sealed)).isEmpty();
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;
        assertThat(first.open(NORTH, new Sealed("a", changed))).isEmpty();
        assertThat(first.open(NORTH, new Sealed("a", new byte[3]))).isEmpty();
    }

    @Test
    void anEarlierKeyOpensWhileItIsKeptAndWhatItSealedIsOutdated() {
        var sealed = first.seal(NORTH, TEXT);
        var both = seal("b", Map.of("a", key(1), "b", key(2)));
        assertThat(both.open(NORTH, sealed)).contains(TEXT);
        assertThat(both.isOutdated(sealed)).isTrue();
        assertThat(both.isOutdated(both.seal(NORTH, TEXT))).isFalse();
        assertThat(seal("b", Map.of("b", key(2))).open(NORTH, sealed)).isEmpty();
        assertThat(seal("a", Map.of("a", key(2))).open(NORTH, sealed)).isEmpty();
    }

    @Test
    void withoutAKeyNothingIsKept() {
        var none = seal("", Map.of());
        assertThatThrownBy(none::requireKey)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("CLUSTER_KEY_MISSING"));
    }

    @Test
    void aKeyThatIsNoneIsAnErrorAtTheStartThatDoesNotTellIt() {
        assertThatThrownBy(() -> new ClusterKeysProperties("a", Map.of("a", "geheim")))
                .hasMessageContaining("yuntai.cluster-keys.keys.a")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> new ClusterKeysProperties("b", Map.of("a", key(1))))
                .hasMessageContaining("names no key: b");
        assertThat(new ClusterKeysProperties("a", Map.of("a", key(1))).toString())
                .doesNotContain(key(1));
    }
}

package io.yuntai.onboarding.cluster;

import java.util.Base64;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that kubeconfigs of registered clusters are sealed with.
 *
 * @param current {@code yuntai.cluster-keys.current}: the id of the one that new ones are sealed
 *     with; empty: no cluster can be registered
 * @param keys {@code yuntai.cluster-keys.keys.ID}: 32 bytes in Base64. To change the key, add one,
 *     make it the current one, and leave the earlier one until all were sealed anew, which a start
 *     of the server does
 */
@ConfigurationProperties("yuntai.cluster-keys")
public record ClusterKeysProperties(
        @DefaultValue("") String current, @DefaultValue Map<String, String> keys) {

    private static final int BYTES = 32;
    private static final int LONGEST_ID = 64;

    public ClusterKeysProperties {
        keys = Map.copyOf(keys);
        keys.forEach((id, key) -> {
            if (id.isBlank() || id.length() > LONGEST_ID || !isAKey(key)) {
                // Not the key itself: this message ends in a log.
                throw new IllegalArgumentException(
                        "yuntai.cluster-keys.keys." + id + " is not 32 bytes in Base64");
            }
        });
        if (!current.isEmpty() && !keys.containsKey(current)) {
            throw new IllegalArgumentException(
                    "yuntai.cluster-keys.current names no key: " + current);
        }
    }

    private static boolean isAKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Ids alone. */
    @Override
    public String toString() {
        return "ClusterKeysProperties[current=" + current + ", keys=" + keys.keySet() + "]";
    }
}

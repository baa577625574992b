package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Seals kubeconfigs for the database: AES-256-GCM with a nonce of its own each time, and with the
 * cluster's name bound to it, so that a row that was copied to another cluster does not open.
 */
@Component
@EnableConfigurationProperties(ClusterKeysProperties.class)
class KubeconfigSeal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String current;
    private final Map<String, SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    KubeconfigSeal(ClusterKeysProperties properties) {
        this.current = properties.current();
        this.keys =
                properties.keys().entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        entry ->
                                                new SecretKeySpec(
                                                        Base64.getDecoder()
                                                                .decode(entry.getValue()),
                                                        "AES")));
    }

    /**
     * A sealed text.
     *
     * @param keyId which key opens it
     */
    @SuppressWarnings("ArrayRecordComponent") // It goes to the database as it is.
    record Sealed(String keyId, byte[] bytes) {

        /** Nobody wants to read it, least of all in a log. */
        @Override
        public String toString() {
            return "Sealed[" + keyId + "]";
        }
    }

    /**
     * Refuses what could not be kept.
     *
     * @throws Refused CONFLICT {@code CLUSTER_KEY_MISSING} when no key is configured
     */
    void requireKey() {
        if (current.isEmpty()) {
            throw Refused.conflict("CLUSTER_KEY_MISSING");
        }
    }

    /** With the current key; see {@link #requireKey}. */
    Sealed seal(ClusterName cluster, String text) {
        requireKey();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                cipher(
                        Cipher.ENCRYPT_MODE,
                        current,
                        nonce,
                        cluster,
                        text.getBytes(StandardCharsets.UTF_8));
        return new Sealed(
                current,
                ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    }

    /** The text; empty: its key is not configured, or it was sealed by another, or changed. */
    Optional<String> open(ClusterName cluster, Sealed sealed) {
        if (!keys.containsKey(sealed.keyId()) || sealed.bytes().length < NONCE_BYTES) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(sealed.bytes());
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        try {
            return Optional.of(
                    new String(
                            cipher(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, cluster, rest),
                            StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Whether it is to be sealed anew, since the key has changed. */
    boolean isOutdated(Sealed sealed) {
        return !current.isEmpty() && !current.equals(sealed.keyId());
    }

    private byte[] cipher(int mode, String keyId, byte[] nonce, ClusterName cluster, byte[] in) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(cluster.value().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kubeconfig of " + cluster + " and key " + keyId, e);
        }
    }
}

package io.yuntai.onboarding.host;

import io.yuntai.onboarding.PlainText;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Public keys of SSH as they stand in {@code authorized_keys} (RFC 4253, 5656, 8709). */
public final class SshKeys {

    /** So many a host. */
    public static final int MOST = 20;

    private static final int MAX_LENGTH = 2000;
    private static final int LEAST_RSA_BITS = 2048;
    private static final String RSA = "ssh-rsa";
    private static final Set<String> TYPES =
            Set.of(
                    RSA,
                    "ssh-ed25519",
                    "ecdsa-sha2-nistp256",
                    "ecdsa-sha2-nistp384",
                    "ecdsa-sha2-nistp521",
                    "sk-ssh-ed25519@openssh.com",
                    "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private SshKeys() {}

    /**
     * The line in one spelling: type, key and comment with one space between. Empty: it is no
     * public key, or one too weak. A line with options is none: whoever signs in is not for the
     * platform to restrict.
     */
    public static Optional<String> parse(String line) {
        if (line.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var parts = BLANKS.split(line.strip(), 3);
        String whole = String.join(" ", parts);
        if (parts.length < 2
                || !TYPES.contains(parts[0])
                || PlainText.firstForbidden(whole).isPresent()) {
            return Optional.empty();
        }
        try {
            var blob = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
            boolean isOfItsType =
                    new String(field(blob), StandardCharsets.US_ASCII).equals(parts[0]);
            return isOfItsType && isStrong(parts[0], blob) ? Optional.of(whole) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static boolean isStrong(String type, ByteBuffer rest) {
        if (!type.equals(RSA)) {
            return field(rest).length > 0;
        }
        var _ = field(rest); // the exponent
        return new BigInteger(1, field(rest)).bitLength() >= LEAST_RSA_BITS;
    }

    private static byte[] field(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new IllegalArgumentException("a field of " + length);
        }
        byte[] field = new byte[length];
        blob.get(field);
        return field;
    }
}

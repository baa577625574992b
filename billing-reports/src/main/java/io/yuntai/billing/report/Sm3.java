package io.yuntai.billing.report;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;

/** A digest by SM3 (GB/T 32905) of what is handed in. */
final class Sm3 {

    private final SM3Digest digest = new SM3Digest();

    static byte[] of(byte[] bytes) {
        var sm3 = new Sm3();
        sm3.add(bytes);
        return sm3.end();
    }

    static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    void add(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
    }

    /** A line, ended by a line feed. */
    void addLine(String line) {
        add(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** The digest; what is added afterwards begins a new one. */
    byte[] end() {
        var result = new byte[digest.getDigestSize()];
        var _ = digest.doFinal(result, 0);
        return result;
    }

    String endHex() {
        return HexFormat.of().formatHex(end());
    }
}

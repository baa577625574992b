package io.yuntai.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of files. */
final class Digests {

    private Digests() {}

    /** SHA-256, hexadecimal in small letters. */
    static String sha256(byte[] file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(file);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

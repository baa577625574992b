package io.yuntai.billing.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The bytes of a report: marked lines, their digest, and a last line with the signature over all
 * before it.
 */
final class ReportFile {

    static final String DIGEST = "digest";
    static final String SIGNATURE = "signature";
    static final String ALGORITHM = "SM2-SM3";

    private ReportFile() {}

    /** What is signed: the lines and their digest. */
    static final class Document {

        private final byte[] bytes;
        private final String digest;

        private Document(byte[] bytes, String digest) {
            this.bytes = bytes;
            this.digest = digest;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        /** SM3 of the lines, hex. */
        String digest() {
            return digest;
        }
    }

    static Document document(List<Line> lines) {
        var chain = new Chain();
        var out = new ByteArrayOutputStream();
        for (var line : lines) {
            out.writeBytes(bytes(chain.mark(line.text())));
        }
        String digest = Sm3.hexOf(out.toByteArray());
        out.writeBytes(bytes(Line.of(DIGEST).with("sm3", digest).text()));
        return new Document(out.toByteArray(), digest);
    }

    /** The document with its signature. */
    static byte[] signed(byte[] document, byte[] publicKey, byte[] signature) {
        var base64 = Base64.getEncoder();
        var out = new ByteArrayOutputStream();
        out.writeBytes(document);
        out.writeBytes(
                bytes(
                        Line.of(SIGNATURE)
                                .with("algorithm", ALGORITHM)
                                .with("key", base64.encodeToString(publicKey))
                                .with("value", base64.encodeToString(signature))
                                .text()));
        return out.toByteArray();
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }
}

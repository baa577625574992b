package io.yuntai.billing.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Whether a report's file is what was published. Needs nothing but the file. */
public sealed interface Verification {

    /**
     * Everything agrees.
     *
     * @param key the fingerprint of the key that signed: SM3 of its SubjectPublicKeyInfo, hex
     * @param keyTrusted whether it is the key that was asked for
     * @param excerptOf the digest of the report, if this is what that says of one unit
     */
    record Sound(
            String month,
            int version,
            String digest,
            String key,
            boolean keyTrusted,
            int lines,
            Optional<String> excerptOf)
            implements Verification {}

    /**
     * Something does not.
     *
     * @param line the first line that is wrong, counted from 1; 0: none is by itself
     */
    record Broken(int line, String what) implements Verification {}

    /**
     * Reads a file's lines; the last two are the digest and the signature.
     *
     * @param trusted a public key or certificate in PEM that must have signed
     */
    static Verification of(byte[] file, Optional<String> trusted) {
        try {
            return check(file, trusted);
        } catch (RuntimeException e) {
            return new Broken(0, "this is no report: " + e.getMessage());
        }
    }

    private static Verification check(byte[] file, Optional<String> trusted) {
        var texts = lines(file);
        if (texts.size() < 4) {
            return new Broken(texts.size(), "the file is cut off");
        }
        var body = texts.subList(0, texts.size() - 2);
        var chain = new Chain();
        for (int i = 0; i < body.size(); i++) {
            if (!chain.mark(Chain.unmarked(body.get(i))).equals(body.get(i))) {
                return new Broken(
                        i + 1, "was changed, or a line before it is missing: " + body.get(i));
            }
        }
        var digest = Line.parse(texts.get(texts.size() - 2));
        int signedTo = lengthOf(texts.subList(0, texts.size() - 1));
        int digestedTo = lengthOf(body);
        String computed = Sm3.hexOf(Arrays.copyOf(file, digestedTo));
        if (!digest.kind().equals(ReportFile.DIGEST) || !digest.get("sm3").equals(computed)) {
            return new Broken(
                    texts.size() - 1,
                    "the digest is %s, the line says %s".formatted(computed, digest));
        }
        var signature = Line.parse(texts.getLast());
        if (!signature.kind().equals(ReportFile.SIGNATURE)
                || !signature.get("algorithm").equals(ReportFile.ALGORITHM)) {
            return new Broken(texts.size(), "there is no signature of a kind that is known");
        }
        var key = Base64.getDecoder().decode(signature.get("key"));
        var value = Base64.getDecoder().decode(signature.get("value"));
        if (!SigningKey.verify(key, Arrays.copyOf(file, signedTo), value)) {
            return new Broken(texts.size(), "the signature is not one of this document");
        }
        boolean isTrusted =
                trusted.filter(pem -> Arrays.equals(SigningKey.publicKeyOf(pem), key)).isPresent();
        if (trusted.isPresent() && !isTrusted) {
            return new Broken(
                    texts.size(),
                    "was signed by another key, of the fingerprint " + Sm3.hexOf(key));
        }
        var lines = body.stream().map(Chain::unmarked).map(Line::parse).toList();
        var excerpt = Excerpt.named(lines);
        return excerpt.map(named -> Excerpt.difference(lines, named))
                .orElseGet(() -> difference(lines))
                .<Verification>map(found -> found)
                .orElseGet(() -> {
                    var head = ReportReader.one(lines, "report");
                    return new Sound(
                            head.get("month"),
                            head.number("version"),
                            computed,
                            Sm3.hexOf(key),
                            isTrusted,
                            texts.size(),
                            excerpt.map(named -> named.get("sm3")));
                });
    }

    /** Whether the figures follow from the hosts, percentiles and policy that the lines state. */
    private static Optional<Broken> difference(List<Line> lines) {
        var derived = ReportLines.following(ReportReader.figures(lines), ReportReader.annex(lines));
        int first = lines.size() - derived.size();
        for (int i = 0; i < derived.size(); i++) {
            var stated = lines.get(Math.max(0, first + i));
            if (!stated.text().equals(derived.get(i).text())) {
                return Optional.of(difference(first + i + 1, stated, derived.get(i)));
            }
        }
        return Optional.empty();
    }

    /** The first field in which two lines differ. */
    static Broken difference(int number, Line stated, Line derived) {
        return differences(number, stated, derived).stream()
                .findFirst()
                .orElseGet(() ->
                        new Broken(
                                number,
                                "is \"%s\" and should be \"%s\"".formatted(stated, derived)));
    }

    /** Each field in which two lines differ: where, what is stated and what it should be. */
    static List<Broken> differences(int number, Line stated, Line derived) {
        if (!stated.kind().equals(derived.kind())) {
            return List.of(
                    new Broken(
                            number, "is \"%s\" and should be \"%s\"".formatted(stated, derived)));
        }
        var name = stated.maybe("code").or(() -> stated.maybe("name")).map(text -> " " + text);
        return stated.differing(derived).stream()
                .map(field ->
                        new Broken(
                                number,
                                "%s%s: %s is \"%s\" and should be \"%s\""
                                        .formatted(
                                                stated.place(),
                                                name.orElse(""),
                                                field,
                                                stated.maybe(field).orElse("missing"),
                                                derived.maybe(field).orElse("missing"))))
                .toList();
    }

    /** A file's lines; what stands after the last line feed is one, too, and never of ours. */
    static List<String> lines(byte[] file) {
        var text = new String(file, StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("it does not end with a line feed");
        }
        return Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
    }

    private static int lengthOf(List<String> lines) {
        return lines.stream()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
    }
}

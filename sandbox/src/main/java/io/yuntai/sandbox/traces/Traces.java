package io.yuntai.sandbox.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads the traces: a row a machine, a number of the row, then 288 percentages. */
final class Traces {

    private Traces() {}

    /** The day that comes with the try-out; its source stands beside the file. */
    static List<Trace> bundled() {
        try (var file =
                Objects.requireNonNull(
                        Traces.class.getResourceAsStream("20110303.csv.gz"), "the traces")) {
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the traces cannot be read", e);
        }
    }

    static List<Trace> read(InputStream gzip) throws IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(gzip), StandardCharsets.US_ASCII))) {
            return lines.lines().map(Traces::trace).toList();
        }
    }

    private static Trace trace(String line) {
        var fields = line.split(",", -1);
        var percents = new byte[fields.length - 1];
        for (int i = 0; i < percents.length; i++) {
            percents[i] = Byte.parseByte(fields[i + 1]);
        }
        return new Trace(percents);
    }
}

package io.yuntai.billing.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Marks lines one after the other: each mark is the beginning of the SM3 of the mark before, in
 * full, and of the line. So whoever reads a changed file finds the first line that was changed;
 * what nobody can do without the key is in the signature alone.
 */
final class Chain {

    private static final int BYTES_SHOWN = 4;
    private static final String SIGN = "\t#";

    private byte[] last = new byte[32];

    /** The line with its mark. */
    String mark(String line) {
        var sm3 = new Sm3();
        sm3.add(last);
        sm3.add(line.getBytes(StandardCharsets.UTF_8));
        last = sm3.end();
        return line + SIGN + HexFormat.of().formatHex(Arrays.copyOf(last, BYTES_SHOWN));
    }

    /** The line without its mark, whatever that is. */
    static String unmarked(String line) {
        int at = line.lastIndexOf(SIGN);
        return at < 0 ? line : line.substring(0, at);
    }
}

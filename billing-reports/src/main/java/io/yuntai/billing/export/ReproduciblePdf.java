package io.yuntai.billing.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Makes a PDF depend on nothing but its content. The library draws the document's id from the clock
 * and the tags of embedded subsets from chance; both are replaced here by others of the same
 * length, so that every offset in the file still holds.
 */
final class ReproduciblePdf {

    private static final int ID_DIGITS = 32;
    private static final Pattern ID = Pattern.compile("/ID ?\\[<[0-9a-f]{32}><[0-9a-f]{32}>]");
    private static final Pattern SUBSET = Pattern.compile("/[A-Z]{6}\\+" + PdfType.NAME);

    private ReproduciblePdf() {}

    /**
     * Writes the document again.
     *
     * @param digest of what the document was made of, hex, at least 32 digits: it becomes the id
     */
    static byte[] of(byte[] pdf, String digest) {
        String id = digest.substring(0, ID_DIGITS);
        // Each byte is one character of this alphabet, so that nothing is lost on the way.
        String text = new String(pdf, ISO_8859_1);
        text = SUBSET.matcher(text).replaceAll("/YUNTAI+" + PdfType.NAME);
        var found = ID.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("the library has written no document id");
        }
        String open = found.group().substring(0, found.group().indexOf('['));
        text = found.replaceAll(open + "[<" + id + "><" + id + ">]");
        byte[] result = text.getBytes(ISO_8859_1);
        if (result.length != pdf.length) {
            throw new IllegalStateException("offsets would no longer hold");
        }
        return result;
    }
}

package io.yuntai.billing.export;

import java.awt.Color;
import org.openpdf.text.Document;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Writes at the foot of each page what it belongs to, and the page of how many; above the page on
 * which a part goes on, which one it is.
 */
final class PdfPages extends PdfPageEventHelper {

    private static final float SIZE = 7.5f;
    private static final float TOTAL_WIDTH = 30;
    private static final Color GREY = new Color(0x60, 0x6B, 0x72);

    private final PdfType type;
    private final String left;
    private final String middle;
    private final PdfTemplate total;
    private String part = "";
    private String goingOn = "";

    /** The total is known at the end: an area is kept free for it on each page. */
    PdfPages(PdfType type, PdfWriter writer, String left, String middle) {
        this.type = type;
        this.left = left;
        this.middle = middle;
        this.total = writer.getDirectContent().createTemplate(TOTAL_WIDTH, 12);
    }

    /**
     * What goes on if a page ends now.
     *
     * @param title empty: nothing does
     */
    void in(String title) {
        part = title;
    }

    /** That nothing has gone on to the page under way. */
    void nothingGoesOn() {
        goingOn = "";
    }

    @Override
    public void onStartPage(PdfWriter writer, Document document) {
        goingOn = part;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        var content = writer.getDirectContent();
        float y = document.bottomMargin() - 16;
        content.setLineWidth(0.5f);
        content.setColorStroke(GREY);
        content.moveTo(document.left(), y + 11);
        content.lineTo(document.right(), y + 11);
        content.stroke();
        write(content, goingOn, document.left(), document.top() + 6, PdfContentByte.ALIGN_LEFT);
        write(content, left, document.left(), y, PdfContentByte.ALIGN_LEFT);
        float centre = (document.left() + document.right()) / 2;
        write(content, middle, centre, y, PdfContentByte.ALIGN_CENTER);
        float edge = document.right() - TOTAL_WIDTH;
        write(content, writer.getPageNumber() + " / ", edge, y, PdfContentByte.ALIGN_RIGHT);
        content.addTemplate(total, edge, y);
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        // The page that is counted here has not begun.
        write(total, String.valueOf(writer.getPageNumber() - 1), 0, 0, PdfContentByte.ALIGN_LEFT);
    }

    private void write(PdfContentByte content, String text, float x, float y, int alignment) {
        content.beginText();
        content.setFontAndSize(type.base(), SIZE);
        content.setColorFill(GREY);
        content.showTextAligned(alignment, type.shown(text), x, y, 0);
        content.endText();
    }
}

package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Bars;
import io.yuntai.billing.export.Block.Facts;
import io.yuntai.billing.export.Block.Prose;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.report.FrozenReport;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.PdfDate;
import org.openpdf.text.pdf.PdfDestination;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfOutline;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A frozen report as it is printed, on A4 across. The same report in the same language is the same
 * bytes: its date is that of the freeze, its id the digest of the signed document.
 */
public final class ReportPdf {

    /** The media type of what is written. */
    public static final String MEDIA_TYPE = "application/pdf";

    private static final float SIDE = 40;
    private static final float TOP = 40;
    private static final float BOTTOM = 42;
    private static final float BODY = 7.5f;

    /**
     * About how high things are, in points: a part is begun where a page has room for its begin.
     */
    private static final float HEADING = 44;

    private static final float LINES = 30;
    private static final float ROW = 15;
    private static final int LEAST_ROWS = 4;
    private static final float CELL_PADDING = 7;

    /** From so many characters on a table is as wide as the page. */
    private static final float FULL = 100;

    private static final Color INK = new Color(0x26, 0x32, 0x38);
    private static final Color GREY = new Color(0x60, 0x6B, 0x72);
    private static final Color ACCENT = new Color(0x1F, 0x4E, 0x79);
    private static final Color HEAD_FILL = new Color(0xDC, 0xE6, 0xF1);
    private static final Color LINE = new Color(0xB8, 0xC2, 0xCC);

    private final FrozenReport frozen;
    private final ReportWords words;
    private final PdfType type;
    private final Document document;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PdfWriter writer;

    private ReportPdf(FrozenReport frozen, Wording wording) throws IOException {
        this.frozen = frozen;
        this.words = new ReportWords(wording);
        this.type = new PdfType();
        this.document = new Document(PageSize.A4.rotate(), SIDE, SIDE, TOP, BOTTOM);
        this.writer = PdfWriter.getInstance(document, bytes);
    }

    /** Prints the report in the language of the wording. */
    public static byte[] of(FrozenReport report, Wording wording) {
        try {
            return new ReportPdf(report, wording).write();
        } catch (IOException e) {
            throw new UncheckedIOException("the report could not be printed", e);
        }
    }

    private byte[] write() throws IOException {
        String title = ReportSections.title(frozen, words);
        var report = frozen.report();
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString(words.text("language")));
        document.addTitle(title);
        document.addCreator("Yuntai");
        document.addSubject(words.text("subject", report.version(), report.digest()));
        var frozenAt =
                new PdfDate(GregorianCalendar.from(report.frozenAt().atZone(ZoneOffset.UTC)));
        document.addCreationDate(frozenAt);
        document.addModificationDate(frozenAt);
        document.open();
        // Opening has written its own over it.
        writer.getInfo().put(PdfName.CREATIONDATE, frozenAt);
        var pages =
                new PdfPages(
                        type,
                        writer,
                        words.text("foot", title, report.version()),
                        words.text("foot.digest", report.digest().substring(0, 16)));
        writer.setPageEvent(pages);
        var sections = ReportSections.of(frozen, words);
        cover(sections.getFirst());
        for (var section : sections.subList(1, sections.size())) {
            pages.in("");
            begin(section, pages);
            pages.in(words.text("goesOn", section.title()));
            for (var block : section.blocks()) {
                print(block);
            }
        }
        document.close();
        return ReproduciblePdf.of(bytes.toByteArray(), report.digest());
    }

    private void cover(Section cover) {
        mark(cover.title());
        var title = new Paragraph(type.shown(cover.title()), type.bold(26, ACCENT));
        title.setSpacingBefore(90);
        title.setSpacingAfter(36);
        document.add(title);
        for (var block : cover.blocks()) {
            print(block);
        }
        document.newPage();
    }

    /** Goes on a new page, unless there is room on the one under way. */
    private void begin(Section section, PdfPages pages) {
        float at = writer.getVerticalPosition(false);
        if (at - document.bottom() < beginning(section)) {
            document.newPage();
        } else if (document.top() - at < ROW) {
            // The table before has filled its page, and only the room below it was left.
            pages.nothingGoesOn();
        }
        mark(section.title());
        var heading = new Paragraph(type.shown(section.title()), type.bold(14, ACCENT));
        heading.setSpacingBefore(10);
        heading.setSpacingAfter(8);
        document.add(heading);
    }

    /** How high the begin of a part is: the heading, what stands before a table, some rows. */
    private static float beginning(Section section) {
        float height = HEADING;
        for (var block : section.blocks()) {
            switch (block) {
                case Facts facts -> height += facts.facts().size() * LINES;
                case Prose prose -> height += prose.paragraphs().size() * LINES;
                case Bars bars -> {
                    return height + PdfChart.height(bars);
                }
                case Table table -> {
                    return height + LINES + Math.min(LEAST_ROWS, table.rows().size()) * ROW;
                }
            }
        }
        return height;
    }

    /** In the list of contents that a viewer shows beside the pages. */
    private void mark(String title) {
        var _ =
                new PdfOutline(
                        writer.getRootOutline(),
                        new PdfDestination(PdfDestination.FITH, writer.getVerticalPosition(false)),
                        type.shown(title));
    }

    private void print(Block block) {
        switch (block) {
            case Facts facts -> document.add(facts(facts));
            case Prose prose -> prose(prose);
            case Bars bars -> bars(bars);
            case Table table -> table(table);
        }
    }

    private PdfPTable facts(Facts facts) {
        var table = new PdfPTable(new float[] {1, 4});
        table.setWidthPercentage(100);
        table.setSpacingAfter(10);
        for (var fact : facts.facts()) {
            table.addCell(plain(fact.name(), type.of(9, GREY)));
            table.addCell(plain(text(fact.value()), type.of(9, INK)));
        }
        return table;
    }

    private PdfPCell plain(String text, Font font) {
        var cell = new PdfPCell(new Phrase(type.shown(text), font));
        cell.setBorder(PdfPCell.BOTTOM);
        cell.setBorderColor(LINE);
        cell.setPadding(5);
        return cell;
    }

    private void prose(Prose prose) {
        for (var text : prose.paragraphs()) {
            var paragraph = new Paragraph(13, type.shown(text), type.of(9, INK));
            paragraph.setSpacingAfter(2);
            document.add(paragraph);
        }
    }

    private void bars(Bars bars) {
        if (bars.bars().isEmpty()) {
            return;
        }
        var chart = new PdfChart(type, document.right() - document.left());
        var image = chart.draw(writer, bars);
        // Of many that tie for the last place there may be more than a page has room for.
        image.scaleToFit(image.getWidth(), document.top() - document.bottom() - HEADING);
        image.setSpacingAfter(8);
        document.add(image);
    }

    private void table(Table content) {
        content.title()
                .ifPresent(title -> {
                    var paragraph = new Paragraph(type.shown(title), type.bold(10, INK));
                    paragraph.setSpacingBefore(8);
                    paragraph.setSpacingAfter(4);
                    document.add(paragraph);
                });
        if (content.rows().isEmpty()) {
            document.add(new Paragraph(type.shown(content.ifEmpty()), type.of(9, GREY)));
            return;
        }
        var columns = content.columns();
        var widths = new float[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).width();
        }
        var table = new PdfPTable(widths);
        table.setHeaderRows(1);
        table.setSpacingBefore(4);
        table.setSpacingAfter(10);
        float all = (float) columns.stream().mapToDouble(Block.Column::width).sum();
        // What is narrow stays so, or a figure stands far from what it is of.
        float share = Math.min(1, all / FULL);
        table.setWidthPercentage(100 * share);
        table.setHorizontalAlignment(Element.ALIGN_LEFT);
        for (var column : columns) {
            float width = (document.right() - document.left()) * share * column.width() / all;
            var cell =
                    cell(type.broken(column.head(), BODY, width - CELL_PADDING), column.figure());
            cell.setBackgroundColor(HEAD_FILL);
            table.addCell(cell);
        }
        for (List<Object> row : content.rows()) {
            for (int i = 0; i < widths.length; i++) {
                table.addCell(cell(type.shown(text(row.get(i))), columns.get(i).figure()));
            }
        }
        document.add(table);
    }

    private PdfPCell cell(String shown, boolean figure) {
        var cell = new PdfPCell(new Phrase(shown, type.of(BODY, INK)));
        cell.setHorizontalAlignment(figure ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
        cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
        cell.setBorderColor(LINE);
        cell.setBorderWidth(0.5f);
        cell.setPadding(3);
        cell.setPaddingBottom(4.5f);
        return cell;
    }

    private static String text(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.map(ReportPdf::text).orElse("—");
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }
}

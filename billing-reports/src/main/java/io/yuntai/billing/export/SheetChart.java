package io.yuntai.billing.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yuntai.billing.export.Block.Bar;
import io.yuntai.billing.export.Block.Bars;
import io.yuntai.billing.export.Block.Tone;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A bar chart on a sheet of its own, as the parts of an XLSX archive that draw it (ECMA-376,
 * DrawingML): the library that writes the sheets draws none. Its figures are those of a table's
 * cells, and follow them.
 *
 * @param number of its sheet, from 1
 * @param top the row in which it begins, from 0
 * @param bars are rows of a table, in its order
 * @param table the name of the table's sheet
 * @param first the row of the first bar there, from 0
 * @param labels the column in which the bars' labels stand, from 0, likewise {@code values}
 */
record SheetChart(int number, int top, Bars bars, String table, int first, int labels, int values) {

    private static final String MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static final String CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static final String PLACE =
            "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    private static final String LINKS =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String DECLARED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /** In columns and rows as wide and as high as they are if nobody says anything. */
    private static final int WIDTH = 15;

    private static final int ROWS_AROUND = 6;
    private static final double ROWS_OF_BAR = 1.4;

    /** Draws charts into an archive, by the names of its parts. One chart a sheet. */
    static void draw(List<SheetChart> charts, Map<String, byte[]> parts) {
        for (var chart : charts) {
            chart.draw(parts);
        }
    }

    private void draw(Map<String, byte[]> parts) {
        change(
                parts,
                "xl/worksheets/sheet%d.xml".formatted(number),
                "</worksheet>",
                "<drawing xmlns:r=\"%s\" r:id=\"rId1\"/>".formatted(LINKS));
        change(
                parts,
                "[Content_Types].xml",
                "</Types>",
                """
                <Override PartName="/xl/drawings/drawing%1$d.xml" \
                ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>\
                <Override PartName="/xl/charts/chart%1$d.xml" \
                ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>\
                """
                        .formatted(number));
        put(
                parts,
                "xl/worksheets/_rels/sheet%d.xml.rels".formatted(number),
                link("drawing", "../drawings/drawing%d.xml".formatted(number)));
        put(
                parts,
                "xl/drawings/_rels/drawing%d.xml.rels".formatted(number),
                link("chart", "../charts/chart%d.xml".formatted(number)));
        put(parts, "xl/drawings/drawing%d.xml".formatted(number), place());
        put(parts, "xl/charts/chart%d.xml".formatted(number), chart());
    }

    private static void change(
            Map<String, byte[]> parts, String name, String before, String inserted) {
        var content = parts.get(name);
        if (content == null) {
            throw new IllegalArgumentException("the workbook has no " + name);
        }
        var text = new String(content, UTF_8);
        int at = text.lastIndexOf(before);
        if (at < 0) {
            throw new IllegalArgumentException(name + " has no " + before);
        }
        parts.put(name, (text.substring(0, at) + inserted + text.substring(at)).getBytes(UTF_8));
    }

    private static void put(Map<String, byte[]> parts, String name, String content) {
        if (parts.putIfAbsent(name, (DECLARED + content).getBytes(UTF_8)) != null) {
            throw new IllegalArgumentException("the workbook has a " + name + " already");
        }
    }

    private static String link(String kind, String target) {
        return """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
        <Relationship Id="rId1" Type="%s/%s" Target="%s"/></Relationships>\
        """
                .formatted(LINKS, kind, target);
    }

    private String place() {
        int end = top + ROWS_AROUND + (int) Math.ceil(ROWS_OF_BAR * bars.bars().size());
        return """
        <xdr:wsDr xmlns:xdr="%s" xmlns:a="%s"><xdr:twoCellAnchor editAs="oneCell">\
        <xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
        <xdr:to><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
        <xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="chart%d" descr="%s"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>\
        <xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>\
        <a:graphic><a:graphicData uri="%s"><c:chart xmlns:c="%s" xmlns:r="%s" r:id="rId1"/></a:graphicData></a:graphic>\
        </xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>\
        """
                .formatted(
                        PLACE,
                        MAIN,
                        top,
                        WIDTH,
                        end,
                        number,
                        escaped(bars.title()),
                        CHART,
                        CHART,
                        LINKS);
    }

    private String chart() {
        return """
        <c:chartSpace xmlns:c="%s" xmlns:a="%s"><c:roundedCorners val="0"/><c:chart>\
        <c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000" b="1"/></a:pPr>\
        <a:r><a:rPr sz="1000" b="1"/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>\
        <c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>\
        <c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>\
        <c:ser><c:idx val="0"/><c:order val="0"/>%s<c:invertIfNegative val="0"/>%s\
        <c:dLbls>%s<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>\
        <c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>\
        <c:cat><c:strRef><c:f>%s</c:f><c:strCache>%s</c:strCache></c:strRef></c:cat>\
        <c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>0.00</c:formatCode>%s</c:numCache></c:numRef></c:val>\
        </c:ser><c:gapWidth val="50"/><c:axId val="1"/><c:axId val="2"/></c:barChart>\
        <c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>\
        <c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s\
        <c:crossAx val="2"/><c:crosses val="autoZero"/><c:tickLblSkip val="1"/></c:catAx>\
        <c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="%s"/><c:min val="0"/></c:scaling>\
        <c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>\
        <a:srgbClr val="D9DDE0"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/>\
        <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%s\
        <c:crossAx val="1"/><c:crosses val="max"/></c:valAx></c:plotArea>\
        <c:plotVisOnly val="1"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>\
        """
                .formatted(
                        CHART,
                        MAIN,
                        escaped(bars.title()),
                        fill(Tone.FAIR),
                        points(),
                        small(),
                        cells(labels),
                        cache(Bar::label),
                        cells(values),
                        cache(bar -> bar.value().toPlainString()),
                        small(),
                        bars.end().toPlainString(),
                        small());
    }

    private static String small() {
        return "<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"800\"/></a:pPr><a:endParaRPr/></a:p></c:txPr>";
    }

    /** A bar of another tone than the rest. */
    private String points() {
        return IntStream.range(0, bars.bars().size())
                .mapToObj(i ->
                        "<c:dPt><c:idx val=\"%d\"/><c:invertIfNegative val=\"0\"/>%s</c:dPt>"
                                .formatted(i, fill(bars.bars().get(i).tone())))
                .collect(Collectors.joining());
    }

    private static String fill(Tone tone) {
        return "<c:spPr><a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill></c:spPr>"
                .formatted(tone.rgb());
    }

    private String cells(int column) {
        char letter = (char) ('A' + column);
        return escaped(
                "'%s'!$%c$%d:$%c$%d"
                        .formatted(
                                table.replace("'", "''"),
                                letter,
                                first + 1,
                                letter,
                                first + bars.bars().size()));
    }

    /** What the cells hold, for programs that do not look. */
    private String cache(Function<Bar, String> value) {
        var points = new StringBuilder("<c:ptCount val=\"%d\"/>".formatted(bars.bars().size()));
        for (int i = 0; i < bars.bars().size(); i++) {
            points.append(
                    "<c:pt idx=\"%d\"><c:v>%s</c:v></c:pt>"
                            .formatted(i, escaped(value.apply(bars.bars().get(i)))));
        }
        return points.toString();
    }

    /** What XML 1.0 cannot hold is left out, as the library does in the cells. */
    private static String escaped(String text) {
        return text.codePoints()
                .filter(point -> point >= 0x20 && point != 0xFFFE && point != 0xFFFF)
                .mapToObj(point ->
                        switch (point) {
                            case '&' -> "&amp;";
                            case '<' -> "&lt;";
                            case '>' -> "&gt;";
                            case '"' -> "&quot;";
                            default -> Character.toString(point);
                        })
                .collect(Collectors.joining());
    }
}

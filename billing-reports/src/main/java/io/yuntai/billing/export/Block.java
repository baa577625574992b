package io.yuntai.billing.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a printed report is put together from, before anything is known of paper or sheets. Values
 * are texts, whole numbers, decimals, or an {@link Optional} of one.
 */
sealed interface Block {

    /** Names with their values, below each other. */
    record Facts(List<Fact> facts) implements Block {

        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** One of them. */
    record Fact(String name, Object value) {}

    /** Sentences, a paragraph each. */
    record Prose(List<String> paragraphs) implements Block {

        public Prose {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /**
     * A bar chart. The table that follows begins with its bars, a row each, with label and value.
     *
     * @param note what is said of it where the limits are drawn
     * @param end where the axis ends; it begins at zero
     * @param limits are marked on the axis
     */
    record Bars(String title, String note, List<Bar> bars, BigDecimal end, List<BigDecimal> limits)
            implements Block {

        public Bars {
            bars = List.copyOf(bars);
            limits = List.copyOf(limits);
        }
    }

    /** One of them. */
    record Bar(String label, BigDecimal value, Tone tone) {}

    /** What a bar's colour says. */
    enum Tone {
        GOOD(0x2E7D5B),
        FAIR(0x2B6CB0),
        POOR(0xC98A1B),
        BAD(0xB23B3B);

        private final int rgb;

        Tone(int rgb) {
            this.rgb = rgb;
        }

        int rgb() {
            return rgb;
        }
    }

    /**
     * A table; its head is repeated on each page.
     *
     * @param title empty: the heading above says it
     * @param ifEmpty what stands in place of rows when there are none
     */
    record Table(
            Optional<String> title, List<Column> columns, List<List<Object>> rows, String ifEmpty)
            implements Block {

        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (var row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("a row of " + row.size() + " cells");
                }
            }
        }
    }

    /**
     * A column.
     *
     * @param width in characters of Latin letters
     * @param figure whether it holds figures, which stand to the right
     */
    record Column(String head, int width, boolean figure) {}
}

package io.yuntai.billing.export;

/** The texts of a report in one language. They stand in message files, which the caller has. */
@FunctionalInterface
public interface Wording {

    /**
     * A text.
     *
     * @param key as in the message files: {@code ranking.column.rank}
     * @param arguments what the text has places for
     */
    String text(String key, Object... arguments);
}

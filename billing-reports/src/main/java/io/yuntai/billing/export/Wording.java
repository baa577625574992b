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

    /**
     * What a region is called; its code where nobody knows.
     *
     * @param code GB/T 2260
     */
    default String region(String code) {
        return code;
    }
}

package io.yuntai.api;

/** A request's body is longer than its endpoint reads (413). */
final class ContentTooLarge extends RuntimeException {

    private final long limit;

    ContentTooLarge(long limit) {
        super("more than " + limit + " bytes", null, false, false);
        this.limit = limit;
    }

    /** In bytes. */
    long limit() {
        return limit;
    }
}

package io.yuntai.api;

/** A change was asked for without saying of which version (428). */
final class PreconditionRequired extends RuntimeException {

    PreconditionRequired() {
        super("If-Match is missing", null, false, false);
    }
}

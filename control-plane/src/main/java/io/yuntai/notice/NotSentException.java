package io.yuntai.notice;

/** A notice was not taken by whoever it was sent to; it may be tried again. */
final class NotSentException extends Exception {

    private final boolean forGood;

    private NotSentException(String reason, boolean forGood) {
        super(reason, null, false, false);
        this.forGood = forGood;
    }

    /** Another try may help. The reason is for whoever runs the server, and free of secrets. */
    static NotSentException because(String reason) {
        return new NotSentException(reason, false);
    }

    /** No other try will help. */
    static NotSentException forGood(String reason) {
        return new NotSentException(reason, true);
    }

    boolean isForGood() {
        return forGood;
    }
}

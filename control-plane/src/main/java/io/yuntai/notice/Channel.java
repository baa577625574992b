package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.io.Closeable;
import java.io.IOException;

/** A way by which notices leave the server. */
interface Channel extends Closeable {

    /** As it is kept beside what was sent; it never changes for the same target. */
    String name();

    /** Whether it only takes what goes to somebody with an address. */
    boolean byMail();

    boolean takes(Notice.Kind kind);

    /**
     * Sends one. Blocks at the most for the time-outs of the configuration, and may be interrupted.
     *
     * @throws NotSentException with the reason
     * @throws InterruptedException it took too long
     */
    void send(Outgoing notice) throws NotSentException, InterruptedException;

    /** Gives back connections that are kept open. */
    @Override
    default void close() throws IOException {}
}

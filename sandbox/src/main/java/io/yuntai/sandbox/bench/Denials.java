package io.yuntai.sandbox.bench;

/**
 * How often creators were refused, and how often falsely: while the pool had room for what they
 * asked, for the whole time in which they were refused.
 *
 * <p>Whoever gives namespaces head-room, so that nobody has to wait, lets it lie idle. So it is
 * told apart as well how often somebody was refused while more than {@value #HEAD_ROOM_PERCENT} %
 * of the pool was free.
 *
 * <p>What is counted is one pod or host that somebody wants to make, not each time he asks for it.
 */
final class Denials {

    /** As much of the pool may lie idle as head-room. */
    static final int HEAD_ROOM_PERCENT = 10;

    private final long poolMillis;
    private final Taken taken;
    private long attempts;
    private long refusedAtFirst;
    private long falselyAtFirst;
    private long refused;
    private long falsely;
    private long beyondHeadRoom;

    Denials(long poolMillis, Taken taken) {
        this.poolMillis = poolMillis;
        this.taken = taken;
    }

    /** Somebody wants to make something. */
    synchronized void attempted() {
        attempts++;
    }

    /** He was refused when he first asked, between these moments. */
    synchronized void refusedAtFirst(long begin, long end, long millis) {
        refusedAtFirst++;
        if (fitted(begin, end, millis, poolMillis)) {
            falselyAtFirst++;
        }
    }

    /** He was refused each time he asked, from the first to the last. */
    synchronized void refused(long first, long last, long millis) {
        refused++;
        if (fitted(first, last, millis, poolMillis)) {
            falsely++;
        }
        if (fitted(first, last, millis, poolMillis / 100 * (100 - HEAD_ROOM_PERCENT))) {
            beyondHeadRoom++;
        }
    }

    private boolean fitted(long begin, long end, long millis, long within) {
        return taken.most(begin, end) + millis <= within;
    }

    synchronized Figures figures() {
        return new Figures(
                attempts, refusedAtFirst, falselyAtFirst, refused, falsely, beyondHeadRoom);
    }

    /**
     * What came of it.
     *
     * @param attempts how many pods and hosts were wanted
     * @param refusedAtFirst how many of them were refused when first asked for
     * @param falselyAtFirst how many of those while the pool had room
     * @param refused how many were still refused after the retries of a controller
     * @param falsely how many of those while the pool had room all the time
     * @param beyondHeadRoom how many of those while it had more than head-room free all the time
     */
    record Figures(
            long attempts,
            long refusedAtFirst,
            long falselyAtFirst,
            long refused,
            long falsely,
            long beyondHeadRoom) {

        double falselyAtFirstPercent() {
            return percent(falselyAtFirst);
        }

        double falselyPercent() {
            return percent(falsely);
        }

        double beyondHeadRoomPercent() {
            return percent(beyondHeadRoom);
        }

        private double percent(long of) {
            return attempts == 0 ? 0 : 100.0 * of / attempts;
        }
    }
}

package io.yuntai.sandbox.bench;

/**
 * How often creators were refused, and how often falsely: while the pool had room for what they
 * asked, for the whole time in which they were refused.
 *
 * <p>What is counted is one pod or host that somebody wants to make, not each time he asks for it.
 */
final class Denials {

    private final long poolMillis;
    private final Taken taken;
    private long attempts;
    private long refusedAtFirst;
    private long falselyAtFirst;
    private long refused;
    private long falsely;

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
        if (hadRoom(begin, end, millis)) {
            falselyAtFirst++;
        }
    }

    /** He was refused each time he asked, from the first to the last. */
    synchronized void refused(long first, long last, long millis) {
        refused++;
        if (hadRoom(first, last, millis)) {
            falsely++;
        }
    }

    private boolean hadRoom(long begin, long end, long millis) {
        return taken.most(begin, end) + millis <= poolMillis;
    }

    synchronized Figures figures() {
        return new Figures(attempts, refusedAtFirst, falselyAtFirst, refused, falsely);
    }

    /**
     * What came of it.
     *
     * @param attempts how many pods and hosts were wanted
     * @param refusedAtFirst how many of them were refused when first asked for
     * @param falselyAtFirst how many of those while the pool had room
     * @param refused how many were still refused after the retries of a controller
     * @param falsely how many of those while the pool had room all the time
     */
    record Figures(
            long attempts, long refusedAtFirst, long falselyAtFirst, long refused, long falsely) {

        double falselyAtFirstPercent() {
            return percent(falselyAtFirst);
        }

        double falselyPercent() {
            return percent(falsely);
        }

        private double percent(long of) {
            return attempts == 0 ? 0 : 100.0 * of / attempts;
        }
    }
}

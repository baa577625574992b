package io.yuntai.sandbox.bench;

/**
 * What was seen on all servers together: the highest sums, and how much lay idle on average. A
 * server that does not answer counts with what it said last.
 */
final class Sums {

    /** What one server said last, in millis. */
    private record Seen(long hard, long used) {}

    private final Seen[] servers;
    private final long poolMillis;
    private long highestHard;
    private long highestUsed;
    private double idleNanos;
    private long begun;
    private long last;

    /**
     * @param nanos when it begins
     */
    Sums(int servers, long poolMillis, long nanos) {
        this.servers = new Seen[servers];
        java.util.Arrays.fill(this.servers, new Seen(0, 0));
        this.poolMillis = poolMillis;
        this.begun = nanos;
        this.last = nanos;
    }

    /** The sum of what is enforced on a server. */
    synchronized void hard(int server, long millis, long nanos) {
        pass(nanos);
        servers[server] = new Seen(millis, servers[server].used());
        highestHard = Math.max(highestHard, hard());
    }

    /** The sum of what was admitted on a server and is there. */
    synchronized void used(int server, long millis, long nanos) {
        pass(nanos);
        servers[server] = new Seen(servers[server].hard(), millis);
        highestUsed = Math.max(highestUsed, used());
    }

    private void pass(long nanos) {
        idleNanos += (double) (hard() - used()) * (nanos - last);
        last = nanos;
    }

    private long hard() {
        long sum = 0;
        for (var seen : servers) {
            sum += seen.hard();
        }
        return sum;
    }

    private long used() {
        long sum = 0;
        for (var seen : servers) {
            sum += seen.used();
        }
        return sum;
    }

    /** How it stands, for people. */
    synchronized String now() {
        return "limits %d %%, use %d %% of the pool"
                .formatted(100 * hard() / poolMillis, 100 * used() / poolMillis);
    }

    /** The highest sum of limits, over the pool. */
    synchronized double highestHard() {
        return (double) highestHard / poolMillis;
    }

    /** The highest sum of what was admitted, over the pool. */
    synchronized double highestUsed() {
        return (double) highestUsed / poolMillis;
    }

    /** What was granted and lay idle, over the pool, on average over the time, in percent. */
    synchronized double idlePercent() {
        return last == begun ? 0 : 100 * idleNanos / (last - begun) / poolMillis;
    }
}

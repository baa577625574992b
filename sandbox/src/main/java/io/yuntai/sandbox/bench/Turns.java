package io.yuntai.sandbox.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What is measured and its baseline, in turns: ours, baseline, baseline, ours, and so on, so that a
 * machine that warms up or is busy for a while is fair to both.
 */
record Turns(Samples ours, Samples baseline) {

    /**
     * @param rounds how often each is run
     * @param ours one round; its answer is what it took, once or several times
     */
    static Turns take(int rounds, Callable<List<Duration>> ours, Callable<List<Duration>> baseline)
            throws Exception {
        var turns = new Turns(new Samples(), new Samples());
        for (var round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                ours.call().forEach(turns.ours::add);
                baseline.call().forEach(turns.baseline::add);
            } else {
                baseline.call().forEach(turns.baseline::add);
                ours.call().forEach(turns.ours::add);
            }
        }
        return turns;
    }
}

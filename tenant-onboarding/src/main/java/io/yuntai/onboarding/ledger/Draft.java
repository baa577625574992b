package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that was decided on what is remembered: what is to be written, and on what condition.
 *
 * @param outcomes what became of each command; every one of them granted
 * @param was what each account was remembered to be
 * @param changed the accounts that change, in the order in which rows are locked
 * @param made the accounts that are made, in that order
 * @param unlocked how many locks of earlier transactions end
 * @param shape the version of the tree's shape
 * @param turn it is written after the batch with the turn before
 */
record Draft(
        List<Outcome> outcomes,
        Written rows,
        Map<Standing.Key, Account> was,
        List<Standing.Key> changed,
        List<Standing.Key> made,
        int unlocked,
        long shape,
        Turn turn) {

    /**
     * Which of the batches of one process it is.
     *
     * @param series tells processes apart
     * @param number one more than that of the batch before
     * @param before done when the rows of the batch before are entered, or never will be
     * @param entered done when those of this one are
     */
    record Turn(
            int series,
            int number,
            CompletableFuture<Void> before,
            CompletableFuture<Void> entered) {}

    static Draft of(List<Outcome> outcomes, Batch batch, Remembered remembered) {
        var changed = new ArrayList<Standing.Key>();
        var made = new ArrayList<Standing.Key>();
        for (var key : batch.rows().balances.keySet()) {
            (remembered.isMissing(key) ? made : changed).add(key);
        }
        var order =
                Comparator.comparingInt((Standing.Key key) -> -remembered.depth(key.node()))
                        .thenComparing(key -> key.node().value(), Draft::unsigned)
                        .thenComparing(Standing.Key::resource);
        changed.sort(order);
        made.sort(order);
        int unlocked = 0;
        for (var id : batch.rows().unlocked) {
            var held = new HashSet<Standing.Key>();
            batch.read()
                    .pending()
                    .getOrDefault(id, List.of())
                    .forEach(leg ->
                            leg.amounts()
                                    .resources()
                                    .forEach(r -> held.add(new Standing.Key(leg.leaf(), r))));
            unlocked += held.size();
        }
        return new Draft(
                outcomes,
                batch.rows(),
                batch.read().accounts(),
                changed,
                made,
                unlocked,
                remembered.shape(),
                remembered.nextTurn());
    }

    /** As PostgreSQL orders them, which takes their bytes for what they are. */
    private static int unsigned(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}

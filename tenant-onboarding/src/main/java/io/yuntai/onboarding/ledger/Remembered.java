package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the committer has seen of the ledger and done to it, to decide on without asking. It may be
 * wrong: others write too, and what it has done may not get committed. So whatever is decided on it
 * is written only where the database still finds the very same, see {@link ConditionalRows}.
 */
final class Remembered {

    /** At most so many accounts and pending transfers; then it begins anew. */
    private static final int MOST = 500_000;

    private final Map<NodeId, Optional<NodeId>> parents = new HashMap<>();
    private final Map<Standing.Key, Account> accounts = new HashMap<>();
    private final Map<Standing.Key, Instant> changed = new HashMap<>();
    private final Map<Standing.Key, Long> locked = new HashMap<>();
    private final Set<Standing.Key> missing = new HashSet<>();
    private final Map<TransferId, List<Leg>> pending = new HashMap<>();
    private final int series = ThreadLocalRandom.current().nextInt();
    private long shape = -1;
    private int turn;
    private CompletableFuture<Void> entered = CompletableFuture.completedFuture(null);

    /** Of the next batch that builds on those before. */
    Draft.Turn nextTurn() {
        var before = entered;
        entered = new CompletableFuture<>();
        return new Draft.Turn(series, turn++, before, entered);
    }

    void forget() {
        parents.clear();
        accounts.clear();
        changed.clear();
        locked.clear();
        missing.clear();
        pending.clear();
        shape = -1;
    }

    boolean isFull() {
        return accounts.size() + pending.size() > MOST;
    }

    /** The shape of the tree that all this is true of. */
    long shape() {
        return shape;
    }

    /** Those of these whose path is not known up to the pool. */
    Set<Standing.Key> unknown(Set<Standing.Key> touched) {
        var unknown = new HashSet<Standing.Key>();
        for (var key : touched) {
            // Paths are learnt as a whole: who knows an account knows those above it.
            if (!accounts.containsKey(key)) {
                unknown.add(key);
            }
        }
        return unknown;
    }

    /** Those of these of which is not known what they hold. */
    Set<TransferId> unknownPending(Set<TransferId> ended) {
        var unknown = new HashSet<>(ended);
        unknown.removeAll(pending.keySet());
        return unknown;
    }

    /**
     * Takes in what was looked up. What is known already stays: it may be of a transaction that is
     * not committed yet.
     *
     * @return whether it is of the same shape of the tree; if not, all is to be forgotten
     */
    boolean learn(LedgerGlance.Seen seen) {
        if (shape != -1 && shape != seen.shape()) {
            return false;
        }
        shape = seen.shape();
        parents.putAll(seen.read().parents());
        seen.read()
                .accounts()
                .forEach((key, account) -> {
                    if (accounts.putIfAbsent(key, account) == null) {
                        if (seen.missing().contains(key)) {
                            missing.add(key);
                        }
                        changed.put(key, Objects.requireNonNull(seen.read().changed().get(key)));
                        locked.put(key, seen.read().locked().getOrDefault(key, 0L));
                    }
                });
        seen.read().pending().forEach(pending::putIfAbsent);
        return true;
    }

    /** What these commands are decided by, all of it known. */
    LedgerStore.Read about(Set<Standing.Key> touched, Set<TransferId> ended) {
        var read = new LedgerStore.Read();
        touched.forEach(key -> climb(key, read));
        for (var id : ended) {
            var legs = pending.get(id);
            if (legs != null) {
                read.pending().put(id, legs);
                for (var leg : legs) {
                    leg.amounts()
                            .resources()
                            .forEach(resource ->
                                    climb(new Standing.Key(leg.leaf(), resource), read));
                }
            }
        }
        return read;
    }

    private void climb(Standing.Key from, LedgerStore.Read read) {
        Optional<Standing.Key> next = Optional.of(from);
        while (next.isPresent() && !read.accounts().containsKey(next.get())) {
            var key = next.get();
            var up = Objects.requireNonNull(parents.get(key.node()));
            read.parents().put(key.node(), up);
            read.accounts().put(key, Objects.requireNonNull(accounts.get(key)));
            read.changed().put(key, Objects.requireNonNull(changed.get(key)));
            read.locked().put(key, Objects.requireNonNull(locked.get(key)));
            next = up.map(node -> new Standing.Key(node, key.resource()));
        }
    }

    /** Those of these that have no account in the database yet. */
    boolean isMissing(Standing.Key key) {
        return missing.contains(key);
    }

    /** How far below its pool a node stands. */
    int depth(NodeId node) {
        int depth = 0;
        var up = Objects.requireNonNull(parents.get(node));
        while (up.isPresent()) {
            depth++;
            up = Objects.requireNonNull(parents.get(up.get()));
        }
        return depth;
    }

    /** Goes on from what a batch leads to. */
    void follow(Batch batch) {
        batch.rows()
                .balances
                .forEach((key, balance) -> {
                    accounts.put(key, balance.account());
                    changed.put(key, balance.at());
                    missing.remove(key);
                });
        batch.rows().locked.forEach((key, more) -> locked.merge(key, more, Math::addExact));
        pending.putAll(batch.pending());
        batch.rows().unlocked.forEach(pending::remove);
    }
}

package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Account;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of the tree's shape. Each is one transfer, in the caller's transaction and with the tree
 * for itself: nobody reserves, grants, grows or gives back while it lasts. What a node holds, what
 * is locked there and what it is promised go along; what was before keeps its owner, see {@link
 * QuotaHistory}.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class TreeMoves {

    /** A node stands at most this far below its pool. */
    public static final int MAX_DEPTH = 32;

    private final LedgerStore store;
    private final TreeMoveStore moves;

    TreeMoves(LedgerStore store, TreeMoveStore moves) {
        this.store = store;
        this.moves = moves;
    }

    /**
     * What became of a change.
     *
     * @param at when it took effect: not before the last change of anything that it touched
     */
    public record Moved(Decision decision, Instant at) {}

    /** Waits until nobody is at work on the tree; to be called before anything else is locked. */
    public void takeShape() {
        store.takeShape();
    }

    /**
     * Carries the steps out, all or none. A refusal is stored, and nothing has moved.
     *
     * @param id of a transfer that is not yet
     * @param locked how much more, or less, of what leaves hold is pending afterwards, where they
     *     are shifted; the rows of what is pending are the caller's to change
     * @param content what was asked, in words of the caller's; kept as a digest
     * @throws Refused CONFLICT {@code ID_REUSED}, {@code TREE_CYCLE} when a node would come below
     *     itself, {@code TREE_TOO_DEEP}
     * @throws IllegalArgumentException for steps that are none, see {@link Standing#reshape}
     */
    public Moved carryOut(
            TransferId id, String content, List<Reshape> steps, List<Leg> locked, Instant asked) {
        store.takeShape();
        if (moves.isKnown(id)) {
            throw Refused.conflict("ID_REUSED");
        }
        steps.forEach(this::checkPlace);
        moves.createAccounts(steps);
        var read = moves.read(nodes(steps));
        var decision = new Standing(read.parents(), read.accounts()).reshape(steps);
        Instant at = notBefore(asked.truncatedTo(ChronoUnit.MICROS), read, steps);
        var rows = new Written();
        switch (decision) {
            case Decision.Granted granted -> {
                rows.entries(id, granted, at);
                noteLimits(rows, id, steps, read, at);
                for (var leg : locked) {
                    leg.amounts()
                            .asMap()
                            .forEach((resource, amount) ->
                                    rows.locked.merge(
                                            new Standing.Key(leg.leaf(), resource),
                                            amount,
                                            Math::addExact));
                }
            }
            case Decision.Denied(var shortfalls) ->
                    shortfalls.forEach(one -> rows.shortfalls.add(new Written.Missed(id, one)));
        }
        rows.transfers.add(
                new Written.Transfer(
                        id,
                        Phase.MOVE,
                        decision instanceof Decision.Granted,
                        Optional.empty(),
                        Phase.digest(content),
                        at,
                        Optional.empty()));
        store.write(rows);
        return switch (decision) {
            case Decision.Denied denied -> new Moved(rows.named(denied), at);
            case Decision.Granted granted -> {
                for (var step : steps) {
                    if (step instanceof Reshape.Join(var node, var parent)) {
                        moves.hang(id, node, parent, at);
                    }
                }
                yield new Moved(granted, at);
            }
        };
    }

    private static void noteLimits(
            Written rows, TransferId id, List<Reshape> steps, LedgerStore.Read read, Instant at) {
        var accounts = new HashMap<>(read.accounts());
        for (var step : steps) {
            if (step instanceof Reshape.SetLimits(var node, var limits)) {
                new TreeMap<>(limits)
                        .forEach((resource, limit) -> {
                            var key = new Standing.Key(node, resource);
                            var before = accounts.getOrDefault(key, Account.UNBOUNDED);
                            rows.limited(id, key, before, limit, at);
                            accounts.put(
                                    key, Account.standing(limit.guaranteed(), limit.ceiling(), 0));
                        });
            }
        }
    }

    /** Why a change was denied, as it was answered. */
    public List<Shortfall> shortfalls(TransferId id) {
        return switch (store.answer(id)) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> List.of();
        };
    }

    private void checkPlace(Reshape step) {
        if (step instanceof Reshape.Join(var node, var parent)) {
            var place = moves.place(node, parent);
            if (place.below()) {
                throw Refused.conflict("TREE_CYCLE");
            }
            if (place.depth() > MAX_DEPTH) {
                throw Refused.conflict("TREE_TOO_DEEP");
            }
        }
    }

    private static Set<NodeId> nodes(List<Reshape> steps) {
        var nodes = new HashSet<NodeId>();
        for (var step : steps) {
            switch (step) {
                case Reshape.Leave(var node) -> nodes.add(node);
                case Reshape.Join(var node, var parent) -> nodes.addAll(List.of(node, parent));
                case Reshape.SetLimits(var node, _) -> nodes.add(node);
                case Reshape.Shift(var leg) -> nodes.add(leg.leaf());
            }
        }
        return nodes;
    }

    /** Neither before a change of what it touches nor before a move of what is above or below. */
    private Instant notBefore(Instant asked, LedgerStore.Read read, List<Reshape> steps) {
        Instant at = later(asked, moves.lastMove(read.parents().keySet()));
        for (var changed : read.changed().values()) {
            at = later(at, changed);
        }
        for (var step : steps) {
            if (step instanceof Reshape.Leave(var node)) {
                at = later(at, moves.lastChangeBelow(node));
            }
        }
        return at;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }
}

package io.yuntai.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * How the nodes on some paths of the tree stand at one moment: all that a decision needs to know.
 * The rule: a node costs its parent the larger of what it is promised and what it holds, so that a
 * grant within a promise stops there and touches no ancestor; only what is borrowed climbs. Every
 * bounded ancestor is asked, also past an unbounded one.
 */
public final class Standing {

    /** One resource at one node. */
    public record Key(NodeId node, Resource resource) {}

    private record Known(Map<NodeId, Optional<NodeId>> parents, Map<Key, Account> accounts) {}

    private final Map<NodeId, Optional<NodeId>> parents;
    private final Map<Key, Account> accounts;

    /**
     * @param parents each node's parent, for every node on the paths; empty at a pool
     * @param accounts how they stand; a node not named is unbounded, a pool not named has nothing
     */
    public Standing(Map<NodeId, Optional<NodeId>> parents, Map<Key, Account> accounts) {
        this(new Known(Map.copyOf(parents), Map.copyOf(accounts)));
    }

    private Standing(Known known) {
        this.parents = known.parents();
        this.accounts = known.accounts();
    }

    /** A view: what the maps hold at the moment of a decision is what it is decided by. */
    static Standing over(Map<NodeId, Optional<NodeId>> parents, Map<Key, Account> accounts) {
        return new Standing(new Known(parents, accounts));
    }

    /** Whether all the legs fit together; none is granted without the others. */
    public Decision decide(List<Leg> legs) {
        var draft = new Draft();
        legs.forEach(draft::shift);
        return draft.decision();
    }

    /**
     * Charges what is there already, be there room for it or not: a level that has none is in debt
     * after it, and has room for nothing more until that is gone. For taking over what runs, and
     * for what a restored ledger finds; whatever is still to be made is decided by {@link #decide}.
     *
     * @param legs with no amount below zero
     */
    public Decision.Granted incur(List<Leg> legs) {
        if (!legs.stream().allMatch(leg -> leg.amounts().isNonNegative())) {
            throw new IllegalArgumentException("nobody owes less than nothing: " + legs);
        }
        var draft = new Draft(true);
        legs.forEach(draft::shift);
        return draft.granted();
    }

    /**
     * How much of these legs there is room for; for a request that was denied.
     *
     * @param legs with no amount below zero
     */
    public Fit fit(List<Leg> legs) {
        long of = 0;
        var asked = Amounts.NONE;
        for (var leg : legs) {
            if (!leg.amounts().isNonNegative()) {
                throw new IllegalArgumentException("given back is always room for: " + leg);
            }
            asked = asked.plus(leg.amounts());
            for (long amount : leg.amounts().asMap().values()) {
                of = gcd(of, amount);
            }
        }
        long parts = Math.max(of, 1);
        var each = Amounts.NONE;
        for (var resource : asked.resources()) {
            long like = 0;
            for (var leg : legs) {
                like = gcd(like, leg.amounts().get(resource));
            }
            long whole = like;
            long fits = most(whole, part -> fits(legs, resource, part, whole));
            each = each.with(resource, asked.get(resource) / whole * fits);
        }
        long all = most(parts, part -> fits(legs, part, parts));
        return new Fit(each, all, parts);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The largest number up to a highest one that passes, when all below one that passes pass. */
    private static long most(long highest, LongPredicate passes) {
        long low = 0;
        long high = highest;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (passes.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean fits(List<Leg> legs, Resource resource, long part, long whole) {
        return fits(
                legs.stream()
                        .map(leg ->
                                new Leg(
                                        leg.leaf(),
                                        Amounts.of(resource, leg.amounts().get(resource))))
                        .toList(),
                part,
                whole);
    }

    private boolean fits(List<Leg> legs, long part, long whole) {
        var cut = new ArrayList<Leg>();
        for (var leg : legs) {
            var amounts = new HashMap<Resource, Long>();
            leg.amounts()
                    .asMap()
                    .forEach((resource, amount) -> amounts.put(resource, amount / whole * part));
            cut.add(new Leg(leg.leaf(), Amounts.of(amounts)));
        }
        return decide(cut) instanceof Decision.Granted;
    }

    /**
     * Whether a node can be given these limits: its parent must be able to promise what is
     * guaranteed, and the ceiling must leave room for what is held already.
     */
    public Decision limit(NodeId node, Map<Resource, Limit> limits) {
        var draft = new Draft();
        limits.forEach((resource, limit) -> draft.limit(node, resource, limit));
        return draft.decision();
    }

    /**
     * Whether the tree can take another shape: every node that is joined must have room, up to the
     * pool, for all that comes to it.
     *
     * @throws IllegalArgumentException when a node joins that has not left, or the other way round
     */
    public Decision reshape(List<Reshape> steps) {
        var draft = new Draft();
        var adrift = new HashSet<NodeId>();
        for (var step : steps) {
            switch (step) {
                case Reshape.Leave(var node) -> {
                    if (parent(node).isEmpty() || !adrift.add(node)) {
                        throw new IllegalArgumentException("cannot leave: " + node);
                    }
                    commits(node)
                            .forEach((resource, commit) ->
                                    draft.climb(parent(node).orElseThrow(), resource, -commit));
                }
                case Reshape.Join(var node, var parent) -> {
                    if (!adrift.remove(node)) {
                        throw new IllegalArgumentException("has not left its parent: " + node);
                    }
                    commits(node)
                            .forEach((resource, commit) -> draft.climb(parent, resource, commit));
                }
                case Reshape.SetLimits(var node, var limits) ->
                        limits.forEach((resource, limit) -> draft.limit(node, resource, limit));
                case Reshape.Shift(var leg) -> draft.shift(leg);
            }
        }
        if (!adrift.isEmpty()) {
            throw new IllegalArgumentException("left without a parent: " + adrift);
        }
        return draft.decision();
    }

    /** What a node costs its parent, of each resource that it costs any of. */
    private Map<Resource, Long> commits(NodeId node) {
        var commits = new TreeMap<Resource, Long>();
        accounts.forEach((key, account) -> {
            if (key.node().equals(node) && account.commit() > 0) {
                commits.put(key.resource(), account.commit());
            }
        });
        return commits;
    }

    private Optional<NodeId> parent(NodeId node) {
        var parent = parents.get(node);
        if (parent == null) {
            throw new IllegalArgumentException("not on a path of this standing: " + node);
        }
        return parent;
    }

    private final class Draft {
        private final boolean onCredit;
        private final Map<Key, Account> changed = new LinkedHashMap<>();
        private final Map<Key, Map<Entry.Side, Long>> entries = new LinkedHashMap<>();
        private final Map<Key, Long> asked = new HashMap<>();
        private final Map<Key, Long> freeUnderNew = new HashMap<>();
        private final Map<Key, Shortfall> shortfalls = new LinkedHashMap<>();

        Draft() {
            this(false);
        }

        /**
         * @param onCredit whether what there is no room for becomes a debt
         */
        Draft(boolean onCredit) {
            this.onCredit = onCredit;
        }

        void shift(Leg leg) {
            leg.amounts()
                    .asMap()
                    .forEach((resource, amount) -> {
                        entry(leg.leaf(), resource, Entry.Side.HELD, amount);
                        climb(leg.leaf(), resource, amount);
                    });
        }

        /** Adds to what the nodes hold, from one upwards, as far as the change is felt. */
        void climb(NodeId from, Resource resource, long amount) {
            pass(from, resource, absorb(from, resource, amount));
        }

        /** Hands on to a node's parent, or to the world outside, what it feels of a change. */
        private void pass(NodeId from, Resource resource, long felt) {
            var node = from;
            long delta = felt;
            while (delta != 0) {
                var parent = parent(node);
                if (parent.isEmpty()) {
                    entry(node, resource, Entry.Side.OUTSIDE, -delta);
                    return;
                }
                node = parent.get();
                delta = absorb(node, resource, delta);
            }
        }

        /** Adds to what one node holds; what its parent feels of it is returned. */
        private long absorb(NodeId node, Resource resource, long delta) {
            var account = account(node, resource);
            var key = new Key(node, resource);
            long total = asked.merge(key, delta, Math::addExact);
            var free = account.free();
            if (!onCredit && delta > 0 && free.isPresent() && delta > free.getAsLong()) {
                // All legs together ask for this much of what was free before any of them.
                shortfalls.put(key, new Shortfall(node, resource, total, freeBefore(key)));
                return feltAbove(account, delta);
            }
            long held = Math.addExact(account.held(), delta);
            var after = onCredit ? account.owing(held) : account.holding(held);
            changed.put(new Key(node, resource), after);
            long felt = after.commit() - account.commit();
            entry(node, resource, Entry.Side.FREE, felt - delta);
            return felt;
        }

        /** What was free under the ceiling that is in force, before anything was asked. */
        private long freeBefore(Key key) {
            var limited = freeUnderNew.get(key);
            return limited != null
                    ? limited
                    : accounts.getOrDefault(key, unknown(key.node())).free().orElseThrow();
        }

        /**
         * What a refused step would have asked of the parent, so that all that is short is named.
         */
        private static long feltAbove(Account account, long delta) {
            long held = Math.addExact(account.held(), delta);
            return Math.max(account.guaranteed(), held) - account.commit();
        }

        void limit(NodeId node, Resource resource, Limit limit) {
            var account = account(node, resource);
            // What is owed may be less by a higher ceiling, and never more by a lower one.
            if (limit.ceiling().isPresent()
                    && limit.ceiling().getAsLong() < account.held() - account.debt()) {
                shortfalls.put(
                        new Key(node, resource),
                        new Shortfall(
                                node,
                                resource,
                                account.held() - account.debt(),
                                limit.ceiling().getAsLong()));
                return;
            }
            var key = new Key(node, resource);
            var after = account.limited(limit);
            changed.put(key, after);
            after.free()
                    .ifPresent(free -> freeUnderNew.put(key, free + asked.getOrDefault(key, 0L)));
            long felt = after.commit() - account.commit();
            entry(node, resource, Entry.Side.FREE, felt);
            pass(node, resource, felt);
        }

        void entry(NodeId node, Resource resource, Entry.Side side, long amount) {
            entries.computeIfAbsent(new Key(node, resource), _ -> new LinkedHashMap<>())
                    .merge(side, amount, Math::addExact);
        }

        Decision decision() {
            return shortfalls.isEmpty()
                    ? granted()
                    : new Decision.Denied(List.copyOf(shortfalls.values()));
        }

        Decision.Granted granted() {
            var lines = new ArrayList<Entry>();
            entries.forEach((key, sides) ->
                    sides.forEach((side, amount) -> {
                        if (amount != 0) {
                            lines.add(new Entry(key.node(), key.resource(), side, amount));
                        }
                    }));
            var balances = new ArrayList<Decision.Balance>();
            changed.forEach((key, account) ->
                    balances.add(new Decision.Balance(key.node(), key.resource(), account)));
            return new Decision.Granted(lines, balances);
        }

        private Account account(NodeId node, Resource resource) {
            var key = new Key(node, resource);
            var account = changed.get(key);
            return account != null ? account : accounts.getOrDefault(key, unknown(node));
        }

        private Account unknown(NodeId node) {
            return parent(node).isEmpty()
                    ? new Account(0, OptionalLong.of(0), 0)
                    : Account.UNBOUNDED;
        }
    }

    /** The nodes from one up to its pool. */
    public List<NodeId> path(NodeId leaf) {
        var path = new ArrayList<NodeId>();
        Optional<NodeId> node = Optional.of(leaf);
        while (node.isPresent()) {
            path.add(node.get());
            node = parents.getOrDefault(node.get(), Optional.empty());
        }
        return List.copyOf(path);
    }

    /** A copy in which a decision has taken effect. */
    public Standing after(Decision.Granted granted) {
        var next = new HashMap<>(accounts);
        granted.balances().forEach(b -> next.put(new Key(b.node(), b.resource()), b.account()));
        return new Standing(parents, next);
    }
}

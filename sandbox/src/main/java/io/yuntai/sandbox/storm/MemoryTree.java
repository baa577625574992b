package io.yuntai.sandbox.storm;

import io.yuntai.quota.Account;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Entry;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The quota tree and its double entry, in memory; every decision is the production code's. */
public final class MemoryTree {

    /** Who decides: {@link Standing#decide}, unless it is shown what a wrong one leads to. */
    @FunctionalInterface
    public interface Judge {

        Judge OURS = (parents, accounts, legs) -> new Standing(parents, accounts).decide(legs);

        /** A decision on some legs, given the nodes on their paths and how those stand. */
        Decision decide(
                Map<NodeId, Optional<NodeId>> parents,
                Map<Standing.Key, Account> accounts,
                List<Leg> legs);
    }

    private final Judge judge;
    private final Map<NodeId, Optional<NodeId>> parents = new LinkedHashMap<>();
    private final Map<Standing.Key, Account> accounts = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    public MemoryTree(Judge judge) {
        this.judge = judge;
    }

    /**
     * Adds a node, or gives it another resource; without a ceiling it is bounded by its ancestors
     * alone. A pool has all of its ceiling, others are promised nothing.
     */
    public void add(NodeId node, Optional<NodeId> parent, Resource resource, OptionalLong ceiling) {
        long guaranteed = parent.isEmpty() ? ceiling.orElse(0) : 0;
        add(node, parent, resource, new Limit(guaranteed, ceiling));
    }

    /** As the other, promised something. */
    void add(NodeId node, Optional<NodeId> parent, Resource resource, Limit limit) {
        parents.put(node, parent);
        if (limit.guaranteed() > 0 || limit.ceiling().isPresent()) {
            var limits = Map.of(resource, limit);
            var path = path(node);
            var standing = new Standing(parents(path), accounts(path));
            if (!(standing.limit(node, limits) instanceof Decision.Granted granted)) {
                throw new IllegalStateException("a limit that cannot be: " + limit);
            }
            write(granted);
        }
    }

    /** What would become of it. */
    Decision decide(Leg leg) {
        var path = path(leg.leaf());
        return judge.decide(parents(path), accounts(path), List.of(leg));
    }

    Decision transfer(Leg leg) {
        var decision = decide(leg);
        if (decision instanceof Decision.Granted granted) {
            write(granted);
        }
        return decision;
    }

    /** Gives a node another ceiling, promised what it was; denied where more is held. */
    Decision limit(NodeId node, Resource resource, long ceiling) {
        var path = path(node);
        var promised = Math.min(account(node, resource).guaranteed(), ceiling);
        var limits = Map.of(resource, new Limit(promised, OptionalLong.of(ceiling)));
        var decision = new Standing(parents(path), accounts(path)).limit(node, limits);
        if (decision instanceof Decision.Granted granted) {
            write(granted);
        }
        return decision;
    }

    /** Charges what is there already, be there room for it or not. */
    void incur(Leg leg) {
        var path = path(leg.leaf());
        write(new Standing(parents(path), accounts(path)).incur(List.of(leg)));
    }

    private void write(Decision.Granted granted) {
        granted.balances()
                .forEach(b -> accounts.put(new Standing.Key(b.node(), b.resource()), b.account()));
        entries.addAll(granted.entries());
    }

    private Map<NodeId, Optional<NodeId>> parents(List<NodeId> path) {
        var onPath = new HashMap<NodeId, Optional<NodeId>>();
        path.forEach(node -> onPath.put(node, parents.getOrDefault(node, Optional.empty())));
        return onPath;
    }

    private Map<Standing.Key, Account> accounts(List<NodeId> path) {
        var onPath = new HashMap<Standing.Key, Account>();
        accounts.forEach((key, account) -> {
            if (path.contains(key.node())) {
                onPath.put(key, account);
            }
        });
        return onPath;
    }

    /** The nodes from one up to its pool. */
    public List<NodeId> path(NodeId leaf) {
        var path = new ArrayList<NodeId>();
        var node = Optional.of(leaf);
        while (node.isPresent()) {
            path.add(node.get());
            node = parents.getOrDefault(node.get(), Optional.empty());
        }
        return path;
    }

    /** What a node may never exceed; empty: bounded by its ancestors alone. */
    public OptionalLong ceiling(NodeId node, Resource resource) {
        return account(node, resource).ceiling();
    }

    Runnable backup() {
        var accountsThen = new HashMap<>(accounts);
        int entriesThen = entries.size();
        return () -> {
            MemoryLeaseBook.restore(accounts, accountsThen);
            entries.subList(entriesThen, entries.size()).clear();
        };
    }

    Account account(NodeId node, Resource resource) {
        return accounts.getOrDefault(new Standing.Key(node, resource), Account.UNBOUNDED);
    }

    List<NodeId> nodes() {
        return List.copyOf(parents.keySet());
    }

    /** Whether debits equal credits, and each leaf's entries are what it holds. */
    boolean balances(Resource resource) {
        long sum = 0;
        var held = new HashMap<NodeId, Long>();
        for (var entry : entries) {
            if (!entry.resource().equals(resource)) {
                continue;
            }
            sum += entry.amount();
            if (entry.side() == Entry.Side.HELD) {
                held.merge(entry.node(), entry.amount(), Long::sum);
            }
        }
        return sum == 0
                && held.entrySet().stream()
                        .allMatch(e -> account(e.getKey(), resource).held() == e.getValue());
    }
}

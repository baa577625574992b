package io.yuntai.quota;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A standing on which one decision after another takes effect, each made on what those before it
 * have left. What is denied leaves no trace. Not for several threads.
 */
public final class Tally {

    private final Map<Standing.Key, Account> accounts;
    private final Standing standing;

    /** Begins with how things stand; see {@link Standing#Standing}. */
    public Tally(Map<NodeId, Optional<NodeId>> parents, Map<Standing.Key, Account> accounts) {
        this.accounts = new HashMap<>(accounts);
        this.standing = Standing.over(Map.copyOf(parents), this.accounts);
    }

    /** As {@link Standing#decide}, and what is granted is taken. */
    public Decision decide(List<Leg> legs) {
        return taken(standing.decide(legs));
    }

    /** As {@link Standing#incur}, and it is taken. */
    public Decision.Granted incur(List<Leg> legs) {
        var granted = standing.incur(legs);
        var _ = taken(granted);
        return granted;
    }

    /** As {@link Standing#limit}, and what is granted is in force. */
    public Decision limit(NodeId node, Map<Resource, Limit> limits) {
        return taken(standing.limit(node, limits));
    }

    private Decision taken(Decision decision) {
        switch (decision) {
            case Decision.Granted granted ->
                    granted.balances()
                            .forEach(b ->
                                    accounts.put(
                                            new Standing.Key(b.node(), b.resource()), b.account()));
            case Decision.Denied _ -> {}
        }
        return decision;
    }
}

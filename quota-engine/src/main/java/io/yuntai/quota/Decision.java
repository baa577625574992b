package io.yuntai.quota;

import java.util.List;

/** What the tree says to a request. A refusal is an answer like any other, and is stored. */
public sealed interface Decision {

    /**
     * It fits.
     *
     * @param entries the double entry
     * @param balances what each account touched holds afterwards
     */
    record Granted(List<Entry> entries, List<Balance> balances) implements Decision {
        public Granted {
            entries = List.copyOf(entries);
            balances = List.copyOf(balances);
        }
    }

    /** It does not fit, and here is every level that is short. */
    record Denied(List<Shortfall> shortfalls) implements Decision {
        public Denied {
            if (shortfalls.isEmpty()) {
                throw new IllegalArgumentException("denied for no reason");
            }
            shortfalls = List.copyOf(shortfalls);
        }
    }

    /** An account after the decision. */
    record Balance(NodeId node, Resource resource, Account account) {}
}

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

        /**
         * What the account that an entry is on adds up to, this entry included: at a leaf what it
         * holds, at any node what it was promised and has not handed on, and outside a pool what
         * the pool was given.
         */
        public long balanceAfter(Entry entry) {
            var account =
                    balances.stream()
                            .filter(b ->
                                    b.node().equals(entry.node())
                                            && b.resource().equals(entry.resource()))
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalArgumentException("not of this: " + entry))
                            .account();
            return switch (entry.side()) {
                case HELD -> account.held();
                case FREE -> account.commit() - account.held();
                case OUTSIDE -> -account.commit();
            };
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

package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Resource;
import java.util.List;
import java.util.OptionalLong;

/**
 * How one node stands, in every resource known of it.
 *
 * @param rows by resource
 */
public record Level(NodeRef node, List<Row> rows) {

    /**
     * One resource at one node, in base units.
     *
     * @param guaranteed promised to the node
     * @param ceiling what it may not exceed; empty: bounded by its ancestors alone
     * @param promised what its children cost it: each one's promise, or what it holds where that is
     *     more
     * @param committed granted to the leaves below it, without what is locked
     * @param locked held for orders that are not decided yet
     */
    public record Row(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long promised,
            long committed,
            long locked) {

        /** What is under the ceiling and neither granted nor locked; empty without a ceiling. */
        public OptionalLong free() {
            return ceiling.isEmpty()
                    ? ceiling
                    : OptionalLong.of(Math.max(0, ceiling.getAsLong() - committed - locked));
        }
    }

    public Level {
        rows = List.copyOf(rows);
    }
}

package io.yuntai.billing.ranking;

import java.util.List;

/**
 * What is counted together: everything, one pool, one zone over its pools, one processor family
 * over its zones. A pool's name is {@code zone-family}.
 */
final class Scopes {

    static final String ALL = "all";

    private static final String ZONE = "zone:";
    private static final String FAMILY = "family:";

    private Scopes() {}

    /** Those that something in a pool is counted in. */
    static List<String> of(String pool) {
        int dash = pool.lastIndexOf('-');
        return List.of(
                ALL, pool, ZONE + pool.substring(0, dash), FAMILY + pool.substring(dash + 1));
    }
}

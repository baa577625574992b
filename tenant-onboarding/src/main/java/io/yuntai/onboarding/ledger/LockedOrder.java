package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.Optional;

/**
 * What one pending transfer has locked below a node.
 *
 * @param system whose it is; empty when all of it is the pool's infrastructure
 * @param upTo what this and all that were locked before it have locked, in the same resources
 * @param expires when it is given back unless it was decided before; empty: never
 */
public record LockedOrder(
        TransferId transfer,
        Instant at,
        Optional<Instant> expires,
        Optional<SystemId> system,
        String systemName,
        Amounts amounts,
        Amounts upTo) {}

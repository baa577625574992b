package io.yuntai.onboarding.reorganization;

import io.yuntai.quota.Account;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What becomes of promises and ceilings. */
@Component
class Limits {

    private final ReorganizationStore store;

    Limits(ReorganizationStore store) {
        this.store = store;
    }

    /**
     * A node keeps nothing, and its successor has that much more.
     *
     * @param within whether the successor has it already, being above it
     */
    List<Reshape> handedOn(NodeId from, NodeId to, boolean within) {
        var had = store.accounts(from);
        var has = store.accounts(to);
        var nothing = new TreeMap<Resource, Limit>();
        var more = new TreeMap<Resource, Limit>();
        had.forEach((resource, account) -> {
            nothing.put(resource, Limit.fixed(0));
            more.put(resource, sum(account, has.getOrDefault(resource, Account.UNBOUNDED)));
        });
        var steps = new ArrayList<Reshape>();
        if (!nothing.isEmpty()) {
            steps.add(new Reshape.SetLimits(from, nothing));
            if (!within) {
                steps.add(new Reshape.SetLimits(to, more));
            }
        }
        return steps;
    }

    private static Limit sum(Account one, Account other) {
        boolean bounded = one.ceiling().isPresent() && other.ceiling().isPresent();
        return new Limit(
                Math.addExact(one.guaranteed(), other.guaranteed()),
                bounded
                        ? OptionalLong.of(
                                Math.addExact(
                                        one.ceiling().getAsLong(), other.ceiling().getAsLong()))
                        : OptionalLong.empty());
    }

    /** A pool's capacity, changed by so much; empty when it never had as much as it is to lose. */
    Optional<Reshape> capacity(NodeId pool, Amounts change) {
        var accounts = store.accounts(pool);
        Map<Resource, Limit> limits = new TreeMap<>();
        for (var entry : change.asMap().entrySet()) {
            long had =
                    Optional.ofNullable(accounts.get(entry.getKey()))
                            .map(Account::guaranteed)
                            .orElse(0L);
            long has = Math.addExact(had, entry.getValue());
            if (has < 0) {
                return Optional.empty();
            }
            limits.put(entry.getKey(), Limit.fixed(has));
        }
        return Optional.of(new Reshape.SetLimits(pool, limits));
    }
}

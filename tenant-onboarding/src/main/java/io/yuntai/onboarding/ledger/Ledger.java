package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Transfers of quota. Each call is part of the caller's transaction: the decision is made on locked
 * accounts and stands or falls with what the caller does with it. Accounts are locked child before
 * parent, everywhere.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

    private static final int HOLDERS_NAMED = 5;

    private final LedgerStore store;

    Ledger(LedgerStore store) {
        this.store = store;
    }

    /**
     * Locks quota by a pending transfer, to be ended by {@link #post} or {@link #voidPending}. A
     * refusal is stored too. The same id with the same content gives the first answer again.
     *
     * @throws Refused CONFLICT {@code ID_REUSED} when the id was used with other content
     */
    public Decision reserve(TransferId id, List<Leg> legs, Instant at) {
        String digest = digest(legs);
        var stored = store.find(id);
        if (stored.isPresent()) {
            return repeated(id, stored.get(), digest);
        }
        var standing =
                store.lock(
                        legs.stream().map(Leg::leaf).toList(),
                        legs.stream()
                                .flatMap(leg -> leg.amounts().resources().stream())
                                .collect(Collectors.toUnmodifiableSet()));
        var decision = standing.decide(legs);
        store.insert(
                id, "PENDING", decision instanceof Decision.Granted, Optional.empty(), digest, at);
        store.insertLegs(id, legs);
        return switch (decision) {
            case Decision.Granted granted -> {
                store.write(id, granted);
                store.insertLocks(id, legs);
                yield granted;
            }
            case Decision.Denied denied -> {
                store.write(id, denied.shortfalls());
                yield withHolders(denied.shortfalls());
            }
        };
    }

    /** A transfer that is final at once; a refusal is stored too. */
    Decision transfer(TransferId id, Leg leg, Instant at) {
        var legs = List.of(leg);
        var decision = store.lock(List.of(leg.leaf()), leg.amounts().resources()).decide(legs);
        boolean granted = decision instanceof Decision.Granted;
        store.insert(id, "LEASE", granted, Optional.empty(), digest(legs), at);
        store.insertLegs(id, legs);
        return switch (decision) {
            case Decision.Granted balanced -> {
                store.write(id, balanced);
                yield balanced;
            }
            case Decision.Denied denied -> {
                store.write(id, denied.shortfalls());
                yield withHolders(denied.shortfalls());
            }
        };
    }

    /**
     * Makes a pending transfer final: what was locked is granted.
     *
     * @throws Refused CONFLICT {@code NOT_PENDING} when it has ended already or never was granted
     */
    public void post(TransferId id, TransferId pending, Instant at) {
        end(pending);
        store.insert(id, "POST", true, Optional.of(pending), pending.toString(), at);
    }

    /**
     * Gives back what a pending transfer has locked.
     *
     * @throws Refused CONFLICT {@code NOT_PENDING} when it has ended already or never was granted
     */
    public void voidPending(TransferId id, TransferId pending, Instant at) {
        end(pending);
        var back =
                store.legs(pending).stream()
                        .map(leg -> new Leg(leg.leaf(), leg.amounts().negated()))
                        .toList();
        var standing =
                store.lock(
                        back.stream().map(Leg::leaf).toList(),
                        back.stream()
                                .flatMap(leg -> leg.amounts().resources().stream())
                                .collect(Collectors.toUnmodifiableSet()));
        switch (standing.decide(back)) {
            case Decision.Granted granted -> {
                store.insert(id, "VOID", true, Optional.of(pending), pending.toString(), at);
                store.insertLegs(id, back);
                store.write(id, granted);
            }
            case Decision.Denied denied ->
                    throw new IllegalStateException("giving back cannot be denied: " + denied);
        }
    }

    /** Gives a node its limits; denied when the parent cannot promise so much, or more is held. */
    Decision limit(TransferId id, NodeId node, Map<Resource, Limit> limits, Instant at) {
        var standing = store.lock(List.of(node), Set.copyOf(limits.keySet()));
        var decision = standing.limit(node, limits);
        String digest = node + " " + new TreeMap<>(limits);
        store.insert(
                id, "LIMIT", decision instanceof Decision.Granted, Optional.empty(), digest, at);
        return switch (decision) {
            case Decision.Granted granted -> {
                store.write(id, granted);
                yield granted;
            }
            case Decision.Denied denied -> {
                store.write(id, denied.shortfalls());
                yield withHolders(denied.shortfalls());
            }
        };
    }

    private void end(TransferId pending) {
        if (!store.unlock(pending)) {
            throw Refused.conflict("NOT_PENDING");
        }
    }

    private Decision repeated(TransferId id, LedgerStore.Stored stored, String digest) {
        if (!stored.phase().equals("PENDING") || !stored.digest().equals(digest)) {
            throw Refused.conflict("ID_REUSED");
        }
        return stored.granted()
                ? new Decision.Granted(List.of(), List.of())
                : withHolders(store.shortfalls(id));
    }

    private Decision withHolders(List<Shortfall> shortfalls) {
        return new Decision.Denied(
                shortfalls.stream()
                        .map(s ->
                                new Shortfall(
                                        s.node(),
                                        s.resource(),
                                        s.asked(),
                                        s.free(),
                                        store.holders(s.node(), s.resource(), HOLDERS_NAMED)))
                        .toList());
    }

    private static String digest(List<Leg> legs) {
        return legs.stream()
                .map(leg -> leg.leaf() + "=" + leg.amounts())
                .sorted()
                .collect(Collectors.joining(";"));
    }
}

package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Fit;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Transfers of quota. Each call is part of the caller's transaction: the decision is made on locked
 * accounts and stands or falls with what the caller does with it. Whoever has nothing else to write
 * takes the {@link LedgerCommitter}, which is many times as fast.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

    private final Settlement settlement;

    Ledger(Settlement settlement) {
        this.settlement = settlement;
    }

    /**
     * Carries out a command. A refusal is stored too. The same id with the same content gives the
     * first answer again.
     *
     * @throws Refused CONFLICT {@code ID_REUSED} when the id was used with other content, {@code
     *     NOT_PENDING} when what is to be ended has ended already or never was granted
     * @throws IllegalArgumentException for a node that is not, or more given back than is held
     */
    public Decision carryOut(LedgerCommand command) {
        return settlement.settle(List.of(command)).getFirst().get();
    }

    /**
     * Has nothing in the tree move until this transaction ends. To be called before anything is
     * read or locked that a move changes, such as a system's owner or an application: whoever moves
     * something takes the tree first and the rest after, and so must everybody.
     */
    public void holdShape() {
        settlement.holdShape();
    }

    /** Whether a command of this id came before. */
    boolean isKnown(TransferId id) {
        return settlement.isKnown(id);
    }

    /** Whether a command of this id came before, and was denied. */
    public boolean wasDenied(TransferId id) {
        return settlement.wasDenied(id);
    }

    /**
     * What would help somebody who was denied: how much of these legs there is room for.
     *
     * @param legs with no amount below zero
     */
    public Fit fit(List<Leg> legs) {
        return settlement.fit(legs);
    }

    /** What would be short if a leaf held so much more, as it stands; nothing is locked for it. */
    public List<Shortfall> shortfalls(Leg leg) {
        return settlement.shortfalls(List.of(leg));
    }

    /** Locks quota by a pending transfer, to be ended by {@link #post} or {@link #voidPending}. */
    public Decision reserve(TransferId id, List<Leg> legs, Instant at) {
        return carryOut(new LedgerCommand.Reserve(id, legs, Optional.empty(), at));
    }

    /** As {@link #reserve(TransferId, List, Instant)}; voided when its time comes. */
    public Decision reserve(TransferId id, List<Leg> legs, Instant expires, Instant at) {
        return carryOut(new LedgerCommand.Reserve(id, legs, Optional.of(expires), at));
    }

    /**
     * Charges what is there already, be there room for it or not: a level that has none is in debt
     * after it. For taking over what runs.
     *
     * @param legs with no amount below zero
     * @return what came of it; empty when the same command came before
     */
    public Decision.Granted incur(TransferId id, List<Leg> legs, Instant at) {
        return switch (carryOut(new LedgerCommand.Incur(id, legs, at))) {
            case Decision.Granted granted -> granted;
            case Decision.Denied denied ->
                    throw new IllegalStateException("what runs was denied: " + denied);
        };
    }

    /** A transfer that is final at once; a refusal is stored too. */
    Decision transfer(TransferId id, Leg leg, Instant at) {
        return carryOut(new LedgerCommand.Transfer(id, List.of(leg), at));
    }

    /**
     * Makes a pending transfer final: what was locked is granted.
     *
     * @throws Refused CONFLICT {@code NOT_PENDING} when it has ended already or never was granted
     */
    public void post(TransferId id, TransferId pending, Instant at) {
        var _ = carryOut(new LedgerCommand.Post(id, pending, at));
    }

    /**
     * Gives back what a pending transfer has locked.
     *
     * @throws Refused CONFLICT {@code NOT_PENDING} when it has ended already or never was granted
     */
    public void voidPending(TransferId id, TransferId pending, Instant at) {
        var _ = carryOut(new LedgerCommand.VoidPending(id, pending, at));
    }

    /** Gives a node its limits; denied when the parent cannot promise so much, or more is held. */
    Decision limit(TransferId id, NodeId node, Map<Resource, Limit> limits, Instant at) {
        return carryOut(new LedgerCommand.SetLimits(id, node, limits, at));
    }
}

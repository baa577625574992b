package io.yuntai.onboarding.application;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.rules.WorkRules;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The quota that an application holds from its submission to its end, in the ledger. */
@Component
class QuotaLocks {

    /** How often an order is cut before nothing smaller is offered. */
    private static final int MOST_ATTEMPTS = 4;

    private final QuotaTree tree;
    private final Ledger ledger;
    private final Leases leases;
    private final RulesInForce rules;
    private final LauncherOverhead overhead = LauncherOverhead.KUBEVIRT;

    QuotaLocks(QuotaTree tree, Ledger ledger, Leases leases, RulesInForce rules) {
        this.tree = tree;
        this.ledger = ledger;
        this.leases = leases;
        this.rules = rules;
    }

    /**
     * Locks all that an order takes, until somebody decides about it or its time has come ({@link
     * WorkRules.ApplicationRules#lockDays} from now).
     *
     * @return what is short; empty: it is locked
     * @throws Refused CONFLICT {@code NO_QUOTA_IN_POOL}, {@code LEDGER_LEARNING}
     */
    List<Shortfall> lock(TransferId lock, Order order, UnitId owner, Instant at) {
        requireLearnt();
        if (order.takesNothing()) {
            return List.of();
        }
        Instant expires = at.plus(rules.now().applications().lock());
        return switch (ledger.reserve(lock, legs(order, owner), expires, at)) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> List.of();
        };
    }

    /** Until a restored ledger has read its clusters, nobody knows what is free. */
    void requireLearnt() {
        if (leases.learning().isPresent()) {
            throw Refused.conflict("LEDGER_LEARNING");
        }
    }

    /**
     * Locks a smaller order in place of an application's.
     *
     * @return the transfer that locks it
     */
    TransferId lower(Application application, Order smaller, Instant at) {
        unlock(application, at);
        var lock = derived("lower" + application.version() + application.id());
        var shortfalls = lock(lock, smaller, application.unit(), at);
        if (!shortfalls.isEmpty()) {
            // It holds less than was given back a moment ago: somebody has lowered the limits by
            // other means.
            throw Refused.quotaShort(shortfalls);
        }
        return lock;
    }

    /**
     * A transfer to lock by: this one; or, since the answer to it was that there is no room, and
     * always will be, another. To be asked by whoever has claimed the application.
     */
    TransferId unused(TransferId id) {
        return ledger.wasDenied(id) ? new TransferId(UuidCreator.getTimeOrderedEpoch()) : id;
    }

    /** The transfer that locks a revision: the same each time that nobody has asked for it yet. */
    static TransferId of(ApplicationId id, int revision) {
        return revision == 1
                ? new TransferId(id.value())
                : derived("revision" + revision + id.value());
    }

    void unlock(Application application, Instant at) {
        if (application.order().takesNothing()) {
            return;
        }
        ledger.voidPending(derived("void" + application.lock()), application.lock(), at);
    }

    void post(Application application, Instant at) {
        if (application.order().takesNothing()) {
            return;
        }
        ledger.post(derived("post" + application.lock()), application.lock(), at);
    }

    /** Always the same for the same end, so that it happens once. */
    private static TransferId derived(String what) {
        return new TransferId(UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)));
    }

    /** Says what would help, too: how much of it there is room for. */
    Submission.TooLarge tooLarge(Order order, UnitId owner, List<Shortfall> shortfalls) {
        var fits = fits(order, owner).orElse(order.amounts());
        var smaller = order.within(fits);
        for (int attempt = 0; smaller.isPresent() && attempt < MOST_ATTEMPTS; attempt++) {
            var still = fits(smaller.get(), owner);
            if (still.isEmpty()) {
                return new Submission.TooLarge(shortfalls, fits, smaller);
            }
            smaller = smaller.get().within(still.get());
        }
        return new Submission.TooLarge(shortfalls, fits, Optional.empty());
    }

    /**
     * Of each resource of an order as much as there is room for, with what its hosts take beside
     * it; empty: for all of it.
     */
    private Optional<Amounts> fits(Order order, UnitId owner) {
        var legs = legs(order, owner);
        var fit = ledger.fit(legs);
        if (fit.parts() == fit.of()) {
            return Optional.empty();
        }
        var all = legs.stream().map(Leg::amounts).reduce(Amounts.NONE, Amounts::plus);
        var own = new HashMap<Resource, Long>();
        order.amounts()
                .asMap()
                .forEach((resource, amount) ->
                        own.put(
                                resource,
                                BigInteger.valueOf(amount)
                                        .multiply(BigInteger.valueOf(fit.each().get(resource)))
                                        .divide(BigInteger.valueOf(all.get(resource)))
                                        .longValueExact()));
        return Optional.of(Amounts.of(own));
    }

    private List<Leg> legs(Order order, UnitId owner) {
        var leaf =
                tree.ensureSystem(order.pool(), order.system(), owner)
                        .orElseThrow(() -> Refused.conflict("NO_QUOTA_IN_POOL"));
        var legs = new ArrayList<Leg>();
        legs.add(new Leg(leaf, order.amounts()));
        var beside = order.overhead(overhead);
        if (!beside.isZero()) {
            legs.add(new Leg(tree.infrastructure(order.pool()), beside));
        }
        return legs;
    }
}

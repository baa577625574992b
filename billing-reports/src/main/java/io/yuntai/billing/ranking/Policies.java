package io.yuntai.billing.ranking;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of the ranking's policy: proposed by one with the document that it rests on, tried
 * on months that are past, approved by another, and never changed after.
 */
@Service
public class Policies {

    private final PolicyStore store;
    private final Rankings rankings;
    private final Clock clock;

    Policies(PolicyStore store, Rankings rankings, Clock clock) {
        this.store = store;
        this.rankings = rankings;
        this.clock = clock;
    }

    /** The one that takes effect last first. */
    @Transactional(readOnly = true)
    public List<PolicyVersion> all() {
        return store.all();
    }

    /**
     * Proposes a version.
     *
     * @throws Declined {@code POLICY_EXISTS}: another has the id; {@code POLICY_TOO_LATE}: it would
     *     take effect on a day that has begun
     */
    @Transactional
    public PolicyVersion propose(RankingPolicy policy, Person by) {
        requireAhead(policy);
        if (!store.add(policy, by, clock.instant())) {
            throw new Declined("POLICY_EXISTS");
        }
        return store.find(policy.id()).orElseThrow();
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Declined {@code POLICY_NOT_FOUND}, {@code SAME_PERSON}, {@code POLICY_DECIDED},
     *     {@code POLICY_TOO_LATE}, {@code POLICY_DAY_TAKEN}: another takes effect on that day
     */
    @Transactional
    public PolicyVersion decide(String id, boolean approved, Person by) {
        var version = store.find(id).orElseThrow(() -> new Declined("POLICY_NOT_FOUND"));
        version.proposal().ifPresent(proposal -> proposal.by().requireAnother(by));
        if (approved && version.state() == PolicyVersion.State.PROPOSED) {
            requireAhead(version.policy());
            if (store.isTaken(version.policy().effectiveFrom())) {
                throw new Declined("POLICY_DAY_TAKEN");
            }
        }
        if (!store.decide(id, approved, by, clock.instant())) {
            throw new Declined("POLICY_DECIDED");
        }
        return store.find(id).orElseThrow();
    }

    /**
     * A month that has a ranking, beside what it would be under a version, in whatever state that
     * is. Keeps nothing.
     *
     * @return empty if there is no such version, ranking or scope
     */
    @Transactional
    public Optional<PolicyTrial> trial(String id, YearMonth month, String pool) {
        var version = store.find(id);
        var then = rankings.of(month, Board.SCORE, pool);
        if (version.isEmpty() || then.isEmpty()) {
            return Optional.empty();
        }
        var policy = version.get().policy();
        var figures = rankings.derive(month, policy, then.get().computedAt());
        return Optional.ofNullable(figures.scopes().get(pool))
                .map(scope -> PolicyTrial.of(then.get(), scope, policy));
    }

    private void requireAhead(RankingPolicy policy) {
        if (!policy.effectiveFrom().isAfter(LocalDate.ofInstant(clock.instant(), Period.ZONE))) {
            throw new Declined("POLICY_TOO_LATE");
        }
    }
}

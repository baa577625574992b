package io.yuntai.billing.ranking;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.policy.PolicyVersion;
import io.yuntai.billing.policy.PolicyVersions;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The versions of the ranking's policy, tried on months that are past before they are approved. */
@Service
public class Policies {

    private final PolicyVersions<RankingPolicy> versions;
    private final Rankings rankings;

    Policies(PolicyStore store, Rankings rankings, Clock clock) {
        this.versions = new PolicyVersions<>(store.table(), clock);
        this.rankings = rankings;
    }

    /** The one that takes effect last first. */
    @Transactional(readOnly = true)
    public List<PolicyVersion<RankingPolicy>> all() {
        return versions.all();
    }

    /**
     * Proposes a version.
     *
     * @throws Declined as {@link PolicyVersions#propose} says
     */
    @Transactional
    public PolicyVersion<RankingPolicy> propose(RankingPolicy policy, Person by) {
        return versions.propose(policy, by);
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Declined as {@link PolicyVersions#decide} says
     */
    @Transactional
    public PolicyVersion<RankingPolicy> decide(String id, boolean approved, Person by) {
        return versions.decide(id, approved, by);
    }

    /**
     * A month that has a ranking, beside what it would be under a version, in whatever state that
     * is, and by the rules that it was made by. Keeps nothing.
     *
     * @return empty if there is no such version, ranking or scope
     */
    @Transactional
    public Optional<PolicyTrial> trial(String id, YearMonth month, String pool) {
        var version = versions.find(id);
        var then = rankings.of(month, Board.SCORE, pool);
        if (version.isEmpty() || then.isEmpty()) {
            return Optional.empty();
        }
        var policy = version.get().policy();
        var figures = rankings.derive(month, policy, then.get().rules(), then.get().computedAt());
        return Optional.ofNullable(figures.scopes().get(pool))
                .map(scope -> PolicyTrial.of(then.get(), scope, policy));
    }
}

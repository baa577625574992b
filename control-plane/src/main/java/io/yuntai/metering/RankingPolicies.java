package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.ranking.Policies;
import io.yuntai.billing.ranking.PolicyVersion;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has policies proposed and decided, and the audit told of it in the same transaction. */
@Service
public class RankingPolicies {

    private final Policies policies;
    private final BillingAudit audit;

    RankingPolicies(Policies policies, BillingAudit audit) {
        this.policies = policies;
        this.audit = audit;
    }

    /**
     * Proposes a version.
     *
     * @throws Refused CONFLICT {@code POLICY_EXISTS}; INVALID {@code POLICY_TOO_LATE}
     */
    @Transactional
    public PolicyVersion propose(Actor actor, RankingPolicy policy) {
        var version = asRefusals(() -> policies.propose(policy, person(actor)));
        audit(actor, "rankingPolicy.propose", version);
        return version;
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Refused NOT_FOUND {@code POLICY_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON}; CONFLICT
     *     {@code POLICY_DECIDED}, {@code POLICY_DAY_TAKEN}; INVALID {@code POLICY_TOO_LATE}
     */
    @Transactional
    public PolicyVersion decide(Actor actor, String id, boolean approved) {
        var version = asRefusals(() -> policies.decide(id, approved, person(actor)));
        audit(actor, approved ? "rankingPolicy.approve" : "rankingPolicy.reject", version);
        return version;
    }

    private void audit(Actor actor, String action, PolicyVersion version) {
        audit.done(
                actor, action, "ranking-policy/" + version.policy().id(), version.policy().basis());
    }
}

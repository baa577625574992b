package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.policy.PolicyVersion;
import io.yuntai.billing.ranking.Policies;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.verdict.VerdictPolicies;
import io.yuntai.billing.verdict.VerdictPolicy;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has policies proposed and decided, and the audit told of it in the same transaction. */
@Service
public class PolicyChanges {

    private final Policies ranking;
    private final VerdictPolicies verdicts;
    private final BillingAudit audit;

    PolicyChanges(Policies ranking, VerdictPolicies verdicts, BillingAudit audit) {
        this.ranking = ranking;
        this.verdicts = verdicts;
        this.audit = audit;
    }

    /**
     * Proposes a version of what units are ranked by.
     *
     * @throws Refused CONFLICT {@code POLICY_EXISTS}; INVALID {@code POLICY_TOO_LATE}
     */
    @Transactional
    public PolicyVersion<RankingPolicy> propose(Actor actor, RankingPolicy policy) {
        var version = asRefusals(() -> ranking.propose(policy, person(actor)));
        audit(actor, "rankingPolicy.propose", "ranking-policy/", version);
        return version;
    }

    /**
     * Approves or rejects a version of what units are ranked by.
     *
     * @throws Refused NOT_FOUND {@code POLICY_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON}; CONFLICT
     *     {@code POLICY_DECIDED}, {@code POLICY_DAY_TAKEN}; INVALID {@code POLICY_TOO_LATE}
     */
    @Transactional
    public PolicyVersion<RankingPolicy> decideRanking(Actor actor, String id, boolean approved) {
        var version = asRefusals(() -> ranking.decide(id, approved, person(actor)));
        audit(actor, "rankingPolicy." + decision(approved), "ranking-policy/", version);
        return version;
    }

    /**
     * Proposes a version of what hosts are judged by.
     *
     * @throws Refused as {@link #propose(Actor, RankingPolicy)}
     */
    @Transactional
    public PolicyVersion<VerdictPolicy> propose(Actor actor, VerdictPolicy policy) {
        var version = asRefusals(() -> verdicts.propose(policy, person(actor)));
        audit(actor, "verdictPolicy.propose", "verdict-policy/", version);
        return version;
    }

    /**
     * Approves or rejects a version of what hosts are judged by.
     *
     * @throws Refused as {@link #decideRanking}
     */
    @Transactional
    public PolicyVersion<VerdictPolicy> decideVerdicts(Actor actor, String id, boolean approved) {
        var version = asRefusals(() -> verdicts.decide(id, approved, person(actor)));
        audit(actor, "verdictPolicy." + decision(approved), "verdict-policy/", version);
        return version;
    }

    private static String decision(boolean approved) {
        return approved ? "approve" : "reject";
    }

    private void audit(Actor actor, String action, String of, PolicyVersion<?> version) {
        audit.done(actor, action, of + version.policy().id(), version.policy().basis());
    }
}

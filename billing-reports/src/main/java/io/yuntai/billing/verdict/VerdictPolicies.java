package io.yuntai.billing.verdict;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.policy.PolicyVersion;
import io.yuntai.billing.policy.PolicyVersions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The versions of the policy that hosts are judged by, each tried before it is approved. */
@Service
public class VerdictPolicies {

    private final PolicyVersions<VerdictPolicy> versions;
    private final Verdicts verdicts;

    VerdictPolicies(VerdictPolicyStore store, Verdicts verdicts, Clock clock) {
        this.versions = new PolicyVersions<>(store.table(), clock);
        this.verdicts = verdicts;
    }

    /** The one that takes effect last first. */
    @Transactional(readOnly = true)
    public List<PolicyVersion<VerdictPolicy>> all() {
        return versions.all();
    }

    /**
     * Proposes a version.
     *
     * @throws Declined as {@link PolicyVersions#propose} says
     */
    @Transactional
    public PolicyVersion<VerdictPolicy> propose(VerdictPolicy policy, Person by) {
        return versions.propose(policy, by);
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Declined as {@link PolicyVersions#decide} says
     */
    @Transactional
    public PolicyVersion<VerdictPolicy> decide(String id, boolean approved, Person by) {
        return versions.decide(id, approved, by);
    }

    /**
     * The last day that was judged, beside what would be said of it under a version, in whatever
     * state that is, over the days that this one looks at. Keeps nothing.
     *
     * @return empty if there is no such version, or no day was judged
     */
    @Transactional(readOnly = true)
    public Optional<VerdictTrial> trial(String id) {
        return versions.find(id)
                .flatMap(version ->
                        verdicts.lastDay().map(day -> verdicts.trial(day, version.policy())));
    }
}

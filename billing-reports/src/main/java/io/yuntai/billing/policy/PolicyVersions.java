package io.yuntai.billing.policy;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How versions of a policy come to be: proposed by one with the document that they rest on,
 * approved by another before their day has come, and never changed after. Works inside the caller's
 * transaction.
 */
public final class PolicyVersions<P extends Policy> {

    private final PolicyTable<P> table;
    private final Clock clock;

    public PolicyVersions(PolicyTable<P> table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The one that takes effect last first. */
    public List<PolicyVersion<P>> all() {
        return table.all();
    }

    public Optional<PolicyVersion<P>> find(String id) {
        return table.find(id);
    }

    /**
     * Proposes a version.
     *
     * @throws Declined {@code POLICY_EXISTS}: another has the id; {@code POLICY_TOO_LATE}: it would
     *     take effect on a day that has begun
     */
    public PolicyVersion<P> propose(P policy, Person by) {
        requireAhead(policy);
        if (!table.add(policy, by, clock.instant())) {
            throw new Declined("POLICY_EXISTS");
        }
        return table.find(policy.id()).orElseThrow();
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Declined {@code POLICY_NOT_FOUND}, {@code SAME_PERSON}, {@code POLICY_DECIDED},
     *     {@code POLICY_TOO_LATE}, {@code POLICY_DAY_TAKEN}: another takes effect on that day
     */
    public PolicyVersion<P> decide(String id, boolean approved, Person by) {
        var version = table.find(id).orElseThrow(() -> new Declined("POLICY_NOT_FOUND"));
        version.proposal().ifPresent(proposal -> proposal.by().requireAnother(by));
        if (approved && version.state() == PolicyVersion.State.PROPOSED) {
            requireAhead(version.policy());
            if (table.isTaken(version.policy().effectiveFrom())) {
                throw new Declined("POLICY_DAY_TAKEN");
            }
        }
        if (!table.decide(id, approved, by, clock.instant())) {
            throw new Declined("POLICY_DECIDED");
        }
        return table.find(id).orElseThrow();
    }

    private void requireAhead(P policy) {
        if (!policy.effectiveFrom().isAfter(LocalDate.ofInstant(clock.instant(), Period.ZONE))) {
            throw new Declined("POLICY_TOO_LATE");
        }
    }
}

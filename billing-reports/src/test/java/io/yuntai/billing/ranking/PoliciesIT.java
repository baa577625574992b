package io.yuntai.billing.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.policy.PolicyVersion;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class PoliciesIT {

    private static final Person PROPOSER = new Person(new UUID(9, 1), "甲");
    private static final Person APPROVER = new Person(new UUID(9, 2), "乙");
    private static final YearMonth DECEMBER = YearMonth.of(2026, 12);

    private final BillingDatabase database = new BillingDatabase();
    private final Policies policies = database.service(Policies.class);
    private final PolicyStore store = database.service(PolicyStore.class);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aProposedPolicyIsNotInForceAndAnApprovedOneIsFromItsDayOn() {
        var _ = policies.propose(policy("second-2", DECEMBER.atDay(1)), PROPOSER);
        assertThat(store.inForce(DECEMBER).id()).isEqualTo("default-1");
        assertThatThrownBy(() -> policies.decide("second-2", true, PROPOSER))
                .hasMessage("SAME_PERSON");
        var approved = policies.decide("second-2", true, APPROVER);
        assertThat(approved.policy().approvedBy()).isEqualTo("乙");
        assertThat(store.inForce(DECEMBER).id()).isEqualTo("second-2");
        assertThat(store.inForce(DECEMBER.minusMonths(1)).id()).isEqualTo("default-1");
    }

    @Test
    void aRejectedPolicyIsNeverInForce() {
        var _ = policies.propose(policy("second-2", DECEMBER.atDay(1)), PROPOSER);
        assertThat(policies.decide("second-2", false, APPROVER).state())
                .isEqualTo(PolicyVersion.State.REJECTED);
        assertThat(store.inForce(DECEMBER).id()).isEqualTo("default-1");
        assertThatThrownBy(() -> policies.decide("second-2", true, APPROVER))
                .hasMessage("POLICY_DECIDED");
    }

    @Test
    void aPolicyTakesEffectOnADayAheadThatIsNoOthers() {
        var today = LocalDate.ofInstant(BillingDatabase.NOW, Period.ZONE);
        assertThatThrownBy(() -> policies.propose(policy("second-2", today), PROPOSER))
                .hasMessage("POLICY_TOO_LATE");
        var _ = policies.propose(policy("second-2", today.plusDays(1)), PROPOSER);
        var _ = policies.propose(policy("third-3", today.plusDays(1)), PROPOSER);
        assertThatThrownBy(() -> policies.propose(policy("third-3", today.plusDays(9)), PROPOSER))
                .hasMessage("POLICY_EXISTS");
        var _ = policies.decide("second-2", true, APPROVER);
        assertThatThrownBy(() -> policies.decide("third-3", true, APPROVER))
                .hasMessage("POLICY_DAY_TAKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ranking_policy set cpu_low = 1 where id = 'second-2'",
                "update ranking_policy set state = 'APPROVED', approved_by = '甲', decided_by = proposed_by,"
                        + " decided_at = proposed_at where id = 'second-2'",
                "update ranking_policy set basis = 'other' where id = 'default-1'",
                "delete from ranking_policy where id = 'second-2'",
            })
    void theDatabaseKeepsPoliciesAndThatTwoPeopleMakeThem(String statement) {
        var _ = policies.propose(policy("second-2", DECEMBER.atDay(1)), PROPOSER);
        assertThatThrownBy(() -> database.sql().sql(statement).update())
                .isInstanceOf(DataAccessException.class);
    }

    private static RankingPolicy policy(String id, LocalDate from) {
        var like = Usages.POLICY;
        return new RankingPolicy(
                id,
                from,
                "文号 2 号",
                "",
                like.cpu(),
                like.memory(),
                like.disk(),
                like.weights(),
                like.excess(),
                like.grades(),
                like.evidence(),
                like.idle());
    }
}

package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What cannot be wrong, for it cannot be made. */
class RecordsTest {

    private static final NodeId NODE = new NodeId(new UUID(0, 1));
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    @Test
    void aLimitIsNoLessThanNothingAndNoCeilingIsUnderItsGuarantee() {
        refused(() -> new Limit(-1, OptionalLong.empty()));
        refused(() -> new Limit(5, OptionalLong.of(4)));
        accepted(() -> new Limit(5, OptionalLong.of(5)));
        accepted(() -> new Limit(5, OptionalLong.empty()));
    }

    @Test
    void anAccountIsNeverOverItsCeiling() {
        refused(() -> new Account(0, OptionalLong.of(4), 5));
        refused(() -> new Account(5, OptionalLong.of(4), 0));
        refused(() -> new Account(0, OptionalLong.empty(), -1));
        refused(() -> new Account(-1, OptionalLong.empty(), 0));
        accepted(() -> new Account(5, OptionalLong.of(5), 5));
    }

    @Test
    void whatFitsIsAPartOfAWhole() {
        refused(() -> new Fit(Amounts.NONE, -1, 1));
        refused(() -> new Fit(Amounts.NONE, 0, 0));
        refused(() -> new Fit(Amounts.NONE, 3, 2));
        accepted(() -> new Fit(Amounts.NONE, 2, 2));
        accepted(() -> new Fit(Amounts.NONE, 0, 1));
    }

    @Test
    void aShortfallIsShort() {
        refused(() -> new Shortfall(NODE, Resource.CPU, 5, 5));
        accepted(() -> new Shortfall(NODE, Resource.CPU, 6, 5));
        refused(() -> new Shortfall(NODE, Resource.CPU, 6, 5, List.of(), -1));
    }

    @Test
    void aDenialHasAReasonAndAnEntryAnAmount() {
        refused(() -> new Decision.Denied(List.of()));
        refused(() -> new Entry(NODE, Resource.CPU, Entry.Side.HELD, 0));
    }

    @Test
    void anEpochBeginsAtZeroAndAnIncarnationHasAName() {
        refused(() -> new Epoch(-1));
        accepted(() -> new Epoch(0));
        refused(() -> new Incarnation(""));
        refused(() -> new Incarnation("a".repeat(65)));
        accepted(() -> new Incarnation("a".repeat(64)));
        assertThat(NODE).hasToString("00000000-0000-0000-0000-000000000001");
        assertThat(NodeId.of(NODE.toString())).isEqualTo(NODE);
    }

    @Test
    void aLeaseIsChargedNoLessThanItIsGrantedAndGrantedNoLessThanItsFloor() {
        accepted(() -> lease(1, 1, 1, 5, 5, Optional.of(NOW)));
        refused(() -> lease(-1, 1, 1, 5, 5, Optional.of(NOW)));
        refused(() -> lease(2, 1, 1, 5, 5, Optional.of(NOW)));
        refused(() -> lease(1, 2, 1, 5, 5, Optional.of(NOW)));
    }

    @Test
    void aLeaseIsEnforcedSinceATimeOnlyIfItIsEnforced() {
        refused(() -> lease(1, 1, 1, 5, 6, Optional.empty()));
        refused(() -> lease(1, 1, 1, 5, 4, Optional.of(NOW)));
        accepted(() -> lease(1, 1, 1, 5, 4, Optional.empty()));
    }

    @Test
    void aPolicyIsOfPercentagesAndOfTimeThatRunsForward() {
        accepted(() -> policy(0, 0, 0, 0, 0, 0));
        accepted(() -> policy(100, 100, 100, 1, 1, 1));
        refused(() -> policy(-1, 0, 0, 0, 0, 0));
        refused(() -> policy(101, 0, 0, 0, 0, 0));
        refused(() -> policy(0, 101, 0, 0, 0, 0));
        refused(() -> policy(0, 0, -1, 0, 0, 0));
        refused(() -> policy(0, 0, 0, -1, 0, 0));
        refused(() -> policy(0, 0, 0, 0, -1, 0));
        refused(() -> policy(0, 0, 0, 0, 0, -1));
    }

    private static LeaseAccount lease(
            long floor,
            long granted,
            long charged,
            long epoch,
            long enforced,
            Optional<Instant> at) {
        return new LeaseAccount(
                cpu(floor),
                cpu(granted),
                cpu(granted),
                cpu(charged),
                new Epoch(epoch),
                new Epoch(enforced),
                at,
                Optional.empty());
    }

    private static LeasePolicy policy(
            int reserve, int step, int scarce, long least, long settle, long idle) {
        return new LeasePolicy(
                reserve,
                Map.of("cpuMillis", least),
                step,
                scarce,
                Duration.ofSeconds(settle),
                Duration.ofSeconds(idle));
    }

    private static Amounts cpu(long amount) {
        return Amounts.of(Resource.CPU, amount);
    }

    private static void accepted(ThrowingCallable made) {
        assertThatCode(made).doesNotThrowAnyException();
    }

    private static void refused(ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final NodeId POOL = new NodeId(new UUID(0, 1));
    private static final NodeId UNIT = new NodeId(new UUID(0, 2));
    private static final NodeId SYSTEM = new NodeId(new UUID(0, 3));

    private final Tally tally =
            new Tally(
                    Map.of(
                            POOL, Optional.empty(),
                            UNIT, Optional.of(POOL),
                            SYSTEM, Optional.of(UNIT)),
                    Map.of());

    @Test
    void decidesEachOnWhatThoseBeforeHaveLeft() {
        assertThat(limit(POOL, 10)).isInstanceOf(Decision.Granted.class);
        assertThat(ask(6)).isInstanceOf(Decision.Granted.class);
        assertThat(ask(5)).isInstanceOf(Decision.Denied.class);
        assertThat(ask(4)).isInstanceOf(Decision.Granted.class);
        assertThat(ask(-10)).isInstanceOf(Decision.Granted.class);
        assertThat(ask(10)).isInstanceOf(Decision.Granted.class);
    }

    @Test
    void anEntrySaysWhatItsAccountAddsUpTo() {
        var _ = limit(POOL, 10);
        var promise = (Decision.Granted) limit(UNIT, 8);
        assertThat(promise.entries())
                .extracting(promise::balanceAfter)
                .as("the unit's promise, and what the pool has left")
                .containsExactly(8L, 2L);
        var _ = ask(3);
        var granted = (Decision.Granted) ask(4);
        assertThat(granted.entries())
                .extracting(granted::balanceAfter)
                .as("held by the system, and left of the unit's promise")
                .containsExactly(7L, 1L);
        assertThatThrownBy(() ->
                        granted.balanceAfter(new Entry(POOL, Resource.CPU, Entry.Side.FREE, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCameFromOutsideIsBelowZero() {
        var given = (Decision.Granted) limit(POOL, 10);
        assertThat(given.entries()).extracting(given::balanceAfter).containsExactly(10L, -10L);
    }

    private Decision ask(long amount) {
        return tally.decide(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, amount))));
    }

    private Decision limit(NodeId node, long amount) {
        return tally.limit(node, Map.of(Resource.CPU, Limit.fixed(amount)));
    }
}

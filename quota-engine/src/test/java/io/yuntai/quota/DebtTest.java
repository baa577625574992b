package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is charged although there is no room for it, and what follows. */
class DebtTest {

    private static final NodeId POOL = node(0);
    private static final NodeId UNIT = node(1);
    private static final NodeId SYSTEM = node(2);
    private static final NodeId OTHER_UNIT = node(3);
    private static final NodeId OTHER_SYSTEM = node(4);
    private static final Map<NodeId, Optional<NodeId>> PARENTS =
            Map.of(
                    POOL, Optional.empty(),
                    UNIT, Optional.of(POOL),
                    SYSTEM, Optional.of(UNIT),
                    OTHER_UNIT, Optional.of(POOL),
                    OTHER_SYSTEM, Optional.of(OTHER_UNIT));

    private Standing standing = new Standing(PARENTS, Map.of());
    private Map<NodeId, Account> accounts = new HashMap<>();

    private static NodeId node(int number) {
        return new NodeId(new UUID(7, number));
    }

    @BeforeEach
    void aPoolOfAHundredOfWhichTheUnitMayTakeForty() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, Limit.fixed(40));
    }

    @Test
    void whatRunsIsChargedInFullAndTheLevelThatIsShortIsInDebt() {
        var granted = incur(SYSTEM, 55);

        assertThat(account(SYSTEM).held()).isEqualTo(55);
        assertThat(account(UNIT)).isEqualTo(Account.standing(40, OptionalLong.of(40), 55));
        assertThat(account(UNIT).debt()).isEqualTo(15);
        assertThat(account(UNIT).commit()).isEqualTo(55);
        assertThat(account(UNIT).free()).hasValue(0);
        assertThat(account(POOL).debt()).isZero();
        assertThat(account(POOL).held()).isEqualTo(55);
        assertThat(granted.entries().stream().mapToLong(Entry::amount).sum()).isZero();
    }

    @Test
    void alsoThePoolItselfMayBeInDebtAndWhatItHasBeyondItsCapacityComesFromOutside() {
        var granted = incur(SYSTEM, 130);

        assertThat(account(POOL).debt()).isEqualTo(30);
        assertThat(granted.entries())
                .contains(new Entry(POOL, Resource.CPU, Entry.Side.OUTSIDE, -30));
        assertThat(granted.entries().stream().mapToLong(Entry::amount).sum()).isZero();
    }

    @Test
    void nothingNewFitsUnderALevelThatIsInDebtAndItsNeighboursFeelNothingOfIt() {
        var _ = incur(SYSTEM, 55);

        assertThat(ask(SYSTEM, 1))
                .isEqualTo(new Decision.Denied(List.of(new Shortfall(UNIT, Resource.CPU, 1, 0))));
        assertThat(standing.fit(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 5)))).parts())
                .isZero();
        assertThat(ask(OTHER_SYSTEM, 45)).isInstanceOf(Decision.Granted.class);
        assertThat(ask(OTHER_SYSTEM, 46)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void lessIsAlwaysTakenAndTheDebtFallsFirst() {
        var _ = incur(SYSTEM, 55);

        var _ = apply(ask(SYSTEM, -10));
        assertThat(account(UNIT).debt()).isEqualTo(5);
        var _ = apply(ask(SYSTEM, -10));
        assertThat(account(UNIT).debt()).isZero();
        assertThat(account(UNIT).free()).hasValue(5);
        var _ = apply(ask(SYSTEM, 5));
        assertThat(ask(SYSTEM, 1)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void aHigherCeilingMakesTheDebtLessAndALowerOneIsRefused() {
        var _ = incur(SYSTEM, 55);

        limit(UNIT, Limit.fixed(50));
        assertThat(account(UNIT).debt()).isEqualTo(5);
        assertThat(standing.limit(UNIT, Map.of(Resource.CPU, Limit.fixed(49))))
                .as("what is asked is the lowest ceiling that passes")
                .isEqualTo(new Decision.Denied(List.of(new Shortfall(UNIT, Resource.CPU, 50, 49))));
        limit(UNIT, new Limit(0, OptionalLong.of(50)));
        assertThat(account(UNIT).debt()).isEqualTo(5);
        limit(UNIT, Limit.fixed(60));
        assertThat(account(UNIT).debt()).isZero();
        assertThat(account(UNIT).free()).hasValue(5);
    }

    @Test
    void whatFitsIsChargedAsAnythingElse() {
        var incurred = incur(SYSTEM, 40);
        assertThat(account(UNIT).debt()).isZero();

        var plain = new Standing(PARENTS, limited());
        assertThat(plain.decide(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 40)))))
                .isEqualTo(incurred);
    }

    @Test
    void oneDebtAfterTheOtherAddsUp() {
        var tally = new Tally(PARENTS, limited());
        var _ = tally.incur(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 45))));
        var granted = tally.incur(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 5))));

        assertThat(granted.balances())
                .anySatisfy(balance -> {
                    assertThat(balance.node()).isEqualTo(UNIT);
                    assertThat(balance.account().debt()).isEqualTo(10);
                });
        assertThat(tally.decide(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 1)))))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void nobodyOwesLessThanNothingNorAnythingUnderACeiling() {
        assertThatThrownBy(() -> incur(SYSTEM, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account(0, OptionalLong.of(4), 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account(0, OptionalLong.of(4), 5, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account(0, OptionalLong.of(4), 4, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account(0, OptionalLong.empty(), 4, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account(5, OptionalLong.of(4), 5, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * The invariant with its one exception: no level holds more than its ceiling, but for what it
     * owes; and what it owes grows by nothing but what was taken over.
     */
    @Test
    void noLevelHoldsMoreThanItsCeilingButForWhatItOwes() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            standing = new Standing(PARENTS, Map.of());
            accounts = new HashMap<>();
            limit(POOL, Limit.fixed(100));
            limit(UNIT, new Limit(random.nextInt(40), OptionalLong.of(40 + random.nextInt(70))));
            long takenOver = 0;
            for (int step = 0; step < 40; step++) {
                var leaf = random.nextBoolean() ? SYSTEM : OTHER_SYSTEM;
                long before = account(UNIT).debt() + account(POOL).debt();
                boolean isTakenOver = random.nextInt(8) == 0;
                long amount = 1L + random.nextInt(30);
                if (isTakenOver) {
                    var _ = incur(leaf, amount);
                    takenOver += amount;
                } else {
                    amount = random.nextInt(3) == 0 ? -account(leaf).held() : amount;
                    if (amount != 0 && ask(leaf, amount) instanceof Decision.Granted granted) {
                        var _ = apply(granted);
                    }
                    assertThat(account(UNIT).debt() + account(POOL).debt())
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(before);
                }
                for (var level : List.of(UNIT, POOL)) {
                    var account = account(level);
                    assertThat(account.held())
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(account.ceiling().orElseThrow() + account.debt());
                    assertThat(account.debt()).as("seed %d", seed).isLessThanOrEqualTo(takenOver);
                }
                assertThat(account(POOL).held())
                        .as("seed %d", seed)
                        .isEqualTo(
                                Math.max(account(UNIT).guaranteed(), account(SYSTEM).held())
                                        + account(OTHER_SYSTEM).held());
            }
        }
    }

    private static Map<Standing.Key, Account> limited() {
        return Map.of(
                new Standing.Key(POOL, Resource.CPU), new Account(100, OptionalLong.of(100), 40),
                new Standing.Key(UNIT, Resource.CPU), new Account(40, OptionalLong.of(40), 0));
    }

    private Account account(NodeId node) {
        return accounts.getOrDefault(node, Account.UNBOUNDED);
    }

    private Decision ask(NodeId leaf, long amount) {
        return standing.decide(List.of(new Leg(leaf, Amounts.of(Resource.CPU, amount))));
    }

    private Decision.Granted incur(NodeId leaf, long amount) {
        return apply(standing.incur(List.of(new Leg(leaf, Amounts.of(Resource.CPU, amount)))));
    }

    private void limit(NodeId node, Limit limit) {
        var _ = apply(standing.limit(node, Map.of(Resource.CPU, limit)));
    }

    private Decision.Granted apply(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        var granted = (Decision.Granted) decision;
        standing = standing.after(granted);
        granted.balances().forEach(b -> accounts.put(b.node(), b.account()));
        return granted;
    }
}

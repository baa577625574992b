package io.yuntai.onboarding.ledger;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Room;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * All that the protocol relies on of the ledger. The tree under test: a pool of 1,000, a unit of
 * 100 in it, and two systems of the unit, each with a lease that was granted nothing yet; all in
 * {@code cpuMillis}.
 */
public abstract class LeaseBookContract {

    protected static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");

    protected abstract LeaseBook book();

    /** The lease of the first system, or of the second. */
    protected abstract LeaseId lease(int system);

    /** The unit's node. */
    protected abstract NodeId unit();

    /** What a node is charged for what is below it. */
    protected abstract long held(NodeId node);

    /** An operator fences a cluster. */
    protected abstract void fence(String cluster);

    /** A unit hands back a whole namespace. */
    protected abstract void handBackAll(LeaseId lease);

    /** A namespace that was handed back is gone. */
    protected abstract void close(Lease read);

    /** Locks an order's amount on the way to a lease, and grants it. */
    protected abstract void order(LeaseId lease, Amounts more, Amounts forGood);

    @Test
    void aGrantIsChargedAndWantedAtOnce() {
        order(lease(1), cpu(30), cpu(10));
        var account = found(1).account();
        assertThat(account.granted()).isEqualTo(cpu(30));
        assertThat(account.charged()).isEqualTo(cpu(30));
        assertThat(account.floor()).isEqualTo(cpu(10));
        assertThat(account.epoch()).isEqualTo(new Epoch(1));
        assertThat(account.settled()).isFalse();
        assertThat(held(unit())).isEqualTo(30);
    }

    @Test
    void whatShrinksStaysChargedUntilItIsCredited() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(20))));
        assertThat(held(unit())).isEqualTo(60);
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(1, new LeaseChange.Credit(cpu(25))));
        assertThat(held(unit())).isEqualTo(25);
        assertThat(found(1).account().surplus()).isEqualTo(cpu(5));
    }

    @Test
    void growthUsesWhatIsStillChargedFirst() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(20))));
        assertChanged(change(1, new LeaseChange.Grow(cpu(30))));
        assertThat(held(unit())).isEqualTo(60);
        assertThat(found(1).account().granted()).isEqualTo(cpu(50));
        assertThat(found(1).account().epoch()).isEqualTo(new Epoch(3));
    }

    @Test
    void growthBeyondALevelIsDeniedAndChangesNothing() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(10))));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(1, new LeaseChange.Credit(cpu(10))));
        order(lease(2), cpu(70), Amounts.NONE);
        var before = found(1);
        assertThat(change(1, new LeaseChange.Grow(cpu(21))))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> {
                            var shortfall = denied.shortfalls().getFirst();
                            assertThat(shortfall.node()).isEqualTo(unit());
                            assertThat(shortfall.asked()).isEqualTo(21);
                            assertThat(shortfall.free()).isEqualTo(20);
                        });
        assertThat(found(1)).isEqualTo(before);
        assertThat(held(unit())).isEqualTo(80);
        assertChanged(change(1, new LeaseChange.Grow(cpu(20))));
        assertThat(held(unit())).isEqualTo(100);
    }

    @Test
    void whoeverReadAnEarlierVersionChangesNothing() {
        order(lease(1), cpu(60), Amounts.NONE);
        var read = found(1);
        assertChanged(book().change(read, new LeaseChange.Shrink(cpu(20)), NOW));
        var after = found(1);
        assertThat(book().change(read, new LeaseChange.Shrink(cpu(20)), NOW))
                .isEqualTo(new Outcome.Outdated());
        assertThat(found(1)).isEqualTo(after);
    }

    @Test
    void whatIsOwedIsChargedWhereThereIsNoRoomAndNothingFitsUntilItIsGone() {
        order(lease(1), cpu(60), Amounts.NONE);
        order(lease(2), cpu(30), Amounts.NONE);
        assertChanged(change(2, new LeaseChange.Owe(cpu(70))));
        assertThat(held(unit())).isEqualTo(130);
        assertThat(found(2).account().charged()).isEqualTo(cpu(70));
        assertThat(book().room(found(1), List.of(CPU)).isOwed(CPU)).isTrue();
        assertThat(change(1, new LeaseChange.Cover(cpu(61)))).isInstanceOf(Outcome.Denied.class);
        assertChanged(change(1, new LeaseChange.Yield(cpu(10))));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(1, new LeaseChange.Credit(cpu(10))));
        assertThat(held(unit())).isEqualTo(80);
        assertThat(book().room(found(1), List.of(CPU)).isOwed(CPU)).isFalse();
    }

    @Test
    void ofALeaseOfAFencedClusterNothingChangesButWhatIsSeen() {
        order(lease(1), cpu(60), Amounts.NONE);
        fence(lease(1).cluster());
        assertThat(change(1, new LeaseChange.Cover(cpu(70)))).isEqualTo(new Outcome.Outdated());
        assertChanged(change(1, new LeaseChange.Owe(cpu(70))));
        assertThat(held(unit())).isEqualTo(70);
    }

    @Test
    void whatTheLedgerDoesNotKnowIsTakenInForASystemThatItKnows() {
        var before = found(1);
        assertThat(book().takeIn(lease(1), before.system(), before.pool())).isTrue();
        assertThat(found(1)).isEqualTo(before);
        var nobody = new SystemId(UUID.randomUUID());
        var unknown = new LeaseId(lease(1).cluster(), "nobodys");
        assertThat(book().takeIn(unknown, nobody, before.pool())).isFalse();
        assertThat(book().find(unknown)).isEmpty();
        // It has another one there.
        assertThat(book().takeIn(unknown, before.system(), before.pool())).isFalse();
        assertThat(book().find(unknown)).isEmpty();
    }

    @Test
    void whatWasClosedIsNoLeaseUntilItIsThereAgainAndGoesOnFromItsEpoch() {
        order(lease(1), cpu(30), Amounts.NONE);
        closed(1);
        assertThat(book().find(lease(1))).isEmpty();
        assertThat(book().ofCluster(lease(1).cluster())).containsExactly(lease(2));

        var there = List.of(lease(1).namespace(), lease(2).namespace(), "nobodys");
        assertThat(book().reopen("another", there, NOW)).isEmpty();
        assertThat(book().reopen(lease(1).cluster(), there, NOW)).containsExactly(lease(1));
        assertThat(book().reopen(lease(1).cluster(), there, NOW)).isEmpty();
        assertThat(book().ofCluster(lease(1).cluster())).containsExactly(lease(1), lease(2));
        assertThat(found(1).tenure()).isEqualTo(Tenure.FOUND);
        assertThat(found(2).tenure()).isEqualTo(Tenure.HELD);
        assertThat(found(1).epoch()).isEqualTo(new Epoch(2));
        assertThat(found(1).granted().isZero()).isTrue();
        assertChanged(change(1, new LeaseChange.Owe(cpu(80))));
        assertThat(held(unit())).isEqualTo(80);
    }

    @Test
    void whatIsThereAgainIsHeldOnceItIsOrderedAndClosedOnceItIsGone() {
        order(lease(1), cpu(30), Amounts.NONE);
        closed(1);
        assertThat(book().reopen(lease(1).cluster(), List.of(lease(1).namespace()), NOW))
                .hasSize(1);
        close(found(1));
        assertThat(book().find(lease(1))).isEmpty();
        assertThat(book().reopen(lease(1).cluster(), List.of(lease(1).namespace()), NOW))
                .hasSize(1);
        order(lease(1), cpu(20), Amounts.NONE);
        assertThat(found(1).tenure()).isEqualTo(Tenure.HELD);
        close(found(1));
        assertThat(found(1).granted()).isEqualTo(cpu(20));
    }

    @Test
    void whoeverReadALeaseBeforeItWasClosedChangesNothing() {
        order(lease(1), cpu(30), Amounts.NONE);
        var read = found(1);
        closed(1);
        assertThat(book().change(read, new LeaseChange.Owe(cpu(80)), NOW))
                .isEqualTo(new Outcome.Outdated());
        assertThat(held(unit())).isZero();
    }

    private void closed(int system) {
        handBackAll(lease(system));
        assertChanged(change(system, new LeaseChange.Enforce(NOW)));
        assertChanged(change(system, new LeaseChange.Credit(Amounts.NONE)));
        close(found(system));
    }

    @Test
    void ofWhatIsSeenAsMuchIsChargedAsFits() {
        order(lease(1), cpu(60), Amounts.NONE);
        order(lease(2), cpu(30), Amounts.NONE);
        assertChanged(change(2, new LeaseChange.Cover(cpu(35))));
        assertThat(held(unit())).isEqualTo(95);
        assertThat(change(2, new LeaseChange.Cover(cpu(50)))).isInstanceOf(Outcome.Denied.class);
        assertThat(held(unit())).isEqualTo(100);
        assertThat(found(2).account().charged()).isEqualTo(cpu(40));
        assertThat(found(2).account().granted()).isEqualTo(cpu(30));
    }

    @Test
    void anEpochFromTheFutureIsAdopted() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(10))));
        assertChanged(change(1, new LeaseChange.Adopt(cpu(50), cpu(50), new Epoch(41))));
        var account = found(1).account();
        assertThat(account.epoch()).isEqualTo(new Epoch(42));
        assertThat(account.granted()).isEqualTo(cpu(50));
        assertThat(account.charged()).isEqualTo(cpu(60));
    }

    @Test
    void roomIsThatOfTheTightestLevel() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertThat(book().room(found(1), List.of(CPU)))
                .isEqualTo(new Room(Map.of(CPU, new Room.Level(40, 100))));
    }

    @Test
    void idleLeasesAreFoundByWhatWasLastSeenOfThem() {
        order(lease(1), cpu(30), Amounts.NONE);
        order(lease(2), cpu(60), cpu(60));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(2, new LeaseChange.Enforce(NOW)));
        assertThat(idle(5)).containsExactly(lease(1));
        book().used(lease(1), cpu(30));
        assertThat(idle(5)).isEmpty();
        book().used(lease(1), Amounts.NONE);
        assertThat(idle(5)).containsExactly(lease(1));
    }

    @Test
    void ofIdleLeasesOnlyThoseAreFoundThatCanShrink() {
        order(lease(1), cpu(30), Amounts.NONE);
        order(lease(2), cpu(20), Amounts.NONE);
        assertThat(idle(5)).as("not enforced yet").isEmpty();
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(2, new LeaseChange.Enforce(NOW)));
        assertThat(idle(5)).containsExactly(lease(1), lease(2));
        assertThat(idle(1)).containsExactly(lease(1));
        assertThat(book().idleBelow(unit(), CPU, Set.of("another"), 5))
                .containsExactly(lease(1), lease(2));
        assertThat(book().idleBelow(unit(), CPU, Set.of(lease(1).cluster()), 5)).isEmpty();
        fence(lease(1).cluster());
        assertThat(idle(5)).as("of a fenced cluster").isEmpty();
    }

    private List<LeaseId> idle(int most) {
        return book().idleBelow(unit(), CPU, Set.of(), most);
    }

    @Test
    void theIdleSinceIsKept() {
        order(lease(1), cpu(30), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Idle(Optional.of(NOW))));
        assertThat(found(1).account().idleSince()).contains(NOW);
    }

    @Test
    void learningIsNotedOnce() {
        assertThat(book().learning()).isEmpty();
        book().learn(NOW);
        book().learn(NOW.plusSeconds(1));
        assertThat(book().learning()).contains(NOW);
        book().learnt();
        assertThat(book().learning()).isEmpty();
    }

    @Test
    void aLeaseIsFoundByItsCluster() {
        assertThat(book().ofCluster(lease(1).cluster())).contains(lease(1), lease(2));
        assertThat(book().ofCluster("another")).isEmpty();
        assertThat(book().find(new LeaseId("another", "x"))).isEmpty();
    }

    protected Lease found(int system) {
        return book().find(lease(system)).orElseThrow();
    }

    protected Outcome change(int system, LeaseChange change) {
        return book().change(found(system), change, NOW);
    }

    protected static void assertChanged(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    }

    protected static Amounts cpu(long amount) {
        return Amounts.of(CPU, amount);
    }
}

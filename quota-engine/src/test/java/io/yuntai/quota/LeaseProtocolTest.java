package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.quota.LeaseProtocol.Appetite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaseProtocolTest {

    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final LeasePolicy POLICY =
            new LeasePolicy(
                    10,
                    Map.of("cpuMillis", 10L),
                    50,
                    10,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(20));
    private static final LeaseProtocol PROTOCOL = new LeaseProtocol(POLICY);

    @Test
    void anEpochThatNoLeaseCanHaveReachedIsPutRightAndNotAdopted() {
        var account = enforced(100, 100, 100);
        long ours = account.epoch().value();
        for (long ahead : new long[] {1, 1_000_000_000_000L}) {
            assertThat(next(account, seen(ours + ahead, 100, 100, 95), NOW))
                    .isEqualTo(new LeaseStep.Overtaken(new Epoch(ours + ahead)));
        }
        for (long ahead : new long[] {1_000_000_000_001L, Long.MAX_VALUE - ours}) {
            assertThat(next(account, seen(ours + ahead, 100, 100, 95), NOW))
                    .isEqualTo(new LeaseStep.Write());
        }
    }

    @Test
    void makesALeaseWhereThereIsNone() {
        assertThat(next(enforced(100, 100, 100), null, NOW)).isEqualTo(new LeaseStep.Create());
    }

    @Test
    void stepsBackWhenTheClusterIsAhead() {
        assertThat(next(enforced(100, 100, 100), seen(6, 100, 100, 95), NOW))
                .isEqualTo(new LeaseStep.Overtaken(new Epoch(6)));
    }

    @Test
    void writesWhatIsGrantedWhereTheEpochOrTheAmountsDiffer() {
        assertThat(next(enforced(100, 100, 100), seen(4, 100, 100, 50), NOW))
                .isEqualTo(new LeaseStep.Write());
        assertThat(next(enforced(100, 100, 100), seen(5, 99, 100, 50), NOW))
                .isEqualTo(new LeaseStep.Write());
    }

    @Test
    void waitsForTheStatusWhateverTheSpecSays() {
        assertThat(next(enforced(100, 100, 100), seen(5, 100, 60, 50), NOW))
                .isEqualTo(new LeaseStep.AwaitStatus());
    }

    @Test
    void notesOnceThatItIsEnforced() {
        var pending = account(0, 100, 100, 100, Optional.empty(), Optional.empty());
        assertThat(next(pending, seen(5, 100, 100, 90), NOW))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Enforce(NOW)));
    }

    @Test
    void growsWhenTheHeadRoomIsUnderTheReserve() {
        assertThat(next(enforced(200, 100, 100), seen(5, 100, 100, 95), NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(5)));
        assertThat(next(enforced(200, 100, 100), seen(5, 100, 100, 90), NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
    }

    @Test
    void theReserveIsAShareOfWhatIsUsed() {
        assertThat(next(enforced(900, 500, 500), seen(5, 500, 500, 470), NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(17)));
    }

    /** Whoever makes a service by hand is refused once, and no controller asks again for him. */
    @Test
    void ofWhatHasNoReserveOfItsOwnOneIsKeptFree() {
        var things = new Resource("things");
        assertThat(next(of(things, 9, 3), seen(things, 3, 3), NOW))
                .isEqualTo(new LeaseStep.Grow(Amounts.of(things, 1)));
        assertThat(next(of(things, 9, 3), seen(things, 3, 2), NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
        var due = NOW.plus(Duration.ofMinutes(20));
        var idle = of(things, 9, 9).after(new LeaseChange.Idle(Optional.of(NOW)));
        assertThat(next(idle, seen(things, 9, 0), due))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(Amounts.of(things, 1))));
    }

    private static LeaseAccount of(Resource resource, long entitled, long granted) {
        return new LeaseAccount(
                Amounts.NONE,
                Amounts.of(resource, entitled),
                Amounts.of(resource, granted),
                Amounts.of(resource, granted),
                new Epoch(5),
                new Epoch(5),
                Optional.of(NOW),
                Optional.empty());
    }

    private static ObservedLease seen(Resource resource, long hard, long used) {
        var amounts = Amounts.of(resource, hard);
        return new ObservedLease(
                new Incarnation("a"), new Epoch(5), amounts, amounts, Amounts.of(resource, used));
    }

    @Test
    void growsByWhatWasRefusedBesideItsReserveAndNeverBeyondItsEntitlement() {
        var account = enforced(200, 100, 100);
        var seen = seen(5, 100, 100, 80);
        assertThat(PROTOCOL.next(account, Optional.of(seen), cpu(60), Appetite.HUNGRY, NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(50)));
        assertThat(PROTOCOL.next(account, Optional.of(seen), cpu(21), Appetite.HUNGRY, NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(11)));
        assertThat(PROTOCOL.next(account, Optional.of(seen), cpu(20), Appetite.HUNGRY, NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
        assertThat(PROTOCOL.next(account, Optional.of(seen), cpu(600), Appetite.HUNGRY, NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(100)));
        assertThat(next(enforced(100, 100, 100), seen(5, 100, 100, 100), NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
    }

    @Test
    void whatIsLackingIsWhatItHasNoRoomForAndMayHave() {
        var account = enforced(200, 100, 100);
        assertThat(LeaseProtocol.lacking(account, cpu(80), cpu(20))).isEqualTo(Amounts.NONE);
        assertThat(LeaseProtocol.lacking(account, cpu(80), cpu(21))).isEqualTo(cpu(1));
        assertThat(LeaseProtocol.lacking(account, cpu(110), cpu(5))).isEqualTo(cpu(15));
        assertThat(LeaseProtocol.lacking(account, cpu(80), cpu(900))).isEqualTo(cpu(100));
        assertThat(LeaseProtocol.lacking(account, cpu(80), Amounts.NONE)).isEqualTo(Amounts.NONE);
    }

    @Test
    void doesWithoutMoreOnceItWasDenied() {
        assertThat(
                        PROTOCOL.next(
                                enforced(200, 100, 100),
                                Optional.of(seen(5, 100, 100, 95)),
                                Amounts.NONE,
                                Appetite.CONTENT,
                                NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
    }

    @Test
    void aSurplusSettlesBeforeItIsMeasured() {
        var account = enforced(200, 100, 150);
        var seen = seen(5, 100, 100, 90);
        assertThat(next(account, seen, NOW.plusSeconds(29)))
                .isEqualTo(new LeaseStep.Settle(NOW.plusSeconds(30)));
        assertThat(next(account, seen, NOW.plusSeconds(30))).isEqualTo(new LeaseStep.Measure());
    }

    @Test
    void whatWasJustGivenIsTakenBackForWhatIsUsedOrWasRefusedButNotForAReserve() {
        var account = enforced(200, 100, 150);
        assertThat(next(account, seen(5, 100, 100, 95), NOW))
                .isEqualTo(new LeaseStep.Settle(NOW.plusSeconds(30)));
        assertThat(next(account, seen(5, 100, 100, 110), NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(10)));
        assertThat(
                        PROTOCOL.next(
                                account,
                                Optional.of(seen(5, 100, 100, 95)),
                                cpu(6),
                                Appetite.HUNGRY,
                                NOW))
                .isEqualTo(new LeaseStep.Grow(cpu(11)));
    }

    @Test
    void whatLiesIdleGoesBackAfterAWhileAndNotBefore() {
        var seen = seen(5, 100, 100, 20);
        var fresh = enforced(100, 100, 100);
        assertThat(next(fresh, seen, NOW))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Idle(Optional.of(NOW))));
        var idle = fresh.after(new LeaseChange.Idle(Optional.of(NOW)));
        var due = NOW.plus(Duration.ofMinutes(20));
        assertThat(next(idle, seen, due.minusMillis(1)))
                .isEqualTo(new LeaseStep.Rest(Optional.of(due)));
        assertThat(next(idle, seen, due))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(cpu(35))));
    }

    @Test
    void whatLiesIdleInALeaseThatIsInDebtForSomethingElseGoesBackTooAfterAWhile() {
        var both = cpu(10).with(Resource.MEMORY, 100);
        var indebted =
                new LeaseAccount(
                        Amounts.NONE,
                        both,
                        both,
                        both.with(Resource.CPU, 15),
                        new Epoch(5),
                        new Epoch(5),
                        Optional.of(NOW.minusSeconds(30)),
                        Optional.of(NOW));
        var seen =
                new ObservedLease(
                        new Incarnation("a"),
                        new Epoch(5),
                        both,
                        both,
                        cpu(15).with(Resource.MEMORY, 20));
        var due = NOW.plus(Duration.ofMinutes(20));
        assertThat(next(indebted, seen, due.minusMillis(1))).isEqualTo(new LeaseStep.Measure());
        assertThat(next(indebted, seen, due))
                .isEqualTo(
                        new LeaseStep.Change(
                                new LeaseChange.Shrink(cpu(10).with(Resource.MEMORY, 23))));
    }

    @Test
    void whatIsInUseAgainIsNoLongerIdle() {
        var idle = enforced(100, 100, 100).after(new LeaseChange.Idle(Optional.of(NOW)));
        assertThat(next(idle, seen(5, 100, 100, 85), NOW))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Idle(Optional.empty())));
    }

    @Test
    void twoReservesOfRoomAreKeptSoThatItDoesNotBreatheWithoutEnd() {
        assertThat(next(enforced(40, 40, 40), seen(5, 40, 40, 20), NOW))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
        assertThat(next(enforced(41, 41, 41), seen(5, 41, 41, 20), NOW))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Idle(Optional.of(NOW))));
    }

    @Test
    void whatOthersWaitForGoesBackAtOnceButNeverTheFloor() {
        var seen = seen(5, 100, 100, 20);
        assertThat(pressed(enforced(100, 100, 100), seen))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(cpu(35))));
        var firm = account(60, 100, 100, 100, Optional.of(NOW), Optional.empty());
        assertThat(pressed(firm, seen))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(cpu(60))));
        var all = account(100, 100, 100, 100, Optional.of(NOW), Optional.empty());
        assertThat(pressed(all, seen)).isEqualTo(new LeaseStep.Rest(Optional.empty()));
    }

    @Test
    void whoeverIsSqueezedGivesAllThatIsIdleAndTakesNothing() {
        assertThat(squeezed(enforced(200, 100, 100), seen(5, 100, 100, 95)))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(cpu(95))));
        assertThat(squeezed(enforced(200, 100, 100), seen(5, 100, 100, 100)))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
        assertThat(squeezed(enforced(200, 100, 100), seen(5, 100, 100, 120)))
                .isEqualTo(new LeaseStep.Rest(Optional.empty()));
        var withFloor = account(40, 200, 100, 100, Optional.of(NOW), Optional.empty());
        assertThat(squeezed(withFloor, seen(5, 100, 100, 30)))
                .isEqualTo(new LeaseStep.Change(new LeaseChange.Shrink(cpu(40))));
    }

    @Test
    void whileOthersWaitNothingIsTakenAheadOfNeedWhereItIsScarce() {
        var need = cpu(30);
        var refused = cpu(20);
        assertThat(POLICY.beside(need, refused, room(130, 1000))).isEqualTo(need);
        assertThat(POLICY.beside(need, refused, room(129, 1000))).isEqualTo(refused);
        assertThat(POLICY.beside(need, Amounts.NONE, room(129, 1000))).isEqualTo(Amounts.NONE);
        assertThat(POLICY.beside(need, cpu(40), room(129, 1000))).isEqualTo(need);
        assertThat(POLICY.beside(need, refused, new Room(Map.of()))).isEqualTo(need);
    }

    @Test
    void whatStaysChargedIsWhatIsGrantedUsedOrThere() {
        var account = enforced(200, 50, 150);
        assertThat(LeaseProtocol.remaining(account, seen(5, 50, 50, 40), cpu(40)))
                .isEqualTo(cpu(50));
        assertThat(LeaseProtocol.remaining(account, seen(5, 50, 50, 70), cpu(40)))
                .isEqualTo(cpu(70));
        assertThat(LeaseProtocol.remaining(account, seen(5, 50, 50, 40), cpu(90)))
                .isEqualTo(cpu(90));
        assertThat(LeaseProtocol.remaining(account, seen(5, 50, 50, 40), cpu(900)))
                .isEqualTo(cpu(150));
    }

    @Test
    void whatIsSeenBeyondTheChargeIsUncovered() {
        var account = enforced(200, 100, 120);
        assertThat(LeaseProtocol.uncovered(account, seen(5, 120, 100, 90))).isEmpty();
        assertThat(LeaseProtocol.uncovered(account, seen(5, 121, 100, 90))).contains(cpu(121));
        assertThat(LeaseProtocol.uncovered(account, seen(5, 100, 122, 90))).contains(cpu(122));
        assertThat(LeaseProtocol.uncovered(account, seen(5, 100, 100, 123))).contains(cpu(123));
    }

    @Test
    void aStepIsGenerousWhileThereIsPlentyAndExactWhereItIsScarce() {
        var account = enforced(1000, 100, 100);
        assertThat(POLICY.size(account, cpu(5), room(501, 1000))).isEqualTo(cpu(50));
        assertThat(POLICY.size(account, cpu(5), room(400, 1000))).isEqualTo(cpu(40));
        assertThat(POLICY.size(account, cpu(5), room(120, 1000))).isEqualTo(cpu(12));
        assertThat(POLICY.size(account, cpu(5), room(109, 1000))).isEqualTo(cpu(5));
        assertThat(POLICY.size(account, cpu(5), room(0, 1000))).isEqualTo(cpu(5));
        assertThat(POLICY.size(account, cpu(70), room(900, 1000))).isEqualTo(cpu(70));
        assertThat(POLICY.size(account, cpu(5), new Room(Map.of()))).isEqualTo(cpu(50));
        assertThat(POLICY.size(enforced(120, 100, 100), cpu(5), room(900, 1000)))
                .isEqualTo(cpu(20));
    }

    @Test
    void whatLeavesExactlyTheScarceShareIsStillPlenty() {
        var account = enforced(1000, 100, 100);
        assertThat(POLICY.size(account, cpu(5), room(111, 1000))).isEqualTo(cpu(11));
        assertThat(POLICY.size(account, cpu(5), room(110, 1000))).isEqualTo(cpu(5));
    }

    @Test
    void ofFewThingsAShareIsScarceToo() {
        var hosts = new Resource("hosts");
        var account =
                new LeaseAccount(
                        Amounts.NONE,
                        Amounts.of(hosts, 40),
                        Amounts.of(hosts, 10),
                        Amounts.of(hosts, 10),
                        new Epoch(5),
                        new Epoch(5),
                        Optional.of(NOW),
                        Optional.empty());
        var scarce = new Room(Map.of(hosts, new Room.Level(8, 50)));
        assertThat(POLICY.size(account, Amounts.of(hosts, 1), scarce))
                .isEqualTo(Amounts.of(hosts, 1));
        var plenty = new Room(Map.of(hosts, new Room.Level(10, 50)));
        assertThat(POLICY.size(account, Amounts.of(hosts, 1), plenty))
                .isEqualTo(Amounts.of(hosts, 2));
        var none = new Room(Map.of(hosts, new Room.Level(0, 0)));
        assertThat(POLICY.size(account, Amounts.of(hosts, 1), none))
                .isEqualTo(Amounts.of(hosts, 1));
        var vast = new Room(Map.of(hosts, new Room.Level(1L << 61, 1L << 62)));
        assertThat(POLICY.size(account, Amounts.of(hosts, 1), vast))
                .isEqualTo(Amounts.of(hosts, 5));
    }

    @Test
    void aGrantBringsAllOfItAtOnce() {
        var account = LeaseAccount.EMPTY.after(new LeaseChange.Grant(cpu(30), cpu(10)));
        assertThat(account)
                .isEqualTo(
                        new LeaseAccount(
                                cpu(10),
                                cpu(30),
                                cpu(30),
                                cpu(30),
                                new Epoch(1),
                                Epoch.ZERO,
                                Optional.empty(),
                                Optional.empty()));
        assertThatThrownBy(() -> new LeaseChange.Grant(cpu(1), cpu(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void growthUsesTheSurplusFirstAndRaisesTheEpoch() {
        var grown = enforced(200, 100, 130).after(new LeaseChange.Grow(cpu(20)));
        assertThat(grown.charged()).isEqualTo(cpu(130));
        assertThat(grown.granted()).isEqualTo(cpu(120));
        assertThat(grown.epoch()).isEqualTo(new Epoch(6));
        assertThat(grown.enforcedAt()).isEmpty();
        assertThat(grown.settled()).isFalse();
        assertThat(enforced(200, 100, 100).after(new LeaseChange.Grow(cpu(20))).charged())
                .isEqualTo(cpu(120));
        assertThatThrownBy(() -> enforced(110, 100, 100).after(new LeaseChange.Grow(cpu(11))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> enforced(110, 100, 100).after(new LeaseChange.Grow(Amounts.NONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShrinkKeepsTheCharge() {
        var shrunk = enforced(200, 100, 100).after(new LeaseChange.Shrink(cpu(40)));
        assertThat(shrunk.granted()).isEqualTo(cpu(40));
        assertThat(shrunk.charged()).isEqualTo(cpu(100));
        assertThat(shrunk.surplus()).isEqualTo(cpu(60));
        assertThatThrownBy(() -> shrunk.after(new LeaseChange.Shrink(cpu(41))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsCreditedBeforeItIsEnforcedOrUnderWhatIsGranted() {
        var shrunk = enforced(200, 100, 100).after(new LeaseChange.Shrink(cpu(40)));
        assertThatThrownBy(() -> shrunk.after(new LeaseChange.Credit(cpu(40))))
                .isInstanceOf(IllegalArgumentException.class);
        var settled = shrunk.after(new LeaseChange.Enforce(NOW));
        assertThat(settled.settled()).isTrue();
        assertThat(settled.after(new LeaseChange.Credit(cpu(45))).charged()).isEqualTo(cpu(45));
        assertThatThrownBy(() -> settled.after(new LeaseChange.Credit(cpu(39))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settled.after(new LeaseChange.Credit(cpu(101))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasAheadIsAdoptedAsFarAsItIsEntitled() {
        var adopted =
                enforced(80, 50, 50).after(new LeaseChange.Adopt(cpu(90), cpu(85), new Epoch(9)));
        assertThat(adopted.epoch()).isEqualTo(new Epoch(10));
        assertThat(adopted.charged()).isEqualTo(cpu(90));
        assertThat(adopted.granted()).isEqualTo(cpu(80));
        assertThat(
                        enforced(80, 50, 50)
                                .after(new LeaseChange.Adopt(cpu(9), cpu(8), new Epoch(2)))
                                .epoch())
                .isEqualTo(new Epoch(6));
    }

    @Test
    void whatIsYieldedIsNoLongerForGoodAndStaysChargedAndApproved() {
        var yielded =
                LeaseAccount.EMPTY
                        .after(new LeaseChange.Grant(cpu(60), cpu(40)))
                        .after(new LeaseChange.Enforce(NOW))
                        .after(new LeaseChange.Yield(cpu(10)));
        assertThat(yielded.granted()).isEqualTo(cpu(10));
        assertThat(yielded.floor()).isEqualTo(cpu(10));
        assertThat(yielded.charged()).isEqualTo(cpu(60));
        assertThat(yielded.entitled()).isEqualTo(cpu(60));
        assertThat(yielded.epoch()).isEqualTo(new Epoch(2));
        assertThat(yielded.enforcedAt()).isEmpty();
        assertThat(yielded.after(new LeaseChange.Yield(cpu(5))).floor()).isEqualTo(cpu(5));
        assertThatThrownBy(() -> yielded.after(new LeaseChange.Yield(cpu(11))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsOwedIsChargedAsItIsSeenAndChangesNothingElse() {
        var before = enforced(80, 50, 50);
        assertThat(before.after(new LeaseChange.Owe(cpu(70))))
                .isEqualTo(before.after(new LeaseChange.Cover(cpu(70))));
        assertThat(before.after(new LeaseChange.Owe(cpu(9)))).isEqualTo(before);
    }

    @Test
    void aLevelOwesWhatItHasLessThanNothingOf() {
        var room = new Room(Map.of(Resource.CPU, new Room.Level(-1, 10)));
        assertThat(room.isOwed(Resource.CPU)).isTrue();
        assertThat(room.isOwed(Resource.MEMORY)).isFalse();
        assertThat(new Room(Map.of(Resource.CPU, new Room.Level(0, 10))).isOwed(Resource.CPU))
                .isFalse();
    }

    @Test
    void ofWhatIsOnlySeenAsMuchAsFitsAndOfTheRestAllOrNothing() {
        assertThat(new LeaseChange.Cover(cpu(9)).within(cpu(5)))
                .contains(new LeaseChange.Cover(cpu(5)));
        assertThat(new LeaseChange.Adopt(cpu(9), cpu(8), new Epoch(2)).within(cpu(5)))
                .contains(new LeaseChange.Adopt(cpu(5), cpu(5), new Epoch(2)));
        assertThat(
                        List.of(
                                new LeaseChange.Grant(cpu(9), cpu(1)),
                                new LeaseChange.Grow(cpu(9)),
                                new LeaseChange.Shrink(cpu(9)),
                                new LeaseChange.Yield(cpu(9)),
                                new LeaseChange.Owe(cpu(9)),
                                new LeaseChange.Enforce(NOW),
                                new LeaseChange.Credit(cpu(9)),
                                new LeaseChange.WriteOff(),
                                new LeaseChange.Idle(Optional.empty())))
                .allSatisfy(change -> assertThat(change.within(cpu(5))).isEmpty());
        var shortfall = new Shortfall(new NodeId(new UUID(0, 1)), Resource.CPU, 9, 5);
        assertThat(Shortfall.within(cpu(12), List.of(shortfall))).isEqualTo(cpu(8));
        assertThat(Shortfall.within(cpu(3), List.of(shortfall))).isEqualTo(Amounts.NONE);
    }

    private static LeaseStep next(LeaseAccount account, ObservedLease seen, Instant now) {
        return PROTOCOL.next(
                account, Optional.ofNullable(seen), Amounts.NONE, Appetite.HUNGRY, now);
    }

    private static LeaseStep pressed(LeaseAccount account, ObservedLease seen) {
        return PROTOCOL.next(account, Optional.of(seen), Amounts.NONE, Appetite.PRESSED, NOW);
    }

    private static LeaseStep squeezed(LeaseAccount account, ObservedLease seen) {
        return PROTOCOL.next(account, Optional.of(seen), Amounts.NONE, Appetite.SQUEEZED, NOW);
    }

    private static LeaseAccount enforced(long entitled, long granted, long charged) {
        return account(0, entitled, granted, charged, Optional.of(NOW), Optional.empty());
    }

    private static LeaseAccount account(
            long floor,
            long entitled,
            long granted,
            long charged,
            Optional<Instant> enforcedAt,
            Optional<Instant> idleSince) {
        return new LeaseAccount(
                cpu(floor),
                cpu(entitled),
                cpu(granted),
                cpu(charged),
                new Epoch(5),
                enforcedAt.isPresent() ? new Epoch(5) : new Epoch(4),
                enforcedAt,
                idleSince);
    }

    private static ObservedLease seen(long epoch, long spec, long status, long used) {
        return new ObservedLease(
                new Incarnation("a"), new Epoch(epoch), cpu(spec), cpu(status), cpu(used));
    }

    private static Room room(long free, long ceiling) {
        return new Room(Map.of(Resource.CPU, new Room.Level(free, ceiling)));
    }

    private static Amounts cpu(long amount) {
        return Amounts.of(Resource.CPU, amount);
    }
}

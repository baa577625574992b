package io.yuntai.quota;

import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger knows of one lease. The rule that all safety rests on: {@code charged} is never
 * less than what the namespace can take, whatever was lost on the way. It is raised before the
 * cluster is told, and lowered only by what the cluster has been seen to enforce for long enough.
 *
 * @param floor what was granted for good, such as that of hosts: never returned by itself
 * @param entitled the most that it may grow to by itself
 * @param granted what {@code spec.hard} shall be
 * @param charged what the ledger has debited for it: its cover
 * @param epoch raised with each change of what the cluster shall hold
 * @param enforced the latest epoch that {@code status.hard} was seen to follow
 * @param enforcedAt when the present epoch was first seen enforced; empty while it is not
 * @param idleSince since when it has had more room than it needs; empty while it has not
 */
public record LeaseAccount(
        Amounts floor,
        Amounts entitled,
        Amounts granted,
        Amounts charged,
        Epoch epoch,
        Epoch enforced,
        Optional<Instant> enforcedAt,
        Optional<Instant> idleSince) {

    /** Nothing was granted yet. */
    public static final LeaseAccount EMPTY =
            new LeaseAccount(
                    Amounts.NONE,
                    Amounts.NONE,
                    Amounts.NONE,
                    Amounts.NONE,
                    Epoch.ZERO,
                    Epoch.ZERO,
                    Optional.empty(),
                    Optional.empty());

    public LeaseAccount {
        require(floor.isNonNegative(), "a floor below zero", floor);
        require(floor.fitsWithin(granted), "granted less than the floor", granted);
        require(granted.fitsWithin(charged), "charged less than what is granted", charged);
        require(enforced.compareTo(epoch) <= 0, "an epoch enforced before it began", enforced);
        require(
                enforcedAt.isEmpty() || enforced.equals(epoch),
                "enforced since a time, and not enforced",
                enforcedAt);
    }

    /** Whether the cluster is known to enforce what is granted. */
    public boolean settled() {
        return enforced.equals(epoch);
    }

    /**
     * Whether all that was ever granted was given up before any cluster was seen to enforce it:
     * there need not be such a lease.
     */
    public boolean givenUp() {
        return !epoch.equals(Epoch.ZERO)
                && enforced.equals(Epoch.ZERO)
                && granted.isZero()
                && entitled.isZero();
    }

    /** What is charged beyond what is granted: on its way back, or a debt. */
    public Amounts surplus() {
        return charged.minus(granted);
    }

    /**
     * The account after a change.
     *
     * @throws IllegalArgumentException when the change is none that this account can take
     */
    public LeaseAccount after(LeaseChange change) {
        return switch (change) {
            case LeaseChange.Grant(var more, var forGood) ->
                    renewed(
                            floor.plus(forGood),
                            entitled.plus(more),
                            granted.plus(more),
                            charged.plus(more));
            case LeaseChange.Release(var less, var forGood) -> {
                // What was written off meanwhile is gone already, and is not taken twice.
                var kept = floor.minus(forGood).max(Amounts.NONE);
                yield renewed(
                        kept,
                        entitled.minus(less).max(Amounts.NONE),
                        granted.minus(less).max(kept),
                        charged);
            }
            case LeaseChange.HandBack(var less) -> {
                var left = entitled.minus(less);
                require(floor.fitsWithin(left), "handed back what was granted for good", less);
                yield renewed(floor, left, granted.min(left), charged);
            }
            case LeaseChange.Grow(var by) -> {
                require(by.isNonNegative() && !by.isZero(), "not a growth", by);
                var grown = granted.plus(by);
                require(grown.fitsWithin(entitled.max(granted)), "beyond what it may hold", grown);
                yield holding(grown, charged.max(grown), epoch.next());
            }
            case LeaseChange.Shrink(var to) -> {
                require(to.fitsWithin(granted), "not smaller", to);
                yield holding(to, charged, epoch.next());
            }
            case LeaseChange.Yield(var to) -> {
                require(to.fitsWithin(granted), "not smaller", to);
                yield renewed(floor.min(to), entitled, to, charged);
            }
            case LeaseChange.Enforce(var at) ->
                    new LeaseAccount(
                            floor,
                            entitled,
                            granted,
                            charged,
                            epoch,
                            epoch,
                            Optional.of(at),
                            idleSince);
            case LeaseChange.Credit(var remaining) -> {
                require(settled() || givenUp(), "credited before it is enforced", epoch);
                require(remaining.fitsWithin(charged), "a credit that charges", remaining);
                yield new LeaseAccount(
                        floor,
                        entitled,
                        granted,
                        remaining,
                        epoch,
                        enforced,
                        enforcedAt,
                        idleSince);
            }
            case LeaseChange.Cover(var seen) -> covering(seen);
            case LeaseChange.Owe(var seen) -> covering(seen);
            case LeaseChange.Adopt(var seen, var asked, var found) ->
                    holding(
                            floor.max(asked.min(entitled)),
                            charged.max(seen),
                            (found.compareTo(epoch) > 0 ? found : epoch).next());
            case LeaseChange.WriteOff() ->
                    renewed(Amounts.NONE, entitled, Amounts.NONE, Amounts.NONE);
            case LeaseChange.Idle(var since) ->
                    new LeaseAccount(
                            floor, entitled, granted, charged, epoch, enforced, enforcedAt, since);
        };
    }

    /** To be enforced anew, by the next epoch. */
    private LeaseAccount renewed(
            Amounts newFloor, Amounts newEntitled, Amounts newGranted, Amounts newCharged) {
        return new LeaseAccount(
                newFloor,
                newEntitled,
                newGranted,
                newCharged,
                epoch.next(),
                enforced,
                Optional.empty(),
                Optional.empty());
    }

    private LeaseAccount covering(Amounts seen) {
        return new LeaseAccount(
                floor,
                entitled,
                granted,
                charged.max(seen),
                epoch,
                enforced,
                enforcedAt,
                idleSince);
    }

    private LeaseAccount holding(Amounts newGranted, Amounts newCharged, Epoch newEpoch) {
        return new LeaseAccount(
                floor,
                entitled,
                newGranted,
                newCharged,
                newEpoch,
                enforced,
                Optional.empty(),
                Optional.empty());
    }

    private static void require(boolean holds, String otherwise, Object what) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise + ": " + what);
        }
    }
}

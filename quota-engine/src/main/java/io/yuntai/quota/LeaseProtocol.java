package io.yuntai.quota;

import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;

/**
 * What is to be done for a lease, given what the ledger says and what the cluster shows. Asked
 * again after each step, whoever took it: nothing is remembered between two of them but what the
 * ledger and the cluster hold, so that a step that is lost, done twice or done by two at once costs
 * only time.
 *
 * <ol>
 *   <li>What a cluster may use is charged before it is told, never after.
 *   <li>What is written is fenced by the epoch found; so is the creation, by being of nothing.
 *   <li>A charge falls only when {@code status.hard} has followed, what is there was added up, and
 *       nothing else can be on its way: a settle time has passed, or it is known how much at most
 *       has yet to appear. Never because no answer came.
 * </ol>
 */
public final class LeaseProtocol {

    /** What is made of a lease's needs. */
    public enum Appetite {
        /** It grows when it must. */
        HUNGRY,
        /** It was denied more just now, and does without. */
        CONTENT,
        /** Others wait for what lies idle in it beyond its head-room. */
        PRESSED,
        /** Others wait for all that lies idle in it, and have it as soon as it is given. */
        SQUEEZED
    }

    /** Above any time of day in seconds, which is what an epoch begins with after a restore. */
    private static final long FARTHEST = 1_000_000_000_000L;

    private final LeasePolicy policy;

    public LeaseProtocol(LeasePolicy policy) {
        this.policy = policy;
    }

    /**
     * Whether a cluster is ahead of what we know of a lease. An epoch that no lease of ours can
     * have reached was written by somebody else, and says nothing.
     */
    public static boolean isOvertaken(LeaseAccount account, ObservedLease observed) {
        long ahead = observed.epoch().value() - account.epoch().value();
        return ahead > 0 && ahead <= FARTHEST;
    }

    /** What the cluster shows that the ledger has not charged; empty: nothing. */
    public static Optional<Amounts> uncovered(LeaseAccount account, ObservedLease observed) {
        var seen = observed.exposure();
        return seen.fitsWithin(account.charged()) ? Optional.empty() : Optional.of(seen);
    }

    /**
     * The next step.
     *
     * @param observed what the cluster shows; empty: it has no such lease
     * @param demand what somebody was just refused, or is about to need, beyond what is used
     * @param appetite whether it may take more, or shall give back
     */
    public LeaseStep next(
            LeaseAccount account,
            Optional<ObservedLease> observed,
            Amounts demand,
            Appetite appetite,
            Instant now) {
        if (observed.isEmpty()) {
            return new LeaseStep.Create();
        }
        var seen = observed.get();
        if (isOvertaken(account, seen)) {
            return new LeaseStep.Overtaken(seen.epoch());
        }
        if (!seen.epoch().equals(account.epoch()) || !seen.specHard().equals(account.granted())) {
            return new LeaseStep.Write();
        }
        if (!seen.statusHard().equals(account.granted())) {
            return new LeaseStep.AwaitStatus();
        }
        if (account.enforcedAt().isEmpty()) {
            return new LeaseStep.Change(new LeaseChange.Enforce(now));
        }
        var need = need(account, seen.statusUsed(), demand);
        if (!need.isZero() && isHungry(appetite)) {
            return new LeaseStep.Grow(need);
        }
        return whenContent(account, seen.statusUsed(), appetite, now);
    }

    private static boolean isHungry(Appetite appetite) {
        return switch (appetite) {
            case HUNGRY, PRESSED -> true;
            case CONTENT, SQUEEZED -> false;
        };
    }

    private LeaseStep whenContent(
            LeaseAccount account, Amounts used, Appetite appetite, Instant now) {
        var smaller = appetite == Appetite.SQUEEZED ? least(account, used) : smaller(account, used);
        boolean idle = !smaller.equals(account.granted());
        if (idle && (appetite == Appetite.PRESSED || appetite == Appetite.SQUEEZED)) {
            return new LeaseStep.Change(new LeaseChange.Shrink(smaller));
        }
        boolean isCharged = !account.surplus().isZero();
        var settled = account.enforcedAt().orElse(now).plus(policy.settle());
        if (isCharged && now.isBefore(settled)) {
            return new LeaseStep.Settle(settled);
        }
        if (!idle && account.idleSince().isPresent()) {
            return new LeaseStep.Change(new LeaseChange.Idle(Optional.empty()));
        }
        if (idle && account.idleSince().isEmpty()) {
            return new LeaseStep.Change(new LeaseChange.Idle(Optional.of(now)));
        }
        var due = account.idleSince().map(since -> since.plus(policy.idleAfter()));
        if (due.isPresent() && !now.isBefore(due.get())) {
            return new LeaseStep.Change(new LeaseChange.Shrink(smaller));
        }
        return isCharged ? new LeaseStep.Measure() : new LeaseStep.Rest(due);
    }

    /**
     * What stays charged after what the namespace holds was added up: never less than what is
     * granted, and what is used beyond that stays as a debt.
     *
     * @param observed read after nothing else could be on its way, or together with what could
     * @param measured what is there, and what may yet appear of what was admitted before
     */
    public static Amounts remaining(
            LeaseAccount account, ObservedLease observed, Amounts measured) {
        var held = account.granted().max(observed.statusUsed()).max(measured);
        var remaining = new HashMap<Resource, Long>();
        for (var resource : account.charged().resources()) {
            remaining.put(resource, Math.min(account.charged().get(resource), held.get(resource)));
        }
        return Amounts.of(remaining);
    }

    /**
     * What it lacks of its head-room, which what was refused shall not use up. What it has just
     * given is not taken back for a reserve: each change would begin the settle time anew, and what
     * is charged beyond what is granted would never come free for others.
     */
    private Amounts need(LeaseAccount account, Amounts used, Amounts demand) {
        if (demand.isZero() && !account.surplus().isZero()) {
            return used.min(account.entitled()).max(account.granted()).minus(account.granted());
        }
        var wanted = new HashMap<Resource, Long>();
        for (var resource : account.entitled().resources()) {
            long headRoom = account.granted().get(resource) - used.get(resource);
            long asked = demand.get(resource);
            long reserve = policy.reserve(resource, used.get(resource));
            wanted.put(resource, asked > headRoom ? asked + reserve : reserve);
        }
        return lacking(account, used, Amounts.of(wanted));
    }

    /**
     * What a lease lacks for so much more to be used, as far as it is entitled to it; nothing when
     * it has the room already.
     *
     * @param more beyond what is used
     */
    public static Amounts lacking(LeaseAccount account, Amounts used, Amounts more) {
        var lacking = new HashMap<Resource, Long>();
        for (var resource : more.resources()) {
            long granted = account.granted().get(resource);
            long headRoom = granted - used.get(resource);
            long most = account.entitled().get(resource) - granted;
            lacking.put(resource, Math.max(0, Math.min(more.get(resource) - headRoom, most)));
        }
        return Amounts.of(lacking);
    }

    /** What cannot be taken from it. */
    private static Amounts least(LeaseAccount account, Amounts used) {
        return account.granted().min(account.floor().max(used));
    }

    /**
     * What would do: what is used and one and a half reserves. Resources in which it has less than
     * two reserves free stay as they are, so that it does not breathe in and out without end.
     */
    private Amounts smaller(LeaseAccount account, Amounts used) {
        var smaller = account.granted();
        for (var resource : account.granted().resources()) {
            long inUse = used.get(resource);
            long reserve = policy.reserve(resource, inUse);
            long granted = account.granted().get(resource);
            long least = account.floor().get(resource);
            if (granted > Math.max(least, inUse + 2 * reserve)) {
                smaller = smaller.with(resource, Math.max(least, inUse + reserve + reserve / 2));
            }
        }
        return smaller;
    }
}

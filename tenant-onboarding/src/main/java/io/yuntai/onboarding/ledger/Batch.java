package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Entry;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Standing;
import io.yuntai.quota.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * The commands of one transaction, decided one after the other in memory on what was read for them,
 * and the rows that they lead to. Nothing is written here.
 */
final class Batch {

    private final LedgerStore.Read read;
    private final Function<TransferId, Decision> firstAnswer;
    private final Map<TransferId, LedgerStore.Stored> known;
    private final Map<TransferId, List<Leg>> pending;
    private final Map<Standing.Key, Instant> changed;
    private final Map<Standing.Key, Account> accounts;
    private final Tally tally;
    private final Written rows = new Written();

    /**
     * @param firstAnswer what was answered to a command that was carried out in another transaction
     */
    Batch(LedgerStore.Read read, Function<TransferId, Decision> firstAnswer) {
        this.read = read;
        this.firstAnswer = firstAnswer;
        known = new HashMap<>(read.known());
        pending = new HashMap<>(read.pending());
        changed = new HashMap<>(read.changed());
        accounts = new HashMap<>(read.accounts());
        tally = new Tally(read.parents(), read.accounts());
    }

    /** What it was decided on. */
    LedgerStore.Read read() {
        return read;
    }

    /** What is to be written of all that was carried out. */
    Written rows() {
        return rows;
    }

    /** What is pending after all that was carried out, of what was read or reserved here. */
    Map<TransferId, List<Leg>> pending() {
        return pending;
    }

    Outcome carryOut(LedgerCommand command) {
        try {
            var digest = Phase.digest(command);
            var before = known.get(command.id());
            return before != null ? repeated(command, before, digest) : first(command, digest);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // An amount that no long holds, more given back than is held, a node that is not.
            return new Outcome.Broken(e);
        }
    }

    private Outcome repeated(LedgerCommand command, LedgerStore.Stored before, UUID digest) {
        if (before.phase() != Phase.of(command) || !before.digest().equals(digest)) {
            return Outcome.refused("ID_REUSED");
        }
        return new Outcome.Decided(
                before.answer().orElseGet(() -> firstAnswer.apply(command.id())));
    }

    private Outcome first(LedgerCommand command, UUID digest) {
        return switch (command) {
            case LedgerCommand.Reserve reserve -> {
                var decision = decided(command, tally.decide(reserve.legs()), digest);
                if (decision instanceof Decision.Granted granted) {
                    lock(reserve, granted);
                }
                yield new Outcome.Decided(decision);
            }
            case LedgerCommand.Transfer transfer -> {
                keepLocked(transfer.legs());
                yield new Outcome.Decided(decided(command, tally.decide(transfer.legs()), digest));
            }
            case LedgerCommand.Incur debt -> {
                var granted = tally.incur(debt.legs());
                rows.owed(granted);
                yield new Outcome.Decided(decided(command, granted, digest));
            }
            case LedgerCommand.SetLimits limits -> {
                var before = new HashMap<>(accounts);
                var decision = tally.limit(limits.node(), limits.limits());
                var _ = decided(command, decision, digest);
                if (decision instanceof Decision.Granted) {
                    limited(limits, before, rows.transfers.getLast().at());
                }
                yield new Outcome.Decided(decision);
            }
            case LedgerCommand.Post post -> {
                if (!pending.containsKey(post.pending())) {
                    yield Outcome.refused("NOT_PENDING");
                }
                var nothing = new Decision.Granted(List.of(), List.of());
                var decision = decided(command, nothing, digest);
                unlock(post.pending());
                yield new Outcome.Decided(decision);
            }
            case LedgerCommand.VoidPending end -> {
                var legs = pending.get(end.pending());
                if (legs == null) {
                    yield Outcome.refused("NOT_PENDING");
                }
                var back =
                        legs.stream()
                                .map(leg -> new Leg(leg.leaf(), leg.amounts().negated()))
                                .toList();
                var decision = decided(command, tally.decide(back), digest);
                unlock(end.pending());
                yield new Outcome.Decided(decision);
            }
        };
    }

    private void limited(
            LedgerCommand.SetLimits limits, Map<Standing.Key, Account> before, Instant at) {
        new TreeMap<>(limits.limits())
                .forEach((resource, limit) -> {
                    var key = new Standing.Key(limits.node(), resource);
                    var was = before.getOrDefault(key, Account.UNBOUNDED);
                    rows.limited(limits.id(), key, was, limit, at);
                });
    }

    private void lock(LedgerCommand.Reserve reserve, Decision.Granted granted) {
        for (var entry : granted.entries()) {
            if (entry.side() == Entry.Side.HELD) {
                var leaf = new Standing.Key(entry.node(), entry.resource());
                rows.locks.add(new Written.Lock(reserve.id(), entry, reserve.expires()));
                rows.locked(leaf, entry.amount(), balance(leaf));
            }
        }
        pending.put(reserve.id(), reserve.legs());
    }

    private void unlock(TransferId id) {
        for (var leg : Objects.requireNonNull(pending.remove(id))) {
            leg.amounts()
                    .asMap()
                    .forEach((resource, amount) -> {
                        var leaf = new Standing.Key(leg.leaf(), resource);
                        rows.locked(leaf, -amount, balance(leaf));
                    });
        }
        rows.unlocked.add(id);
    }

    private Written.Balance balance(Standing.Key key) {
        return new Written.Balance(
                Objects.requireNonNull(accounts.get(key)),
                Objects.requireNonNull(changed.get(key)));
    }

    /** What is locked for somebody is not there to be given back by somebody else. */
    private void keepLocked(List<Leg> legs) {
        var net = new HashMap<Standing.Key, Long>();
        for (var leg : legs) {
            leg.amounts()
                    .asMap()
                    .forEach((resource, amount) ->
                            net.merge(
                                    new Standing.Key(leg.leaf(), resource),
                                    amount,
                                    Math::addExact));
        }
        net.forEach((leaf, amount) -> {
            var account = accounts.get(leaf);
            if (amount < 0
                    && account != null
                    && Math.addExact(account.held(), amount) < locked(leaf)) {
                throw new IllegalArgumentException("locked, so not to be given back: " + leaf);
            }
        });
    }

    private long locked(Standing.Key leaf) {
        return read.locked().getOrDefault(leaf, 0L) + rows.locked.getOrDefault(leaf, 0L);
    }

    /** Notes the rows of a decision. */
    private Decision decided(LedgerCommand command, Decision decision, UUID digest) {
        Instant at = command.at();
        switch (decision) {
            case Decision.Granted granted -> {
                at = notBefore(at, granted);
                rows.entries(command.id(), granted, at);
                granted.balances()
                        .forEach(b ->
                                accounts.put(
                                        new Standing.Key(b.node(), b.resource()), b.account()));
            }
            case Decision.Denied denied -> rows.denied(command, denied);
        }
        rows.transfers.add(
                new Written.Transfer(
                        command.id(),
                        Phase.of(command),
                        decision instanceof Decision.Granted,
                        pendingOf(command),
                        digest,
                        at,
                        expiry(command)));
        known.put(
                command.id(),
                new LedgerStore.Stored(Phase.of(command), digest, Optional.of(decision)));
        return decision;
    }

    /** Clocks differ; on one account time runs one way all the same. */
    private Instant notBefore(Instant asked, Decision.Granted granted) {
        Instant at = asked;
        for (var balance : granted.balances()) {
            var last = changed.get(new Standing.Key(balance.node(), balance.resource()));
            if (last != null && last.isAfter(at)) {
                at = last;
            }
        }
        for (var balance : granted.balances()) {
            changed.put(new Standing.Key(balance.node(), balance.resource()), at);
        }
        return at;
    }

    private static Optional<TransferId> pendingOf(LedgerCommand command) {
        return switch (command) {
            case LedgerCommand.Post post -> Optional.of(post.pending());
            case LedgerCommand.VoidPending end -> Optional.of(end.pending());
            case LedgerCommand.Reserve _,
                    LedgerCommand.Transfer _,
                    LedgerCommand.Incur _,
                    LedgerCommand.SetLimits _ ->
                    Optional.empty();
        };
    }

    private static Optional<Instant> expiry(LedgerCommand command) {
        return command instanceof LedgerCommand.Reserve reserve
                ? reserve.expires()
                : Optional.empty();
    }
}

package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Entry;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rows that some decisions lead to, gathered to be written at once. */
final class Written {

    /** A row of its own for each command that was decided. */
    record Transfer(
            TransferId id,
            Phase phase,
            boolean granted,
            Optional<TransferId> pending,
            UUID digest,
            Instant at,
            Optional<Instant> expires) {}

    /** An entry, and what its account adds up to with it. */
    record Line(TransferId transfer, Entry entry, long balance, Instant at) {}

    /** What is held for a pending transfer. */
    record Lock(TransferId transfer, Entry held, Optional<Instant> expires) {}

    /** An account as it is at the end. */
    record Balance(Account account, Instant at) {}

    /** What a node's limits were, and what they are. */
    record LimitChange(
            TransferId transfer, Standing.Key key, Limit before, Limit after, Instant at) {}

    /** What was asked in vain. */
    record Asked(TransferId transfer, Leg leg) {}

    /** Why it was in vain. */
    record Missed(TransferId transfer, Shortfall shortfall) {}

    final List<Transfer> transfers = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final Map<Standing.Key, Balance> balances = new LinkedHashMap<>();
    final List<Lock> locks = new ArrayList<>();
    final Set<TransferId> unlocked = new LinkedHashSet<>();

    /** By how much more, or less, is locked at a leaf; each has a balance too. */
    final Map<Standing.Key, Long> locked = new HashMap<>();

    /** What accounts owe after they were charged on credit; each has a balance too. */
    final Map<Standing.Key, Long> debts = new LinkedHashMap<>();

    final List<LimitChange> limits = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final List<Missed> shortfalls = new ArrayList<>();
    final Map<Standing.Key, Held> holders = new HashMap<>();

    /**
     * Who holds most of what a node has handed out, and what all the others hold.
     *
     * @param leaf who holds it at a leaf, which has no nodes below it
     */
    record Held(List<Shortfall.Holder> holders, long others, LeafHolders leaf) {
        Held {
            holders = List.copyOf(holders);
        }
    }

    /** The entries of what was granted, and the balances that follow. */
    void entries(TransferId transfer, Decision.Granted granted, Instant at) {
        for (var entry : granted.entries()) {
            lines.add(new Line(transfer, entry, granted.balanceAfter(entry), at));
        }
        for (var balance : granted.balances()) {
            balances.put(
                    new Standing.Key(balance.node(), balance.resource()),
                    new Balance(balance.account(), at));
        }
    }

    /**
     * Notes what new limits that were granted have changed.
     *
     * @param before how the node stood in that resource
     */
    void limited(TransferId transfer, Standing.Key key, Account before, Limit after, Instant at) {
        var was = new Limit(before.guaranteed(), before.ceiling());
        if (!was.equals(after)) {
            limits.add(new LimitChange(transfer, key, was, after, at));
        }
    }

    /** What is locked at a leaf changes, and what it holds does not by that. */
    void locked(Standing.Key leaf, long amount, Balance balance) {
        var _ = locked.merge(leaf, amount, Math::addExact);
        var _ = balances.putIfAbsent(leaf, balance);
    }

    /** What was charged although there was no room for it. */
    void owed(Decision.Granted granted) {
        for (var balance : granted.balances()) {
            if (balance.account().debt() > 0) {
                debts.put(
                        new Standing.Key(balance.node(), balance.resource()),
                        balance.account().debt());
            }
        }
    }

    /** What is to be locked and is not unlocked by a later command already. */
    List<Lock> stillLocked() {
        return locks.stream().filter(lock -> !unlocked.contains(lock.transfer())).toList();
    }

    /** What was asked and why it does not fit. */
    void denied(LedgerCommand command, Decision.Denied denied) {
        var legs =
                switch (command) {
                    case LedgerCommand.Reserve reserve -> reserve.legs();
                    case LedgerCommand.Transfer transfer -> transfer.legs();
                    case LedgerCommand.SetLimits _,
                            LedgerCommand.Incur _,
                            LedgerCommand.Post _,
                            LedgerCommand.VoidPending _ ->
                            List.<Leg>of();
                };
        legs.forEach(leg -> asked.add(new Asked(command.id(), leg)));
        denied.shortfalls().forEach(s -> shortfalls.add(new Missed(command.id(), s)));
    }

    /** The refusal, naming who holds the rest as far as it was looked up. */
    Decision.Denied named(Decision.Denied denied) {
        return new Decision.Denied(denied.shortfalls().stream().map(this::named).toList());
    }

    Shortfall named(Shortfall s) {
        var known = holders.get(new Standing.Key(s.node(), s.resource()));
        return known == null
                ? s
                : new Shortfall(
                        s.node(),
                        s.resource(),
                        s.asked(),
                        s.free(),
                        known.holders(),
                        known.others());
    }

    boolean isEmpty() {
        return transfers.isEmpty();
    }
}

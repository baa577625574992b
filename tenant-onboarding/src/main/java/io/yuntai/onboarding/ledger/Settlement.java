package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Decision;
import io.yuntai.quota.Entry;
import io.yuntai.quota.Fit;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import io.yuntai.quota.Tally;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Carries out commands in the transaction that there is, one or many at once: locks all that they
 * touch, decides each on what those before it have left, and writes what follows. The one place in
 * which a decision becomes rows.
 */
@Component
class Settlement {

    private final LedgerStore store;

    Settlement(LedgerStore store) {
        this.store = store;
    }

    /**
     * What becomes of each, in their order. A command that is denied or broken leaves the others as
     * they are.
     *
     * @throws org.springframework.dao.DataAccessException when the database refuses the rows of any
     */
    List<Outcome> settle(List<LedgerCommand> commands) {
        var work = new Work(store.read(touched(commands), ended(commands), ids(commands)));
        var outcomes = commands.stream().map(work::carryOut).toList();
        if (!work.rows.isEmpty()) {
            store.write(work.rows);
        }
        return outcomes.stream().map(outcome -> named(outcome, work.rows)).toList();
    }

    void holdShape() {
        store.holdShape();
    }

    /** How much of these legs there is room for at this moment. */
    Fit fit(List<Leg> legs) {
        var keys = new HashSet<Standing.Key>();
        addAll(keys, legs);
        var read = store.read(keys, Set.of(), Set.of());
        return new Standing(read.parents(), read.accounts()).fit(legs);
    }

    private static Set<Standing.Key> touched(List<LedgerCommand> commands) {
        var keys = new HashSet<Standing.Key>();
        for (var command : commands) {
            switch (command) {
                case LedgerCommand.Reserve reserve -> addAll(keys, reserve.legs());
                case LedgerCommand.Transfer transfer -> addAll(keys, transfer.legs());
                case LedgerCommand.SetLimits limits ->
                        add(keys, limits.node(), limits.limits().keySet());
                case LedgerCommand.Post _, LedgerCommand.VoidPending _ -> {}
            }
        }
        return keys;
    }

    private static void addAll(Set<Standing.Key> keys, List<Leg> legs) {
        legs.forEach(leg -> add(keys, leg.leaf(), leg.amounts().resources()));
    }

    private static void add(Set<Standing.Key> keys, NodeId node, Collection<Resource> resources) {
        resources.forEach(resource -> keys.add(new Standing.Key(node, resource)));
    }

    private static Set<TransferId> ended(List<LedgerCommand> commands) {
        var pending = new HashSet<TransferId>();
        for (var command : commands) {
            switch (command) {
                case LedgerCommand.Post post -> pending.add(post.pending());
                case LedgerCommand.VoidPending end -> pending.add(end.pending());
                case LedgerCommand.Reserve _,
                        LedgerCommand.Transfer _,
                        LedgerCommand.SetLimits _ -> {}
            }
        }
        return pending;
    }

    private static Set<TransferId> ids(List<LedgerCommand> commands) {
        var ids = new HashSet<TransferId>();
        commands.forEach(command -> ids.add(command.id()));
        return ids;
    }

    /** With the holders that were looked up when the rows were written. */
    private static Outcome named(Outcome outcome, Written rows) {
        if (outcome instanceof Outcome.Decided(Decision.Denied denied)) {
            return new Outcome.Decided(rows.named(denied));
        }
        return outcome;
    }

    /** The commands of one transaction, on what was read for them. */
    private final class Work {

        private final Map<TransferId, LedgerStore.Stored> known;
        private final Map<TransferId, List<Leg>> pending;
        private final Map<Standing.Key, Instant> changed;
        private final Tally tally;
        private final Written rows = new Written();

        Work(LedgerStore.Read read) {
            known = new HashMap<>(read.known());
            pending = new HashMap<>(read.pending());
            changed = new HashMap<>(read.changed());
            tally = new Tally(read.parents(), read.accounts());
        }

        Outcome carryOut(LedgerCommand command) {
            try {
                String digest = Phase.digest(command);
                var before = known.get(command.id());
                return before != null ? repeated(command, before, digest) : first(command, digest);
            } catch (IllegalArgumentException | ArithmeticException e) {
                // An amount that no long holds, more given back than is held, a node that is not.
                return new Outcome.Broken(e);
            }
        }

        private Outcome repeated(LedgerCommand command, LedgerStore.Stored before, String digest) {
            if (before.phase() != Phase.of(command) || !before.digest().equals(digest)) {
                return Outcome.refused("ID_REUSED");
            }
            return new Outcome.Decided(before.answer().orElseGet(() -> store.answer(command.id())));
        }

        private Outcome first(LedgerCommand command, String digest) {
            return switch (command) {
                case LedgerCommand.Reserve reserve -> {
                    var decision = decided(command, tally.decide(reserve.legs()), digest);
                    if (decision instanceof Decision.Granted granted) {
                        granted.entries().stream()
                                .filter(entry -> entry.side() == Entry.Side.HELD)
                                .forEach(held ->
                                        rows.locks.add(
                                                new Written.Lock(
                                                        reserve.id(), held, reserve.expires())));
                        pending.put(reserve.id(), reserve.legs());
                    }
                    yield new Outcome.Decided(decision);
                }
                case LedgerCommand.Transfer transfer ->
                        new Outcome.Decided(
                                decided(command, tally.decide(transfer.legs()), digest));
                case LedgerCommand.SetLimits limits ->
                        new Outcome.Decided(
                                decided(
                                        command,
                                        tally.limit(limits.node(), limits.limits()),
                                        digest));
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

        private void unlock(TransferId id) {
            pending.remove(id);
            rows.unlocked.add(id);
        }

        /** Notes the rows of a decision. */
        private Decision decided(LedgerCommand command, Decision decision, String digest) {
            Instant at = command.at();
            if (decision instanceof Decision.Granted granted) {
                at = notBefore(at, granted);
                rows.entries(command.id(), granted, at);
            }
            if (decision instanceof Decision.Denied denied) {
                rows.denied(command, denied);
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
                case LedgerCommand.Reserve _, LedgerCommand.Transfer _, LedgerCommand.SetLimits _ ->
                        Optional.empty();
            };
        }

        private static Optional<Instant> expiry(LedgerCommand command) {
            return command instanceof LedgerCommand.Reserve reserve
                    ? reserve.expires()
                    : Optional.empty();
        }
    }
}

package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Decision;
import io.yuntai.quota.Fit;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
        var read = store.read(touched(commands), ended(commands), ids(commands));
        var batch = new Batch(read, store::answer);
        var outcomes = commands.stream().map(batch::carryOut).toList();
        if (!batch.rows().isEmpty()) {
            store.write(batch.rows());
        }
        return outcomes.stream().map(outcome -> named(outcome, batch.rows())).toList();
    }

    boolean wasDenied(TransferId id) {
        return store.wasDenied(id);
    }

    boolean isKnown(TransferId id) {
        return store.isKnown(id);
    }

    /**
     * Decides on what is remembered, looking up what is not, and remembers what follows.
     *
     * @return nothing when this must be asked of the ledger itself: when not all is granted, when
     *     something is unknown, when what is remembered is of another shape of the tree, or when
     *     anything is charged on credit
     */
    Optional<Draft> draft(Remembered remembered, List<LedgerCommand> commands) {
        if (commands.stream().anyMatch(LedgerCommand.Incur.class::isInstance)) {
            return Optional.empty();
        }
        var touched = touched(commands);
        var ended = ended(commands);
        var unknown = remembered.unknown(touched);
        var unknownPending = remembered.unknownPending(ended);
        if (!unknown.isEmpty() || !unknownPending.isEmpty()) {
            if (!remembered.learn(store.look(unknown, unknownPending))
                    || !remembered.unknown(touched).isEmpty()) {
                return Optional.empty();
            }
        }
        var batch = new Batch(remembered.about(touched, ended), store::answer);
        var outcomes = commands.stream().map(batch::carryOut).toList();
        if (!outcomes.stream().allMatch(Outcome::isGranted)) {
            return Optional.empty();
        }
        var draft = Draft.of(outcomes, batch, remembered);
        remembered.follow(batch);
        return Optional.of(draft);
    }

    /** Writes drafts, where the ledger is as they take it for. */
    ConditionalRows conditional() {
        return store.conditional();
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

    /** What would be short for these legs, by a look that locks nothing. */
    List<Shortfall> shortfalls(List<Leg> legs) {
        var keys = new HashSet<Standing.Key>();
        addAll(keys, legs);
        var read = store.look(keys, Set.of()).read();
        return switch (new Standing(read.parents(), read.accounts()).decide(legs)) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> List.of();
        };
    }

    private static Set<Standing.Key> touched(List<LedgerCommand> commands) {
        var keys = new HashSet<Standing.Key>();
        for (var command : commands) {
            switch (command) {
                case LedgerCommand.Reserve reserve -> addAll(keys, reserve.legs());
                case LedgerCommand.Transfer transfer -> addAll(keys, transfer.legs());
                case LedgerCommand.Incur debt -> addAll(keys, debt.legs());
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
                        LedgerCommand.Incur _,
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
}

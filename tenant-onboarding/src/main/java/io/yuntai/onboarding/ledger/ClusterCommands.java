package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What operators say of clusters, of those that are lost above all. A ResourceQuota has no expiry:
 * a cluster that gives no answer may go on running all that it was granted, and stays charged for
 * it until somebody fences it and somebody else states that it is dead.
 *
 * <pre>
 * ACTIVE -FENCE-> FENCED -WRITE_OFF-> WRITTEN_OFF -READMIT-> READMITTING -(all is charged)-> ACTIVE
 * FENCED -READMIT-> ACTIVE ; READMITTING -WRITE_OFF-> WRITTEN_OFF (it was lost again)
 * ACTIVE, FENCED, READMITTING -ACCEPT_IDENTITY-> READMITTING
 * ACTIVE, WRITTEN_OFF -DEREGISTER-> DEREGISTERED -(it is registered again)-> READMITTING
 *
 * and beside it, in any of these: OPEN, CORDONED, DRAINING, each to each
 * </pre>
 */
@Service
@Transactional
public class ClusterCommands {

    private final ClusterStateStore states;
    private final ClusterCommandStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClusterCommands(
            ClusterStateStore states,
            ClusterCommandStore store,
            ApplicationEventPublisher events,
            Clock clock) {
        this.states = states;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** Every cluster that was ever connected, by name, and what its leases come to. */
    @Transactional(readOnly = true)
    public List<ClusterCover> covers() {
        return store.covers();
    }

    /** One of them. */
    @Transactional(readOnly = true)
    public Optional<ClusterCover> cover(String cluster) {
        return store.covers().stream().filter(one -> one.cluster().equals(cluster)).findAny();
    }

    /**
     * Says something of a cluster. The same id with the same content gives the first answer again.
     *
     * @param reason 1 to {@value ClusterCommand#MAX_REASON} characters
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code ID_REUSED}, {@code
     *     ILLEGAL_TRANSITION}, {@code WRITE_OFF_UNFINISHED} when it is to be readmitted while its
     *     leases are still being credited; FORBIDDEN {@code SEPARATION_OF_DUTIES} when whoever
     *     writes it off has fenced or readmitted it himself
     */
    public ClusterCommand say(
            Actor actor, UUID id, String cluster, ClusterCommand.Kind kind, String reason) {
        return say(actor, id, cluster, kind, reason, "");
    }

    /** Whether this was said already. */
    @Transactional(readOnly = true)
    public boolean isSaid(UUID id) {
        return store.find(id).isPresent();
    }

    /**
     * As the other.
     *
     * @param detail what the audit is told before the reason; may be empty
     */
    public ClusterCommand say(
            Actor actor,
            UUID id,
            String cluster,
            ClusterCommand.Kind kind,
            String reason,
            String detail) {
        var state = states.lock(cluster).orElseThrow(() -> Refused.notFound("CLUSTER_NOT_FOUND"));
        var before = store.find(id);
        if (before.isPresent()) {
            return before.filter(same ->
                            same.cluster().equals(cluster)
                                    && same.kind() == kind
                                    && same.reason().equals(reason.strip())
                                    && same.by().equals(actor.person()))
                    .orElseThrow(() -> Refused.conflict("ID_REUSED"));
        }
        var fencedBy =
                kind == ClusterCommand.Kind.WRITE_OFF
                        ? store.fencer(cluster)
                        : Optional.<PersonId>empty();
        var effect = effect(cluster, state, kind);
        if (fencedBy.filter(actor.person()::equals).isPresent()) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        var command =
                new ClusterCommand(
                        id,
                        cluster,
                        kind,
                        reason.strip(),
                        actor.person(),
                        actor.name(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.insert(command, fencedBy);
        switch (effect) {
            case Effect.Moves(var to) -> states.move(cluster, to, command.at());
            case Effect.Schedules(var to) -> states.schedule(cluster, to, command.at());
            case Effect.None() -> {}
        }
        events.publishEvent(
                new Audited(
                        command.at(),
                        Optional.of(actor),
                        "cluster." + kind.code(),
                        "cluster/" + cluster,
                        Audited.Outcome.SUCCESS,
                        detail.isEmpty() ? command.reason() : detail + "; " + command.reason()));
        return command;
    }

    /** What a command changes. */
    private sealed interface Effect {
        record Moves(ClusterState to) implements Effect {}

        record Schedules(Scheduling to) implements Effect {}

        /** Of its leases, and not of the cluster itself. */
        record None() implements Effect {}
    }

    private Effect effect(String cluster, ClusterState from, ClusterCommand.Kind kind) {
        return switch (kind) {
            case FENCE, WRITE_OFF, READMIT, ACCEPT_IDENTITY, DEREGISTER ->
                    new Effect.Moves(next(cluster, from, kind));
            case CORDON -> schedule(cluster, Scheduling.CORDONED);
            case DRAIN -> schedule(cluster, Scheduling.DRAINING);
            case UNCORDON -> schedule(cluster, Scheduling.OPEN);
            case RELEASE -> {
                require(
                        from == ClusterState.ACTIVE
                                && states.scheduling(cluster)
                                        .filter(now -> now == Scheduling.DRAINING)
                                        .isPresent());
                yield new Effect.None();
            }
        };
    }

    /** Whatever state it is in: one that is fenced is not to be filled when it comes back. */
    private Effect schedule(String cluster, Scheduling to) {
        require(states.scheduling(cluster).filter(from -> from != to).isPresent());
        return new Effect.Schedules(to);
    }

    private ClusterState next(String cluster, ClusterState from, ClusterCommand.Kind kind) {
        return switch (kind) {
            case CORDON, DRAIN, UNCORDON, RELEASE ->
                    throw new IllegalArgumentException(kind + " changes no state");
            case FENCE -> {
                require(from == ClusterState.ACTIVE);
                yield ClusterState.FENCED;
            }
            case WRITE_OFF -> {
                require(from == ClusterState.FENCED || from == ClusterState.READMITTING);
                yield ClusterState.WRITTEN_OFF;
            }
            case READMIT -> {
                require(from == ClusterState.FENCED || from == ClusterState.WRITTEN_OFF);
                if (from == ClusterState.FENCED) {
                    yield ClusterState.ACTIVE;
                }
                if (store.isCharged(cluster)) {
                    throw Refused.conflict("WRITE_OFF_UNFINISHED");
                }
                yield ClusterState.READMITTING;
            }
            case ACCEPT_IDENTITY -> {
                require(from != ClusterState.WRITTEN_OFF && from != ClusterState.DEREGISTERED);
                yield ClusterState.READMITTING;
            }
            case DEREGISTER -> {
                require(from == ClusterState.ACTIVE || from == ClusterState.WRITTEN_OFF);
                yield ClusterState.DEREGISTERED;
            }
        };
    }

    /**
     * A cluster of this name is registered again, be it the same or another: whatever it holds in
     * our namespaces is read and charged before anything is placed there. One that was never
     * deregistered stays as it is.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void registered(String cluster) {
        if (states.lock(cluster).filter(s -> s == ClusterState.DEREGISTERED).isPresent()) {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            states.move(cluster, ClusterState.READMITTING, now);
            states.schedule(cluster, Scheduling.OPEN, now);
        }
    }

    private static void require(boolean may) {
        if (!may) {
            throw Refused.conflict("ILLEGAL_TRANSITION");
        }
    }
}

package io.yuntai.onboarding.reclaim;

import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.APPEALED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.BUREAU_APPROVED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.CANCELLED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.CONSENTED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.DONE;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.EXECUTING;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.EXTENDED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.NOTICED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.PARTIAL;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.PROPOSED;
import static io.yuntai.onboarding.reclaim.ReclaimWorkflow.State.UPHELD;

import java.util.List;
import java.util.Optional;

/**
 * The whole life of an order to reclaim or shrink: every edge there is stands in {@link #EDGES},
 * with who may take it, which duty that is, and what it does. No edge leads on by time alone: a
 * silent owner is reminded, and the bureau is told, and that is all. An order begins in {@link
 * State#PROPOSED}; a state without an edge out of it is the end.
 */
public final class ReclaimWorkflow {

    /** Where an order stands. */
    public enum State {
        /** Drawn up from verdicts; its owner does not know of it yet. */
        PROPOSED,
        /** Its owner was told, and has not answered for every host. */
        NOTICED,
        CONSENTED,
        /** Its owner is against it, for one host at least. */
        APPEALED,
        /** The appeal has brought a delay. */
        EXTENDED,
        /** The order stands in spite of the appeal. */
        UPHELD,
        BUREAU_APPROVED,
        /** Its hosts are dealt with one by one. */
        EXECUTING,
        /** With some hosts it failed. */
        PARTIAL,
        DONE,
        /** Withdrawn by the platform, or refused by the bureau. */
        CANCELLED;

        /** Whether nothing leads out of it. */
        public boolean isFinal() {
            return from(this).isEmpty();
        }
    }

    /** What moves it. */
    public enum Command {
        /** Begins one. */
        PROPOSE,
        /** Has its owner told, who is to answer from then on. */
        NOTICE,
        /** An answer for some hosts; others are still to be answered for. */
        ANSWER,
        /** With this its owner has answered for all, and agrees with all. */
        CONSENT,
        /** With this its owner has answered for all, and does not agree with all. */
        APPEAL,
        EXTEND,
        UPHOLD,
        APPROVE,
        REJECT,
        EXECUTE,
        /** With every host it has come to an end, and with none it has failed. */
        FINISH,
        /** With every host it has come to an end, with some of them it has failed. */
        FALL_SHORT,
        /** What failed is tried again. */
        RETRY,
        /** What failed is given up. */
        GIVE_UP,
        CANCEL
    }

    /** Who may take an edge, and the permission that says so; the control plane needs none. */
    public enum Part {
        PROPOSER("RECLAIM_PROPOSE"),
        /** Of the unit that has the hosts. */
        UNIT_OWNER("RECLAIM_CONSENT"),
        BUREAU("RECLAIM_APPROVE"),
        EXECUTOR("RECLAIM_EXECUTE"),
        CONTROL_PLANE("");

        private final String permission;

        Part(String permission) {
            this.permission = permission;
        }

        /** The permission's code; empty: no person's. */
        public String permission() {
            return permission;
        }
    }

    /** What a person is in one order; two of them never fall to the same person. */
    public enum Duty {
        PROPOSER,
        UNIT_OWNER,
        BUREAU_APPROVER,
        EXECUTOR,
        /** No duty that must be kept apart. */
        NONE
    }

    /** What an edge does beside moving the order. */
    public enum Effect {
        NONE,
        /** The time in which its owner is to answer begins. */
        CLOCK,
        /** Notes until when it is put off. */
        POSTPONE,
        /** Has its hosts dealt with. */
        RUN,
        /** Other orders may name its hosts again. */
        RELEASE
    }

    /** One step that is possible. */
    public record Edge(
            State from, Command command, State to, Part part, Duty duty, Effect effect) {}

    public static final List<Edge> EDGES =
            List.of(
                    proposer(PROPOSED, Command.NOTICE, NOTICED, Effect.CLOCK),
                    proposer(PROPOSED, Command.CANCEL, CANCELLED, Effect.RELEASE),

                    // The unit: for all hosts at once, or one after the other.
                    owner(NOTICED, Command.ANSWER, NOTICED),
                    owner(NOTICED, Command.CONSENT, CONSENTED),
                    owner(NOTICED, Command.APPEAL, APPEALED),
                    proposer(NOTICED, Command.CANCEL, CANCELLED, Effect.RELEASE),

                    // The bureau.
                    bureau(CONSENTED, Command.APPROVE, BUREAU_APPROVED, Effect.NONE),
                    bureau(CONSENTED, Command.REJECT, CANCELLED, Effect.RELEASE),
                    proposer(CONSENTED, Command.CANCEL, CANCELLED, Effect.RELEASE),
                    bureau(APPEALED, Command.EXTEND, EXTENDED, Effect.POSTPONE),
                    bureau(APPEALED, Command.UPHOLD, UPHELD, Effect.NONE),
                    bureau(APPEALED, Command.REJECT, CANCELLED, Effect.RELEASE),
                    proposer(APPEALED, Command.CANCEL, CANCELLED, Effect.RELEASE),
                    // Whoever has got a delay may agree before it ends.
                    owner(EXTENDED, Command.CONSENT, CONSENTED),
                    bureau(EXTENDED, Command.APPROVE, BUREAU_APPROVED, Effect.NONE),
                    bureau(EXTENDED, Command.REJECT, CANCELLED, Effect.RELEASE),
                    proposer(EXTENDED, Command.CANCEL, CANCELLED, Effect.RELEASE),
                    bureau(UPHELD, Command.APPROVE, BUREAU_APPROVED, Effect.NONE),
                    bureau(UPHELD, Command.REJECT, CANCELLED, Effect.RELEASE),
                    proposer(UPHELD, Command.CANCEL, CANCELLED, Effect.RELEASE),

                    // Carried out, host by host.
                    executor(BUREAU_APPROVED, Command.EXECUTE, EXECUTING, Effect.RUN),
                    proposer(BUREAU_APPROVED, Command.CANCEL, CANCELLED, Effect.RELEASE),
                    itself(EXECUTING, Command.FINISH, DONE, Effect.RELEASE),
                    itself(EXECUTING, Command.FALL_SHORT, PARTIAL, Effect.NONE),
                    executor(PARTIAL, Command.RETRY, EXECUTING, Effect.RUN),
                    executor(PARTIAL, Command.GIVE_UP, DONE, Effect.RELEASE));

    private ReclaimWorkflow() {}

    private static Edge proposer(State from, Command command, State to, Effect effect) {
        return new Edge(from, command, to, Part.PROPOSER, Duty.PROPOSER, effect);
    }

    private static Edge owner(State from, Command command, State to) {
        return new Edge(from, command, to, Part.UNIT_OWNER, Duty.UNIT_OWNER, Effect.NONE);
    }

    private static Edge bureau(State from, Command command, State to, Effect effect) {
        return new Edge(from, command, to, Part.BUREAU, Duty.BUREAU_APPROVER, effect);
    }

    private static Edge executor(State from, Command command, State to, Effect effect) {
        return new Edge(from, command, to, Part.EXECUTOR, Duty.EXECUTOR, effect);
    }

    private static Edge itself(State from, Command command, State to, Effect effect) {
        return new Edge(from, command, to, Part.CONTROL_PLANE, Duty.NONE, effect);
    }

    /** The edge that a command takes out of a state, if there is one. */
    public static Optional<Edge> edge(State from, Command command) {
        return from(from).stream().filter(edge -> edge.command() == command).findAny();
    }

    /** The edges out of a state. */
    public static List<Edge> from(State state) {
        return EDGES.stream().filter(edge -> edge.from() == state).toList();
    }
}

package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Workflow.Part.APPLICANT;
import static io.yuntai.onboarding.application.Workflow.Part.BUREAU;
import static io.yuntai.onboarding.application.Workflow.Part.CONTROL_PLANE;
import static io.yuntai.onboarding.application.Workflow.Part.OPERATOR;
import static io.yuntai.onboarding.application.Workflow.Part.REVIEWER;
import static io.yuntai.onboarding.application.Workflow.Part.UNIT_OWNER;
import static io.yuntai.onboarding.application.Workflow.State.APPROVED;
import static io.yuntai.onboarding.application.Workflow.State.AUTO_APPROVED;
import static io.yuntai.onboarding.application.Workflow.State.BUREAU_APPROVAL;
import static io.yuntai.onboarding.application.Workflow.State.CLOSED;
import static io.yuntai.onboarding.application.Workflow.State.DELIVERED;
import static io.yuntai.onboarding.application.Workflow.State.DELIVERING;
import static io.yuntai.onboarding.application.Workflow.State.DEPT_REVIEW;
import static io.yuntai.onboarding.application.Workflow.State.DRAFT;
import static io.yuntai.onboarding.application.Workflow.State.EXPERT_REVIEW;
import static io.yuntai.onboarding.application.Workflow.State.EXPIRED;
import static io.yuntai.onboarding.application.Workflow.State.PARTIAL;
import static io.yuntai.onboarding.application.Workflow.State.PRECHECK;
import static io.yuntai.onboarding.application.Workflow.State.REJECTED;
import static io.yuntai.onboarding.application.Workflow.State.RETURNED;
import static io.yuntai.onboarding.application.Workflow.State.TECH_REVIEW;
import static io.yuntai.onboarding.application.Workflow.State.WITHDRAWN;

import java.util.List;
import java.util.Optional;

/**
 * The whole life of an application: every edge there is stands in {@link #EDGES}, with who may take
 * it, which duty that is, and what it does. A state without an edge out of it is the end.
 */
public final class Workflow {

    /** Where an application stands. */
    public enum State {
        /** Being written; kept apart from what was submitted. */
        DRAFT,
        /** Its own unit's owner decides whether the unit wants it. */
        DEPT_REVIEW,
        /** Whether it needs people at all; left in the transaction that it is entered in. */
        PRECHECK,
        TECH_REVIEW,
        EXPERT_REVIEW,
        BUREAU_APPROVAL,
        /** Granted by rule. */
        AUTO_APPROVED,
        APPROVED,
        DELIVERING,
        /** Some of it runs, and the rest does not come up. */
        PARTIAL,
        DELIVERED,
        CLOSED,
        /** The applicant is to change it; what it had locked was given back. */
        RETURNED,
        REJECTED,
        WITHDRAWN,
        /** Nobody decided in time: what it had locked was given back. */
        EXPIRED;

        /** Whether nothing leads out of it. */
        public boolean isFinal() {
            return from(this).isEmpty();
        }

        /** Whether people are to decide about it. */
        public boolean isReview() {
            return switch (this) {
                case DEPT_REVIEW, TECH_REVIEW, EXPERT_REVIEW, BUREAU_APPROVAL -> true;
                case DRAFT,
                        PRECHECK,
                        AUTO_APPROVED,
                        APPROVED,
                        DELIVERING,
                        PARTIAL,
                        DELIVERED,
                        CLOSED,
                        RETURNED,
                        REJECTED,
                        WITHDRAWN,
                        EXPIRED ->
                        false;
            };
        }

        /** Whether it was granted what it asks for. */
        public boolean isGranted() {
            return switch (this) {
                case AUTO_APPROVED, APPROVED, DELIVERING, PARTIAL, DELIVERED, CLOSED -> true;
                case DRAFT,
                        DEPT_REVIEW,
                        PRECHECK,
                        TECH_REVIEW,
                        EXPERT_REVIEW,
                        BUREAU_APPROVAL,
                        RETURNED,
                        REJECTED,
                        WITHDRAWN,
                        EXPIRED ->
                        false;
            };
        }
    }

    /** What moves it. */
    public enum Command {
        SUBMIT,
        APPROVE,
        /** The rules for instant approval hold. */
        PASS,
        /** They do not, or there are none. */
        TO_HUMAN,
        /** Experts are asked; in their review: others, or fewer. */
        REFER,
        /** An expert's opinion. */
        OPINE,
        /** As many opinions as were asked for are there, and every signature. */
        CONCLUDE,
        RETURN,
        REJECT,
        /** Somebody else is to decide about it. */
        TRANSFER,
        /** Somebody else is asked to sign, too. */
        CO_SIGN,
        /** Whoever was asked to sign and has not is asked no more. */
        RELEASE,
        SIGN,
        WITHDRAW,
        /** The time of what it has locked has come. */
        EXPIRE,
        /** The reconciler has begun. */
        DELIVER,
        /** The cluster has observed everything. */
        OBSERVE,
        /** Some of it has not come up for too long. */
        FAIL,
        /** What failed is tried again. */
        RETRY,
        /** What failed is given up, and given back. */
        CANCEL,
        CONFIRM,
        /** Its owner was silent for so long that it counts as confirmed. */
        DEEM
    }

    /** Who may take an edge. Which person may act in which part, roles say. */
    public enum Part {
        APPLICANT,
        UNIT_OWNER,
        REVIEWER,
        EXPERT,
        BUREAU,
        OPERATOR,
        CONTROL_PLANE
    }

    /** What a person is in one application; two of them never fall to the same person. */
    public enum Duty {
        SUBMITTER,
        UNIT_APPROVER,
        REVIEWER,
        EXPERT,
        BUREAU_APPROVER,
        EXECUTOR,
        /** No duty that must be kept apart. */
        NONE
    }

    /** What an edge does beside moving the application. */
    public enum Effect {
        NONE,
        /** Locks its quota. */
        LOCK,
        /** Gives back what was locked. */
        UNLOCK,
        /** What was locked is granted, and becomes wanted of a cluster. */
        GRANT,
        /** Has the reconciler look again. */
        WAKE,
        /** What did not come up is wanted no more. */
        GIVE_UP,
        /** Use is counted from here on. */
        USE,
        /** Both. */
        GIVE_UP_AND_USE
    }

    /** One step that is possible. */
    public record Edge(
            State from, Command command, State to, Part part, Duty duty, Effect effect) {}

    public static final List<Edge> EDGES =
            List.of(
                    edge(
                            DRAFT,
                            Command.SUBMIT,
                            DEPT_REVIEW,
                            APPLICANT,
                            Duty.SUBMITTER,
                            Effect.LOCK),

                    // The unit itself. Whoever chooses who decides, or who signs, takes part in the
                    // decision: he has its duty.
                    edge(DEPT_REVIEW, Command.APPROVE, PRECHECK, UNIT_OWNER, Duty.UNIT_APPROVER),
                    edge(DEPT_REVIEW, Command.SIGN, DEPT_REVIEW, UNIT_OWNER, Duty.UNIT_APPROVER),
                    edge(DEPT_REVIEW, Command.CO_SIGN, DEPT_REVIEW, UNIT_OWNER, Duty.UNIT_APPROVER),
                    edge(DEPT_REVIEW, Command.RELEASE, DEPT_REVIEW, UNIT_OWNER, Duty.UNIT_APPROVER),
                    edge(
                            DEPT_REVIEW,
                            Command.TRANSFER,
                            DEPT_REVIEW,
                            UNIT_OWNER,
                            Duty.UNIT_APPROVER),
                    unlock(DEPT_REVIEW, Command.RETURN, RETURNED, UNIT_OWNER, Duty.UNIT_APPROVER),
                    unlock(DEPT_REVIEW, Command.REJECT, REJECTED, UNIT_OWNER, Duty.UNIT_APPROVER),
                    unlock(DEPT_REVIEW, Command.WITHDRAW, WITHDRAWN, APPLICANT, Duty.SUBMITTER),
                    edge(DEPT_REVIEW, Command.EXPIRE, EXPIRED, CONTROL_PLANE, Duty.NONE),

                    // No human, where the rules say so.
                    edge(
                            PRECHECK,
                            Command.PASS,
                            AUTO_APPROVED,
                            CONTROL_PLANE,
                            Duty.NONE,
                            Effect.GRANT),
                    edge(PRECHECK, Command.TO_HUMAN, TECH_REVIEW, CONTROL_PLANE, Duty.NONE),

                    // The platform.
                    edge(TECH_REVIEW, Command.APPROVE, BUREAU_APPROVAL, REVIEWER, Duty.REVIEWER),
                    edge(TECH_REVIEW, Command.REFER, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(TECH_REVIEW, Command.SIGN, TECH_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(TECH_REVIEW, Command.CO_SIGN, TECH_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(TECH_REVIEW, Command.RELEASE, TECH_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(TECH_REVIEW, Command.TRANSFER, TECH_REVIEW, REVIEWER, Duty.REVIEWER),
                    unlock(TECH_REVIEW, Command.RETURN, RETURNED, REVIEWER, Duty.REVIEWER),
                    unlock(TECH_REVIEW, Command.REJECT, REJECTED, REVIEWER, Duty.REVIEWER),
                    unlock(TECH_REVIEW, Command.WITHDRAW, WITHDRAWN, APPLICANT, Duty.SUBMITTER),
                    edge(TECH_REVIEW, Command.EXPIRE, EXPIRED, CONTROL_PLANE, Duty.NONE),

                    // Experts give opinions and nothing else. The platform leads: it says anew who
                    // is asked when they do not answer, and who leads or signs. Nobody approves: it
                    // goes on with the last opinion, or the last signature.
                    edge(EXPERT_REVIEW, Command.OPINE, EXPERT_REVIEW, Part.EXPERT, Duty.EXPERT),
                    edge(EXPERT_REVIEW, Command.REFER, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(EXPERT_REVIEW, Command.SIGN, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(EXPERT_REVIEW, Command.CO_SIGN, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(EXPERT_REVIEW, Command.RELEASE, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(EXPERT_REVIEW, Command.TRANSFER, EXPERT_REVIEW, REVIEWER, Duty.REVIEWER),
                    edge(
                            EXPERT_REVIEW,
                            Command.CONCLUDE,
                            BUREAU_APPROVAL,
                            CONTROL_PLANE,
                            Duty.NONE),
                    unlock(EXPERT_REVIEW, Command.RETURN, RETURNED, REVIEWER, Duty.REVIEWER),
                    unlock(EXPERT_REVIEW, Command.REJECT, REJECTED, REVIEWER, Duty.REVIEWER),
                    unlock(EXPERT_REVIEW, Command.WITHDRAW, WITHDRAWN, APPLICANT, Duty.SUBMITTER),
                    edge(EXPERT_REVIEW, Command.EXPIRE, EXPIRED, CONTROL_PLANE, Duty.NONE),

                    // The bureau.
                    edge(
                            BUREAU_APPROVAL,
                            Command.APPROVE,
                            APPROVED,
                            BUREAU,
                            Duty.BUREAU_APPROVER,
                            Effect.GRANT),
                    edge(
                            BUREAU_APPROVAL,
                            Command.SIGN,
                            BUREAU_APPROVAL,
                            BUREAU,
                            Duty.BUREAU_APPROVER),
                    edge(
                            BUREAU_APPROVAL,
                            Command.CO_SIGN,
                            BUREAU_APPROVAL,
                            BUREAU,
                            Duty.BUREAU_APPROVER),
                    edge(
                            BUREAU_APPROVAL,
                            Command.RELEASE,
                            BUREAU_APPROVAL,
                            BUREAU,
                            Duty.BUREAU_APPROVER),
                    edge(
                            BUREAU_APPROVAL,
                            Command.TRANSFER,
                            BUREAU_APPROVAL,
                            BUREAU,
                            Duty.BUREAU_APPROVER),
                    unlock(BUREAU_APPROVAL, Command.RETURN, RETURNED, BUREAU, Duty.BUREAU_APPROVER),
                    unlock(BUREAU_APPROVAL, Command.REJECT, REJECTED, BUREAU, Duty.BUREAU_APPROVER),
                    unlock(BUREAU_APPROVAL, Command.WITHDRAW, WITHDRAWN, APPLICANT, Duty.SUBMITTER),
                    edge(BUREAU_APPROVAL, Command.EXPIRE, EXPIRED, CONTROL_PLANE, Duty.NONE),

                    // Back with whoever asked.
                    edge(
                            RETURNED,
                            Command.SUBMIT,
                            DEPT_REVIEW,
                            APPLICANT,
                            Duty.SUBMITTER,
                            Effect.LOCK),
                    edge(RETURNED, Command.WITHDRAW, WITHDRAWN, APPLICANT, Duty.SUBMITTER),

                    // Delivery.
                    edge(AUTO_APPROVED, Command.DELIVER, DELIVERING, CONTROL_PLANE, Duty.NONE),
                    edge(APPROVED, Command.DELIVER, DELIVERING, CONTROL_PLANE, Duty.NONE),
                    edge(DELIVERING, Command.OBSERVE, DELIVERED, CONTROL_PLANE, Duty.NONE),
                    edge(DELIVERING, Command.FAIL, PARTIAL, CONTROL_PLANE, Duty.NONE),
                    edge(PARTIAL, Command.OBSERVE, DELIVERED, CONTROL_PLANE, Duty.NONE),
                    edge(PARTIAL, Command.RETRY, DELIVERING, OPERATOR, Duty.EXECUTOR, Effect.WAKE),
                    edge(
                            PARTIAL,
                            Command.CANCEL,
                            DELIVERED,
                            OPERATOR,
                            Duty.EXECUTOR,
                            Effect.GIVE_UP),
                    edge(
                            PARTIAL,
                            Command.CONFIRM,
                            CLOSED,
                            UNIT_OWNER,
                            Duty.NONE,
                            Effect.GIVE_UP_AND_USE),
                    edge(
                            PARTIAL,
                            Command.DEEM,
                            CLOSED,
                            CONTROL_PLANE,
                            Duty.NONE,
                            Effect.GIVE_UP_AND_USE),
                    edge(DELIVERED, Command.CONFIRM, CLOSED, UNIT_OWNER, Duty.NONE, Effect.USE),
                    edge(DELIVERED, Command.DEEM, CLOSED, CONTROL_PLANE, Duty.NONE, Effect.USE));

    private Workflow() {}

    private static Edge edge(State from, Command command, State to, Part part, Duty duty) {
        return new Edge(from, command, to, part, duty, Effect.NONE);
    }

    private static Edge edge(
            State from, Command command, State to, Part part, Duty duty, Effect effect) {
        return new Edge(from, command, to, part, duty, effect);
    }

    /** As it gives back what was locked. */
    private static Edge unlock(State from, Command command, State to, Part part, Duty duty) {
        return new Edge(from, command, to, part, duty, Effect.UNLOCK);
    }

    /** The edge that a command takes out of a state, if there is one. */
    public static Optional<Edge> edge(State from, Command command) {
        return EDGES.stream()
                .filter(edge -> edge.from() == from && edge.command() == command)
                .findAny();
    }

    /** The edges out of a state. */
    public static List<Edge> from(State state) {
        return EDGES.stream().filter(edge -> edge.from() == state).toList();
    }
}

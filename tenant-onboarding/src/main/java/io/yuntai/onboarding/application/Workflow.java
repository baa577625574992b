package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Workflow.Duty.APPROVER;
import static io.yuntai.onboarding.application.Workflow.Duty.NONE;
import static io.yuntai.onboarding.application.Workflow.Duty.SUBMITTER;
import static io.yuntai.onboarding.application.Workflow.State.APPROVED;
import static io.yuntai.onboarding.application.Workflow.State.CLOSED;
import static io.yuntai.onboarding.application.Workflow.State.DELIVERED;
import static io.yuntai.onboarding.application.Workflow.State.DELIVERING;
import static io.yuntai.onboarding.application.Workflow.State.EXPIRED;
import static io.yuntai.onboarding.application.Workflow.State.REJECTED;
import static io.yuntai.onboarding.application.Workflow.State.TECH_REVIEW;
import static io.yuntai.onboarding.application.Workflow.State.WITHDRAWN;

import java.util.List;
import java.util.Optional;

/**
 * The whole life of an application: every edge there is stands in {@link #EDGES}. An application
 * begins in {@link State#TECH_REVIEW}, by being submitted; a state without an edge out of it is the
 * end.
 */
public final class Workflow {

    /** Where an application stands. */
    public enum State {
        TECH_REVIEW,
        APPROVED,
        DELIVERING,
        DELIVERED,
        CLOSED,
        REJECTED,
        WITHDRAWN,
        /** Nobody decided in time: what it had locked was given back. */
        EXPIRED
    }

    /** What moves it. */
    public enum Command {
        SUBMIT,
        APPROVE,
        REJECT,
        WITHDRAW,
        /** The time of what it has locked has come. */
        EXPIRE,
        /** The reconciler has begun. */
        DELIVER,
        /** The cluster has observed everything. */
        OBSERVE,
        CONFIRM
    }

    /** The part a person takes in one application; two of them never fall to the same person. */
    public enum Duty {
        SUBMITTER,
        APPROVER,
        /** No duty that must be kept apart. */
        NONE
    }

    /** One step that is possible. */
    public record Edge(State from, Command command, State to, Duty duty) {}

    public static final List<Edge> EDGES =
            List.of(
                    new Edge(TECH_REVIEW, Command.APPROVE, APPROVED, APPROVER),
                    new Edge(TECH_REVIEW, Command.REJECT, REJECTED, APPROVER),
                    new Edge(TECH_REVIEW, Command.WITHDRAW, WITHDRAWN, SUBMITTER),
                    new Edge(TECH_REVIEW, Command.EXPIRE, EXPIRED, NONE),
                    new Edge(APPROVED, Command.DELIVER, DELIVERING, NONE),
                    new Edge(DELIVERING, Command.OBSERVE, DELIVERED, NONE),
                    new Edge(DELIVERED, Command.CONFIRM, CLOSED, NONE));

    private Workflow() {}

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

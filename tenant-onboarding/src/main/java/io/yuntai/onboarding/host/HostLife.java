package io.yuntai.onboarding.host;

import static io.yuntai.onboarding.host.HostLife.State.CHANGING;
import static io.yuntai.onboarding.host.HostLife.State.DESTROYED;
import static io.yuntai.onboarding.host.HostLife.State.DESTROYING;
import static io.yuntai.onboarding.host.HostLife.State.IN_USE;
import static io.yuntai.onboarding.host.HostLife.State.PROVISIONING;
import static io.yuntai.onboarding.host.HostLife.State.RECYCLE_BIN;
import static io.yuntai.onboarding.host.HostLife.State.STOPPED;
import static io.yuntai.onboarding.host.HostLife.State.TRIAL;
import static io.yuntai.onboarding.host.HostLife.Taker.CONTROL_PLANE;
import static io.yuntai.onboarding.host.HostLife.Taker.DESTROYER;
import static io.yuntai.onboarding.host.HostLife.Taker.STAFF;

import io.yuntai.onboarding.Audited;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole life of a host: every edge there is stands in {@link #EDGES}. A host begins in {@link
 * State#PROVISIONING}, by being granted; {@link State#DESTROYED} is the end.
 */
public final class HostLife {

    /** What people mean a host to be; what the cluster makes of it is {@link Host.State}. */
    public enum State {
        /** Granted, and not yet seen to run. */
        PROVISIONING,
        /** It runs; its owner has not confirmed it, and it is not billed. */
        TRIAL,
        IN_USE,
        /** Something was asked for that its cluster does not show yet. */
        CHANGING,
        STOPPED,
        /** Stopped, and nobody wants it; it can be restored for a while. */
        RECYCLE_BIN,
        /** Being deleted on its cluster. */
        DESTROYING,
        /** Gone; a certificate says so. */
        DESTROYED
    }

    /** What moves it. */
    public enum Command {
        /** It was seen to run for the first time. */
        DELIVER,
        /** Its owner has confirmed the delivery. */
        CONFIRM,
        START,
        STOP,
        RESTART,
        RESIZE,
        ADD_DISK,
        REBUILD,
        RECYCLE,
        RESTORE,
        /** Where its term has moved it to the recycle bin: two people are to want it destroyed. */
        PROPOSE_DESTRUCTION,
        DESTROY,
        /** Its cluster shows what was asked for. */
        SETTLE_IN_USE,
        SETTLE_ON_TRIAL,
        SETTLE_STOPPED,
        /** It never came up, and is wanted no more; or shall be again what it was. */
        GIVE_UP,
        /** Its term has ended. */
        EXPIRE,
        /** It ended a while ago, and nobody has renewed it. */
        RETIRE,
        /** Its cluster has it no more. */
        VANISH;

        /** As the audit calls it: {@code host.settleOnTrial}. */
        String action() {
            return Audited.action("host", this);
        }
    }

    /** Who may take an edge. */
    public enum Taker {
        /** Staff of the unit that owns it, and operators of the platform. */
        STAFF,
        /**
         * An operator of the platform; who destroys it has had no part in its going to the recycle
         * bin, nor has proposed it.
         */
        DESTROYER,
        CONTROL_PLANE
    }

    /** One step that is possible. */
    public record Edge(State from, Command command, State to, Taker taker) {}

    public static final List<Edge> EDGES =
            List.of(
                    new Edge(PROVISIONING, Command.DELIVER, TRIAL, CONTROL_PLANE),
                    new Edge(PROVISIONING, Command.RECYCLE, RECYCLE_BIN, STAFF),
                    new Edge(PROVISIONING, Command.GIVE_UP, DESTROYING, CONTROL_PLANE),
                    new Edge(TRIAL, Command.CONFIRM, IN_USE, CONTROL_PLANE),
                    new Edge(TRIAL, Command.STOP, STOPPED, STAFF),
                    new Edge(TRIAL, Command.RESTART, CHANGING, STAFF),
                    new Edge(TRIAL, Command.RESIZE, CHANGING, STAFF),
                    new Edge(TRIAL, Command.ADD_DISK, CHANGING, STAFF),
                    new Edge(TRIAL, Command.RECYCLE, RECYCLE_BIN, STAFF),
                    new Edge(IN_USE, Command.STOP, STOPPED, STAFF),
                    new Edge(IN_USE, Command.RESTART, CHANGING, STAFF),
                    new Edge(IN_USE, Command.RESIZE, CHANGING, STAFF),
                    new Edge(IN_USE, Command.ADD_DISK, CHANGING, STAFF),
                    new Edge(IN_USE, Command.RECYCLE, RECYCLE_BIN, STAFF),
                    // What does not come up can still be stopped and given back.
                    new Edge(CHANGING, Command.STOP, STOPPED, STAFF),
                    new Edge(CHANGING, Command.RECYCLE, RECYCLE_BIN, STAFF),
                    new Edge(CHANGING, Command.GIVE_UP, CHANGING, CONTROL_PLANE),
                    new Edge(CHANGING, Command.SETTLE_IN_USE, IN_USE, CONTROL_PLANE),
                    new Edge(CHANGING, Command.SETTLE_ON_TRIAL, TRIAL, CONTROL_PLANE),
                    new Edge(CHANGING, Command.SETTLE_STOPPED, STOPPED, CONTROL_PLANE),
                    new Edge(STOPPED, Command.START, CHANGING, STAFF),
                    new Edge(STOPPED, Command.RESIZE, CHANGING, STAFF),
                    new Edge(STOPPED, Command.ADD_DISK, CHANGING, STAFF),
                    // A system disk is made anew only under a host that does not write to it.
                    new Edge(STOPPED, Command.REBUILD, CHANGING, STAFF),
                    new Edge(STOPPED, Command.RECYCLE, RECYCLE_BIN, STAFF),
                    new Edge(TRIAL, Command.EXPIRE, STOPPED, CONTROL_PLANE),
                    new Edge(IN_USE, Command.EXPIRE, STOPPED, CONTROL_PLANE),
                    new Edge(CHANGING, Command.EXPIRE, STOPPED, CONTROL_PLANE),
                    new Edge(STOPPED, Command.RETIRE, RECYCLE_BIN, CONTROL_PLANE),
                    new Edge(RECYCLE_BIN, Command.RESTORE, STOPPED, STAFF),
                    new Edge(RECYCLE_BIN, Command.PROPOSE_DESTRUCTION, RECYCLE_BIN, DESTROYER),
                    new Edge(RECYCLE_BIN, Command.DESTROY, DESTROYING, DESTROYER),
                    new Edge(DESTROYING, Command.VANISH, DESTROYED, CONTROL_PLANE));

    private HostLife() {}

    /** The edge that a command takes out of a state, if there is one. */
    public static Optional<Edge> edge(State from, Command command) {
        return from(from).filter(edge -> edge.command() == command).findAny();
    }

    /** What people may say of a host in a state, in the order of {@link Command}. */
    public static List<Command> commands(State state) {
        return from(state)
                .filter(edge -> edge.taker() != CONTROL_PLANE)
                .map(Edge::command)
                .sorted()
                .toList();
    }

    private static Stream<Edge> from(State state) {
        return EDGES.stream().filter(edge -> edge.from() == state);
    }
}

package io.yuntai.onboarding.host;

import io.yuntai.onboarding.rules.WorkRules;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a host is, with how near its end is: told by its life, its term, the time and protection
 * periods, and stored nowhere, so that it cannot be wrong. Each host has one at a time.
 */
public enum HostPhase {
    PROVISIONING,
    TRIAL,
    IN_USE,
    CHANGING,
    /** It runs, and its end is near, or has come and was not seen to yet. */
    EXPIRING,
    /** Its end has come within a protection period: nothing is done until that is over. */
    FROZEN,
    STOPPED,
    RECYCLE_BIN,
    DESTROYING,
    DESTROYED;

    private static final Set<HostLife.State> IN_SERVICE =
            EnumSet.of(HostLife.State.TRIAL, HostLife.State.IN_USE, HostLife.State.CHANGING);

    /**
     * What hosts of a phase have.
     *
     * @param lives one of these; none: there is no such host now
     * @param after they end later than that, or have no end
     * @param until they end then or earlier
     */
    public record Span(Set<HostLife.State> lives, Optional<Bound> after, Optional<Bound> until) {

        public Span {
            lives = Set.copyOf(lives);
        }
    }

    /**
     * A moment at which hosts end.
     *
     * @param term of those whose term ends
     * @param delivered of those on trial, when they were delivered to end then
     */
    public record Bound(Instant term, Instant delivered) {}

    /** What there is to know of the time. */
    record Present(Instant now, boolean frozen, WorkRules.HostRules rules) {

        Bound ended() {
            return new Bound(now, now.minus(rules.trial()));
        }

        Bound soon() {
            return new Bound(
                    now.plus(rules.expiringFor()),
                    now.plus(rules.trialExpiringFor()).minus(rules.trial()));
        }
    }

    static HostPhase of(HostLife.State life, Optional<HostTerm.Standing> standing) {
        return switch (life) {
            case PROVISIONING -> PROVISIONING;
            case TRIAL -> inService(TRIAL, standing);
            case IN_USE -> inService(IN_USE, standing);
            case CHANGING -> inService(CHANGING, standing);
            case STOPPED ->
                    standing.filter(HostTerm.Standing.FROZEN::equals).isPresent()
                            ? FROZEN
                            : STOPPED;
            case RECYCLE_BIN -> RECYCLE_BIN;
            case DESTROYING -> DESTROYING;
            case DESTROYED -> DESTROYED;
        };
    }

    private static HostPhase inService(HostPhase plain, Optional<HostTerm.Standing> standing) {
        return standing.map(now ->
                        switch (now) {
                            case CURRENT -> plain;
                            case EXPIRING, ENDED -> EXPIRING;
                            case FROZEN -> FROZEN;
                        })
                .orElse(plain);
    }

    /** The same, the other way round: which hosts have this phase. */
    Span span(Present present) {
        var now = Optional.of(present.ended());
        var soon = Optional.of(present.soon());
        var whenever = Optional.<Bound>empty();
        var after = present.frozen() ? now : whenever;
        return switch (this) {
            case TRIAL -> new Span(Set.of(HostLife.State.TRIAL), soon, whenever);
            case IN_USE -> new Span(Set.of(HostLife.State.IN_USE), soon, whenever);
            case CHANGING -> new Span(Set.of(HostLife.State.CHANGING), soon, whenever);
            case EXPIRING -> new Span(IN_SERVICE, after, soon);
            case FROZEN -> new Span(present.frozen() ? endable() : Set.of(), whenever, now);
            case STOPPED -> new Span(Set.of(HostLife.State.STOPPED), after, whenever);
            case PROVISIONING, RECYCLE_BIN, DESTROYING, DESTROYED ->
                    new Span(Set.of(HostLife.State.valueOf(name())), whenever, whenever);
        };
    }

    private static Set<HostLife.State> endable() {
        var lives = EnumSet.copyOf(IN_SERVICE);
        lives.add(HostLife.State.STOPPED);
        return lives;
    }
}

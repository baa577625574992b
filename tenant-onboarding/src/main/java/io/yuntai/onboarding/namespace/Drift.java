package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.ledger.LeaseId;
import java.time.Instant;

/**
 * Something that somebody changed by hand on a cluster, and what was done about it.
 *
 * @param at when it was found
 * @param where the namespace
 * @param kind of the object, such as {@code NetworkPolicy}
 * @param name of the object
 * @param field a JSON pointer into the object; empty: the whole of it
 * @param before as it was found, at most 2,000 characters
 * @param after as it is now, or should be
 * @param seen what of the object was seen, the same for whoever has seen the same: it is recorded
 *     once. Empty: nobody can tell
 */
public record Drift(
        Instant at,
        LeaseId where,
        String kind,
        String name,
        String field,
        String before,
        String after,
        Action action,
        String seen) {

    /** Of something that cannot be told from the next of its kind. */
    public Drift(
            Instant at,
            LeaseId where,
            String kind,
            String name,
            String field,
            String before,
            String after,
            Action action) {
        this(at, where, kind, name, field, before, after, action, "");
    }

    /** What was done. */
    public enum Action {
        /** It was put back. */
        REPAIRED,
        /** It had been deleted, and was made again. */
        REMADE,
        /** It had been put there, and was taken away. */
        REMOVED,
        /** It was left as it is. */
        REPORTED
    }

    /** Something that differed, and is as it should be now. */
    public static Drift mended(Instant at, LeaseId where, Difference found) {
        return of(
                at,
                where,
                found,
                found.missing()
                        ? Action.REMADE
                        : found.after().equals(Difference.NOTHING)
                                ? Action.REMOVED
                                : Action.REPAIRED);
    }

    /** Something that differs, and was left so. */
    public static Drift reported(Instant at, LeaseId where, Difference found) {
        return of(at, where, found, Action.REPORTED);
    }

    /** Whether both are about the same field of the same object. */
    boolean isWhere(Drift other) {
        return kind.equals(other.kind) && name.equals(other.name) && field.equals(other.field);
    }

    /** Whether both are about the same deed of a hand, for all that can be told. */
    boolean isSame(Drift other) {
        return isWhere(other) && before.equals(other.before) && action == other.action;
    }

    /**
     * Whether it is missing by our own doing. The role of a binding never changes, so that one of
     * another role is deleted and made again; who dies in between has begun no more than that.
     */
    boolean isHalfOf(Drift begun) {
        return action == Action.REMADE
                && kind.equals(begun.kind)
                && name.equals(begun.name)
                && begun.field.startsWith("/roleRef/");
    }

    /** The same, found when it was, of which that became. */
    Drift became(Drift end) {
        return new Drift(
                at,
                where,
                kind,
                name,
                field,
                before,
                end.after,
                end.action,
                seen.isEmpty() ? end.seen : seen);
    }

    /** The same, of which nobody knows what became. */
    Drift left() {
        return new Drift(at, where, kind, name, field, before, after, Action.REPORTED, seen);
    }

    private static Drift of(Instant at, LeaseId where, Difference found, Action action) {
        return new Drift(
                at,
                where,
                found.kind(),
                found.name(),
                found.field(),
                found.before(),
                found.after(),
                action,
                found.seen());
    }
}

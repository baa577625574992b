package io.yuntai.onboarding;

import io.yuntai.quota.Shortfall;
import java.util.List;

/**
 * A command was refused and nothing has changed. Thrown so that the surrounding database
 * transaction ends without effect; the border turns it into a problem (RFC 9457).
 */
public final class Refused extends RuntimeException {

    /** What kind of no this is; decides the HTTP status. */
    public enum Category {
        /** What was sent is not well-formed or breaks a rule by itself (422). */
        INVALID,
        /** There is no such thing, or none that this actor may know of (404). */
        NOT_FOUND,
        /** This actor may not (403). */
        FORBIDDEN,
        /** The state of things is against it (409). */
        CONFLICT,
        /** The caller's version is not the current one (412). */
        STALE
    }

    private final Category category;
    private final String code;
    private final transient List<Fault> faults;
    private final transient List<Shortfall> shortfalls;

    private Refused(
            Category category, String code, List<Fault> faults, List<Shortfall> shortfalls) {
        super(code + (faults.isEmpty() ? "" : " " + faults), null, false, false);
        this.category = category;
        this.code = code;
        this.faults = List.copyOf(faults);
        this.shortfalls = List.copyOf(shortfalls);
    }

    public static Refused invalid(String code, List<Fault> faults) {
        return new Refused(Category.INVALID, code, faults, List.of());
    }

    public static Refused notFound(String code) {
        return new Refused(Category.NOT_FOUND, code, List.of(), List.of());
    }

    public static Refused forbidden(String code) {
        return new Refused(Category.FORBIDDEN, code, List.of(), List.of());
    }

    public static Refused conflict(String code) {
        return new Refused(Category.CONFLICT, code, List.of(), List.of());
    }

    /** As the other; the faults say what of that which was asked for the state is against. */
    public static Refused conflict(String code, List<Fault> faults) {
        return new Refused(Category.CONFLICT, code, faults, List.of());
    }

    public static Refused stale(String code) {
        return new Refused(Category.STALE, code, List.of(), List.of());
    }

    /** The quota does not suffice; the shortfalls say where. */
    public static Refused quotaShort(List<Shortfall> shortfalls) {
        return new Refused(Category.CONFLICT, "QUOTA_SHORT", List.of(), shortfalls);
    }

    public Category category() {
        return category;
    }

    /** Stable, in capitals. */
    public String code() {
        return code;
    }

    public List<Fault> faults() {
        return faults;
    }

    public List<Shortfall> shortfalls() {
        return shortfalls;
    }
}

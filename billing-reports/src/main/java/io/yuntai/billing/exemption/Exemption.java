package io.yuntai.billing.exemption;

import io.yuntai.billing.Person;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * That a host is not held against its unit for a while. Excluded from a month on whose last day it
 * is in force, and from every verdict of a day on which it is. It ends by itself.
 *
 * @param hostName and {@code unit} as they were when it was applied for
 * @param from the first day of Asia/Shanghai
 * @param until the last day
 * @param decision empty: it waits for somebody other than the applicant
 * @param end before its last day; empty: it was not ended
 */
public record Exemption(
        UUID id,
        MeteredHostId host,
        String hostName,
        PartyId unit,
        Kind kind,
        String reason,
        LocalDate from,
        LocalDate until,
        Person applicant,
        Instant appliedAt,
        State state,
        Optional<Decision> decision,
        Optional<End> end) {

    /** A year at the most: whoever needs longer says so again. */
    public static final int LONGEST_DAYS = 366;

    public static final int LONGEST_REASON = 1000;

    public enum Kind {
        DISASTER_RECOVERY,
        PROTECTION,
        SEASONAL,
        LICENCE
    }

    public enum State {
        APPLIED,
        APPROVED,
        REJECTED
    }

    /**
     * Who decided, and when.
     *
     * @param reason why it was refused; may be empty
     */
    public record Decision(Person by, Instant at, String reason) {}

    /**
     * That it was ended early.
     *
     * @param on the last day that it still holds
     */
    public record End(LocalDate on, Person by, Instant at, String reason) {}

    public Exemption {
        long days = ChronoUnit.DAYS.between(from, until);
        if (days < 0 || days > LONGEST_DAYS) {
            throw new IllegalArgumentException("not a time to be exempt: " + from + " to " + until);
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("not a reason: " + reason);
        }
    }

    /** Whether it is in force on a day. */
    public boolean holdsOn(LocalDate day) {
        return state == State.APPROVED && !day.isBefore(from) && !day.isAfter(lastDay());
    }

    /** The last day that it holds. */
    public LocalDate lastDay() {
        return end.map(End::on).orElse(until);
    }
}

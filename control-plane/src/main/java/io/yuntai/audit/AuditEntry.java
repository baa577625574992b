package io.yuntai.audit;

import io.yuntai.onboarding.Audited.Outcome;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the audit.
 *
 * @param number counts up in the order in which rows were written
 * @param actor who; empty: the control plane itself
 * @param action a verb, such as {@code application.approve}
 * @param target what it was done to, such as {@code application/0199…}
 * @param detail for people; may be empty
 */
public record AuditEntry(
        long number,
        Instant at,
        Optional<Person> actor,
        String action,
        String target,
        Outcome outcome,
        String detail) {

    /** Who acted, by the name that he had then. */
    public record Person(PersonId id, String name) {}
}

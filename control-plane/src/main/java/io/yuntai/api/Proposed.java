package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What whoever proposes another version of something says of it, whatever it is a version of.
 *
 * @param effectiveFrom empty: it was not said, and the fault is noted
 * @param basis the document that it rests on
 */
record Proposed(String id, Optional<LocalDate> effectiveFrom, String basis) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final int LONGEST_BASIS = 500;

    /** Reads it, and notes what is wrong. */
    static Proposed read(
            String id,
            Optional<LocalDate> effectiveFrom,
            Optional<String> basis,
            List<Fault> faults) {
        if (!ID.matcher(id).matches()) {
            faults.add(Fault.at("/id", "NOT_READABLE"));
        }
        String text = basis.orElse("").strip();
        if (text.isEmpty()) {
            faults.add(Fault.at("/basis", "REQUIRED"));
        } else if (text.length() > LONGEST_BASIS) {
            faults.add(Fault.at("/basis", "TOO_LONG", LONGEST_BASIS));
        }
        if (effectiveFrom.isEmpty()) {
            faults.add(Fault.at("/effectiveFrom", "REQUIRED"));
        }
        return new Proposed(id, effectiveFrom, text);
    }

    /** Notes that a member is missing. */
    static void require(Optional<?> member, String pointer, List<Fault> faults) {
        if (member.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        }
    }
}

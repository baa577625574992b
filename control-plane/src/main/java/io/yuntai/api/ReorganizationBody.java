package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.reorganization.Reorganizations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all reorganizations are handed in with: everything may be missing, and all of it is told.
 */
sealed interface ReorganizationBody
        permits SystemMoveBody, UnitMoveBody, DissolutionBody, SplitBody {

    /** Why; for people. */
    Optional<String> reason();

    /** The reason, when {@link #faults} found nothing wrong with it. */
    default String text() {
        return reason().orElse("").strip();
    }

    /** What is wrong with the reason, and with members that must be there. */
    default List<Fault> faults(String member, Optional<?> required) {
        var faults = new ArrayList<Fault>();
        if (required.isEmpty()) {
            faults.add(Fault.at(member, "REQUIRED"));
        }
        if (text().isEmpty()) {
            faults.add(Fault.at("/reason", "REQUIRED"));
        } else if (text().length() > Reorganizations.MAX_REASON) {
            faults.add(Fault.at("/reason", "TOO_LONG", Reorganizations.MAX_REASON));
        }
        return faults;
    }

    static void require(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
    }
}

package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.register.RegisterFault;
import java.util.List;

/** How an import of a year ended. */
public sealed interface CalendarOutcome {

    /** The year counts as the file says; with validateOnly: would. */
    record Imported(CalendarVersion version) implements CalendarOutcome {}

    /** The same file was imported under this id before; this is the answer of then. */
    record Repeated(CalendarVersion version) implements CalendarOutcome {}

    /** Something is wrong with the file, and nothing has changed. */
    record Faulty(List<RegisterFault> faults) implements CalendarOutcome {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}

package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.register.RegisterFault;
import java.util.List;

/** How an adoption ended. */
public sealed interface AdoptionOutcome {

    /** Everything that the file names is taken over; with validateOnly: would be. */
    record Adopted(Adoption done) implements AdoptionOutcome {}

    /** The same file was handed in under this id before; this is the answer of then. */
    record Repeated(Adoption done) implements AdoptionOutcome {}

    /**
     * Something is wrong with the file, and nothing was taken over.
     *
     * @param faults the first thousand, by row
     * @param count how many there are
     */
    record Faulty(List<RegisterFault> faults, int count) implements AdoptionOutcome {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}

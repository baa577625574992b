package io.yuntai.onboarding.register;

import java.util.List;

/** How an import ended. */
public sealed interface ImportOutcome {

    /** Everything in the file is now in the register; with validateOnly: would be. */
    record Imported(RegisterImport done) implements ImportOutcome {}

    /** The same file was imported under this id before; this is the answer of then. */
    record Repeated(RegisterImport done) implements ImportOutcome {}

    /**
     * Something is wrong with the file, and nothing of it was imported.
     *
     * @param faults the first thousand
     * @param count how many there are
     */
    record Faulty(List<RegisterFault> faults, int count) implements ImportOutcome {

        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}

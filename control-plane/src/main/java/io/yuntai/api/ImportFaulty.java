package io.yuntai.api;

import io.yuntai.onboarding.register.RegisterFault;
import java.util.List;

/** A file has faults, and nothing of it was imported (422 {@code IMPORT_FAULTY}). */
final class ImportFaulty extends RuntimeException {

    private final transient List<RegisterFault> faults;
    private final int count;

    /**
     * Of a file.
     *
     * @param faults the first thousand
     * @param count how many there are
     */
    ImportFaulty(List<RegisterFault> faults, int count) {
        super(count + " faults", null, false, false);
        this.faults = List.copyOf(faults);
        this.count = count;
    }

    List<RegisterFault> faults() {
        return faults;
    }

    int count() {
        return count;
    }
}

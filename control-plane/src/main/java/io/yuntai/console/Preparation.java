package io.yuntai.console;

import java.util.Optional;

/**
 * What a try-out does before its sample city is complete. Whoever starts the server as a try-out
 * hands in one; without one it is a production server.
 */
public interface Preparation {

    /** How far it is; empty: there was nothing to prepare. Called often, so it must be cheap. */
    Optional<Progress> progress();

    /** What is being done. */
    enum Step {
        /** The register is imported. */
        IMPORT,
        /** What the city applied for is delivered. */
        DELIVER,
        /** Its use is metered. */
        METER,
        /** Everything is there. */
        DONE
    }

    /**
     * How far a step is.
     *
     * @param done how many of {@code total} are done, not negative
     * @param total 0 while it is not known; else not below {@code done}
     */
    record Progress(Step step, long done, long total) {

        public Progress {
            if (done < 0 || total < 0 || (total > 0 && done > total)) {
                throw new IllegalArgumentException(done + " of " + total);
            }
        }
    }
}

package io.yuntai.billing.metering;

import java.util.List;

/** What came of a file of measured use. */
public sealed interface UsageImported {

    /** All of it was taken in. */
    record Taken(UsageImport done) implements UsageImported {}

    /** It was taken in before, under the same id. */
    record Repeated(UsageImport done) implements UsageImported {}

    /**
     * Something is wrong with it, and nothing was taken in.
     *
     * @param faults the first thousand, as their rows stand
     * @param count how many there are
     */
    record Faulty(List<Fault> faults, int count) implements UsageImported {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What is wrong with a row.
     *
     * @param earlier of a {@link Code#DUPLICATE_SAMPLE}: the row that says it first; else 0
     */
    record Fault(int row, Code code, int earlier) {}

    /** The ways in which a row can be wrong that can be read. */
    enum Code {
        /** No host of this name was ever there in that period. */
        UNKNOWN_HOST,
        /** The host is known, but was not allocated in that hour. */
        NOT_ALLOCATED,
        /** The hour has not ended. */
        NOT_ENDED,
        /** The same five minutes of the same host stand in an earlier row. */
        DUPLICATE_SAMPLE,
        /** Hosts of this cluster are read from its Prometheus: no host has two truths. */
        MEASURED_ELSEWHERE
    }
}

package io.yuntai.billing.report;

import io.yuntai.billing.reconciliation.Reconciliation;
import java.time.YearMonth;
import java.util.List;

/**
 * What a version of a report says beside the ranking. Kept as it was when the month was frozen:
 * what it is made of lies elsewhere and goes on.
 *
 * @param earlier the published versions that the boards are compared with: of the month before and
 *     of the year before, where there are any
 */
record Annex(Reconciliation reconciliation, List<Version> earlier) {

    /** A published version. */
    record Version(YearMonth month, int version) {}

    Annex {
        earlier = List.copyOf(earlier);
    }
}

package io.yuntai.billing.report;

import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.reconciliation.Reconciliation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published version, read out of the document that was signed: whatever is made of it is the same
 * each time, whatever has happened since.
 *
 * @param cities what they were called, by code
 * @param reconciliation empty in what was published before there was one
 * @param earlier what the boards are compared with: the month before and the year before, in the
 *     versions that were published when this one was
 */
public record FrozenReport(
        Report report,
        MonthFigures figures,
        Map<String, String> cities,
        Optional<Reconciliation> reconciliation,
        List<Earlier> earlier) {

    /** Another month's version. */
    public record Earlier(Report report, MonthFigures figures) {}

    public FrozenReport {
        cities = Map.copyOf(cities);
        earlier = List.copyOf(earlier);
    }
}

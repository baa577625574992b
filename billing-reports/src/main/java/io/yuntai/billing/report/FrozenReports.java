package io.yuntai.billing.report;

import io.yuntai.billing.reconciliation.Reconciliation;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads published versions back out of their documents. */
@Service
@Transactional(readOnly = true)
public class FrozenReports {

    private static final SortedMap<String, String> NO_NAMES = Collections.emptySortedMap();

    private final ReportStore store;

    FrozenReports(ReportStore store) {
        this.store = store;
    }

    /** A version with all that it says; empty: there is none. */
    public Optional<FrozenReport> of(YearMonth month, int version) {
        return report(month, version).map(report -> frozen(report, lines(report)));
    }

    /**
     * What a version has reconciled.
     *
     * @param version empty: the last one
     * @return empty: nothing, or there is no such version
     */
    public Optional<Reconciliation> reconciliation(YearMonth month, Optional<Integer> version) {
        return last(month, version)
                .flatMap(of -> ReportReader.annex(lines(of)))
                .map(Annex::reconciliation);
    }

    /**
     * What a version calls cities, by code.
     *
     * @param version empty: the last one
     * @return nothing if there is no such version, or it was published before names were kept
     */
    public Map<String, String> cities(YearMonth month, Optional<Integer> version) {
        return last(month, version)
                .map(of -> ReportReader.cities(lines(of, ReportReader::isCity)))
                .orElse(NO_NAMES);
    }

    private Optional<Report> last(YearMonth month, Optional<Integer> version) {
        return version.isPresent()
                ? report(month, version.get())
                : store.of(month).stream().findFirst();
    }

    private FrozenReport frozen(Report report, List<Line> lines) {
        var annex = ReportReader.annex(lines);
        return new FrozenReport(
                report,
                ReportReader.figures(lines),
                ReportReader.cities(lines),
                annex.map(Annex::reconciliation),
                annex.stream()
                        .flatMap(of -> of.earlier().stream())
                        .flatMap(of -> report(of.month(), of.version()).stream())
                        .map(earlier ->
                                new FrozenReport.Earlier(
                                        earlier, ReportReader.figures(lines(earlier))))
                        .toList());
    }

    /** A version; empty: there is none. */
    Optional<Report> report(YearMonth month, int version) {
        return store.of(month).stream().filter(report -> report.version() == version).findAny();
    }

    /** All lines of its document, without digest and signature. */
    List<Line> lines(Report report) {
        return lines(report, _ -> true);
    }

    /** Those lines that are asked for, and no other is taken to pieces. */
    private List<Line> lines(Report report, Predicate<String> asked) {
        var file = store.file(report.month(), report.version()).orElseThrow();
        var lines = Verification.lines(file);
        return lines.subList(0, lines.size() - 2).stream()
                .map(Chain::unmarked)
                .filter(asked)
                .map(Line::parse)
                .toList();
    }
}

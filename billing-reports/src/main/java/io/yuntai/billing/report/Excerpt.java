package io.yuntai.billing.report;

import static java.util.stream.Collectors.toSet;

import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a report says of one unit: the lines of its own hosts, none of others', and the lines of all
 * units in the scopes in which it stands, for its places are among these. They stand as they do in
 * the report, which a line of this one names by its digest.
 */
final class Excerpt {

    static final String KIND = "excerpt";

    private static final String UNIT = "unit";

    /** Which fields say a place, and of what. */
    private record Place(String rank, String of) {}

    private static final List<Place> PLACES =
            List.of(
                    new Place("rank", "score"),
                    new Place("cpuRank", "cpu"),
                    new Place("memoryRank", "memory"));

    private static final Set<String> OF_ALL = Set.of("restatement", "policy", "input");

    private Excerpt() {}

    /**
     * The lines of an excerpt.
     *
     * @param digest of the report
     * @return empty if the report says nothing of such a unit
     */
    static Optional<List<Line>> of(List<Line> report, String digest, PartyId unit) {
        String id = unit.value().toString();
        var scopes =
                report.stream()
                        .filter(line -> line.kind().equals(UNIT) && line.get(UNIT).equals(id))
                        .map(line -> line.get("scope"))
                        .collect(toSet());
        if (scopes.isEmpty()) {
            return Optional.empty();
        }
        var hosts =
                report.stream()
                        .filter(line -> line.kind().equals("host") && line.get(UNIT).equals(id))
                        .map(line -> line.get("host"))
                        .collect(toSet());
        var lines = new ArrayList<Line>();
        lines.add(ReportReader.one(report, "report"));
        lines.add(Line.of(KIND).with(UNIT, id).with("sm3", digest));
        report.stream()
                .filter(line ->
                        switch (line.kind()) {
                            case "hours" -> hosts.contains(line.get("host"));
                            case "host", "p95" -> line.get(UNIT).equals(id);
                            case UNIT -> scopes.contains(line.get("scope"));
                            default -> OF_ALL.contains(line.kind());
                        })
                .forEach(lines::add);
        return Optional.of(lines);
    }

    /** The line that says of which report and unit it is; empty: the lines are a whole report. */
    static Optional<Line> named(List<Line> lines) {
        return lines.stream().filter(line -> line.kind().equals(KIND)).findFirst();
    }

    /**
     * Whether the unit's figures follow from its hosts, and every place from the figures of all.
     */
    static Optional<Verification.Broken> difference(List<Line> lines, Line named) {
        var figures = ReportReader.figures(lines);
        for (var scope : figures.scopes().entrySet()) {
            for (var row : scope.getValue().rows()) {
                var derived = ReportLines.unit(scope.getKey(), row, figures.rules());
                int at = at(lines, derived.place());
                if (at < 0) {
                    return Optional.of(new Verification.Broken(0, "is missing: " + derived));
                }
                // Its places are among others whose hosts are not here.
                for (var place : PLACES) {
                    var _ = derived.with(place.rank(), lines.get(at).get(place.rank()));
                }
                if (!lines.get(at).text().equals(derived.text())) {
                    return Optional.of(Verification.difference(at + 1, lines.get(at), derived));
                }
            }
        }
        return wrongPlace(lines).or(() -> unfounded(lines, named, figures.scopes().keySet()));
    }

    private static int at(List<Line> lines, String place) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).place().equals(place)) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Verification.Broken> wrongPlace(List<Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!line.kind().equals(UNIT) || line.filled("rank").isEmpty()) {
                continue;
            }
            for (var place : PLACES) {
                BigDecimal value = line.decimal(place.of());
                long better =
                        lines.stream()
                                .filter(other ->
                                        other.kind().equals(UNIT)
                                                && other.get("scope").equals(line.get("scope"))
                                                && other.filled("rank").isPresent()
                                                && other.decimal(place.of()).compareTo(value) > 0)
                                .count();
                if (line.number(place.rank()) != better + 1) {
                    return Optional.of(
                            new Verification.Broken(
                                    i + 1,
                                    "%s: %s is \"%s\" and should be \"%d\""
                                            .formatted(
                                                    line.place(),
                                                    place.rank(),
                                                    line.get(place.rank()),
                                                    better + 1)));
                }
            }
        }
        return Optional.empty();
    }

    /** What is said of the unit in a scope in which none of its hosts is. */
    private static Optional<Verification.Broken> unfounded(
            List<Line> lines, Line named, Set<String> scopes) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.kind().equals(UNIT)
                    && line.get(UNIT).equals(named.get(UNIT))
                    && !scopes.contains(line.get("scope"))) {
                return Optional.of(new Verification.Broken(i + 1, "does not follow: " + line));
            }
        }
        return Optional.empty();
    }
}

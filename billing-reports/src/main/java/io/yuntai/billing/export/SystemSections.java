package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.Band;
import io.yuntai.billing.ranking.CityRow;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.SystemRow;
import io.yuntai.billing.report.FrozenReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables of a report by system, and by city. */
final class SystemSections {

    private static final String ALL = "all";

    /** By overall use, those that have no place by it last. */
    private static final Comparator<CityRow> BY_PLACE =
            Comparator.comparingInt((CityRow row) -> row.overallRank().orElse(Integer.MAX_VALUE))
                    .thenComparing(CityRow::city);

    private final MonthFigures figures;
    private final Map<String, String> cities;
    private final ReportWords words;

    SystemSections(FrozenReport frozen, ReportWords words) {
        this.figures = frozen.figures();
        this.cities = frozen.cities();
        this.words = words;
    }

    List<Section> all() {
        var sections = new ArrayList<Section>();
        sections.add(systemsOf("systems"));
        for (var measure : SystemRow.Measure.values()) {
            sections.add(systemsIn(Band.HIGH, measure));
            sections.add(systemsIn(Band.LOW, measure));
        }
        sections.add(systemsInScopes());
        sections.add(cities());
        return sections;
    }

    private List<SystemRow> systems() {
        return Optional.ofNullable(figures.scopes().get(ALL))
                .map(scope -> scope.systems())
                .orElse(List.of());
    }

    private Section systemsOf(String name) {
        return new Section(
                words.text("sheet." + name),
                words.text("title." + name),
                List.of(systems(systems())));
    }

    private Section systemsIn(Band band, SystemRow.Measure measure) {
        String name = "systems." + measure + "." + band;
        return new Section(
                words.text("sheet." + name),
                words.text("title." + name),
                List.of(systems(SystemRow.in(band, measure, systems(), figures.policy()))));
    }

    /** Those high and low in each zone, family and pool, whoever else is there. */
    private Section systemsInScopes() {
        var rows = new ArrayList<List<Object>>();
        for (var scope : BoardSections.parts(figures)) {
            var systems = Objects.requireNonNull(figures.scopes().get(scope)).systems();
            for (var measure : SystemRow.Measure.values()) {
                for (var band : List.of(Band.HIGH, Band.LOW)) {
                    SystemRow.in(band, measure, systems, figures.policy())
                            .forEach(row -> rows.add(inScope(scope, measure, band, row)));
                }
            }
        }
        return new Section(
                words.text("sheet.scopes.systems"),
                words.text("title.scopes.systems"),
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("scope", 22),
                                        words.words("band", 12),
                                        words.words("systemCode", 28),
                                        words.words("system", 32),
                                        words.words("unit", 30),
                                        words.figure("vcpu", 8),
                                        words.figure("coverage", 10),
                                        words.figure("cpu", 10),
                                        words.figure("memory", 10)),
                                rows,
                                words.text("none.systems"))));
    }

    private List<Object> inScope(
            String scope, SystemRow.Measure measure, Band band, SystemRow row) {
        return List.of(
                words.scope(scope),
                words.text("sheet.systems." + measure + "." + band),
                row.system().code(),
                row.system().name(),
                row.unitName(),
                row.vcpu(),
                row.coverage(),
                row.cpu(),
                row.memory());
    }

    private Table systems(List<SystemRow> systems) {
        return new Table(
                Optional.empty(),
                List.of(
                        words.words("systemCode", 28),
                        words.words("system", 34),
                        words.words("unit", 28),
                        words.figure("hosts", 8),
                        words.figure("measured", 10),
                        words.figure("vcpu", 9),
                        words.figure("coverage", 10),
                        words.figure("cpu", 10),
                        words.figure("memory", 10),
                        words.figure("disk", 10)),
                systems.stream()
                        .map(row ->
                                List.<Object>of(
                                        row.system().code(),
                                        row.system().name(),
                                        row.unitName(),
                                        row.hosts(),
                                        row.measuredHosts(),
                                        row.vcpu(),
                                        row.coverage(),
                                        row.cpu(),
                                        row.memory(),
                                        row.disk()))
                        .toList(),
                words.text("none.systems"));
    }

    private Section cities() {
        var rows =
                Optional.ofNullable(figures.scopes().get(ALL))
                        .map(scope -> scope.cities())
                        .orElse(List.of());
        return new Section(
                words.text("sheet.cities"),
                words.text("title.cities"),
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("city", 12),
                                        words.figure("hosts", 9),
                                        words.figure("vcpu", 10),
                                        words.figure("cpu", 11),
                                        words.figure("memory", 11),
                                        words.figure("disk", 11),
                                        words.figure("overall", 12),
                                        words.figure("overallRank", 10),
                                        words.figure("systems", 10),
                                        words.figure("systemsRank", 10),
                                        words.figure("units", 10),
                                        words.figure("unitsRank", 10)),
                                rows.stream().sorted(BY_PLACE).map(this::city).toList(),
                                words.text("none.cities"))));
    }

    private List<Object> city(CityRow row) {
        return List.of(
                figures.rules().nameCities()
                        ? cities.getOrDefault(row.city(), row.city())
                        : words.region(row.city()),
                row.hosts(),
                row.vcpu(),
                row.cpu(),
                row.memory(),
                row.disk(),
                row.overall(),
                row.overallRank(),
                row.systems(),
                row.systemsRank(),
                row.units(),
                row.unitsRank());
    }
}

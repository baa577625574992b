package io.yuntai.billing.report;

import io.yuntai.billing.reconciliation.Balance;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.Forecast;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.billing.reconciliation.Reconciliation;
import io.yuntai.billing.reconciliation.TakenHistory;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands beside the ranking, as lines and back. Differences, rates and forecasts follow from
 * the rest: read and written once more, the lines must be the same.
 */
final class AnnexLines {

    private static final String EARLIER = "earlier";
    private static final String BALANCE = "balance";
    private static final String POOL = "pool";
    private static final String DELIVERED = "delivered";
    private static final String TAKEN = "taken";

    private AnnexLines() {}

    static List<Line> of(Annex annex) {
        var lines = new ArrayList<Line>();
        for (var earlier : annex.earlier()) {
            lines.add(
                    Line.of(EARLIER)
                            .with("month", earlier.month())
                            .with("version", earlier.version()));
        }
        var facts = annex.reconciliation();
        facts.balances().forEach(balance -> lines.add(line(balance)));
        facts.pools().forEach(pool -> lines.add(line(pool)));
        for (var bucket : facts.deliveries()) {
            lines.add(
                    Line.of(DELIVERED)
                            .with("from", bucket.from())
                            .with("to", text(bucket.to()))
                            .with("count", bucket.count()));
        }
        for (var history : facts.history()) {
            lines.add(line(history));
            lines.add(line(Forecast.of(history)));
        }
        return lines;
    }

    /**
     * Reads them among others.
     *
     * @throws RuntimeException a line lacks something, or says what cannot be
     */
    static Annex read(List<Line> lines) {
        return new Annex(
                new Reconciliation(
                        all(lines, BALANCE, AnnexLines::balance),
                        all(lines, POOL, AnnexLines::pool),
                        all(lines, DELIVERED, AnnexLines::delivered),
                        all(lines, TAKEN, AnnexLines::history)),
                all(
                        lines,
                        EARLIER,
                        line ->
                                new Annex.Version(
                                        YearMonth.parse(line.get("month")),
                                        line.number("version"))));
    }

    private static <T> List<T> all(List<Line> lines, String kind, Function<Line, T> read) {
        return lines.stream().filter(line -> line.kind().equals(kind)).map(read).toList();
    }

    private static Line line(Balance balance) {
        return Line.of(BALANCE)
                .with("pool", balance.pool())
                .with("measure", balance.measure())
                .with("before", balance.before())
                .with("opened", balance.opened())
                .with("expanded", balance.expanded())
                .with("shrunk", balance.shrunk())
                .with("reclaimed", balance.reclaimed())
                .with("after", balance.after())
                .with("difference", balance.difference());
    }

    private static Balance balance(Line line) {
        return new Balance(
                line.get("pool"),
                Balance.Measure.valueOf(line.get("measure")),
                whole(line, "before"),
                whole(line, "opened"),
                whole(line, "expanded"),
                whole(line, "shrunk"),
                whole(line, "reclaimed"),
                whole(line, "after"));
    }

    private static Line line(PoolStanding pool) {
        return Line.of(POOL)
                .with("pool", pool.pool())
                .with("resource", pool.resource())
                .with("capacity", pool.capacity())
                .with("units", pool.units())
                .with("promised", pool.promised())
                .with("platform", pool.platform())
                .with("locked", pool.locked())
                .with("unassigned", pool.unassigned())
                .with("debt", pool.debt())
                .with("difference", pool.difference())
                .with("allocated", pool.allocated())
                .with("allocatedWithLocked", pool.allocatedWithLocked());
    }

    private static PoolStanding pool(Line line) {
        return new PoolStanding(
                line.get("pool"),
                line.get("resource"),
                whole(line, "capacity"),
                whole(line, "units"),
                whole(line, "promised"),
                whole(line, "platform"),
                whole(line, "locked"),
                whole(line, "unassigned"),
                whole(line, "debt"));
    }

    private static DeliveryBucket delivered(Line line) {
        return new DeliveryBucket(
                line.number("from"),
                line.filled("to")
                        .map(to -> OptionalInt.of(Integer.parseInt(to)))
                        .orElse(OptionalInt.empty()),
                line.number("count"));
    }

    private static Line line(TakenHistory history) {
        return Line.of(TAKEN)
                .with("pool", history.pool())
                .with("resource", history.resource())
                .with("capacity", history.capacity())
                .with("until", history.until())
                .with(
                        "weekly",
                        history.weekly().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")));
    }

    private static TakenHistory history(Line line) {
        return new TakenHistory(
                line.get("pool"),
                line.get("resource"),
                whole(line, "capacity"),
                LocalDate.parse(line.get("until")),
                line.filled("weekly").stream()
                        .flatMap(weekly -> Stream.of(weekly.split(",", -1)))
                        .map(Long::valueOf)
                        .toList());
    }

    private static Line line(Forecast forecast) {
        var line =
                Line.of("forecast")
                        .with("pool", forecast.pool())
                        .with("resource", forecast.resource())
                        .with("method", Forecast.METHOD);
        var growth =
                switch (forecast.outcome()) {
                    case Forecast.NotEnoughHistory _ -> {
                        var _ = days(line, "NOT_ENOUGH_HISTORY", none(), none(), none());
                        yield Optional.<Forecast.Growth>empty();
                    }
                    case Forecast.Exhausted _ -> {
                        var _ = days(line, "EXHAUSTED", none(), none(), none());
                        yield Optional.<Forecast.Growth>empty();
                    }
                    case Forecast.NotForeseen it -> {
                        var _ = days(line, "NOT_FORESEEN", none(), it.earliest(), none());
                        yield Optional.of(it.growth());
                    }
                    case Forecast.Foreseen it -> {
                        var _ =
                                days(
                                        line,
                                        "FORESEEN",
                                        Optional.of(it.on()),
                                        Optional.of(it.earliest()),
                                        it.latest());
                        yield Optional.of(it.growth());
                    }
                };
        return line.with("perWeek", text(growth, Forecast.Growth::perWeek))
                .with("low", text(growth, Forecast.Growth::low))
                .with("high", text(growth, Forecast.Growth::high))
                .with("mape", forecast.error().map(Forecast.Backtest::percent))
                .with("backtests", forecast.error().map(Forecast.Backtest::forecasts));
    }

    private static Line days(
            Line line,
            String outcome,
            Optional<LocalDate> on,
            Optional<LocalDate> earliest,
            Optional<LocalDate> latest) {
        return line.with("outcome", outcome)
                .with("on", on)
                .with("earliest", earliest)
                .with("latest", latest);
    }

    private static Optional<LocalDate> none() {
        return Optional.empty();
    }

    private static long whole(Line line, String name) {
        return Long.parseLong(line.get(name));
    }

    private static String text(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "";
    }

    private static String text(
            Optional<Forecast.Growth> growth, ToLongFunction<Forecast.Growth> of) {
        return growth.map(it -> String.valueOf(of.applyAsLong(it))).orElse("");
    }
}

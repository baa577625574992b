package io.yuntai.sandbox.bench;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Rankings;
import java.nio.file.Files;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** What a month of a city costs: taking its hours in, ranking it, looking at it. */
final class MonthBenchmark implements Benchmark {

    private static final YearMonth LAST = YearMonth.of(2026, 1);
    private static final int ROUNDS = 3;
    private static final int LOOKS = 200;
    private static final int MONTHS = 13;
    private static final MeteredCity TOWN = new MeteredCity("a town", 71, 599, 1000);
    private static final String ALL = "all";

    private final String name;
    private final MeteredCity city;
    private final boolean growing;

    private MonthBenchmark(String name, MeteredCity city, boolean growing) {
        this.name = name;
        this.city = city;
        this.growing = growing;
    }

    /** Shenzhen's month, and the same of a town as months add up. */
    static MonthBenchmark shenzhen() {
        return new MonthBenchmark("month", MeteredCity.SHENZHEN, true);
    }

    /** Twice as much, in a benchmark of its own: it takes a quarter of an hour. */
    static MonthBenchmark shanxi() {
        return new MonthBenchmark("month-of-shanxi", MeteredCity.SHANXI, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String measures() {
        return "A month of %s (%d units, %d systems, %d hosts), an hour a row, on a PostgreSQL that"
                        .formatted(city.name(), city.units(), city.systems(), city.hosts())
                + " flushes to disk. Ingest: all hours through the meter into an empty month;"
                + " baseline: COPY of the same rows from a file into a table like it. Cold: from the"
                + " hours to the stored ranking of all units, systems, cities and hosts; baseline: two"
                + " bare statements, the sums by unit and pool and the 95th percentile of each unit's"
                + " hours. Warm: one board, p95; baseline: select 1. Re-read: a host's month once"
                + " more; baseline: the same host's rows upserted in one statement."
                + (growing
                        ? " Growth: ranking the same month of 1,000 hosts with 13 months stored;"
                                + " baseline: with one."
                        : "");
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        var all = new ArrayList<Measurement>();
        try (var server = BillingServer.start()) {
            all.addAll(new OneCity(server, progress).measure());
        }
        if (growing) {
            progress.at("13 months");
            all.add(growth());
        }
        return all;
    }

    private static Duration timed(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration ranked(Rankings rankings) {
        return timed(() -> {
            var _ = rankings.compute(LAST);
        });
    }

    private Measurement growth() throws Exception {
        try (var server = BillingServer.start()) {
            TOWN.record(server.service(Allocations.class));
            var metering = server.service(Metering.class);
            var rankings = server.service(Rankings.class);
            var _ = metering.read(TOWN.used(LAST), Period.of(LAST));
            server.jdbc().execute("analyze usage_hour");
            var one = new Samples();
            for (int round = 0; round < ROUNDS + 1; round++) {
                var took = ranked(rankings);
                if (round > 0) {
                    one.add(took);
                }
            }
            for (int ago = 1; ago < MONTHS; ago++) {
                var month = LAST.minusMonths(ago);
                var _ = metering.read(TOWN.used(month), Period.of(month));
            }
            server.jdbc().execute("analyze usage_hour");
            var many = new Samples();
            for (int round = 0; round < ROUNDS + 1; round++) {
                var took = ranked(rankings);
                if (round > 0) {
                    many.add(took);
                }
            }
            return new Measurement(
                    name(),
                    "cold with 13 months",
                    many.seconds(50),
                    "s",
                    one.seconds(50),
                    new Target.AtMostTimes(1.2));
        }
    }

    /** The city's part. */
    private final class OneCity {

        private final BillingServer server;
        private final Progress progress;
        private final Metering metering;
        private final Rankings rankings;
        private final BareMonth bare;

        OneCity(BillingServer server, Progress progress) {
            this.server = server;
            this.progress = progress;
            this.metering = server.service(Metering.class);
            this.rankings = server.service(Rankings.class);
            this.bare = new BareMonth(server.jdbc());
        }

        List<Measurement> measure() throws Exception {
            city.record(server.service(Allocations.class));
            return List.of(ingest(), cold(), warm(), reread());
        }

        /** Each time into an empty month; the first only warms up, and is the file. */
        private Measurement ingest() throws Exception {
            var file = Files.createTempFile("yuntai-bench-month", ".copy");
            try {
                var source = city.used(LAST);
                say("first hours");
                take(source, LAST);
                bare.save(LAST, file);
                var turns =
                        Turns.take(
                                ROUNDS,
                                () -> {
                                    say("ingest");
                                    forget();
                                    return List.of(timed(() -> take(source, LAST)));
                                },
                                () -> {
                                    say("bare copy");
                                    server.jdbc().execute("checkpoint");
                                    return List.of(bare.load(file));
                                });
                return new Measurement(
                        name(),
                        "ingest",
                        turns.ours().seconds(50),
                        "s",
                        turns.baseline().seconds(50),
                        new Target.AtMostTimes(1.5));
            } finally {
                Files.delete(file);
            }
        }

        private void forget() {
            server.jdbc().execute("truncate usage_hour");
            server.jdbc().execute("checkpoint");
        }

        private void take(UsageSource source, YearMonth month) {
            if (metering.read(source, Period.of(month)) == 0) {
                throw new IllegalStateException("nothing was read");
            }
        }

        private Measurement cold() throws Exception {
            server.jdbc().execute("vacuum analyze usage_hour");
            say("warming up");
            var _ = bare.aggregate(LAST);
            var _ = ranked(rankings);
            var turns =
                    Turns.take(
                            ROUNDS,
                            () -> {
                                say("ranking");
                                return List.of(ranked(rankings));
                            },
                            () -> List.of(bare.aggregate(LAST)));
            return new Measurement(
                    name(),
                    "cold",
                    turns.ours().seconds(50),
                    "s",
                    turns.baseline().seconds(50),
                    new Target.AtMostTimes(1.2));
        }

        private Measurement warm() throws Exception {
            var boards = Board.values();
            var turns =
                    Turns.take(
                            LOOKS,
                            () ->
                                    List.of(
                                            timed(
                                                            () -> {
                                                                for (var board : boards) {
                                                                    var _ =
                                                                            rankings.of(
                                                                                            LAST,
                                                                                            board,
                                                                                            ALL)
                                                                                    .orElseThrow();
                                                                }
                                                            })
                                                    .dividedBy(boards.length)),
                            () -> List.of(timed(() -> server.jdbc().execute("select 1"))));
            return new Measurement(
                    name(),
                    "warm p95",
                    turns.ours().milliseconds(95),
                    "ms",
                    turns.baseline().milliseconds(95),
                    new Target.AtMost(300));
        }

        private Measurement reread() throws Exception {
            var source = city.used(LAST);
            var one = city.host(17);
            UsageSource ofOne =
                    (hosts, into) ->
                            source.read(
                                    hosts.stream().filter(h -> h.host().equals(one)).toList(),
                                    into);
            server.jdbc()
                    .execute(
                            "create table bare_reread as select * from usage_hour where host = '%s'"
                                    .formatted(one.value()));
            var turns =
                    Turns.take(
                            20,
                            () -> List.of(timed(() -> take(ofOne, LAST))),
                            () ->
                                    List.of(
                                            timed(() ->
                                                    server.jdbc()
                                                            .execute(
                                                                    """
                                                                    insert into usage_hour select * from bare_reread
                                                                    on conflict (host, hour) do update
                                                                        set cpu_time_ms = excluded.cpu_time_ms
                                                                    """))));
            return new Measurement(
                    name(),
                    "host-month re-read",
                    turns.ours().milliseconds(50),
                    "ms",
                    turns.baseline().milliseconds(50),
                    new Target.None());
        }

        private void say(String step) {
            progress.at(step);
        }
    }
}

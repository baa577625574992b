package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.bench.WorkflowUsers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What lists, inboxes and searches cost while a thousand people work, as applications pile up. */
final class WorkflowBenchmark implements Benchmark {

    static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int ROUNDS = 3;
    private static final List<Kind> LISTS = List.of(Kind.LIST, Kind.INBOX, Kind.SEARCH);

    private final Duration round;

    /**
     * @param round how long everybody works before figures are taken; of one more nothing is taken
     */
    WorkflowBenchmark(Duration round) {
        this.round = round;
    }

    @Override
    public String name() {
        return "workflow";
    }

    @Override
    public String measures() {
        return "1,000 people (600 who apply, 300 owners of 300 units, 80 of the platform, 20 of the "
                + "bureau), each thinking 10 s on average between two requests, at a control plane as "
                + "it is installed, with 1,000 and then 100,000 applications stored, of which the "
                + "latest 3 % are open, on a PostgreSQL that flushes to disk: a mix of "
                + "lists (all, of a state, the next page), inboxes, searches, single applications, "
                + "submissions, approvals, returns and rejections; all that comes to the bureau it "
                + "rejects, so that nothing is delivered. Pages have 20 rows. Of "
                + ROUNDS
                + " rounds at each size the median of their p95. Baseline: the empty endpoint, "
                + "`/api/v1/me`, asked by the same people in the same mix; of `growth`, the median "
                + "time with 1,000 stored; `found` are the searches that fill their page, for with "
                + "1,000 stored a unit has three, and most that its people look for is not there. The "
                + "stored applications are written as rows, in the order of time.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        progress.at("starting a cluster");
        try (var cluster = BenchCluster.startWithoutNodes();
                var city = WorkflowCity.start(cluster.kubeconfig());
                var users = new WorkflowUsers(city)) {
            var few = at(FEW, city, users, progress);
            var many = at(MANY, city, users, progress);
            var measurements = new ArrayList<Measurement>();
            for (var kind : LISTS) {
                measurements.add(
                        measurement(
                                word(kind) + " p95",
                                many.p95(kind),
                                many.p95(Kind.EMPTY),
                                new Target.AtMostTimes(3)));
            }
            for (var kind : List.of(Kind.ONE, Kind.COMMAND)) {
                measurements.add(
                        measurement(
                                word(kind) + " p95",
                                many.p95(kind),
                                many.p95(Kind.EMPTY),
                                new Target.None()));
            }
            for (var kind : Kind.values()) {
                measurements.add(
                        measurement(
                                word(kind) + " growth",
                                many.p50(kind),
                                few.p50(kind),
                                kind == Kind.EMPTY
                                        ? new Target.None()
                                        : new Target.AtMostTimes(1.5)));
            }
            return measurements;
        }
    }

    /** The rounds at one size. */
    private record Rounds(List<Map<Kind, Samples>> rounds) {

        double p95(Kind kind) {
            return of(kind, 95);
        }

        double p50(Kind kind) {
            return of(kind, 50);
        }

        private double of(Kind kind, double percent) {
            return Figures.median(
                    rounds.stream()
                            .map(one -> one.getOrDefault(kind, new Samples()).milliseconds(percent))
                            .toList());
        }
    }

    private Rounds at(int stored, WorkflowCity city, WorkflowUsers users, Progress progress)
            throws Exception {
        progress.at("storing %,d applications".formatted(stored));
        city.store(stored);
        progress.at("warming up");
        var _ = users.work(round, stored);
        var rounds = new ArrayList<Map<Kind, Samples>>();
        for (int number = 1; number <= ROUNDS; number++) {
            var one = users.work(round, stored + number);
            rounds.add(one);
            progress.at("round %d of %d: p95 in ms %s".formatted(number, ROUNDS, p95(one)));
        }
        return new Rounds(rounds);
    }

    private static Map<Kind, String> p95(Map<Kind, Samples> round) {
        var told = new EnumMap<Kind, String>(Kind.class);
        round.forEach((kind, samples) -> told.put(kind, Figures.plain(samples.milliseconds(95))));
        return told;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Measurement measurement(String metric, double value, double baseline, Target target) {
        return new Measurement(name(), metric, value, "ms", baseline, target);
    }
}

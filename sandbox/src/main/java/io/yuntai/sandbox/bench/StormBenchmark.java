package io.yuntai.sandbox.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether quota holds, and is of use, when more is wanted than there is and things break. */
final class StormBenchmark implements Benchmark {

    static final Duration DEFAULT_TIME = Duration.ofMinutes(5);

    private static final int SERVERS = 3;
    private static final long SEED = 20_261_125;

    private final Duration time;

    StormBenchmark(Duration time) {
        this.time = time;
    }

    @Override
    public String name() {
        return Request.STORM;
    }

    @Override
    public String measures() {
        return """
        Three API servers, %d namespaces in a tree of four levels, %d creators of pods and hosts \
        who want %d %% of the pool at all times, what each wants going from one to another; for %d \
        s each, one after the other on the same servers and the same demand: ours, whose control \
        plane runs as it is installed, and two baselines, *mirror* (a controller that gives each \
        namespace what it uses and all that is free) and *slices* (each namespace has an equal part \
        for good). Whoever keeps the quota has run for a minute before, and is killed with -9 after a \
        quarter of the time and started again; one API server is stopped after 60 %% of it and continued.

        A witness reads all servers, limits every 100 ms and pods every 500 ms, and adds up: `limits` \
        and `use` are the highest sums of `status.hard` and of the requests of all pods, over the \
        pool. `idle` is what was granted and not used, over the pool, on average. `top-up` is the \
        time from the commit that grants a lease more until `status.hard` is seen to follow; of the \
        mirror, from its patch.

        An attempt is one pod or host that somebody wants. It is denied at `first try` when its first \
        request is refused. It is denied `after retries` when it is still refused after the retries \
        that the controller of a ReplicaSet makes in its first 1.3 s (after 5 ms, and then after twice \
        as long each time). A denial is false when the pool had room for it at all that time, by what \
        all creators together had there: head-room that lies idle elsewhere counts as room. The target \
        is for the figure after retries, for pods and launchers are made by controllers, and nobody \
        sees a first try. More is wanted than there is at all times, so somebody is always waiting, \
        and while any head-room lies idle he waits falsely: therefore the same is also shown of \
        those who were denied although more than %d %% of the pool was free all the time, which is \
        as much as may lie idle. All are shares of all attempts.\
        """
                .formatted(
                        Demand.Size.BENCH.namespaces(),
                        Demand.Size.BENCH.creators(),
                        Demand.Size.BENCH.percent(),
                        time.toSeconds(),
                        Denials.HEAD_ROOM_PERCENT);
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        var clock = Clock.systemUTC();
        var size = Demand.Size.BENCH;
        progress.at("starting API servers");
        try (var servers = Servers.start(SERVERS)) {
            var storm = new StormRun(servers, size, SEED, time, clock);
            var ours = run(storm, LeaseGovernor.on(servers.kubeconfigs(), size), progress);
            var mirror = run(storm, new PoolMirror(servers.clients(), size, clock), progress);
            var slices = run(storm, new StaticSlices(servers.clients(), size), progress);
            return measurements(ours, mirror, slices);
        }
    }

    private static StormRun.Result run(StormRun storm, Governor governor, Progress progress)
            throws Exception {
        try (governor) {
            return storm.run(governor, progress);
        }
    }

    private List<Measurement> measurements(
            StormRun.Result ours, StormRun.Result mirror, StormRun.Result slices) {
        var all = new ArrayList<Measurement>();
        against("mirror", all, ours, mirror);
        against("slices", all, ours, slices);
        for (var percent : List.of(50, 99)) {
            var target = percent == 50 ? new Target.AtMost(1000) : new Target.None();
            all.add(
                    new Measurement(
                            name(),
                            "top-up p" + percent + ", mirror",
                            ours.waits().milliseconds(percent),
                            "ms",
                            mirror.waits().milliseconds(percent),
                            target));
        }
        return all;
    }

    private void against(
            String baseline, List<Measurement> all, StormRun.Result ours, StormRun.Result other) {
        all.add(
                share(
                        "limits, " + baseline,
                        100 * ours.sums().highestHard(),
                        100 * other.sums().highestHard(),
                        new Target.ShareAtMost(100)));
        all.add(
                share(
                        "use, " + baseline,
                        100 * ours.sums().highestUsed(),
                        100 * other.sums().highestUsed(),
                        new Target.ShareAtMost(100)));
        all.add(
                share(
                        "falsely denied at first try, " + baseline,
                        ours.denials().falselyAtFirstPercent(),
                        other.denials().falselyAtFirstPercent(),
                        new Target.None()));
        all.add(
                share(
                        "falsely denied after retries, " + baseline,
                        ours.denials().falselyPercent(),
                        other.denials().falselyPercent(),
                        new Target.ShareAtMost(1)));
        all.add(
                share(
                        "the same beyond head-room, " + baseline,
                        ours.denials().beyondHeadRoomPercent(),
                        other.denials().beyondHeadRoomPercent(),
                        new Target.ShareAtMost(1)));
        all.add(
                share(
                        "idle, " + baseline,
                        ours.sums().idlePercent(),
                        other.sums().idlePercent(),
                        new Target.ShareAtMost(10)));
    }

    private Measurement share(String metric, double value, double baseline, Target target) {
        return new Measurement(name(), metric, value, "%", baseline, target);
    }
}

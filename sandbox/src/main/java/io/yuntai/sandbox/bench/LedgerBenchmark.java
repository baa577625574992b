package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.ledger.LedgerCommand;
import io.yuntai.onboarding.ledger.LedgerCommitter;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/** How many decisions a second the ledger commits, when all of them meet in one unit. */
final class LedgerBenchmark implements Benchmark {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofMillis(2500);

    /** Until a round is as fast as the last ones are. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private static final Duration SHAPE_ROUND = Duration.ofMillis(1200);
    private static final int LEVELS = 4;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String measures() {
        return "Decisions that 64 callers have committed a second, each caller reserving and then, in"
                + " turn, posting or voiding, in a tree of four levels with all systems in one"
                + " unit and nothing guaranteed, so that each reservation climbs to the pool;"
                + " through the one committer, on a PostgreSQL that flushes to disk. Baselines:"
                + " 64 plain JDBC connections, each updating one row of its own and committing"
                + " (own row), or all the same row (same row). After the warm-up the server makes a"
                + " checkpoint, as it does every few minutes: from then on it writes its log over"
                + " files that are there. Cost against depth: the dearest of"
                + " 3 to 8 levels over 2; against size: the dearest of 1,000 to 100,000 systems"
                + " in the unit, taken at random, over 100.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        progress.at("starting PostgreSQL");
        try (var server = LedgerServer.start();
                var rows = PlainRows.open(server.connections(), CALLERS)) {
            var tree = LedgerTree.plant(server.jdbc(), 0, LEVELS, CALLERS);
            IntFunction<Load.Caller> ours = number -> caller(server.committer(), tree, number);
            progress.at("warming up");
            var _ = Load.of(CALLERS, WARM_UP, ours);
            var _ = Load.of(CALLERS, WARM_UP.dividedBy(4), rows::own);
            server.checkpoint();
            var oursRounds = new ArrayList<Load>();
            var ownRounds = new ArrayList<Load>();
            var sameRounds = new ArrayList<Load>();
            for (int round = 0; round < ROUNDS; round++) {
                progress.at("round %d of %d".formatted(round + 1, ROUNDS));
                // Each begins as often as it ends, so that none always follows the same other.
                for (int turn = 0; turn < 3; turn++) {
                    switch ((round + turn) % 3) {
                        case 0 -> oursRounds.add(Load.of(CALLERS, ROUND, ours));
                        case 1 -> ownRounds.add(Load.of(CALLERS, ROUND, rows::own));
                        default -> sameRounds.add(Load.of(CALLERS, ROUND, rows::same));
                    }
                }
            }
            var measurements = new ArrayList<Measurement>();
            var median = Load.median(oursRounds);
            var own = Load.median(ownRounds);
            var same = Load.median(sameRounds);
            measurements.add(rate("against own row", median, own, new Target.AtLeastTimes(1.0)));
            measurements.add(rate("against same row", median, same, new Target.AtLeastTimes(8)));
            measurements.add(
                    new Measurement(
                            name(), "p99", median.p99(), "ms", own.p99(), new Target.AtMost(10)));
            measurements.add(byDepth(server, progress));
            measurements.add(bySize(server, progress));
            return measurements;
        }
    }

    private Measurement rate(String metric, Load ours, Load baseline, Target target) {
        return new Measurement(
                name(), metric, ours.perSecond(), "1/s", baseline.perSecond(), target);
    }

    private Measurement byDepth(LedgerServer server, Progress progress) throws Exception {
        var trees = new ArrayList<LedgerTree>();
        for (int levels = 2; levels <= 8; levels++) {
            trees.add(LedgerTree.plant(server.jdbc(), levels, levels, CALLERS));
        }
        return dearest("cost at depth", trees, server, progress);
    }

    private Measurement bySize(LedgerServer server, Progress progress) throws Exception {
        var trees = new ArrayList<LedgerTree>();
        for (int systems = 100; systems <= 100_000; systems *= 10) {
            progress.at("planting %d systems".formatted(systems));
            trees.add(LedgerTree.plant(server.jdbc(), 10 + trees.size(), LEVELS, systems));
        }
        return dearest("cost at size", trees, server, progress);
    }

    /** What a decision costs in the dearest of the trees, over the first of them. */
    private Measurement dearest(
            String metric, List<LedgerTree> trees, LedgerServer server, Progress progress)
            throws Exception {
        var loads = new ArrayList<List<Load>>();
        trees.forEach(_ -> loads.add(new ArrayList<>()));
        for (int round = 0; round < 4; round++) {
            progress.at("%s, round %d of 4".formatted(metric, round + 1));
            for (int turn = 0; turn < trees.size(); turn++) {
                int which = round % 2 == 0 ? turn : trees.size() - 1 - turn;
                var tree = trees.get(which);
                var load =
                        Load.of(
                                CALLERS,
                                SHAPE_ROUND,
                                number -> caller(server.committer(), tree, number));
                if (round > 0) {
                    loads.get(which).add(load);
                }
            }
        }
        var costs = loads.stream().map(l -> 1e6 / Load.median(l).perSecond()).toList();
        double most = costs.stream().skip(1).mapToDouble(c -> c).max().orElseThrow();
        return new Measurement(
                name(), metric, most, "µs", costs.getFirst(), new Target.AtMostTimes(1.5));
    }

    /** Reserves, and with the next question posts or voids what it has reserved. */
    private static Load.Caller caller(LedgerCommitter committer, LedgerTree tree, int number) {
        return new Load.Caller() {
            private Optional<TransferId> pending = Optional.empty();
            private int asked = number;

            @Override
            public void ask() {
                var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
                var now = Instant.now();
                var decision =
                        committer.commit(
                                pending.<LedgerCommand>map(open ->
                                                asked % 3 == 0
                                                        ? new LedgerCommand.Post(id, open, now)
                                                        : new LedgerCommand.VoidPending(
                                                                id, open, now))
                                        .orElseGet(() -> reserve(id, leaf(), now)));
                if (!(decision instanceof Decision.Granted)) {
                    throw new IllegalStateException("there was room: " + decision);
                }
                pending = pending.isPresent() ? Optional.empty() : Optional.of(id);
                asked++;
            }

            // Far apart from one time to the next, and from the other callers'.
            private NodeId leaf() {
                return tree.size() == CALLERS
                        ? tree.leaf(number)
                        : tree.leaf(Math.floorMod(asked * 7919 + number * 104_729, tree.size()));
            }
        };
    }

    private static LedgerCommand reserve(TransferId id, NodeId leaf, Instant now) {
        var leg = new Leg(leaf, Amounts.of(Resource.CPU, 1000));
        return new LedgerCommand.Reserve(id, List.of(leg), Optional.empty(), now);
    }

    /** Connections of which each updates one row and commits, with nothing in between. */
    private record PlainRows(List<Connection> connections) implements AutoCloseable {

        static PlainRows open(DataSource source, int count) throws SQLException {
            var connections = new ArrayList<Connection>();
            for (int i = 0; i < count; i++) {
                connections.add(source.getConnection());
            }
            try (var statement = connections.getFirst().createStatement()) {
                statement.execute(
                        """
                        create table plain_row (id int primary key, held bigint not null) with (fillfactor = 50);
                        insert into plain_row select i, 0 from generate_series(0, 63) i
                        """);
            }
            return new PlainRows(connections);
        }

        Load.Caller own(int number) {
            return updating(number, number);
        }

        Load.Caller same(int number) {
            return updating(number, 0);
        }

        private Load.Caller updating(int connection, int row) {
            try {
                var statement =
                        connections
                                .get(connection)
                                .prepareStatement(
                                        "update plain_row set held = held + 1000 where id = ?");
                statement.setInt(1, row);
                return () -> {
                    if (statement.executeUpdate() != 1) {
                        throw new IllegalStateException("no row " + row);
                    }
                };
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            for (var connection : connections) {
                connection.close();
            }
        }
    }
}

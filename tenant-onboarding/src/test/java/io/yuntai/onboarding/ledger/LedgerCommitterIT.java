package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.atOnce;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.granted;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static io.yuntai.onboarding.ledger.LedgerFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Many callers, one commit: on a real PostgreSQL, with commits that fail and races. */
class LedgerCommitterIT {

    private final LedgerFixture fixture = new LedgerFixture();
    private LedgerCommitter committer;
    private UnitId unit;
    private NodeId leaf;

    @BeforeEach
    void aUnitWith100() {
        unit = fixture.unit(100);
        leaf = fixture.leafOf(unit);
        committer = fixture.committer();
    }

    @AfterEach
    void everySumIsRight() {
        committer.close();
        assertThat(fixture.audits.findings()).isEmpty();
    }

    @Test
    void ofTwentyAtOnceForTheLastEightOnePasses() throws Exception {
        granted(committer.commit(reserve(id(), leaf, 92)));

        var decisions = atOnce(20, _ -> committer.commit(reserve(id(), leaf, 8)));

        assertThat(decisions).filteredOn(Decision.Granted.class::isInstance).hasSize(1);
        assertThat(fixture.account(fixture.unitNode(unit))).containsExactly(100L, 100L, 100L);
    }

    @Test
    void theSameCommandAtOnceMovesOnceAndIsAnsweredAlike() throws Exception {
        var granted = reserve(id(), leaf, 60);
        var answers = atOnce(10, _ -> committer.commit(granted));
        assertThat(answers).allSatisfy(LedgerFixture::granted);
        assertThat(fixture.account(leaf).getLast()).isEqualTo(60);

        var denied = reserve(id(), leaf, 41);
        var first = committer.commit(denied);
        assertThat(atOnce(10, _ -> committer.commit(denied))).containsOnly(first);
        assertThat(((Decision.Denied) first).shortfalls().getFirst().holders())
                .extracting(holder -> holder.amount())
                .containsExactly(60L);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        var id = id();
        granted(committer.commit(reserve(id, leaf, 30)));

        assertThatThrownBy(() -> committer.commit(reserve(id, leaf, 31)))
                .isInstanceOf(Refused.class)
                .hasMessage("ID_REUSED");
        assertThatThrownBy(() -> committer.commit(new LedgerCommand.Post(id, id, NOW)))
                .hasMessage("ID_REUSED");
    }

    @Test
    void whatIsDeniedOrBrokenHarmsNoOther() {
        var good = new ArrayList<CompletableFuture<Decision>>();
        var bad = new ArrayList<CompletableFuture<Decision>>();
        var denied = new ArrayList<CompletableFuture<Decision>>();
        for (int i = 0; i < 20; i++) {
            good.add(committer.submit(reserve(id(), leaf, 1)));
            denied.add(committer.submit(reserve(id(), leaf, 101)));
            bad.add(committer.submit(reserve(id(), new NodeId(id().value()), 1)));
            bad.add(
                    committer.submit(
                            new LedgerCommand.Transfer(
                                    id(), List.of(new Leg(leaf, cpu(-1000))), NOW)));
            bad.add(committer.submit(new LedgerCommand.VoidPending(id(), id(), NOW)));
        }
        assertThat(good).allSatisfy(answer -> granted(answer.join()));
        assertThat(denied)
                .allSatisfy(
                        answer -> assertThat(answer.join()).isInstanceOf(Decision.Denied.class));
        assertThat(bad).allSatisfy(answer -> assertThatThrownBy(answer::join).isNotNull());
        assertThat(fixture.account(leaf).getLast()).isEqualTo(20);
    }

    @Test
    void whatTheDatabaseRefusesFailsAlone() {
        fixture.jdbc
                .sql(
                        "alter table quota_transfer add constraint not_on_new_year check (at < '2027-01-01Z')")
                .update();
        var late = NOW.plusSeconds(200L * 86_400);
        var answers = new ArrayList<CompletableFuture<Decision>>();
        for (int i = 0; i < 9; i++) {
            answers.add(committer.submit(reserve(id(), leaf, 1)));
        }
        var refused =
                committer.submit(
                        new LedgerCommand.Transfer(id(), List.of(new Leg(leaf, cpu(1))), late));
        assertThat(answers).allSatisfy(answer -> granted(answer.join()));
        assertThatThrownBy(refused::join).hasCauseInstanceOf(LedgerUnavailable.class);
        assertThat(fixture.account(leaf).getLast()).isEqualTo(9);
    }

    @Test
    void aCommitThatGotLostIsFoundOutByAskingAgain() {
        var lose = new AtomicReference<>(Lose.NOTHING);
        var data = losing(fixture.data, lose);
        try (var unlucky =
                new LedgerCommitter(
                        new Settlement(new LedgerStore(new JdbcTemplate(data))),
                        new JdbcTransactionManager(data))) {
            for (var when : List.of(Lose.BEFORE, Lose.AFTER)) {
                var command = reserve(id(), leaf, 10);
                lose.set(when);
                assertThatThrownBy(() -> unlucky.commit(command))
                        .isInstanceOfSatisfying(
                                LedgerUnavailable.class,
                                e ->
                                        assertThat(e.reason())
                                                .isEqualTo(
                                                        LedgerUnavailable.Reason.OUTCOME_UNKNOWN));
                lose.set(Lose.NOTHING);
                granted(unlucky.commit(command));
            }
        }
        assertThat(fixture.account(leaf).getLast()).isEqualTo(20);
    }

    @Test
    void theEntriesOfAnAccountStandInTheOrderInWhichTheyWereDecided() {
        var answers = new ArrayList<CompletableFuture<Decision>>();
        for (int i = 0; i < 4000; i++) {
            answers.add(
                    committer.submit(
                            new LedgerCommand.Transfer(
                                    id(), List.of(new Leg(leaf, cpu(i % 2 == 0 ? 1 : -1))), NOW)));
        }
        assertThat(answers).allSatisfy(answer -> granted(answer.join()));

        assertThat(
                        fixture.jdbc
                                .sql(
                                        """
                                        select count(*) from (
                                            select balance, sum(amount) over (
                                                partition by node, resource, side order by position) as summed
                                            from quota_entry) e
                                        where balance <> summed
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void whoWaitsIsAnsweredBeforeItEnds() {
        var answers = new ArrayList<CompletableFuture<Decision>>();
        for (int i = 0; i < 100; i++) {
            answers.add(committer.submit(reserve(id(), leaf, 1)));
        }
        committer.close();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThatThrownBy(() -> committer.commit(reserve(id(), leaf, 1)))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessage("CLOSED");
    }

    @Test
    void moreThanCanWaitIsTurnedAway() {
        try (var small = new LedgerCommitter(fixture.settlement, fixture.transactions, 1)) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 1000; i++) {
                                    var _ = small.submit(reserve(id(), leaf, 1));
                                }
                            })
                    .hasMessage("BUSY");
        }
    }

    @Test
    void aLimitIsNeverLoweredUnderWhatIsGrantedMeanwhile() throws Exception {
        var node = fixture.unitNode(unit);
        for (int round = 0; round < 5; round++) {
            atOnce(
                    8,
                    i ->
                            i % 2 == 0
                                    ? committer.commit(reserve(id(), leaf, 7))
                                    : fixture.within(() ->
                                            fixture.ledger.carryOut(
                                                    new LedgerCommand.SetLimits(
                                                            id(),
                                                            node,
                                                            Map.of(
                                                                    Resource.CPU,
                                                                    Limit.fixed(100 - 9L * i)),
                                                            NOW))));
            var account = fixture.account(node);
            assertThat(account.get(2)).isLessThanOrEqualTo(account.get(1));
        }
    }

    @Test
    void whatOthersDidMeanwhileIsFound() {
        granted(committer.commit(reserve(id(), leaf, 60)));
        var other = id();
        granted(fixture.within(() -> fixture.ledger.carryOut(reserve(other, leaf, 30))));

        assertThat(committer.commit(reserve(id(), leaf, 11))).isInstanceOf(Decision.Denied.class);
        granted(committer.commit(reserve(id(), leaf, 10)));
        granted(committer.commit(new LedgerCommand.VoidPending(id(), other, NOW)));
        assertThatThrownBy(() -> committer.commit(new LedgerCommand.Post(id(), other, NOW)))
                .hasMessage("NOT_PENDING");
        assertThat(fixture.account(leaf).getLast()).isEqualTo(70);
    }

    @Test
    void whatMovedMeanwhileIsChargedWhereItStandsNow() {
        var pending = reserve(id(), leaf, 30);
        granted(committer.commit(pending));
        granted(committer.commit(new LedgerCommand.VoidPending(id(), pending.id(), NOW)));
        var other = fixture.unitNode(fixture.unit(100));
        var _ =
                fixture.jdbc
                        .sql("update quota_node set parent = ? where id = ?")
                        .params(other.value(), leaf.value())
                        .update();

        granted(committer.commit(reserve(id(), leaf, 30)));
        assertThat(fixture.account(other).getLast()).isEqualTo(30);
        assertThat(fixture.account(fixture.unitNode(unit)).getLast()).isZero();
    }

    @Test
    void severalProcessesAtOnceGrantWhatThereIsAndNoMore() throws Exception {
        var leaves = List.of(leaf, fixture.leafOf(unit), fixture.leafOf(unit));
        try (var other = fixture.committer()) {
            var granted =
                    atOnce(
                            16,
                            number -> {
                                int count = 0;
                                for (int i = 0; i < 20; i++) {
                                    var to = number % 2 == 0 ? committer : other;
                                    var decision =
                                            to.commit(
                                                    reserve(id(), leaves.get((number + i) % 3), 1));
                                    count += decision instanceof Decision.Granted ? 1 : 0;
                                }
                                return count;
                            });
            assertThat(granted.stream().mapToInt(n -> n).sum()).isEqualTo(100);
        }
        assertThat(fixture.account(fixture.unitNode(unit)).getLast()).isEqualTo(100);
    }

    /** Both ways into the ledger, several units, all kinds of commands, 16 at a time. */
    @Test
    void aRandomMixEndsWithoutDeadlockAndAddsUp() throws Exception {
        var leaves = new ArrayList<NodeId>(List.of(leaf));
        for (int i = 0; i < 3; i++) {
            var other = fixture.unit(150);
            leaves.add(fixture.leafOf(other));
            leaves.add(fixture.leafOf(other));
        }
        var node = fixture.unitNode(unit);
        var refusals =
                atOnce(
                        16,
                        number -> {
                            var random = new Random(number);
                            var pending = new ArrayList<TransferId>();
                            var unexpected = new ArrayList<RuntimeException>();
                            for (int i = 0; i < 125; i++) {
                                var command = next(random, leaves, node, pending);
                                try {
                                    var decision = carryOut(random.nextBoolean(), command);
                                    if (command instanceof LedgerCommand.Reserve
                                            && decision instanceof Decision.Granted) {
                                        pending.add(command.id());
                                    }
                                } catch (Refused | IllegalArgumentException e) {
                                    unexpected.add(e);
                                }
                            }
                            return unexpected;
                        });
        assertThat(refusals).allSatisfy(list -> assertThat(list).isEmpty());
    }

    private Decision carryOut(boolean together, LedgerCommand command) {
        return together
                ? committer.commit(command)
                : fixture.within(() -> fixture.ledger.carryOut(command));
    }

    private static LedgerCommand next(
            Random random, List<NodeId> leaves, NodeId unit, List<TransferId> pending) {
        int kind = random.nextInt(20);
        if (kind < 6 && !pending.isEmpty()) {
            var open = pending.remove(random.nextInt(pending.size()));
            return kind < 2
                    ? new LedgerCommand.Post(id(), open, NOW)
                    : new LedgerCommand.VoidPending(id(), open, NOW);
        }
        if (kind == 6) {
            return new LedgerCommand.SetLimits(
                    id(), unit, Map.of(Resource.CPU, Limit.fixed(random.nextInt(200))), NOW);
        }
        var legs = new ArrayList<Leg>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            legs.add(
                    new Leg(
                            leaves.get(random.nextInt(leaves.size())),
                            cpu(1 + random.nextInt(20))));
        }
        return new LedgerCommand.Reserve(id(), legs, Optional.empty(), NOW);
    }

    private enum Lose {
        NOTHING,
        BEFORE,
        AFTER
    }

    /**
     * Connections that break while committing: before the server hears of it, or after; by a
     * request of its own, or at the end of another.
     */
    private static DataSource losing(DataSource real, AtomicReference<Lose> lose) {
        return proxy(
                DataSource.class,
                real,
                (_, _, connection) ->
                        connection instanceof Connection c
                                ? breaking(
                                        Connection.class,
                                        c,
                                        "commit",
                                        c,
                                        lose,
                                        (_, arguments, result) ->
                                                result instanceof PreparedStatement s
                                                                && arguments[0]
                                                                        .toString()
                                                                        .contains("commit")
                                                        ? breaking(
                                                                PreparedStatement.class,
                                                                s,
                                                                "execute",
                                                                c,
                                                                lose,
                                                                (_, _, same) -> same)
                                                        : result)
                                : connection,
                _ -> {},
                _ -> {});
    }

    private static <T> T breaking(
            Class<T> type,
            T real,
            String method,
            Connection connection,
            AtomicReference<Lose> lose,
            Change change) {
        return proxy(
                type,
                real,
                change,
                name -> breakIf(name.equals(method) && lose.get() == Lose.BEFORE, connection),
                name -> breakIf(name.equals(method) && lose.get() == Lose.AFTER, connection));
    }

    private static void breakIf(boolean now, Connection connection) throws SQLException {
        if (now) {
            connection.close();
            throw new SQLException("gone", "08006");
        }
    }

    private interface Change {
        Object of(String method, Object[] arguments, Object result) throws SQLException;
    }

    private interface Interruption {
        void at(String method) throws SQLException;
    }

    private static <T> T proxy(
            Class<T> type, T real, Change change, Interruption before, Interruption after) {
        return type.cast(
                Proxy.newProxyInstance(
                        LedgerCommitterIT.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            before.at(method.getName());
                            try {
                                var result = method.invoke(real, arguments);
                                after.at(method.getName());
                                return change.of(method.getName(), arguments, result);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}

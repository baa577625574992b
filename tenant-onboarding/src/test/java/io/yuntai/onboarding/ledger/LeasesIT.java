package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The leases on a real PostgreSQL. */
class LeasesIT extends LeaseBookContract {

    private static final PoolId POOL = LedgerFixture.POOL;

    private final LedgerFixture fixture = new LedgerFixture();
    private final JdbcClient jdbc = fixture.jdbc;
    private final Ledger ledger = fixture.ledger;
    private final QuotaTree tree = fixture.tree;
    private final List<Object> published = new ArrayList<>();
    private final Leases leases =
            new Leases(
                    new LeaseStore(jdbc, new JdbcTemplate(fixture.data)),
                    new LearningStore(jdbc, Clock.fixed(NOW, ZoneOffset.UTC)),
                    new ClusterStateStore(jdbc),
                    ledger,
                    tree,
                    published::add);
    private final LeaseBook book = InTransactions.of(leases, fixture.transaction);
    private UnitId unit;

    @BeforeEach
    void twoSystemsOfAUnitWith100OfAPoolOf1000() {
        unit = fixture.unit(100);
        for (int number : new int[] {1, 2}) {
            system(number);
        }
    }

    private void system(int number) {
        jdbc.sql(
                        """
                        insert into system (id, code, name, zone, xinchuang_required, mlps_level,
                                            mlps_filing, builder, created_at)
                        values (?, ?, '门户', 'extranet', false, 2, 'x', 'y', ?)
                        """)
                .params(id(number).value(), "s" + number, NOW.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("insert into system_owner values (?, ?, tstzrange(?, null))")
                .params(id(number).value(), unit.value(), NOW.atOffset(ZoneOffset.UTC))
                .update();
        within(() -> tree.ensureSystem(POOL, id(number), unit).orElseThrow());
        within(() -> {
            leases.place(lease(number), id(number), POOL);
            return lease(number);
        });
    }

    @Test
    void whatWasPutRightIsTold() {
        published.clear();
        var repair = new LeaseRepair(LeaseRepair.Kind.EDITED, "{cpuMillis=900}", "{cpuMillis=60}");
        book.repaired(lease(1), repair, NOW);
        assertThat(published).containsExactly(new LeaseRepaired(lease(1), repair, NOW));
    }

    /**
     * What its hosts have is no matter of its containers', nor what it holds of it at the moment.
     */
    @Test
    void whatIsGrantedForContainersIsToldWhenItChanges() {
        order(lease(1), cpu(60), Amounts.NONE);
        order(lease(1), cpu(20), cpu(20));
        assertChanged(change(1, new LeaseChange.Shrink(cpu(40))));
        within(() -> {
            var room = leases.holdRoom(id(1), POOL, "one").orElseThrow();
            leases.handBack(room, cpu(10));
            return room;
        });
        within(() -> {
            var room = leases.holdRoom(id(1), POOL, "one").orElseThrow();
            leases.handBackAll(room);
            return room;
        });
        assertThat(published)
                .filteredOn(NamespaceGranted.class::isInstance)
                .containsExactly(
                        new NamespaceGranted(lease(1), id(1), cpu(60)),
                        new NamespaceGranted(lease(1), id(1), cpu(50)),
                        new NamespaceGranted(lease(1), id(1), Amounts.NONE));
    }

    /** As after a restore: the order, its lease and its place in the tree are not there. */
    @Test
    void aFirstOrderFromAfterTheBackupIsTakenInForItsSystem() {
        system(3);
        jdbc.sql("delete from lease where namespace = 's3'").update();
        jdbc.sql("delete from quota_node where system = ?").param(id(3).value()).update();
        assertThat(book.takeIn(lease(3), id(3), POOL)).isTrue();
        assertChanged(change(3, new LeaseChange.Owe(cpu(60))));
        assertThat(held(unit())).isEqualTo(60);
    }

    @Test
    void whatWasWrittenOffIsUsedByNobody() {
        order(lease(1), cpu(60), Amounts.NONE);
        book.used(lease(1), cpu(50));
        fence("one");
        jdbc.sql("update cluster set state = 'WRITTEN_OFF'").update();
        assertChanged(change(1, new LeaseChange.WriteOff()));
        assertThat(jdbc.sql("select sum(used) from lease_amount").query(Long.class).single())
                .isZero();
    }

    @Test
    void whatALeafHoldsIsWhatItsLeasesAreChargedAndWhatIsLocked() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertThat(fixture.audits.leases()).isEmpty();
        jdbc.sql("update lease_amount set charged = charged + 1 where namespace = 's1'").update();
        assertThat(fixture.audits.leases())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule())
                            .isEqualTo(LedgerAudits.Rule.HELD_IS_NOT_WHAT_LEASES_ARE_CHARGED);
                    assertThat(found.recorded()).isEqualTo(60);
                    assertThat(found.summed()).isEqualTo(61);
                });
    }

    @Test
    void whatIsNobodysIsNotedUntilTheLedgerHasLearnt() {
        leases.unclaimed("one", List.of("a", "b"));
        leases.unclaimed("one", List.of("b", "c"));
        assertThat(leases.unclaimed("one")).containsExactly("b", "c");
        assertThat(leases.unclaimed("two")).isEmpty();
        book.learnt();
        assertThat(leases.unclaimed("one")).isEmpty();
    }

    @Test
    void entriesAddUpToZeroAndToTheBalances() {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(20))));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        assertChanged(change(1, new LeaseChange.Credit(cpu(20))));
        assertThat(
                        jdbc.sql("select coalesce(sum(amount), 0) from quota_entry")
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(
                        jdbc.sql("select sum(amount) from quota_entry where side = 'HELD'")
                                .query(Long.class)
                                .single())
                .isEqualTo(20);
    }

    @RepeatedTest(20)
    void ofGrowthShrinkAndCreditOfOneVersionOneHappens() throws Exception {
        order(lease(1), cpu(60), Amounts.NONE);
        assertChanged(change(1, new LeaseChange.Shrink(cpu(40))));
        assertChanged(change(1, new LeaseChange.Enforce(NOW)));
        var read = found(1);
        var changes =
                List.of(
                        new LeaseChange.Grow(cpu(10)),
                        new LeaseChange.Shrink(cpu(30)),
                        new LeaseChange.Credit(cpu(40)));
        var outcomes =
                LedgerFixture.atOnce(
                        9, number -> book().change(read, changes.get(number % 3), NOW));

        assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Outcome.Outdated.class::isInstance).hasSize(8);
        var account = found(1).account();
        assertThat(account)
                .isIn(changes.stream().map(change -> read.account().after(change)).toList());
        assertThat(held(unit())).isEqualTo(account.charged().get(Resource.CPU));
        assertThat(fixture.audits.findings()).isEmpty();
    }

    @Override
    protected LeaseBook book() {
        return book;
    }

    @Override
    protected LeaseId lease(int system) {
        return new LeaseId("one", "s" + system);
    }

    @Override
    protected NodeId unit() {
        return new NodeId(
                jdbc.sql("select id from quota_node where kind = 'UNIT'")
                        .query(UUID.class)
                        .single());
    }

    @Override
    protected long held(NodeId node) {
        return jdbc.sql("select held from quota_account where node = ? and resource = 'cpuMillis'")
                .param(node.value())
                .query(Long.class)
                .single();
    }

    @Override
    protected void fence(String cluster) {
        jdbc.sql(
                        """
                        insert into cluster (name, simulated, created_at, state, state_since)
                        values (?, true, ?, 'FENCED', ?)
                        """)
                .params(cluster, NOW.atOffset(ZoneOffset.UTC), NOW.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    protected void handBackAll(LeaseId lease) {
        within(() -> {
            var room = leases.holdRoom(found(lease).system(), POOL, "one").orElseThrow();
            leases.handBackAll(room);
            return room;
        });
    }

    @Override
    protected void close(Lease read) {
        within(() -> {
            leases.close(read);
            return read;
        });
    }

    private Lease found(LeaseId lease) {
        return book.find(lease).orElseThrow();
    }

    @Override
    protected void order(LeaseId lease, Amounts more, Amounts forGood) {
        within(() -> {
            var system = book().find(lease).orElseThrow().system();
            var leaf = tree.ensureSystem(POOL, system, unit).orElseThrow();
            var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
            assertGranted(ledger.reserve(id, List.of(new Leg(leaf, more)), NOW));
            ledger.post(new TransferId(UuidCreator.getTimeOrderedEpoch()), id, NOW);
            return leases.grant(lease, system, POOL, new LeaseChange.Grant(more, forGood));
        });
    }

    private static SystemId id(int number) {
        return new SystemId(new UUID(7, number));
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
    }

    private <T> T within(Supplier<T> work) {
        return fixture.transaction.execute(_ -> work.get());
    }
}

package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.GIB;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.UsageImported.Code;
import io.yuntai.billing.metering.UsageImported.Fault;
import io.yuntai.billing.report.Reports;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of measured use, on a real PostgreSQL. */
class UsageImportsIT {

    private static final Instant HOUR = Instant.parse("2026-10-05T02:00:00Z");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Place PLACE = new Place("a", "ns");
    private static final Person OPERATOR = new Person(new UUID(9, 1), "王平台");
    private static final UUID ID = new UUID(8, 1);
    private static final String DIGEST = "ab".repeat(32);

    private final BillingDatabase database = new BillingDatabase();
    private final UsageImports imports = database.service(UsageImports.class);

    @BeforeEach
    void oneHost() {
        database.service(Allocations.class).record(List.of(allocation(1, 1, 4)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static UsageSample sample(int row, String host, Instant at, int cpuMillis) {
        return new UsageSample(
                row, PLACE, host, at, cpuMillis, OptionalLong.of(2 * GIB), OptionalLong.empty());
    }

    /** An hour of host 1 with so many samples. */
    private static List<UsageSample> hour(int samples, int cpuMillis) {
        return IntStream.range(0, samples)
                .mapToObj(i -> sample(i + 2, "host-1", HOUR.plusSeconds(300L * i), cpuMillis))
                .toList();
    }

    private UsageImported take(List<UsageSample> samples) {
        return imports.take(UUID.randomUUID(), "用量.csv", DIGEST, OPERATOR, samples);
    }

    private List<UsageHour> stored() {
        return database.sql()
                .sql("select * from usage_hour where host = :host order by hour")
                .param("host", host(1).value())
                .query((row, _) -> UsageHourRows.hour(host(1), row))
                .list();
    }

    private static UsageImport.Counts counts(UsageImported outcome) {
        return assertThat(outcome)
                .asInstanceOf(type(UsageImported.Taken.class))
                .actual()
                .done()
                .taken();
    }

    private static List<Fault> faults(UsageImported outcome) {
        return assertThat(outcome).asInstanceOf(type(UsageImported.Faulty.class)).actual().faults();
    }

    @Test
    void theHoursOfAFileAreAsIfTheyHadBeenRead() {
        var counts = counts(take(hour(12, 1000)));
        assertThat(counts).isEqualTo(new UsageImport.Counts(1, 1, 12, 0, 0));
        assertThat(stored())
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.hour()).isEqualTo(HOUR);
                    assertThat(hour.cpuTimeMillis()).isEqualTo(3_600_000);
                    assertThat(hour.samples()).isEqualTo(12);
                    assertThat(hour.memoryByteSeconds()).hasValue(2 * GIB * 3600);
                    assertThat(hour.diskByteSeconds()).isEmpty();
                });
    }

    @Test
    void eachHourSaysWhichFileItComesFromAndTheLaterFileTakesOver() {
        var first = done(take(hour(12, 1000)));
        assertThat(files()).containsExactly(entry(HOUR, first));
        var second =
                done(
                        take(
                                Stream.concat(
                                                hour(9, 500).stream(),
                                                hour(9, 500).stream()
                                                        .map(s ->
                                                                sample(
                                                                        s.row() + 20,
                                                                        "host-1",
                                                                        s.at().plusSeconds(7200),
                                                                        1)))
                                        .toList()));
        assertThat(files())
                .containsExactly(entry(HOUR, second), entry(HOUR.plusSeconds(7200), second));
    }

    @Test
    void aFileThatCameAfterTheFreezeIsNotWhereAnHourComesFrom() {
        var first = done(take(hour(12, 1000)));
        var _ = database.service(Reports.class).freeze(OCTOBER);
        var aMinuteLater =
                new UsageImports(
                        Optional.empty(),
                        database.service(AllocationStore.class),
                        database.service(UsageStore.class),
                        database.service(UsageImportStore.class),
                        Clock.fixed(BillingDatabase.NOW.plusSeconds(60), ZoneOffset.UTC));
        var later =
                new TransactionTemplate(database.service(PlatformTransactionManager.class))
                        .execute(_ ->
                                aMinuteLater.take(ID, "补.csv", DIGEST, OPERATOR, hour(9, 500)));
        assertThat(counts(Objects.requireNonNull(later)).aside()).isOne();
        assertThat(files()).containsExactly(entry(HOUR, first));
    }

    /** A cluster that got a Prometheus of its own afterwards. */
    @Test
    void anHourThatWasMeasuredSinceNoLongerComesFromItsFile() {
        var two = new ArrayList<>(hour(12, 1000));
        hour(12, 1000)
                .forEach(s -> two.add(sample(s.row() + 20, "host-1", s.at().plusSeconds(3600), 1)));
        var first = done(take(two));
        UsageSource source =
                (hosts, into) ->
                        hosts.forEach(host -> {
                            var hour = new HourOfSamples(host.host(), HOUR, host.capacity());
                            hour.add(0, 7, OptionalLong.empty(), OptionalLong.empty());
                            into.accept(hour.end());
                        });
        var metering = database.service(Metering.class);
        assertThat(metering.read(source, new Period(HOUR, HOUR.plusSeconds(3600)))).isOne();
        assertThat(stored().getFirst().cpuTimeMillis()).isEqualTo(7 * 300);
        assertThat(files()).containsExactly(entry(HOUR.plusSeconds(3600), first));
        var again = done(take(hour(9, 500)));
        assertThat(files())
                .containsExactly(entry(HOUR, again), entry(HOUR.plusSeconds(3600), first));
    }

    private Map<Instant, UsageImport> files() {
        return imports.of(host(1), OCTOBER);
    }

    private static UsageImport done(UsageImported outcome) {
        return assertThat(outcome).asInstanceOf(type(UsageImported.Taken.class)).actual().done();
    }

    @Test
    void theOrderOfItsRowsChangesNothing() {
        var first = counts(take(hour(12, 700)));
        var before = stored();
        assertThat(counts(take(hour(12, 700).reversed()))).isEqualTo(first);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void anHourInTheFileReplacesWhatWasThereAndLeavesTheOthers() {
        var _ = take(hour(12, 1000));
        var later =
                hour(9, 1000).stream()
                        .map(s -> sample(s.row(), "host-1", s.at().plusSeconds(3600), 1))
                        .toList();
        var _ = take(later);
        var _ = take(hour(3, 2000));
        assertThat(stored()).extracting(UsageHour::samples).containsExactly(3, 9);
    }

    @Test
    void whatIsOver105PercentIsSetApart() {
        var samples = new ArrayList<>(hour(11, 4200));
        samples.add(sample(13, "host-1", HOUR.plusSeconds(3300), 4201));
        assertThat(counts(take(samples))).isEqualTo(new UsageImport.Counts(1, 1, 11, 1, 0));
    }

    @Test
    void aFaultIsNamedByItsRowAndNothingIsTakenIn() {
        var samples = new ArrayList<>(hour(2, 1));
        samples.add(sample(4, "host-2", HOUR, 1));
        samples.add(sample(5, "host-1", HOUR, 2));
        samples.add(sample(6, "host-1", BillingDatabase.NOW, 1));
        assertThat(faults(take(samples)))
                .containsExactly(
                        new Fault(4, Code.UNKNOWN_HOST, 0),
                        new Fault(5, Code.DUPLICATE_SAMPLE, 2),
                        new Fault(6, Code.NOT_ENDED, 0));
        assertThat(stored()).isEmpty();
        assertThat(imports.count()).isZero();
    }

    @Test
    void anHourThatTheHostWasNotAllocatedForIsRefused() {
        database.service(Allocations.class).end(host(1), HOUR.plusSeconds(3600));
        var samples = new ArrayList<>(hour(1, 1));
        samples.add(sample(3, "host-1", HOUR.plusSeconds(3600), 1));
        assertThat(faults(take(samples))).containsExactly(new Fault(3, Code.NOT_ALLOCATED, 0));
    }

    @Test
    void noFileIsTakenForWhatAPrometheusSees() {
        var prometheus =
                new UsageSource() {
                    @Override
                    public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
                        // Asked for nothing here.
                    }

                    @Override
                    public boolean measures(String cluster) {
                        return cluster.equals("a");
                    }
                };
        var beside =
                new UsageImports(
                        Optional.of(Map.of("prometheus-a", prometheus)),
                        database.service(AllocationStore.class),
                        database.service(UsageStore.class),
                        database.service(UsageImportStore.class),
                        Clock.fixed(BillingDatabase.NOW, ZoneOffset.UTC));
        var outcome =
                new TransactionTemplate(database.service(PlatformTransactionManager.class))
                        .execute(_ -> beside.take(ID, "a.csv", DIGEST, OPERATOR, hour(1, 1)));
        assertThat(faults(Objects.requireNonNull(outcome)))
                .containsExactly(new Fault(2, Code.MEASURED_ELSEWHERE, 0));
    }

    @Test
    void theSameFileAgainGivesTheFirstAnswerAndAnotherUnderItsNumberIsDeclined() {
        var first = imports.take(ID, "用量.csv", DIGEST, OPERATOR, hour(12, 1));
        assertThat(imports.take(ID, "用量.csv", DIGEST, OPERATOR, hour(12, 1)))
                .isInstanceOfSatisfying(
                        UsageImported.Repeated.class,
                        again -> assertThat(again.done().taken()).isEqualTo(counts(first)));
        assertThatThrownBy(() -> imports.take(ID, "用量.csv", "cd".repeat(32), OPERATOR, hour(1, 1)))
                .isInstanceOf(Declined.class)
                .extracting(e -> ((Declined) e).code())
                .isEqualTo("USAGE_IMPORT_EXISTS");
        assertThat(imports.page(0, 10)).hasSize(1);
        assertThat(stored()).singleElement().extracting(UsageHour::samples).isEqualTo(12);
    }

    @Test
    void whatComesAfterTheFreezeStandsAside() {
        var _ = take(hour(12, 1000));
        var before = stored();
        var months = database.service(FrozenMonths.class);
        new TransactionTemplate(database.service(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> {
                    months.hold();
                    months.freeze(OCTOBER);
                });
        assertThat(counts(take(hour(12, 3000))).aside()).isEqualTo(1);
        assertThat(stored()).isEqualTo(before);
        assertThat(months.late(OCTOBER)).isEqualTo(1);
    }

    @Test
    void aFileSpansAtMost400Days() {
        var samples =
                List.of(
                        sample(2, "host-1", HOUR, 1),
                        sample(3, "host-1", HOUR.minusSeconds(401 * 86_400L), 1));
        assertThatThrownBy(() -> take(samples))
                .isInstanceOf(Declined.class)
                .extracting(e -> ((Declined) e).code())
                .isEqualTo("USAGE_PERIOD_TOO_LONG");
    }

    @Test
    void whatWasTakenInIsNeverForgotten() {
        var _ = take(hour(12, 1));
        assertThatThrownBy(() -> database.sql().sql("delete from usage_import").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }
}

package io.yuntai.billing.report;

import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static io.yuntai.billing.report.FrozenOctober.MONTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.TownBooks;
import io.yuntai.billing.exemption.Exemption;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Exclusion;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.Forecast;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.billing.reconciliation.Reconciliations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsIT {

    private static final Person AUTHOR = new Person(new UUID(9, 1), "甲");
    private static final Person APPROVER = new Person(new UUID(9, 2), "乙");

    private final BillingDatabase database = new BillingDatabase();
    private final Reports reports = database.service(Reports.class);
    private final Rankings rankings = database.service(Rankings.class);
    private final FrozenOctober october = new FrozenOctober(database);

    @BeforeEach
    void measured() {
        october.measured(_ -> 40);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFrozenMonthIsPublishedAndVerifiesWithoutAndWithTheDatabase() {
        var report = reports.freeze(MONTH);
        assertThat(report.version()).isOne();
        assertThat(report.policy()).isEqualTo("default-1");
        var file = file(1);
        assertThat(Verification.of(file, reports.publicKey()))
                .isInstanceOfSatisfying(
                        Verification.Sound.class,
                        sound -> {
                            assertThat(sound.digest()).isEqualTo(report.digest());
                            assertThat(sound.keyTrusted()).isTrue();
                            assertThat(sound.month()).isEqualTo("2026-10");
                        });
        assertThat(rederived(file)).isEmpty();
        assertThat(file(1)).isEqualTo(file);
    }

    @Test
    void aUnitGetsWhatIsSaidOfItWithoutTheHostsOfOthersAndItVerifiesByItself() {
        october.measured(number -> number <= 3 ? 40 : 20);
        var report = reports.freeze(MONTH);
        var own = excerpt(1);
        assertThat(Verification.of(own, reports.publicKey()))
                .isInstanceOfSatisfying(
                        Verification.Sound.class,
                        sound -> {
                            assertThat(sound.excerptOf()).contains(report.digest());
                            assertThat(sound.keyTrusted()).isTrue();
                        });
        var text = new String(own, StandardCharsets.UTF_8);
        assertThat(text).contains("\tname=host-1\t", "\tname=host-3\t");
        assertThat(text).doesNotContain("host-4", host(4).value().toString());
        // Whom it was ranked with.
        assertThat(text).contains("\tcode=U001\t", "\tcode=U002\t");
        // Each line stands in the report as it is, but for the one that says what this is.
        var whole = unmarked(file(1));
        assertThat(unmarked(own))
                .filteredOn(line -> !whole.contains(line))
                .singleElement()
                .asString()
                .startsWith("excerpt\t");
        var out = new ByteArrayOutputStream();
        assertThat(
                        new ReportCommand(new PrintStream(out), _ -> new TownBooks())
                                .verify(own, reports.publicKey(), Optional.empty()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("excerpt", report.digest());
        var excerpts = database.service(Excerpts.class);
        assertThat(excerpts.of(MONTH, 1, new PartyId(new UUID(1, 9)))).isEmpty();
        assertThat(excerpts.of(MONTH, 2, new PartyId(new UUID(1, 1)))).isEmpty();
    }

    /** However it was signed: who has the key cannot say what does not follow. */
    @ParameterizedTest
    @CsvSource({
        "host, cpu=, cpu=9, does not follow from the host",
        "unit, cpuRank=1, cpuRank=2, cpuRank",
        "unit, rank=2, rank=1, rank",
    })
    void anExcerptWhoseFiguresOrPlacesDoNotFollowIsNotGood(
            String kind, String field, String changed, String why) {
        october.measured(number -> number <= 3 ? 40 : 20);
        var _ = reports.freeze(MONTH);
        var lines = new ArrayList<>(unmarked(excerpt(1)));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(kind + "\t") && lines.get(i).contains("\t" + field)) {
                lines.set(i, lines.get(i).replace("\t" + field, "\t" + changed));
                break;
            }
        }
        var key = SigningKey.generate();
        var document = ReportFile.document(lines.stream().map(Line::parse).toList()).bytes();
        var forged = ReportFile.signed(document, key.publicKey(), key.sign(document));
        assertThat(Verification.of(forged, Optional.empty()))
                .as(why)
                .isInstanceOf(Verification.Broken.class);
    }

    private byte[] excerpt(int unit) {
        return database.service(Excerpts.class)
                .of(MONTH, 1, new PartyId(new UUID(1, unit)))
                .orElseThrow();
    }

    /** Without marks, digest and signature. */
    private static List<String> unmarked(byte[] file) {
        var lines = Verification.lines(file);
        return lines.subList(0, lines.size() - 2).stream().map(Chain::unmarked).toList();
    }

    @Test
    void samplesAfterTheFreezeChangeNothing() {
        var _ = reports.freeze(MONTH);
        var before = score();
        var file = file(1);
        october.measured(number -> number == 2 ? 5 : 40);
        assertThat(score()).isEqualTo(before);
        assertThat(file(1)).isEqualTo(file);
        assertThat(rederived(file)).isEmpty();
        assertThat(reports.late(MONTH)).isEqualTo(FrozenOctober.HOURS);
        assertThatThrownBy(() -> rankings.compute(MONTH)).hasMessage("MONTH_FROZEN");
        assertThatThrownBy(() -> reports.freeze(MONTH)).hasMessage("MONTH_FROZEN");
    }

    @Test
    void samplesBeforeTheFreezeCountAndWhatSaysTheSameIsNotLate() {
        october.measured(_ -> 10);
        var _ = reports.freeze(MONTH);
        assertThat(board().ranked().getFirst().row().figures().cpu())
                .hasToString("Optional[10.00]");
        october.measured(_ -> 10);
        assertThat(reports.late(MONTH)).isZero();
    }

    @Test
    void aRestatementIsAnotherVersionBesideTheFirstAndTakesInWhatWasLate() {
        var first = reports.freeze(MONTH);
        var fileOfFirst = file(1);
        october.measured(_ -> 5);
        var id = UUID.randomUUID();
        var _ = reports.request(id, MONTH, "补采样本", AUTHOR);
        assertThatThrownBy(() -> reports.approve(id, AUTHOR)).hasMessage("SAME_PERSON");
        var second = reports.approve(id, APPROVER);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.correction()).contains(new Report.Correction("补采样本", AUTHOR, APPROVER));
        assertThat(reports.of(MONTH)).containsExactly(second, first);
        assertThat(file(1)).isEqualTo(fileOfFirst);
        assertThat(board().ranked().getFirst().row().figures().cpu()).hasToString("Optional[5.00]");
        var ofFirst = rankings.of(MONTH, Board.SCORE, "all", Optional.of(1)).orElseThrow();
        assertThat(ofFirst.ranked().getFirst().row().figures().cpu())
                .hasToString("Optional[40.00]");
        // Both can still be traced to their hours.
        assertThat(rederived(fileOfFirst)).isEmpty();
        assertThat(rederived(file(2))).isEmpty();
        assertThatThrownBy(() -> reports.approve(id, APPROVER)).hasMessage("RESTATEMENT_DECIDED");
    }

    @Test
    void aVersionIsComparedWithWhatHadBeenPublishedOfTheMonthAndOfTheYearBefore() {
        var yearBefore = MONTH.minusYears(1);
        october.measured(Period.of(yearBefore), _ -> 15, FrozenOctober.HOURS);
        var _ = reports.freeze(yearBefore);
        var september = MONTH.minusMonths(1);
        october.measured(Period.of(september), _ -> 20, 30 * 24);
        var _ = reports.freeze(september);
        database.moveTo(BillingDatabase.NOW.plusSeconds(60));
        var _ = reports.freeze(MONTH);
        assertThat(earlier(yearBefore, Optional.of(1))).isEqualTo("15.00");
        assertThat(text(file(1)))
                .contains(
                        "earlier\tmonth=2026-09\tversion=1\t",
                        "earlier\tmonth=2025-10\tversion=1\t");
        var frozen = database.service(FrozenReports.class).of(MONTH, 1).orElseThrow();
        assertThat(frozen.earlier())
                .extracting(one -> one.report().month(), one -> one.figures().month())
                .containsExactly(tuple(september, september), tuple(yearBefore, yearBefore));
        assertThat(rederived(file(1))).isEmpty();
        database.moveTo(BillingDatabase.NOW.plusSeconds(120));
        october.measured(Period.of(september), _ -> 30, 30 * 24);
        var id = UUID.randomUUID();
        var _ = reports.request(id, september, "补采样本", AUTHOR);
        var _ = reports.approve(id, APPROVER);
        assertThat(earlier(september, Optional.of(1))).isEqualTo("20.00");
        assertThat(earlier(september, Optional.empty())).isEqualTo("30.00");
        assertThat(earlier(yearBefore, Optional.empty())).isEqualTo("15.00");
    }

    /** What a version of the month is compared with. */
    private String earlier(YearMonth earlier, Optional<Integer> version) {
        return rankings.compared(MONTH, earlier, Board.CPU, "all", version)
                .orElseThrow()
                .rows()
                .getFirst()
                .earlierValue()
                .toPlainString();
    }

    @Test
    void whatIsReconciledAndForeseenIsFrozenWithIt() {
        var _ = reports.freeze(MONTH);
        var published = database.service(FrozenReports.class);
        var frozen = published.of(MONTH, 1).orElseThrow();
        for (var version : List.of(Optional.of(1), Optional.<Integer>empty())) {
            assertThat(published.cities(MONTH, version)).isEqualTo(frozen.cities()).isNotEmpty();
        }
        assertThat(published.cities(MONTH, Optional.of(9))).isEmpty();
        var before = frozen.reconciliation().orElseThrow();
        assertThat(before.pools())
                .extracting(PoolStanding::difference)
                .containsExactly(0L, 1L << 30);
        assertThat(before.balances()).hasSize(3);
        assertThat(before.deliveries()).hasSize(3);
        assertThat(before.forecasts().getFirst().outcome())
                .isEqualTo(
                        new Forecast.Foreseen(
                                new Forecast.Growth(1000, 1000, 1000),
                                LocalDate.of(2027, 10, 16),
                                LocalDate.of(2027, 10, 16),
                                Optional.of(LocalDate.of(2027, 10, 16))));
        assertThat(before.forecasts().getLast().outcome())
                .isEqualTo(new Forecast.NotEnoughHistory());
        var file = file(1);
        ((TownBooks) database.service(PoolBooks.class)).move();
        assertThat(database.service(Reconciliations.class).of(MONTH)).isNotEqualTo(before);
        assertThat(database.service(FrozenReports.class).reconciliation(MONTH, Optional.empty()))
                .contains(before);
        assertThat(file(1)).isEqualTo(file);
    }

    @Test
    void theDatabaseNamesEachFigureOfTheReconciliationThatIsNotThatOfTheReport() {
        var _ = reports.freeze(MONTH);
        var file = file(1);
        ((TownBooks) database.service(PoolBooks.class)).move();
        assertThat(rederived(file))
                .extracting(Verification.Broken::what)
                .containsExactly(
                        "pool extranet-ordinary cpuMillis: locked is \"4000\" and should be \"9000\"",
                        "pool extranet-ordinary cpuMillis: difference is \"0\" and should be \"-5000\"",
                        "pool extranet-ordinary cpuMillis: allocatedWithLocked is \"50.00\" and should be \"55.00\"",
                        "delivered 1: count is \"7\" and should be \"8\"");
    }

    @Test
    void aForecastOrDifferenceThatDoesNotFollowIsFoundEvenIfSigned() {
        var _ = reports.freeze(MONTH);
        assertThat(forged("\tdifference=1073741824\t", "\tdifference=0\t"))
                .contains("difference is \"0\" and should be \"1073741824\"");
        assertThat(forged("\ton=2027-10-16\t", "\ton=2029-10-16\t"))
                .contains("on is \"2029-10-16\" and should be \"2027-10-16\"");
    }

    @Test
    void aRejectedRestatementChangesNothingAndOneIsOpenAtATime() {
        var _ = reports.freeze(MONTH);
        var id = UUID.randomUUID();
        var asked = reports.request(id, MONTH, "因故", AUTHOR);
        assertThat(reports.request(id, MONTH, "因故", AUTHOR).id()).isEqualTo(asked.id());
        assertThatThrownBy(() -> reports.request(UUID.randomUUID(), MONTH, "又", AUTHOR))
                .hasMessage("RESTATEMENT_OPEN");
        assertThat(reports.reject(id, APPROVER).state()).isEqualTo(Restatement.State.REJECTED);
        assertThat(reports.of(MONTH)).hasSize(1);
        assertThat(reports.request(UUID.randomUUID(), MONTH, "又", AUTHOR).state())
                .isEqualTo(Restatement.State.REQUESTED);
    }

    @Test
    void anEndedMonthOnlyIsFrozenAndAFrozenOneOnlyRestated() {
        assertThatThrownBy(() -> reports.freeze(YearMonth.of(2026, 11)))
                .isInstanceOf(Declined.class)
                .hasMessage("MONTH_NOT_ENDED");
        assertThatThrownBy(() -> reports.request(UUID.randomUUID(), MONTH, "因故", AUTHOR))
                .hasMessage("MONTH_NOT_FROZEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update report set digest = digest",
                "delete from report",
                "update ranking_row set score = 100",
                "delete from ranking_host",
                "truncate frozen_month",
                "update ranking_system set cpu = 1",
                "insert into report select month, 2, run, frozen_at, policy, input_digest, digest, document, public_key, signature from report",
            })
    void theDatabaseRefusesToChangeWhatWasPublished(String statement) {
        var _ = reports.freeze(MONTH);
        assertThatThrownBy(() -> database.sql().sql(statement).update())
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
    }

    @Test
    void theDatabaseRefusesOnePersonWhereTwoAreNeeded() {
        var _ = reports.freeze(MONTH);
        var id = UUID.randomUUID();
        var _ = reports.request(id, MONTH, "因故", AUTHOR);
        assertThatThrownBy(() ->
                        database.sql()
                                .sql(
                                        """
                                        update restatement set state = 'APPROVED', decided_by = author,
                                            decided_by_name = author_name, decided_at = requested_at
                                        """)
                                .update())
                .hasMessageContaining("check");
    }

    @Test
    void verificationNamesTheFirstLineThatWasChanged() {
        var _ = reports.freeze(MONTH);
        var text = new String(file(1), StandardCharsets.UTF_8);
        var changed = text.replaceFirst("\tcpu=40.00\t", "\tcpu=41.00\t");
        int line = text.substring(0, text.indexOf("\tcpu=40.00\t")).split("\n").length;
        assertThat(Verification.of(changed.getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.line()).isEqualTo(line));
    }

    @Test
    void aFileThatWasSignedByAnotherKeyIsNotTrusted() {
        var _ = reports.freeze(MONTH);
        var another = SigningKey.publicPem(SigningKey.generate().publicKey());
        assertThat(Verification.of(file(1), Optional.of(another)))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.what()).contains("another key"));
    }

    @Test
    void figuresThatDoNotFollowFromTheHostsAreFoundEvenIfSigned() {
        var _ = reports.freeze(MONTH);
        assertThat(forged("\tcpu=40.00\t", "\tcpu=41.00\t"))
                .contains("cpu is \"41.00\" and should be \"40.00\"");
    }

    /** What is found in a document that somebody has changed and signed with a key of his own. */
    private String forged(String what, String by) {
        var lines =
                Verification.lines(file(1)).stream()
                        .map(Chain::unmarked)
                        .filter(line ->
                                !line.startsWith("digest\t") && !line.startsWith("signature\t"))
                        .map(line -> line.replace(what, by))
                        .map(Line::parse)
                        .toList();
        var key = SigningKey.generate();
        var document = ReportFile.document(lines);
        var forged =
                ReportFile.signed(document.bytes(), key.publicKey(), key.sign(document.bytes()));
        return ((Verification.Broken) Verification.of(forged, Optional.empty())).what();
    }

    @Test
    void theDatabaseNamesTheHostWhoseHoursAreNotThoseOfTheReport() {
        var _ = reports.freeze(MONTH);
        var file = file(1);
        var _ =
                database.sql()
                        .sql(
                                """
                                update usage_hour set cpu_time_ms = cpu_time_ms + 1
                                where host = ? and hour = '2026-10-05T00:00:00Z'
                                """)
                        .param(host(4).value())
                        .update();
        assertThat(rederived(file).getFirst().what()).contains(host(4).value().toString());
    }

    @Test
    void aReportIsDerivedByTheRulesThatItWasMadeByWhateverTheyAreNow() {
        october.measured(number -> number == 1 ? 2 : 40);
        var _ =
                database.sql()
                        .sql(
                                """
                                update usage_hour set memory_byte_seconds = case
                                    when hour >= '2026-10-02T00:00:00Z' then memory_byte_seconds / 5 end
                                where host = ?
                                """)
                        .param(host(1).value())
                        .update();
        var _ = reports.freeze(MONTH);
        assertThat(idle(file(1))).isEqualTo("true");
        assertThat(rederived(file(1))).isEmpty();

        var before = Rules.MEMORY_IN_ALL_HOURS;
        for (var named : List.of(Optional.<Rules>empty(), Optional.of(before))) {
            var old = published(before, named);
            assertThat(idle(old)).isEqualTo("false");
            assertThat(Verification.of(old, Optional.empty()))
                    .isInstanceOf(Verification.Sound.class);
            assertThat(rederived(old)).isEmpty();
            assertThat(text(old)).doesNotContain("cpuPeak", "exemption", "\tpeak=", "region\tcode");
        }
        assertThat(rederived(published(Rules.MEMORY_IN_ENOUGH_HOURS, Optional.empty()))).isEmpty();
        assertThat(text(file(1)))
                .contains("\tcpuPeak=", "\tpeak=", "region\tcode=440700\tname=江门市\t")
                .doesNotContain("深圳市");
        assertThat(rederived(published(before, Optional.of(Rules.LATEST))))
                .extracting(Verification.Broken::what)
                .anyMatch(what -> what.endsWith("idle is \"false\" and should be \"true\""));
    }

    @Test
    void aReportCountsTheDeliveriesByTheRulesThatItWasMadeBy() {
        var _ = reports.freeze(MONTH);
        assertThat(text(file(1))).contains("\trules=4\t", "delivered\tfrom=4\tto=10\tcount=2\t");
        assertThat(rederived(file(1))).isEmpty();

        var before = published(Rules.HOSTS_ONCE, Optional.of(Rules.HOSTS_ONCE));
        assertThat(text(before)).contains("\trules=3\t", "delivered\tfrom=4\tto=10\tcount=5\t");
        assertThat(Verification.of(before, Optional.empty()))
                .isInstanceOf(Verification.Sound.class);
        assertThat(rederived(before)).isEmpty();
        assertThat(rederived(published(Rules.HOSTS_ONCE, Optional.of(Rules.LATEST))))
                .extracting(Verification.Broken::what)
                .containsExactly("delivered 4: count is \"5\" and should be \"2\"");
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    /** The frozen month as it would have been published by such rules. */
    private byte[] published(Rules rules, Optional<Rules> named) {
        var report = reports.of(MONTH).getFirst();
        var lines =
                Verification.lines(file(1)).stream().map(Chain::unmarked).map(Line::parse).toList();
        var policy = ReportReader.policy(ReportReader.one(lines, "policy"));
        var document =
                ReportFile.document(
                        ReportLines.of(
                                new ReportContent(
                                        Rankings.derive(
                                                database.sql(),
                                                MONTH,
                                                policy,
                                                rules,
                                                report.frozenAt()),
                                        named,
                                        1,
                                        report.frozenAt(),
                                        new InputDigest(database.sql())
                                                .of(MONTH, 1, report.frozenAt()),
                                        new TreeMap<>(),
                                        Optional.empty(),
                                        ReportReader.annex(lines)
                                                .map(annex ->
                                                        new Annex(
                                                                Reconciliations.derive(
                                                                        database.sql(),
                                                                        database.service(
                                                                                PoolBooks.class),
                                                                        MONTH,
                                                                        rules,
                                                                        report.frozenAt()),
                                                                annex.earlier())))));
        var key = SigningKey.generate();
        return ReportFile.signed(document.bytes(), key.publicKey(), key.sign(document.bytes()));
    }

    /** Whether the first host is said to be idle. */
    private static String idle(byte[] file) {
        return Verification.lines(file).stream()
                .map(Chain::unmarked)
                .map(Line::parse)
                .filter(line -> line.kind().equals("host") && line.get("name").equals("host-1"))
                .map(line -> line.get("idle"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void anExemptHostIsLeftOutListedAndExemptUntilItsLastDay(Exemption.Kind kind) {
        var exemptions = database.service(Exemptions.class);
        var id = exempt(exemptions, 1, kind, LocalDate.of(2026, 10, 31));
        var _ = exempt(exemptions, 2, kind, LocalDate.of(2026, 10, 30));
        var _ = reports.freeze(MONTH);
        var hosts = rankings.hosts(MONTH, Optional.empty(), Optional.empty()).orElseThrow();
        assertThat(hosts)
                .filteredOn(share -> share.exclusion().isPresent())
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.host()).isEqualTo(host(1));
                    assertThat(share.exclusion()).contains(Exclusion.valueOf(kind.name()));
                    assertThat(share.exempt().orElseThrow())
                            .isEqualTo(
                                    new Exempt(
                                            id,
                                            "防汛备用",
                                            LocalDate.of(2026, 10, 31),
                                            AUTHOR.name(),
                                            APPROVER.name()));
                });
        assertThat(text(file(1))).containsOnlyOnce("\texcluded=" + kind + "\t");
        assertThat(rederived(file(1))).isEmpty();
    }

    /** The one that was approved first had ended before the month's last day. */
    @Test
    void anExclusionNamesTheExemptionThatItIsFor() {
        var exemptions = database.service(Exemptions.class);
        var first = exempt(exemptions, 1, LocalDate.of(2026, 12, 31));
        var _ =
                database.sql()
                        .sql(
                                """
                                update exemption set ended_on = '2026-10-20', ended_by = decided_by,
                                    ended_by_name = decided_by_name, ended_reason = '换一份',
                                    ended_at = '2026-10-20T04:00:00Z'
                                where id = ?
                                """)
                        .param(first)
                        .update();
        var second = exempt(exemptions, 1, LocalDate.of(2026, 11, 30));
        var _ = reports.freeze(MONTH);
        assertThat(rankings.hosts(MONTH, Optional.empty(), Optional.empty()).orElseThrow())
                .filteredOn(share -> share.exempt().isPresent())
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.exempt().orElseThrow().id()).isEqualTo(second);
                    assertThat(share.exempt().orElseThrow().until())
                            .isEqualTo(LocalDate.of(2026, 11, 30));
                });
        assertThat(new String(file(1), StandardCharsets.UTF_8))
                .contains("exemption=" + second + "\texemptReason=防汛备用\texemptUntil=2026-11-30");
        var _ = exemptions.end(second, APPROVER, "已恢复使用");
        assertThat(rederived(file(1))).isEmpty();
        assertThat(rankings.hosts(MONTH, Optional.empty(), Optional.empty()).orElseThrow())
                .filteredOn(share -> share.exempt().isPresent())
                .singleElement()
                .satisfies(share ->
                        assertThat(share.exempt().orElseThrow().until())
                                .isEqualTo(LocalDate.of(2026, 11, 30)));
    }

    /** A unit moves to another city and is called otherwise, and so is a system. */
    @Test
    void whatBecomesOfAUnitAfterwardsChangesNothingOfTheMonth() {
        var _ = reports.freeze(MONTH);
        var before = rankings.cities(MONTH, "all", Optional.empty());
        var host = allocation(1, 1, 4);
        database.service(Allocations.class)
                .record(
                        List.of(
                                new HostAllocation(
                                        host.host(),
                                        host.hostName(),
                                        new Party(host.party().id(), "U001-2", "并入局", "440304"),
                                        new MeteredSystem(host.system().id(), "s1-2", "新系统"),
                                        host.pool(),
                                        host.capacity(),
                                        host.place(),
                                        Instant.parse("2026-11-02T00:30:00Z"))));
        assertThat(rederived(file(1))).isEmpty();
        var now = rankings.run(MONTH).figures();
        assertThat(now.hosts().getFirst().unit().name()).isEqualTo("第1局");
        assertThat(now.hosts().getFirst().system().name()).isEqualTo("系统1");
        assertThat(now.scopes().get("all").cities()).isEqualTo(before.orElseThrow());
        var november = rankings.run(MONTH.plusMonths(1)).figures();
        assertThat(november.hosts().getFirst().unit().region()).isEqualTo("440304");
        assertThat(november.hosts().getFirst().system().code()).isEqualTo("s1-2");
    }

    @Test
    void whatIsEndedEarlyHoldsUntilThatDayAndChangesNothingOfTheMonthsBefore() {
        var exemptions = database.service(Exemptions.class);
        var id = exempt(exemptions, 1, LocalDate.of(2027, 3, 31));
        var _ = reports.freeze(MONTH);
        var ended = exemptions.end(id, APPROVER, "已恢复使用");
        assertThat(exemptions.end(id, AUTHOR, "又一次")).isEqualTo(ended);
        assertThat(ended.holdsOn(ended.lastDay())).isTrue();
        assertThat(ended.holdsOn(ended.lastDay().plusDays(1))).isFalse();
        assertThat(exemptions.exemptOn(ended.lastDay())).containsExactly(host(1));
        assertThat(exemptions.exemptOn(ended.lastDay().plusDays(1))).isEmpty();
        assertThat(rederived(file(1))).isEmpty();
    }

    @Test
    void theCommandVerifiesAFileAloneByItsKeyAndByTheDatabase() throws Exception {
        var _ = reports.freeze(MONTH);
        var folder = Files.createDirectories(Path.of("target", "report"));
        var file = Files.write(folder.resolve("report.txt"), file(1)).toString();
        var key =
                Files.writeString(folder.resolve("report.pem"), reports.publicKey().orElseThrow())
                        .toString();
        assertThat(said(0, "verify", file)).contains("version 1", "digest     good", "--key");
        assertThat(said(0, "verify", file, "--key", key)).contains("the one that was asked for");
        assertThat(said(0, "verify", file, "--database", url())).contains("byte by byte");
        var broken = new String(file(1), StandardCharsets.UTF_8).replaceFirst("host-1", "host-7");
        var another = Files.writeString(folder.resolve("broken.txt"), broken).toString();
        assertThat(said(1, "verify", another)).contains("NOT GOOD: line ");
        assertThat(said(1, "verify", key)).contains("NOT GOOD");
        assertThat(said(2, "verify", "nowhere.txt")).contains("cannot be read");
        assertThat(said(2, "verify", file, "--database", "jdbc:postgresql://127.0.0.1:1/none"))
                .contains("the database cannot be read");
        assertThat(said(2, "verify")).contains("usage");
    }

    private String url() throws SQLException {
        try (var connection = database.source().getConnection()) {
            var url = connection.getMetaData().getURL();
            return url + (url.contains("?") ? "&" : "?") + "user=postgres";
        }
    }

    private String said(int code, String... arguments) {
        var out = new ByteArrayOutputStream();
        var command =
                new ReportCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        _ -> database.service(PoolBooks.class));
        assertThat(command.run(List.of(arguments))).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static UUID exempt(Exemptions exemptions, int number, LocalDate until) {
        return exempt(exemptions, number, Exemption.Kind.SEASONAL, until);
    }

    private static UUID exempt(
            Exemptions exemptions, int number, Exemption.Kind kind, LocalDate until) {
        var id = UUID.randomUUID();
        var _ =
                exemptions.apply(
                        new Exemptions.Wish(
                                id, host(number), kind, "防汛备用", LocalDate.of(2026, 10, 1), until),
                        Optional.empty(),
                        AUTHOR);
        assertThatThrownBy(() -> exemptions.decide(id, true, AUTHOR)).hasMessage("SAME_PERSON");
        assertThat(exemptions.decide(id, true, APPROVER).state())
                .isEqualTo(Exemption.State.APPROVED);
        return id;
    }

    private List<Verification.Broken> rederived(byte[] file) {
        return Rederivation.against(database.source(), _ -> database.service(PoolBooks.class))
                .check(file);
    }

    private byte[] file(int version) {
        return reports.file(MONTH, version).orElseThrow();
    }

    private MonthRanking board() {
        return rankings.of(MONTH, Board.SCORE, "all").orElseThrow();
    }

    private List<String> score() {
        return board().ranked().stream()
                .map(place -> place.row().standing().orElseThrow().score().toPlainString())
                .toList();
    }
}
